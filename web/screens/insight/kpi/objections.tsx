import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { KpiAnswer } from '../../../../src/contract/insight/kpi.ts';
import { answerObjection } from '../../../api/indicators.ts';
import { useBilingual, useSession } from '../../../frame/session.ts';
import { RefusalNotice } from '../../../parts/refusal.tsx';
import { Status } from '../../../parts/status.tsx';
import { instantOf } from '../../../parts/time.ts';
import type { Stack } from '../asked.ts';

type Objection = KpiAnswer['objections'][number];

/** Objections of units to cases behind figures, and what was answered. */
export function Objections({ answer, stack }: { answer: KpiAnswer; stack: Stack }) {
  const { t } = useTranslation();
  const ownText = useBilingual();
  const nameOf = (code: string) => {
    const found = answer.indicators.find((each) => each.code === code);
    return found === undefined ? code : ownText(found.name);
  };
  const { user } = useSession();
  if (answer.objections.length === 0) return null;
  return (
    <section>
      <h3>{t('kpi.objections')}</h3>
      <ul className="kpi-objections">
        {answer.objections.map((each) => (
          <li key={each.id}>
            <p>
              <Link to={`/cases/${each.caseNumber}`}>{each.caseNumber}</Link>{' '}
              {[nameOf(each.code), each.unitCode, each.login].join(', ')} {instantOf(each.raisedAt)}
            </p>
            <p>{each.reason}</p>
            {each.answer !== null && (
              <p>
                <Status kind={each.answer.accepted ? 'done' : 'wait'}>
                  {t(each.answer.accepted ? 'kpi.accepted' : 'kpi.notAccepted')}
                </Status>{' '}
                {each.answer.words}{' '}
                <span className="muted">
                  {each.answer.login} {instantOf(each.answer.answeredAt)}
                </span>
              </p>
            )}
            {each.answer === null && answer.mayManage && each.login !== user.login && (
              <AnswerForm objection={each} process={stack.asked.process} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function AnswerForm({ objection, process }: { objection: Objection; process: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [words, setWords] = useState('');
  const send = useMutation({
    mutationFn: (accepted: boolean) =>
      answerObjection({ process, objectionId: objection.id, accepted, words: words.trim() }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['insight', 'kpi'] }),
  });
  const isReady = words.trim() !== '' && !send.isPending;
  return (
    <div className="kpi-form">
      <label>
        {t('kpi.answer')}
        <input
          className="field-box"
          value={words}
          maxLength={500}
          onChange={({ target }) => setWords(target.value)}
        />
      </label>
      <div className="row wrap">
        <Button type="primary" disabled={!isReady} onClick={() => send.mutate(true)}>
          {t('kpi.accept')}
        </Button>
        <Button disabled={!isReady} onClick={() => send.mutate(false)}>
          {t('kpi.notAccept')}
        </Button>
      </div>
      {send.isError && <RefusalNotice error={send.error} />}
    </div>
  );
}
