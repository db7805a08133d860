import type { Queries } from '../../database.ts';

/** The balance of an account at an instant (ms UTC), in its normal side; null: no such account. */
export async function balanceAtInstant(
  queries: Queries,
  of: { readonly cellId: number; readonly accountNumber: string; readonly at: number },
): Promise<bigint | null> {
  const [row] = await queries.query<{ balanceMinor: bigint }>(
    `select coalesce((
         select e.balance_minor from entry e
           join posting p on p.cell_id = e.cell_id and p.posting_id = e.posting_id
         where e.cell_id = a.cell_id and e.account_id = a.account_id and p.occurred_at <= $3
         order by e.entry_number desc limit 1), 0) as "balanceMinor"
     from account a where a.cell_id = $1 and a.account_number = $2`,
    [of.cellId, of.accountNumber, of.at],
  );
  return row?.balanceMinor ?? null;
}

/**
 * How a balance comes about: what a closed day kept (the snapshot) and the entries of the dates
 * since. It proves when snapshot + risen − fallen = stated and no entry's balance breaks the chain.
 * snapshotDate null: nothing was closed before, the account began at 0.
 */
export type BalanceProof = {
  readonly accountNumber: string;
  readonly date: string;
  readonly snapshotDate: string | null;
  readonly snapshotMinor: bigint;
  readonly entries: bigint;
  readonly risenMinor: bigint;
  readonly fallenMinor: bigint;
  readonly statedMinor: bigint;
  readonly chainBreaks: bigint;
  readonly proved: boolean;
};

/**
 * Proves the balance of an account at the end of a date from the last closed day before `since`
 * (the date itself when not given) and every entry after it; null: no such account.
 */
export async function proveBalance(
  queries: Queries,
  of: {
    readonly cellId: number;
    readonly accountNumber: string;
    readonly date: string;
    readonly since?: string;
  },
): Promise<BalanceProof | null> {
  const [row] = await queries.query<Omit<BalanceProof, 'proved'>>(
    `select a.account_number as "accountNumber", $3::date as date,
       s.accounting_date as "snapshotDate", coalesce(s.closing_minor, 0) as "snapshotMinor",
       e.n as entries, e.risen::int8 as "risenMinor", e.fallen::int8 as "fallenMinor",
       case when b.balance_date is null then 0 when b.balance_date <= $3 then b.balance_minor
         else coalesce((select d.closing_minor from account_day d
           where d.cell_id = a.cell_id and d.account_id = a.account_id
             and d.accounting_date <= $3 order by d.accounting_date desc limit 1), 0)
         end as "statedMinor",
       e.breaks as "chainBreaks"
     from account a
       join account_balance b on b.cell_id = a.cell_id and b.account_id = a.account_id
       left join lateral (
         select d.accounting_date, d.closing_minor from account_day d
         where d.cell_id = a.cell_id and d.account_id = a.account_id
           and d.accounting_date < coalesce($4::date, $3::date)
         order by d.accounting_date desc limit 1) s on true
       cross join lateral (
         select count(*) as n,
           coalesce(sum(amount_minor) filter (where rises), 0) as risen,
           coalesce(sum(amount_minor) filter (where not rises), 0) as fallen,
           count(*) filter (where nth_before = entry_number - 1 and balance_before
             + case when rises then amount_minor else -amount_minor end <> balance_minor) as breaks
         from (
           select amount_minor, balance_minor, entry_number, e.side = a.normal_side as rises,
             lag(balance_minor) over (order by entry_number) as balance_before,
             lag(entry_number) over (order by entry_number) as nth_before
           from entry e
           where e.cell_id = a.cell_id and e.account_id = a.account_id and e.accounting_date <= $3
             and (s.accounting_date is null or e.accounting_date > s.accounting_date)) l) e
     where a.cell_id = $1 and a.account_number = $2 and a.kind <> 'off_balance'`,
    [of.cellId, of.accountNumber, of.date, of.since ?? null],
  );
  if (row === undefined) return null;
  const reached = row.snapshotMinor + row.risenMinor - row.fallenMinor;
  return { ...row, proved: reached === row.statedMinor && row.chainBreaks === 0n };
}
