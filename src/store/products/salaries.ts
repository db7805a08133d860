import type { Queries, Transaction } from '../database.ts';

/** A salary order (代发工资): one payer, many lines. maker and authoriser are two people. */
export type SalaryBatch = {
  readonly batchId: string;
  readonly payerAccountNumber: string;
  readonly currency: string;
  readonly makerLogin: string;
  readonly authoriserLogin: string;
};

/** One line: whom, under which name, how much. */
export type SalaryLine = {
  readonly accountNumber: string;
  readonly name: string;
  readonly amountMinor: bigint;
};

/** A line with its result. code: why it was refused. */
export type SalaryResult = SalaryLine & {
  readonly lineNumber: number;
  readonly status: 'waiting' | 'paid' | 'refused';
  readonly code: string | null;
  readonly postingNumber: bigint | null;
};

/** Takes an order with its lines, once; false when its id is known already. */
export async function addSalaries(
  transaction: Transaction,
  at: { readonly cellId: number; readonly at: number },
  batch: SalaryBatch,
  lines: readonly SalaryLine[],
): Promise<boolean> {
  const taken = await transaction.query(
    `insert into salary_batch (cell_id, batch_id, payer_account_number, currency, lines,
       total_minor, maker_login, authoriser_login, taken_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning 1`,
    [
      at.cellId,
      batch.batchId,
      batch.payerAccountNumber,
      batch.currency,
      lines.length,
      lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
      batch.makerLogin,
      batch.authoriserLogin,
      at.at,
    ],
  );
  if (taken.length === 0) return false;
  await transaction.query(
    `insert into salary_line (cell_id, batch_id, line_number, account_number, name, amount_minor,
       status)
     select $1, $2, nth, account_number, name, amount_minor, 'waiting'
     from unnest($3::text[], $4::text[], $5::int8[]) with ordinality
       as r(account_number, name, amount_minor, nth)`,
    [
      at.cellId,
      batch.batchId,
      lines.map(({ accountNumber }) => accountNumber),
      lines.map(({ name }) => name),
      lines.map(({ amountMinor }) => amountMinor),
    ],
  );
  return true;
}

/** An order by its id; null when there is none. */
export async function readSalaries(
  queries: Queries,
  cellId: number,
  batchId: string,
): Promise<SalaryBatch | null> {
  const [row] = await queries.query<SalaryBatch>(
    `select batch_id as "batchId", payer_account_number as "payerAccountNumber", currency,
       maker_login as "makerLogin", authoriser_login as "authoriserLogin"
     from salary_batch where cell_id = $1 and batch_id = $2`,
    [cellId, batchId],
  );
  return row ?? null;
}

/** Lines that wait, with where their account is and whose it is; locked, at most so many. */
export async function lockWaiting(
  transaction: Transaction,
  of: { readonly cellId: number; readonly batchId: string; readonly max: number },
): Promise<readonly WaitingLine[]> {
  return await transaction.query<WaitingLine>(
    `select l.line_number as "lineNumber", l.account_number as "accountNumber", l.name,
       l.amount_minor as "amountMinor", a.account_id as "accountId", a.book_id as "bookId",
       a.name as "holderName", a.currency as "accountCurrency"
     from salary_line l left join account a on a.cell_id = l.cell_id
       and a.account_number = l.account_number and a.kind = 'customer'
     where l.cell_id = $1 and l.batch_id = $2 and l.status = 'waiting'
     order by l.line_number limit $3 for update of l`,
    [of.cellId, of.batchId, of.max],
  );
}

export type WaitingLine = SalaryLine & {
  readonly lineNumber: number;
  readonly accountId: string | null;
  readonly bookId: string | null;
  readonly holderName: string | null;
  readonly accountCurrency: string | null;
};

/** Writes the results of lines. */
export async function writeResults(
  transaction: Transaction,
  of: { readonly cellId: number; readonly batchId: string },
  results: readonly Pick<SalaryResult, 'lineNumber' | 'code' | 'postingNumber'>[],
): Promise<void> {
  await transaction.query(
    `update salary_line l set status = case when r.code is null then 'paid' else 'refused' end,
       code = r.code, posting_number = r.posting_number
     from unnest($3::int4[], $4::text[], $5::int8[]) as r(line_number, code, posting_number)
     where l.cell_id = $1 and l.batch_id = $2 and l.line_number = r.line_number
       and l.status = 'waiting'`,
    [
      of.cellId,
      of.batchId,
      results.map(({ lineNumber }) => lineNumber),
      results.map(({ code }) => code),
      results.map(({ postingNumber }) => postingNumber),
    ],
  );
}

/** Whether an order that was taken has this head and these lines, one by one. */
export async function sameSalaries(
  queries: Queries,
  cellId: number,
  batch: SalaryBatch,
  lines: readonly SalaryLine[],
): Promise<boolean> {
  const [row] = await queries.query<{ same: boolean }>(
    `select exists (select from salary_batch where cell_id = $1 and batch_id = $2
         and payer_account_number = $3 and currency = $4 and maker_login = $5
         and authoriser_login = $6)
       and not exists (
         select from (select * from salary_line where cell_id = $1 and batch_id = $2) l
           full join unnest($7::text[], $8::text[], $9::int8[]) with ordinality
             as r(account_number, name, amount_minor, nth) on r.nth = l.line_number
         where (l.account_number, l.name, l.amount_minor)
           is distinct from (r.account_number, r.name, r.amount_minor)) as same`,
    [
      ...[cellId, batch.batchId, batch.payerAccountNumber, batch.currency, batch.makerLogin],
      batch.authoriserLogin,
      lines.map(({ accountNumber }) => accountNumber),
      lines.map(({ name }) => name),
      lines.map(({ amountMinor }) => amountMinor),
    ],
  );
  return row?.same === true;
}

/** The results of an order, line by line. */
export async function readResults(
  queries: Queries,
  of: {
    readonly cellId: number;
    readonly batchId: string;
    readonly after: number;
    readonly max: number;
  },
): Promise<readonly SalaryResult[]> {
  return await queries.query<SalaryResult>(
    `select line_number as "lineNumber", account_number as "accountNumber", name,
       amount_minor as "amountMinor", status, code, posting_number as "postingNumber"
     from salary_line where cell_id = $1 and batch_id = $2 and line_number > $3
     order by line_number limit $4`,
    [of.cellId, of.batchId, of.after, of.max],
  );
}
