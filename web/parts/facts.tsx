import { useQuery } from '@tanstack/react-query';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { formatRatePercent } from '../../src/base/rates.ts';
import type { Customer } from '../../src/contract/customers.ts';
import type { JsonValues } from '../../src/contract/shapes.ts';
import { customersQuery } from '../api/queries.ts';
import { useMay, useSession } from '../frame/session.ts';
import { amountText } from './money.tsx';

type Json = JsonValues[string];

/** The facts of a loan case in the order in which a banker asks for them. */
const loanFacts = [
  'customerNumber',
  'productCode',
  'amountMinor',
  'contractAmountMinor',
  'undrawnMinor',
  'availableTo',
  'payoffMinor',
  'prepayPrincipalMinor',
  'prepaymentMode',
  'prepaidInterestMinor',
  'prepaymentFeeMinor',
  'prepaymentTotalMinor',
  'purpose',
  'repaymentSource',
  'termMonths',
  'repaymentMethod',
  'creditProtection',
  'ratePpm',
  'creditRating',
  'proposedAmountMinor',
  'depositAccountNumber',
  'approvalNumber',
  'contractNumber',
  'paymentMethod',
  'payeeName',
  'payeeAccountNumber',
  'collateralDescription',
  'collateralValueMinor',
  'collateralRegistration',
  'approvalConditions',
  'drawdownAmountMinor',
  'noteMonths',
  'drawdownPurpose',
  'proofReference',
  'loanNoteNumber',
  'maturity',
] as const;

/** The facts of a bill, in the order of its face, then what it costs. */
const billFacts = [
  'customerNumber',
  'billNumber',
  'billKind',
  'drawerName',
  'acceptorName',
  'holderName',
  'payeeName',
  'faceMinor',
  'issuedOn',
  'maturesOn',
  'tradeContract',
  'tradeInvoice',
  'creditRating',
  'guarantee',
  'marginMinor',
  'feeMinor',
  'counterparty',
  'ratePpm',
  'payableOn',
  'days',
  'interestMinor',
  'paidMinor',
  'advanceMinor',
  'recourseDebtMinor',
] as const;

/** The facts of a price and of a deal. */
const fxFacts = [
  'customerNumber',
  'quoteText',
  'fromText',
  'toText',
  'yuanMinor',
  'quoteId',
  'quoteUntil',
  'limitBroken',
] as const;

/** Which facts a case has: a bill's, a deal's or a loan's. */
function factsOf(values: JsonValues): readonly string[] {
  if (values['billNumber'] !== undefined) return billFacts;
  const isFx = values['fromText'] !== undefined || values['quoteText'] !== undefined;
  return isFx ? fxFacts : loanFacts;
}

/** Opinions and findings, which are text to read rather than facts to compare. */
export const opinions = [
  'newGrounds',
  'leadFindings',
  'supportFindings',
  'investigationReport',
  'eligibilityOpinion',
  'firstReviewOpinion',
  'creditOpinion',
  'creditLineOpinion',
  'managerOpinion',
  'riskOpinion',
  'independentOpinion',
  'approvalOpinion',
  'disbursementOpinion',
  'instructionOpinion',
  'inspectionFindings',
  'classOpinion',
  'actionPlan',
] as const;

/** A value of the case in words: amounts, rates and choices by the name of the value. */
export function valueText(name: string, value: Json | undefined): string {
  if (value === undefined || value === null || value === '') return '';
  if (name.endsWith('Minor') && /^-?\d+$/.test(String(value))) {
    return `${amountText(String(value), 'CNY')} CNY`;
  }
  if (name.endsWith('Ppm') && /^-?\d+$/.test(String(value))) {
    return `${formatRatePercent(BigInt(String(value)))}%`;
  }
  if (typeof value === 'boolean') return i18next.t(value ? 'value.yes' : 'value.no');
  if (Array.isArray(value)) return value.map((one) => valueText(name, one)).join('、');
  const choice = `choice.${name}.${String(value)}`;
  if (i18next.exists(choice)) return i18next.t(choice);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The facts that matter first, as a two-column table. */
export function Facts({ values }: { values: JsonValues }) {
  const { t } = useTranslation();
  const shown = factsOf(values).filter((name) => valueText(name, values[name]) !== '');
  if (shown.length === 0) return <p className="muted">{t('facts.none')}</p>;
  return (
    <dl className="key-values">
      {shown.map((name) => (
        <Pair key={name} label={t(`value.${name}`)}>
          {name === 'customerNumber' ? (
            <CustomerLink customerNumber={String(values[name])} />
          ) : (
            <Value
              name={name}
              value={values[name]}
              customerNumber={String(values['customerNumber'] ?? '')}
            />
          )}
        </Pair>
      ))}
    </dl>
  );
}

function Value({
  name,
  value,
  customerNumber,
}: {
  name: string;
  value: Json | undefined;
  customerNumber: string;
}) {
  const text = valueText(name, value);
  if (name !== 'depositAccountNumber') return text;
  return <AccountLink accountNumber={text} customerNumber={customerNumber} unitId={null} />;
}

export function Pair({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

/**
 * A customer as the reader may see it, undefined for others. It is looked for in the list, which
 * holds only customers in the reader's scope, so that nothing is refused on the way.
 */
function useCustomer(customerNumber: string): Customer | undefined {
  const may = useMay('view_customers') && customerNumber !== '';
  const { data } = useQuery({
    ...customersQuery({ search: customerNumber, limit: 1 }),
    enabled: may,
  });
  return data?.customers.find((customer) => customer.customerNumber === customerNumber);
}

/** A customer's name as a link; the number alone where the reader may not see the customer. */
export function CustomerLink({ customerNumber }: { customerNumber: string }) {
  const customer = useCustomer(customerNumber);
  if (customer === undefined) return customerNumber;
  return (
    <Link
      to={`/customers/${customerNumber}`}
      title={[customerNumber, customer.creditRating].filter(Boolean).join(' · ')}
    >
      {customer.name}
    </Link>
  );
}

/**
 * An account's number, as a link where the reader surely may open it: opened at a unit where a role
 * is held, or at the unit of a customer whom the reader sees. `unitId` null: at the customer's.
 */
export function AccountLink({
  accountNumber,
  customerNumber,
  unitId,
}: {
  accountNumber: string;
  customerNumber: string;
  unitId: string | null;
}) {
  const { user } = useSession();
  const may = useMay('view_accounts');
  const customer = useCustomer(customerNumber);
  const isRoot = user.unit?.parentUnitId === null;
  const isOwn = user.roles.some((role) => role.unitId === unitId);
  const isCustomers = customer !== undefined && (unitId ?? customer.unitId) === customer.unitId;
  if (!may || !(isRoot || isOwn || isCustomers)) return accountNumber;
  return <Link to={`/accounts/${accountNumber}`}>{accountNumber}</Link>;
}
