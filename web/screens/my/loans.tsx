import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { LoanContract, LoanNote } from '../../../src/contract/loans.ts';
import { loansQuery } from '../../api/queries.ts';
import { Answer } from '../../parts/ask.tsx';
import { amountText } from '../../parts/money.tsx';
import { RefusalNotice } from '../../parts/refusal.tsx';
import { Status } from '../../parts/status.tsx';
import { useStart } from './start.ts';

/** The customer's loans: what may still be drawn on each contract, what is owed on each note. */
export function MyLoans() {
  const { t } = useTranslation();
  const loans = useQuery(loansQuery());
  if (loans.data?.contracts.length === 0) return null;
  return (
    <section>
      <h2>{t('loans.mine')}</h2>
      <Answer of={loans}>
        {({ contracts }) =>
          contracts.map((contract) => <Contract key={contract.contractNumber} of={contract} />)
        }
      </Answer>
    </section>
  );
}

function Contract({ of }: { of: LoanContract }) {
  const { t } = useTranslation();
  const { start, isPending, error } = useStart();
  const { contractNumber, currency, closedOn, outstandingMinor } = of;
  const owed = of.notes.filter((note) => note.outstandingMinor !== '0');
  const mayClose = of.mayDraw && outstandingMinor === '0';
  return (
    <article className="loan-card">
      <p className="row">
        <b>{t('loans.contract')}</b>
        {closedOn !== null && <Status kind="done">{t('loans.closed')}</Status>}
        {of.revolving && <span className="muted small">{t('loans.revolving')}</span>}
      </p>
      <p className="muted small">{contractNumber}</p>
      <dl className="loan-facts">
        <Fact label={t('loans.amount')} minor={of.amountMinor} currency={currency} />
        <Fact label={t('loans.outstanding')} minor={outstandingMinor} currency={currency} />
        {closedOn === null && (
          <Fact label={t('loans.undrawn')} minor={of.undrawnMinor} currency={currency} />
        )}
      </dl>
      {owed.map((note) => (
        <Note key={note.noteNumber} of={note} />
      ))}
      {of.mayDraw && (
        <>
          <p className="muted small">{t('loans.availableTo', { date: of.availableTo })}</p>
          <Button
            type="primary"
            size="large"
            block
            disabled={isPending}
            onClick={() => start('loan_drawdown', { contractNumber })}
          >
            {t('loans.draw')}
          </Button>
        </>
      )}
      {mayClose && (
        <Button
          size="large"
          block
          disabled={isPending}
          onClick={() => start('loan_contract_closing', { contractNumber })}
        >
          {t('loans.close')}
        </Button>
      )}
      {error !== null && <RefusalNotice error={error} />}
    </article>
  );
}

function Fact({ label, minor, currency }: { label: string; minor: string; currency: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd className="money">{`${amountText(minor, currency)} ${currency}`}</dd>
    </>
  );
}

/** One note: what is owed on it, what is due next, and the way to pay it off today. */
function Note({ of }: { of: LoanNote }) {
  const { t } = useTranslation();
  const { start, isPending, error } = useStart();
  const { noteNumber, currency, nextAmountMinor, nextDueDate } = of;
  return (
    <div className="loan-note">
      <p className="row">
        <b>{t('loans.note')}</b>
        <span className="muted small">{noteNumber}</span>
      </p>
      <dl className="loan-facts">
        <Fact label={t('loans.owed')} minor={of.outstandingMinor} currency={currency} />
        {nextAmountMinor !== null && (
          <Fact
            label={t('loans.next', { date: nextDueDate })}
            minor={nextAmountMinor}
            currency={currency}
          />
        )}
      </dl>
      <p className="muted small">{t('loans.maturity', { date: of.maturityDate })}</p>
      <p className="row">
        {(['loan_prepayment', 'loan_payoff', 'loan_extension'] as const).map((processId) => (
          <button
            key={processId}
            type="button"
            className="link small"
            disabled={isPending}
            onClick={() => start(processId, { noteNumber })}
          >
            {t(`loanAct.${processId}`)}
          </button>
        ))}
      </p>
      {error !== null && <RefusalNotice error={error} />}
    </div>
  );
}
