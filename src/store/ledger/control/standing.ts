import type { RestrictionEffect } from '../../../ledger/account.ts';
import type { Queries } from '../../database.ts';

/** A control that stands on an account, or a judicial freeze that waits in its line (轮候冻结). */
export type StandingControl = {
  readonly accountNumber: string;
  /** 'hold', 'waiting_freeze', or the kind of a restriction. */
  readonly kind: string;
  /** What it does to payments; null for holds and for what waits. */
  readonly effect: Exclude<RestrictionEffect, 'none'> | null;
  /** What is still set aside, or how much a freeze asks for; null: the whole account. */
  readonly amountMinor: bigint | null;
  readonly currency: string;
  readonly reason: string;
  readonly orderedBy: string | null;
  readonly documentNumber: string | null;
  readonly placedAt: number;
  readonly placedLogin: string;
  /** The first day without it (restrictions, freezes). */
  readonly endsOn: string | null;
  /** When it ends by itself (holds), ms UTC. */
  readonly expiresAt: number | null;
};

/**
 * Every control that stands on an account or on the accounts of a customer, by account and age. A
 * freeze in effect is the restriction or hold it made; only those in line come as themselves.
 */
export async function readStandingControls(
  queries: Queries,
  of: {
    readonly cellId: number;
    readonly accountNumber: string | null;
    readonly customerNumber: string | null;
  },
): Promise<readonly StandingControl[]> {
  const rows = await queries.query<
    Omit<StandingControl, 'placedAt' | 'expiresAt'> & {
      readonly placedAt: bigint;
      readonly expiresAt: bigint | null;
    }
  >(
    `with wanted as (
       select account_id, account_number, currency from account
       where cell_id = $1 and ($2::text is null or account_number = $2)
         and ($3::text is null or customer_number = $3)
         and ($2::text is not null or $3::text is not null))
     select w.account_number as "accountNumber", c.kind, c.effect, c.amount as "amountMinor",
       w.currency, c.reason, c.ordered_by as "orderedBy", c.document_number as "documentNumber",
       c.placed_at as "placedAt", c.placed_login as "placedLogin", c.ends_on as "endsOn",
       c.expires_at as "expiresAt"
     from wanted w join (
       select account_id, 'hold' as kind, null as effect, remaining_minor as amount,
         purpose as reason, null as ordered_by, null as document_number, placed_at, placed_login,
         null::date as ends_on, expires_at
       from hold where cell_id = $1 and status = 'active'
       union all select account_id, kind, effect, null, reason, ordered_by, document_number,
         placed_at, placed_login, effective_to, null
       from restriction where cell_id = $1 and ended_at is null
       union all select account_id, 'waiting_freeze', null, amount_minor, '', ordered_by,
         document_number, placed_at, placed_login, frozen_until, null
       from judicial_freeze where cell_id = $1 and status = 'waiting') c using (account_id)
     order by w.account_number, c.placed_at`,
    [of.cellId, of.accountNumber, of.customerNumber],
  );
  return rows.map((row) => ({
    ...row,
    placedAt: Number(row.placedAt),
    expiresAt: row.expiresAt === null ? null : Number(row.expiresAt),
  }));
}
