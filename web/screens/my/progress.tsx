import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { present } from '../../../src/base/assert.ts';
import type { CaseAnswer } from '../../../src/contract/cases.ts';
import { sendMessage, withdrawCase } from '../../api/commands.ts';
import { idempotencyKey } from '../../api/idempotency.ts';
import { caseQuery, historyQuery, tasksQuery } from '../../api/queries.ts';
import { useName } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import type { HistoryLine } from '../../parts/history.tsx';
import { Icon } from '../../parts/icon.tsx';
import { instanceStatusKind, outcomeText } from '../../parts/labels.ts';
import { amountText, capitalsOf } from '../../parts/money.tsx';
import { RefusalNotice } from '../../parts/refusal.tsx';
import { Status } from '../../parts/status.tsx';
import { dayOf, instantOf } from '../../parts/time.ts';

/**
 * How far it is: steps done, the present step, when it should be through, what to do now. No names
 * of staff, no ratings.
 */
export function Screen() {
  const caseNumber = present(useParams()['caseNumber'], 'a case in the address');
  const found = useQuery(caseQuery(caseNumber));
  return <Answer of={found}>{(data) => <Progress found={data} />}</Answer>;
}

const loan = 'corporate_loan_sub_branch';

function Progress({ found }: { found: CaseAnswer }) {
  const { t } = useTranslation();
  const name = useName();
  const history = useQuery(historyQuery(found.caseNumber));
  const names = ['drawdownAmountMinor', 'payoffMinor', 'prepaymentTotalMinor', 'amountMinor'];
  // A loan is called by what was asked for, also when it is drawn in part.
  const amountMinor = names
    .map((name) => (found.processId === loan ? found.values['amountMinor'] : found.values[name]))
    .find((value) => typeof value === 'string');
  return (
    <>
      <Link to="/my" className="small">
        ← {t('my.back')}
      </Link>
      <h1>{name({ name: found.processName, nameEn: found.processNameEn })}</h1>
      <p className="row">
        <span className="muted">{found.caseNumber}</span>
        <Status kind={instanceStatusKind[found.status]}>
          {found.outcome === null
            ? t(`instanceStatus.${found.status}`)
            : outcomeText(found.outcome)}
        </Status>
      </p>
      {typeof amountMinor === 'string' && (
        <p className="big-amount">
          {amountText(amountMinor, 'CNY')} CNY
          <span className="muted small">{capitalsOf(BigInt(amountMinor), 'CNY')}</span>
        </p>
      )}
      {found.status === 'active' && found.dueAt !== null && (
        <p className="row">
          <span className="muted">{t('case.dueAt')}</span>
          <b>{dayOf(found.dueAt)}</b>
        </p>
      )}
      <ToDo found={found} />
      <section>
        <h2>{t('my.progress')}</h2>
        <Answer of={history}>
          {({ lines }) => (
            <ol className="steps">
              {stepsDone(lines, found.processId).map((line) => (
                <li key={`${line.element} ${line.at}`} className="done">
                  <Icon name="done" size={14} />
                  <span>{name(line)}</span>
                  <time className="muted small">{instantOf(line.at).slice(0, 16)}</time>
                </li>
              ))}
              {found.tokens.map((token) => (
                <li key={token.element} className="now">
                  <Icon name="run" size={14} />
                  <b>{name(token)}</b>
                  <span className="muted small">{t('my.running')}</span>
                </li>
              ))}
            </ol>
          )}
        </Answer>
      </section>
      {found.status === 'active' && <Withdraw caseNumber={found.caseNumber} />}
    </>
  );
}

/**
 * The steps that are behind, each once, by the last time it was done. Only what people did counts,
 * and whole processes that were called; what machines did between says nothing to a customer.
 */
function stepsDone(lines: readonly HistoryLine[], processId: string): readonly HistoryLine[] {
  const named = (event: string) =>
    new Set(lines.filter((line) => line.event === event).map((line) => line.name));
  const [claimed, called] = [named('activity_claimed'), named('called_process_started')];
  const last = new Map<string, HistoryLine>();
  for (const line of lines) {
    const isStep = line.processId === processId && line.event === 'activity_completed';
    if (!isStep || line.element === null) continue;
    if (claimed.has(line.name) || called.has(line.name)) last.set(line.element, line);
  }
  return [...last.values()].sort((a, b) => a.at - b.at);
}

function ToDo({ found }: { found: CaseAnswer }) {
  const { t } = useTranslation();
  const { caseNumber, awaits } = found;
  const name = useName();
  const tasks = useQuery(tasksQuery({ filter: 'all', caseNumber, limit: 20 })).data?.tasks ?? [];
  if (found.status !== 'active') return null;
  if (tasks.length === 0 && awaits.length === 0) {
    return <p className="muted">{t('my.waitForBank')}</p>;
  }
  return (
    <section>
      <h2>{t('my.now')}</h2>
      {tasks.map((task) => (
        <Link key={task.id} to={`/my/tasks/${task.id}`} className="card-link accent">
          <b>{name(task)}</b>
          <Icon name="unfold" />
        </Link>
      ))}
      <Confirmations caseNumber={caseNumber} awaits={awaits} />
    </section>
  );
}

/** What only the customer can say, such as that the money has come. */
function Confirmations({ caseNumber, awaits }: Pick<CaseAnswer, 'caseNumber' | 'awaits'>) {
  const { t } = useTranslation();
  const name = useName();
  const client = useQueryClient();
  const key = useRef(idempotencyKey());
  const send = useMutation({
    mutationFn: (messageName: string) => sendMessage(caseNumber, messageName, key.current),
    onSettled: () => client.invalidateQueries({ queryKey: ['case', caseNumber] }),
  });
  return (
    <>
      {awaits.map((awaited) => (
        <Button
          key={awaited.messageName}
          type="primary"
          size="large"
          block
          disabled={send.isPending}
          onClick={() => send.mutate(awaited.messageName)}
        >
          {t('my.confirm', { name: name(awaited) })}
        </Button>
      ))}
      {send.isError && <RefusalNotice error={send.error} />}
    </>
  );
}

/** Ending the application; asked once more, because nothing brings it back. */
function Withdraw({ caseNumber }: { caseNumber: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const key = useRef(idempotencyKey());
  const end = useMutation({
    mutationFn: () => withdrawCase(caseNumber, key.current),
    onSettled: async () => {
      setAsking(false);
      await client.invalidateQueries({ queryKey: ['case', caseNumber] });
    },
  });
  return (
    <section>
      {asking ? (
        <>
          <p>{t('my.withdrawWhy')}</p>
          <Button size="large" danger disabled={end.isPending} onClick={() => end.mutate()}>
            {t('my.withdraw')}
          </Button>
          <Button size="large" onClick={() => setAsking(false)}>
            {t('my.back')}
          </Button>
        </>
      ) : (
        <button type="button" className="link small" onClick={() => setAsking(true)}>
          {t('my.withdraw')}
        </button>
      )}
      {end.isError && <RefusalNotice error={end.error} />}
    </section>
  );
}
