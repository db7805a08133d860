import { useTranslation } from 'react-i18next';
import type { CaseAnswer } from '../../../src/contract/cases.ts';
import { CustomerLink, valueText } from '../../parts/facts.tsx';
import { amountText, capitalsOf } from '../../parts/money.tsx';
import { Grid, Sheet } from './sheet.tsx';

/** 借据: the borrower's promise over one drawdown, in figures and in capitals. */
export function LoanNote({ found }: { found: CaseAnswer }) {
  const { t } = useTranslation();
  const { values } = found;
  const drawn = values['drawdownAmountMinor'];
  const customerNumber = values['customerNumber'];
  if (typeof drawn !== 'string') {
    return (
      <div className="empty">
        <b>{t('print.noNote')}</b>
        <span>{t('print.noNoteWhy')}</span>
      </div>
    );
  }
  const fact = (name: string) =>
    [t(`value.${name}`), valueText(name, values[name]) || '–'] as const;
  return (
    <Sheet title={t('print.note')} number={String(values['loanNoteNumber'] ?? found.caseNumber)}>
      <Grid
        pairs={[
          [
            t('print.borrower'),
            typeof customerNumber === 'string' && <CustomerLink customerNumber={customerNumber} />,
          ],
          fact('depositAccountNumber'),
          [t('print.amount'), `${amountText(drawn, 'CNY')} CNY`],
          [t('print.capitals'), capitalsOf(BigInt(drawn), 'CNY')],
          fact('ratePpm'),
          fact('noteMonths'),
          fact('maturity'),
          fact('repaymentMethod'),
          fact('creditProtection'),
          fact('paymentMethod'),
          fact('payeeName'),
          fact('payeeAccountNumber'),
          fact('contractNumber'),
          fact('drawdownPurpose'),
        ]}
      />
      <p className="promise">{t('print.promise')}</p>
      <div className="signing">
        <span>{t('print.borrowerSeal')}</span>
        <span>{t('print.legalSignature')}</span>
        <span>{t('print.signDate')}</span>
      </div>
    </Sheet>
  );
}
