import { luhnCheckDigit } from '../../base/identifiers.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import type { Account, AccountKind } from '../../ledger/account.ts';
import { INTER_BRANCH_GL_CODE, type InterBranchKey } from '../../ledger/inter-branch.ts';
import type { Queries, Transaction } from '../database.ts';
import { accountColumns } from './locked.ts';

/** overdraftLimitMinor: null is no limit (the bank's own accounts), 0n no overdraft. */
export type NewAccount = {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly bookId: string;
  readonly glCode: string;
  readonly currency: string;
  readonly kind: AccountKind;
  readonly counterBookId: string | null;
  readonly openingUnitCode: string;
  readonly customerNumber: string | null;
  readonly name: string;
  readonly product: string | null;
  readonly overdraftLimitMinor: bigint | null;
};

export type OpenAccountRefusal = 'account_number_taken' | 'book_unknown' | 'gl_account_unknown';

type Opening = {
  readonly cellId: number;
  readonly openedOn: string;
  readonly openedLogin: string;
  readonly accounts: readonly NewAccount[];
};

/**
 * Opens accounts, active at once, all or none. The normal side is that of the GL account in force.
 * Refusals: a number that exists, a book that is not open, a GL account not in force on the date.
 */
export async function openAccounts(
  transaction: Transaction,
  opening: Opening,
): Promise<Result<number, OpenAccountRefusal>> {
  const { cellId, accounts, openedOn } = opening;
  const checked = await checkOpening(transaction, opening);
  if (!checked.ok) return checked;
  const rows = await transaction.query(openSql, [
    cellId,
    openedOn,
    opening.openedLogin,
    accounts.map((account) => account.accountId),
    accounts.map((account) => account.accountNumber),
    accounts.map((account) => account.bookId),
    accounts.map((account) => account.glCode),
    accounts.map((account) => account.currency),
    accounts.map((account) => account.kind),
    accounts.map((account) => account.counterBookId),
    accounts.map((account) => account.openingUnitCode),
    accounts.map((account) => account.customerNumber),
    accounts.map((account) => account.name),
    accounts.map((account) => account.product),
    accounts.map((account) => account.overdraftLimitMinor),
  ]);
  // Fewer rows: somebody else opened one of them in this moment.
  return rows.length === accounts.length ? ok(rows.length) : refuse('account_number_taken', {});
}

const openSql = `
with wanted as (
  select r.*, g.normal_side
  from unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
      $11::text[], $12::text[], $13::text[], $14::text[], $15::int8[])
    as r(account_id, account_number, book_id, gl_code, currency, kind, counter_book_id,
      opening_unit_code, customer_number, name, product, overdraft_limit_minor)
    join gl_account g on g.cell_id = $1 and g.gl_code = r.gl_code and g.effective_from <= $2::date
      and (g.effective_to is null or g.effective_to > $2::date)
), opened as (
  insert into account (cell_id, account_id, account_number, book_id, gl_code, currency, normal_side,
    kind, counter_book_id, opening_unit_code, customer_number, name, product, opened_on,
    opened_login)
  select $1::smallint, account_id, account_number, book_id, gl_code, currency, normal_side, kind,
    counter_book_id, opening_unit_code, customer_number, name, product, $2::date, $3
  from wanted
  on conflict do nothing
  returning account_id
)
insert into account_balance (cell_id, account_id, status, restriction_effect,
  overdraft_limit_minor, held_minor, balance_minor, entry_count, day_debit_minor,
  day_credit_minor, plain_key, credit_normal)
select $1::smallint, account_id, 'open', 'none', overdraft_limit_minor, 0, 0, 0, 0, 0,
  case when kind in ('customer', 'internal') then book_id || ' ' || currency end,
  normal_side = 'credit'
from wanted join opened using (account_id)
returning 1`;

async function checkOpening(
  queries: Queries,
  { cellId, openedOn, accounts }: Opening,
): Promise<Result<'checked', OpenAccountRefusal>> {
  const [wrong] = await queries.query<{ code: OpenAccountRefusal; fact: string }>(
    `select 'account_number_taken' as code, a.account_number as fact, 1 as precedence
       from account a where a.cell_id = $1 and a.account_number = any($3::text[])
     union all
     select 'book_unknown', w.book_id, 2 from unnest($4::text[]) as w(book_id)
       where not exists (select 1 from book b
         where b.cell_id = $1 and b.book_id = w.book_id and b.closed_on is null)
     union all
     select 'gl_account_unknown', w.gl_code, 3 from unnest($5::text[]) as w(gl_code)
       where not exists (select 1 from gl_account g
         where g.cell_id = $1 and g.gl_code = w.gl_code and g.effective_from <= $2::date
           and (g.effective_to is null or g.effective_to > $2::date))
     order by precedence limit 1`,
    [
      cellId,
      openedOn,
      accounts.map((account) => account.accountNumber),
      accounts.map((account) => account.bookId),
      accounts.map((account) => account.glCode),
    ],
  );
  if (wrong === undefined) return ok('checked');
  const names = {
    account_number_taken: 'account',
    book_unknown: 'book',
    gl_account_unknown: 'glCode',
  };
  return refuse(wrong.code, { [names[wrong.code]]: wrong.fact });
}

/** The next number for a customer's account: unit, ten digits of a series, Luhn check digit. */
export async function nextAccountNumber(
  transaction: Transaction,
  unitCode: string,
): Promise<string> {
  const [row] = await transaction.query<{ serial: bigint }>(
    `select nextval('account_serial') as serial`,
  );
  const unit = unitCode.replace(/\D/g, '').padStart(4, '0');
  const digits = `${unit}${String(row?.serial ?? 0n).padStart(10, '0')}`;
  return `${digits}${luhnCheckDigit(digits)}`;
}

/** An account as it stands now, without its lock; null when there is none. */
export async function findAccount(
  queries: Queries,
  cellId: number,
  accountNumber: string,
): Promise<(Account & { readonly name: string; readonly product: string | null }) | null> {
  const [row] = await queries.query<Account & { name: string; product: string | null }>(
    `select ${accountColumns}, a.name, a.product
     from account a join account_balance b on b.cell_id = a.cell_id and b.account_id = a.account_id
     where a.cell_id = $1 and a.account_number = $2`,
    [cellId, accountNumber],
  );
  return row ?? null;
}

/** A unit's own account of a GL code; null when it is not opened yet. */
export async function findInternalAccount(
  queries: Queries,
  of: InternalKey & { readonly cellId: number },
): Promise<Account | null> {
  const [row] = await queries.query<Account>(
    `select ${accountColumns}
     from account a join account_balance b on b.cell_id = a.cell_id and b.account_id = a.account_id
     where a.cell_id = $1 and a.book_id = $2 and a.gl_code = $3 and a.currency = $4
       and a.kind in ('internal', 'off_balance') and b.status = 'open'
     order by a.account_number limit 1`,
    [of.cellId, of.bookId, of.glCode, of.currency],
  );
  return row ?? null;
}

export type InternalKey = {
  readonly bookId: string;
  readonly glCode: string;
  readonly currency: string;
};

type OwnAccountOrder = {
  readonly cellId: number;
  readonly openedOn: string;
  readonly openedLogin: string;
  readonly accountId: string;
};

/** A book's own account of a GL code: the one there is, or one opened now. */
export async function internalAccountOf(
  transaction: Transaction,
  order: OwnAccountOrder & InternalKey,
): Promise<Result<OwnAccount, OpenAccountRefusal>> {
  const find = async () => await findInternalAccount(transaction, order);
  const found = await find();
  if (found !== null) return ok({ accountId: found.accountId, bookId: found.bookId });
  const [gl] = await transaction.query<{ glClass: string; name: string; neverNegative: boolean }>(
    `select gl_class as "glClass", name, never_negative as "neverNegative" from gl_account
     where cell_id = $1 and gl_code = $2 and effective_from <= $3
       and (effective_to is null or effective_to > $3)`,
    [order.cellId, order.glCode, order.openedOn],
  );
  return await openOwn(transaction, order, find, {
    kind: gl?.glClass === 'off_balance' ? 'off_balance' : 'internal',
    accountNumber: `${order.bookId}-${order.glCode}-${order.currency}`,
    counterBookId: null,
    name: gl?.name ?? '',
    overdraftLimitMinor: gl?.neverNegative ? 0n : null,
  });
}

/** A book's inter-branch account towards another: the one there is, or one opened now. */
export async function interBranchAccountOf(
  transaction: Transaction,
  order: OwnAccountOrder & InterBranchKey,
): Promise<Result<OwnAccount, OpenAccountRefusal>> {
  const find = async () => {
    const [row] = await transaction.query<OwnAccount>(
      `select account_id as "accountId", book_id as "bookId" from account
       where cell_id = $1 and book_id = $2 and counter_book_id = $3 and currency = $4`,
      [order.cellId, order.bookId, order.counterBookId, order.currency],
    );
    return row ?? null;
  };
  const found = await find();
  if (found !== null) return ok(found);
  return await openOwn(transaction, { ...order, glCode: INTER_BRANCH_GL_CODE }, find, {
    kind: 'inter_branch',
    accountNumber: interBranchNumber(order),
    counterBookId: order.counterBookId,
    overdraftLimitMinor: null,
    name: `系统内往来 ${order.bookId}-${order.counterBookId}`,
  });
}

function interBranchNumber({ bookId, counterBookId, currency }: InterBranchKey): string {
  return [bookId, INTER_BRANCH_GL_CODE, counterBookId, currency].join('-');
}

type OwnAccount = { readonly accountId: string; readonly bookId: string };

/** Opens it, unless another transaction did so while this one waited. */
async function openOwn(
  transaction: Transaction,
  order: OwnAccountOrder & InternalKey,
  find: () => Promise<OwnAccount | null>,
  account: Pick<
    NewAccount,
    'kind' | 'accountNumber' | 'counterBookId' | 'name' | 'overdraftLimitMinor'
  >,
): Promise<Result<OwnAccount, OpenAccountRefusal>> {
  const { cellId, openedOn, openedLogin, accountId, bookId, glCode, currency } = order;
  const opened = await openAccounts(transaction, {
    cellId,
    openedOn,
    openedLogin,
    accounts: [
      {
        ...account,
        accountId,
        bookId,
        glCode,
        currency,
        openingUnitCode: bookId,
        customerNumber: null,
        product: null,
      },
    ],
  });
  if (opened.ok) return ok({ accountId, bookId });
  const found = opened.code === 'account_number_taken' ? await find() : null;
  return found === null ? opened : ok({ accountId: found.accountId, bookId: found.bookId });
}
