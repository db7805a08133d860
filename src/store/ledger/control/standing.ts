import type { RestrictionEffect } from '../../../ledger/account.ts';
import type { Queries } from '../../database.ts';

/**
 * A control that stands on an account, a transfer that waits to be posted, or a judicial freeze
 * that waits in its line (轮候冻结).
 */
export type StandingControl = {
  readonly accountNumber: string;
  /** 'hold', 'pending_transfer', 'waiting_freeze', or the kind of a restriction. */
  readonly kind: string;
  /** What it does to payments; null for holds and for what waits. */
  readonly effect: Exclude<RestrictionEffect, 'none'> | null;
  /** What is still set aside, or how much a freeze asks for; null: the whole account. */
  readonly amountMinor: bigint | null;
  readonly currency: string;
  readonly reason: string;
  readonly orderedBy: string | null;
  readonly documentNumber: string | null;
  /** The other account of a transfer that waits. */
  readonly otherAccountNumber: string | null;
  /** Of a freeze that waits: how many come before it, the one in effect included. */
  readonly ahead: number | null;
  readonly placedAt: number;
  readonly placedLogin: string;
  /** The first day without it (restrictions, freezes). */
  readonly endsOn: string | null;
  /** When it ends by itself (holds), ms UTC. */
  readonly expiresAt: number | null;
};

type Row = Omit<StandingControl, 'placedAt' | 'expiresAt' | 'ahead'> & {
  readonly placedAt: bigint;
  readonly expiresAt: bigint | null;
  readonly ahead: bigint | null;
};

const columns = `w.account_number as "accountNumber", c.kind, c.effect, c.amount as "amountMinor",
  w.currency, c.reason, c.ordered_by as "orderedBy", c.document_number as "documentNumber",
  o.account_number as "otherAccountNumber", c.ahead, c.placed_at as "placedAt",
  c.placed_login as "placedLogin", c.ends_on as "endsOn", c.expires_at as "expiresAt"`;

/**
 * A freeze in effect is the restriction or hold that bears its id, and ends with it; only those in
 * line come as themselves. $1 is the cell.
 */
const controls = `(
  select h.account_id, case when debit_account_id is null then 'hold' else 'pending_transfer' end
      as kind, null as effect, remaining_minor as amount, purpose as reason, f.ordered_by,
    f.document_number, h.placed_at, h.placed_login, f.frozen_until as ends_on, expires_at,
    case h.account_id when debit_account_id then credit_account_id else debit_account_id end
      as other_id, null::bigint as ahead
  from hold h left join judicial_freeze f on f.cell_id = h.cell_id and f.freeze_id = h.hold_id
  where h.cell_id = $1 and h.status = 'active'
  union all select r.account_id, r.kind, r.effect, null, r.reason, r.ordered_by,
    r.document_number, r.placed_at, r.placed_login, coalesce(r.effective_to, f.frozen_until),
    null, null, null
  from restriction r
    left join judicial_freeze f on f.cell_id = r.cell_id and f.freeze_id = r.restriction_id
  where r.cell_id = $1 and r.ended_at is null
  union all select f.account_id, 'waiting_freeze', null, f.amount_minor, '', f.ordered_by,
    f.document_number, f.placed_at, f.placed_login, f.frozen_until, null, null,
    (select count(*) from judicial_freeze before where before.cell_id = f.cell_id
      and before.account_id = f.account_id and before.ended_at is null
      and before.place_in_line < f.place_in_line)
  from judicial_freeze f where f.cell_id = $1 and f.status = 'waiting') c`;

const otherAccount = 'left join account o on o.cell_id = $1 and o.account_id = c.other_id';

/** Every control that stands on an account or on the accounts of a customer, by account and age. */
export async function readStandingControls(
  queries: Queries,
  of: {
    readonly cellId: number;
    readonly accountNumber: string | null;
    readonly customerNumber: string | null;
  },
): Promise<readonly StandingControl[]> {
  const rows = await queries.query<Row>(
    `with wanted as (
       select account_id, account_number, currency from account
       where cell_id = $1 and ($2::text is null or account_number = $2)
         and ($3::text is null or customer_number = $3)
         and ($2::text is not null or $3::text is not null))
     select ${columns} from wanted w join ${controls} using (account_id) ${otherAccount}
     order by w.account_number, c.placed_at, c.ahead nulls first`,
    [of.cellId, of.accountNumber, of.customerNumber],
  );
  return rows.map(controlOf);
}

/**
 * One page of what stands on the accounts that some units keep, the soonest end first, and how much
 * there is in all; of one kind, or of every kind.
 */
export async function listStandingControls(
  queries: Queries,
  of: {
    readonly cellId: number;
    readonly units: readonly string[];
    readonly kind: string | null;
    readonly limit: number;
    readonly offset: number;
  },
): Promise<{ readonly controls: readonly StandingControl[]; readonly total: number }> {
  const rows = await queries.query<Row & { total: bigint }>(
    `select ${columns}, count(*) over () as total
     from account w join ${controls} using (account_id) ${otherAccount}
     where w.cell_id = $1 and w.opening_unit_code = any($2) and ($3::text is null or c.kind = $3)
     order by coalesce(c.expires_at, extract(epoch from c.ends_on)::bigint * 1000) nulls last,
       w.account_number, c.placed_at, c.ahead nulls first, c.kind
     limit $4 offset $5`,
    [of.cellId, of.units, of.kind, of.limit, of.offset],
  );
  const found = rows.map(({ total: _, ...row }) => controlOf(row));
  return { controls: found, total: Number(rows[0]?.total ?? 0n) };
}

function controlOf(row: Row): StandingControl {
  return {
    ...row,
    ahead: row.ahead === null ? null : Number(row.ahead),
    placedAt: Number(row.placedAt),
    expiresAt: row.expiresAt === null ? null : Number(row.expiresAt),
  };
}
