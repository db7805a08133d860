import { assert, present } from '../../base/assert.ts';
import type { Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import type { DepositRecordRequest } from '../../ledger/deposit-requests.ts';
import type { Transaction } from '../database.ts';
import { findAccount } from '../ledger/accounts.ts';
import { type ControlOrder, changeStatus } from '../ledger/controls.ts';

/** Where, when and by whom a record of deposits is written. */
export type DepositRecordPlace = {
  readonly cellId: number;
  readonly caseNumber: string;
  readonly accountingDate: string;
  readonly at: number;
  readonly login: string;
  readonly processInstanceId: string;
  readonly newId: () => string;
};

type Place = DepositRecordPlace & { readonly accountId: string };

/** Writes what an operation of deposits decided to keep; each names its account by number. */
export async function writeDepositRecord(
  transaction: Transaction,
  place: DepositRecordPlace,
  { kind, values }: DepositRecordRequest,
): Promise<Result<null>> {
  const number = text(values, 'accountNumber');
  const account = await findAccount(transaction, place.cellId, number);
  if (account === null) return refuse('account_unknown', { account: number });
  const at: Place = { ...place, accountId: account.accountId };
  switch (kind) {
    case 'term_deposit':
      return await addTerm(transaction, at, values);
    case 'term_deposit_end':
      return await endTerm(transaction, at, values);
    case 'deposit_interest':
      return await addInterest(transaction, at, values);
    case 'deposit_notice':
      return await addNotice(transaction, at, values);
    case 'deposit_agreement':
      return await addAgreement(transaction, at, values);
    case 'deposit_agreement_end':
      return await endAgreement(transaction, at, values);
    case 'personal_account':
      return await addPersonalAccount(transaction, at, values);
    case 'account_usage':
      return await addUsage(transaction, at, values);
    case 'account_waking':
      return await wake(transaction, at);
    default: {
      const never: never = kind;
      return never;
    }
  }
}

async function addTerm(transaction: Transaction, at: Place, values: Values): Promise<Result<null>> {
  await transaction.query(
    `insert into term_deposit (cell_id, account_id, term_number, product_code, terms_from,
       principal_minor, rate_ppm, start_date, maturity_date, monthly_minor,
       settlement_account_number, renewal, case_number, agreed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      at.cellId,
      at.accountId,
      whole(values, 'termNumber'),
      text(values, 'productCode'),
      text(values, 'termsFrom'),
      whole(values, 'principalMinor'),
      whole(values, 'ratePpm'),
      text(values, 'startDate'),
      values.maturityDate == null ? null : text(values, 'maturityDate'),
      values.monthlyMinor == null ? null : whole(values, 'monthlyMinor'),
      text(values, 'settlementAccountNumber'),
      text(values, 'renewal'),
      at.caseNumber,
      at.at,
    ],
  );
  return ok(null);
}

async function endTerm(transaction: Transaction, at: Place, values: Values): Promise<Result<null>> {
  const rows = await transaction.query(
    `update term_deposit set ended_on = $4
     where cell_id = $1 and account_id = $2 and term_number = $3 and ended_on is null returning 1`,
    [at.cellId, at.accountId, whole(values, 'termNumber'), at.accountingDate],
  );
  // Somebody else paid it out in this moment.
  if (rows.length === 1) return ok(null);
  return refuse('term_deposit_unknown', { account: text(values, 'accountNumber') });
}

async function addInterest(
  transaction: Transaction,
  at: Place,
  values: Values,
): Promise<Result<null>> {
  await transaction.query(
    `insert into deposit_interest (cell_id, account_id, counted_to, number, kind, rate_ppm,
       product_minor, interest_minor, released_minor, accounting_date, due_date, paid_on)
     select $1, $2, $3::date, (select count(*) + 1 from deposit_interest
         where cell_id = $1 and account_id = $2 and counted_to = $3::date), $4, $5, $6, $7, $8,
       $9::date, $9::date, $9::date`,
    [
      at.cellId,
      at.accountId,
      text(values, 'countedTo'),
      text(values, 'kind'),
      whole(values, 'ratePpm'),
      whole(values, 'productMinor'),
      whole(values, 'interestMinor'),
      whole(values, 'releasedMinor'),
      at.accountingDate,
    ],
  );
  return ok(null);
}

async function addNotice(
  transaction: Transaction,
  at: Place,
  values: Values,
): Promise<Result<null>> {
  const rows = await transaction.query(
    `insert into deposit_notice (cell_id, account_id, given_on, due_on, amount_minor, case_number,
       given_at) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning 1`,
    [
      at.cellId,
      at.accountId,
      text(values, 'givenOn'),
      text(values, 'dueOn'),
      whole(values, 'amountMinor'),
      at.caseNumber,
      at.at,
    ],
  );
  if (rows.length === 1) return ok(null);
  return refuse('notice_given_already', { account: text(values, 'accountNumber') });
}

async function addAgreement(
  transaction: Transaction,
  at: Place,
  values: Values,
): Promise<Result<null>> {
  const from = text(values, 'effectiveFrom');
  const rows = await transaction.query(
    `insert into deposit_agreement (cell_id, account_id, effective_from, base_minor, rate_code,
       case_number, agreed_at)
     select $1, $2, $3::date, $4, $5, $6, $7 where not exists (select 1 from deposit_agreement
       where cell_id = $1 and account_id = $2
         and (effective_to is null or effective_to > $3::date))
     returning 1`,
    [
      at.cellId,
      at.accountId,
      from,
      whole(values, 'baseMinor'),
      text(values, 'rateCode'),
      at.caseNumber,
      at.at,
    ],
  );
  if (rows.length === 1) return ok(null);
  return refuse('agreement_in_force', { account: text(values, 'accountNumber') });
}

async function endAgreement(
  transaction: Transaction,
  at: Place,
  values: Values,
): Promise<Result<null>> {
  const rows = await transaction.query(
    `update deposit_agreement set effective_to = $3::date
     where cell_id = $1 and account_id = $2 and effective_to is null and effective_from < $3::date
     returning 1`,
    [at.cellId, at.accountId, text(values, 'effectiveTo')],
  );
  if (rows.length === 1) return ok(null);
  return refuse('agreement_unknown', { account: text(values, 'accountNumber') });
}

async function addPersonalAccount(
  transaction: Transaction,
  at: Place,
  values: Values,
): Promise<Result<null>> {
  await transaction.query(
    `insert into personal_account (cell_id, account_id, account_class, bound_account_number,
       face_checked_on, opened_at) values ($1, $2, $3, $4, $5, $6)`,
    [
      at.cellId,
      at.accountId,
      text(values, 'accountClass'),
      values.boundAccountNumber == null ? null : text(values, 'boundAccountNumber'),
      values.faceChecked === true ? at.accountingDate : null,
      at.at,
    ],
  );
  return ok(null);
}

/** Adds to what went out today; refused when another payment has used up the limit meanwhile. */
async function addUsage(
  transaction: Transaction,
  at: Place,
  values: Values,
): Promise<Result<null>> {
  const [row] = await transaction.query<{ dayMinor: bigint; yearMinor: bigint }>(
    `with added as (
       insert into account_usage as u (cell_id, account_id, usage_date, out_minor)
       values ($1, $2, $3, $4)
       on conflict (cell_id, account_id, usage_date)
         do update set out_minor = u.out_minor + excluded.out_minor
       returning out_minor)
     select out_minor as "dayMinor", (out_minor + coalesce((select sum(out_minor)
         from account_usage where cell_id = $1 and account_id = $2 and usage_date <> $3::date
         and usage_date >= date_trunc('year', $3::date)::date), 0))::int8 as "yearMinor"
     from added`,
    [at.cellId, at.accountId, at.accountingDate, whole(values, 'amountMinor')],
  );
  const { dayMinor, yearMinor } = present(row, 'the day of the usage');
  const account = text(values, 'accountNumber');
  if (values.dayOutMinor != null && dayMinor > whole(values, 'dayOutMinor')) {
    return refuse('class_day_exceeded', { account });
  }
  if (values.yearOutMinor != null && yearMinor > whole(values, 'yearOutMinor')) {
    return refuse('class_year_exceeded', { account });
  }
  return ok(null);
}

async function wake(transaction: Transaction, at: Place): Promise<Result<null>> {
  const { caseNumber: _, newId, ...rest } = at;
  const order: ControlOrder = { ...rest, newId: newId() };
  const changed = await changeStatus(transaction, { ...order, to: 'open' });
  return changed.ok ? ok(null) : changed;
}

function text(values: Values, name: string): string {
  const value = values[name];
  assert(typeof value === 'string', `${name} of the record is a text`);
  return value;
}

function whole(values: Values, name: string): bigint {
  const value = values[name];
  assert(typeof value === 'bigint', `${name} of the record is a whole number`);
  return value;
}
