import type { Queries, Transaction } from '../database.ts';

/**
 * A salary order (代发工资): one payer, many lines. maker and authoriser are two people; null: nobody
 * has authorised it yet.
 */
export type SalaryBatch = {
  readonly batchId: string;
  readonly payerAccountNumber: string;
  readonly currency: string;
  readonly makerLogin: string;
  readonly authoriserLogin: string | null;
};

export type SalaryOrderStatus = 'waiting' | 'authorised' | 'declined';

/** An order as it stands. lines: how many it has. */
export type SalaryOrder = SalaryBatch & {
  readonly status: SalaryOrderStatus;
  readonly lines: number;
  readonly totalMinor: bigint;
  readonly takenAt: number;
  readonly decidedAt: number | null;
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
       total_minor, maker_login, authoriser_login, taken_at, status)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9,
       case when $8::text is null then 'waiting' else 'authorised' end) on conflict do nothing returning 1`,
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
): Promise<SalaryOrder | null> {
  const [row] = await queries.query<OrderRow>(
    `select ${orderColumns} from salary_batch s where cell_id = $1 and batch_id = $2`,
    [cellId, batchId],
  );
  return row === undefined ? null : orderOf(row);
}

type OrderRow = Omit<SalaryOrder, 'takenAt' | 'decidedAt'> & {
  readonly takenAt: bigint;
  readonly decidedAt: bigint | null;
};

const orderColumns = `s.batch_id as "batchId", s.payer_account_number as "payerAccountNumber",
  s.currency, s.maker_login as "makerLogin", s.authoriser_login as "authoriserLogin", s.status,
  s.lines, s.total_minor as "totalMinor", s.taken_at as "takenAt", s.decided_at as "decidedAt"`;

function orderOf(row: OrderRow): SalaryOrder {
  const decidedAt = row.decidedAt === null ? null : Number(row.decidedAt);
  return { ...row, takenAt: Number(row.takenAt), decidedAt };
}

/** Orders whose payer is kept by some units, the newest first, and how many there are in all. */
export async function listSalaries(
  queries: Queries,
  of: {
    readonly cellId: number;
    readonly units: readonly string[];
    readonly limit: number;
    readonly offset: number;
  },
): Promise<{ readonly orders: readonly SalaryOrder[]; readonly total: number }> {
  const rows = await queries.query<OrderRow & { total: bigint }>(
    `select ${orderColumns}, count(*) over () as total
     from salary_batch s
       join account a on a.cell_id = s.cell_id and a.account_number = s.payer_account_number
     where s.cell_id = $1 and a.opening_unit_code = any($2)
     order by s.taken_at desc, s.batch_id desc limit $3 offset $4`,
    [of.cellId, of.units, of.limit, of.offset],
  );
  const orders = rows.map(({ total: _, ...row }) => orderOf(row));
  return { orders, total: Number(rows[0]?.total ?? 0n) };
}

/** Authorised orders of which lines still wait: whatever was to pay them has ended. */
export async function unpaidSalaries(queries: Queries, cellId: number): Promise<readonly string[]> {
  const rows = await queries.query<{ batchId: string }>(
    `select batch_id as "batchId" from salary_batch s
     where cell_id = $1 and status = 'authorised' and exists (select from salary_line l
       where l.cell_id = s.cell_id and l.batch_id = s.batch_id and l.status = 'waiting')
     order by taken_at`,
    [cellId],
  );
  return rows.map(({ batchId }) => batchId);
}

/** How many lines of an order were paid, were refused and wait, and the sum of the paid ones. */
export async function countSalaries(
  queries: Queries,
  cellId: number,
  batchId: string,
): Promise<{ paid: number; refused: number; waiting: number; paidMinor: bigint }> {
  const [row] = await queries.query<{
    paid: bigint;
    refused: bigint;
    waiting: bigint;
    paidMinor: bigint;
  }>(
    `select count(*) filter (where status = 'paid') as paid,
       count(*) filter (where status = 'refused') as refused,
       count(*) filter (where status = 'waiting') as waiting,
       coalesce(sum(amount_minor) filter (where status = 'paid'), 0)::int8 as "paidMinor"
     from salary_line where cell_id = $1 and batch_id = $2`,
    [cellId, batchId],
  );
  return {
    ...{ paid: Number(row?.paid ?? 0n), refused: Number(row?.refused ?? 0n) },
    ...{ waiting: Number(row?.waiting ?? 0n), paidMinor: row?.paidMinor ?? 0n },
  };
}

/** Whether two logins are one person, who may hold several. */
export async function isOnePerson(
  queries: Queries,
  cellId: number,
  logins: readonly [string, string],
): Promise<boolean> {
  if (logins[0] === logins[1]) return true;
  const [row] = await queries.query<{ people: bigint; known: bigint }>(
    `select count(distinct coalesce(employee_number, customer_number, login)) as people,
       count(*) as known
     from user_login where cell_id = $1 and login = any($2)`,
    [cellId, [...logins]],
  );
  return row?.known === 2n && row.people === 1n;
}

/** Decides about an order that waits; false when it no longer does. */
export async function decideSalaries(
  transaction: Transaction,
  of: {
    readonly cellId: number;
    readonly batchId: string;
    readonly status: 'authorised' | 'declined';
    readonly login: string;
    readonly at: number;
  },
): Promise<boolean> {
  const rows = await transaction.query(
    `update salary_batch set status = $3, authoriser_login = $4, decided_at = $5
     where cell_id = $1 and batch_id = $2 and status = 'waiting' returning 1`,
    [of.cellId, of.batchId, of.status, of.login, of.at],
  );
  return rows.length === 1;
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
         and ($6::text is null or authoriser_login = $6))
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
    /** Only lines of this status. */
    readonly status?: SalaryResult['status'] | undefined;
  },
): Promise<readonly SalaryResult[]> {
  return await queries.query<SalaryResult>(
    `select line_number as "lineNumber", account_number as "accountNumber", name,
       amount_minor as "amountMinor", status, code, posting_number as "postingNumber"
     from salary_line where cell_id = $1 and batch_id = $2 and line_number > $3
       and ($5::text is null or status = $5)
     order by line_number limit $4`,
    [of.cellId, of.batchId, of.after, of.max, of.status ?? null],
  );
}
