import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { LoanContract, LoanNote } from '../../../src/contract/loans.ts';
import type { JsonValues } from '../../../src/contract/shapes.ts';
import { startCase } from '../../api/commands.ts';
import { idempotencyKey } from '../../api/idempotency.ts';
import { loansQuery, processesQuery, tasksQuery } from '../../api/queries.ts';
import { useMay, useName } from '../../frame/session.ts';
import { Answer } from '../../parts/ask.tsx';
import { valueText } from '../../parts/facts.tsx';
import { Amount } from '../../parts/money.tsx';
import { RefusalNotice } from '../../parts/refusal.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Status } from '../../parts/status.tsx';

type Order = { readonly processId: string; readonly values: JsonValues };

/** Begins something for a customer who is there, and goes to the task that is to be filled in. */
function useStartFor(customerNumber: string) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const key = useRef(idempotencyKey());
  return useMutation({
    mutationFn: async ({ processId, values }: Order) => {
      const given = { customerNumber, ...values };
      const { caseNumber } = await startCase(processId, given, key.current);
      const { tasks } = await client.fetchQuery({
        ...tasksQuery({ filter: 'counter', caseNumber, limit: 1 }),
        staleTime: 0,
      });
      return { caseNumber, task: tasks[0] };
    },
    onError: () => {
      key.current = idempotencyKey();
    },
    onSuccess: ({ caseNumber, task }) =>
      void navigate(task === undefined ? `/cases/${caseNumber}` : `/tasks/${task.id}`),
  });
}

/** A customer's loans, and what can be begun at the counter while the customer is there. */
export function Loans({ customerNumber }: { customerNumber: string }) {
  const { t } = useTranslation();
  const name = useName();
  const mayStart = useMay('start_for_customer');
  const loans = useQuery(loansQuery(customerNumber));
  const processes = useQuery({ ...processesQuery, enabled: mayStart });
  const begun = useStartFor(customerNumber);
  const begin = (processId: string, values: JsonValues = {}) => begun.mutate({ processId, values });
  const offered = (processes.data?.processes ?? []).filter((process) => process.mayStart);
  const act = mayStart && !begun.isPending ? begin : null;
  return (
    <>
      {mayStart && offered.length > 0 && (
        <section className="pane">
          <h2>{t('loans.atCounter')}</h2>
          <p className="muted small">{t('loans.atCounterWhy')}</p>
          <p className="row wrap">
            {offered.map((process) => (
              <Button
                key={process.processId}
                disabled={begun.isPending}
                onClick={() => begin(process.processId)}
              >
                {t('my.applyFor', { name: name(process) })}
              </Button>
            ))}
          </p>
          {begun.isError && <RefusalNotice error={begun.error} />}
        </section>
      )}
      <section className="pane">
        <h2>{t('loans.title')}</h2>
        <Answer of={loans}>
          {({ contracts }) =>
            contracts.length === 0 ? (
              <p className="muted">{t('loans.none')}</p>
            ) : (
              contracts.map((one) => <Contract key={one.contractNumber} of={one} act={act} />)
            )
          }
        </Answer>
      </section>
    </>
  );
}

type Act = ((processId: string, values: JsonValues) => void) | null;

function Contract({ of, act }: { of: LoanContract; act: Act }) {
  const { t } = useTranslation();
  const { contractNumber, currency } = of;
  const amount = (minor: string) => <Amount minor={minor} currency={currency} withCurrency />;
  return (
    <article>
      <div className="facts-line">
        <span>
          {t('loans.contract')}
          <Link to={`/cases/${of.loanCaseNumber}`}>{contractNumber}</Link>
        </span>
        {of.closedOn === null ? null : <Status kind="done">{t('loans.closed')}</Status>}
        <span>
          {t('loans.amount')}
          <b>{amount(of.amountMinor)}</b>
        </span>
        <span>
          {t('loans.undrawn')}
          <b>{amount(of.undrawnMinor)}</b>
        </span>
        <span>
          {t('loans.outstanding')}
          <b>{amount(of.outstandingMinor)}</b>
        </span>
        <span>
          {t('loans.available')}
          <b>{of.availableTo}</b>
        </span>
        {of.mayDraw && act !== null && (
          <Button size="small" onClick={() => act('loan_drawdown', { contractNumber })}>
            {t('loans.drawFor')}
          </Button>
        )}
        {of.mayDraw && of.outstandingMinor === '0' && act !== null && (
          <Button size="small" onClick={() => act('loan_contract_closing', { contractNumber })}>
            {t('loans.close')}
          </Button>
        )}
      </div>
      <Notes notes={of.notes} act={act} />
    </article>
  );
}

function Notes({ notes, act }: { notes: readonly LoanNote[]; act: Act }) {
  const { t } = useTranslation();
  if (notes.length === 0) return <p className="muted">{t('loans.noNotes')}</p>;
  return (
    <Scroll label={t('loans.notes')}>
      <table>
        <thead>
          <tr>
            <th>{t('loans.note')}</th>
            <th className="n">{t('loans.principal')}</th>
            <th className="n">{t('loans.owed')}</th>
            <th>{t('value.ratePpm')}</th>
            <th>{t('value.repaymentMethod')}</th>
            <th>{t('loans.start')}</th>
            <th>{t('value.maturity')}</th>
            <th>{t('loans.nextDue')}</th>
            <th className="n">{t('loans.nextAmount')}</th>
            <th> </th>
          </tr>
        </thead>
        <tbody>
          {notes.map((note) => (
            <tr key={note.noteNumber}>
              <td>
                <Link to={`/loans/${note.noteNumber}`}>{note.noteNumber}</Link>
              </td>
              <td className="n">
                <Amount minor={note.principalMinor} currency={note.currency} />
              </td>
              <td className="n">
                <Amount minor={note.outstandingMinor} currency={note.currency} />
              </td>
              <td>{valueText('ratePpm', note.ratePpm)}</td>
              <td>{valueText('repaymentMethod', note.repaymentMethod)}</td>
              <td>{note.startDate}</td>
              <td>{note.maturityDate}</td>
              <td>{note.nextDueDate ?? '–'}</td>
              <td className="n">
                {note.nextAmountMinor === null ? (
                  '–'
                ) : (
                  <Amount minor={note.nextAmountMinor} currency={note.currency} />
                )}
              </td>
              <td>
                {note.outstandingMinor !== '0' && act !== null && (
                  <WaysToPay act={(processId) => act(processId, { noteNumber: note.noteNumber })} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function WaysToPay({ act }: { act: (processId: string) => void }) {
  const { t } = useTranslation();
  return (
    <span className="row">
      <button type="button" className="link small" onClick={() => act('loan_prepayment')}>
        {t('loans.prepay')}
      </button>
      <button type="button" className="link small" onClick={() => act('loan_payoff')}>
        {t('loans.payOff')}
      </button>
      <button type="button" className="link small" onClick={() => act('loan_extension')}>
        {t('loanAct.loan_extension')}
      </button>
    </span>
  );
}
