import type { Values } from '../../base/data.ts';
import type { Result } from '../../base/result.ts';
import type { Queries, Transaction } from '../../store/database.ts';
import type { Parts } from '../parts.ts';

/** The twelve steps of the end of day (日终), in their order. */
export const daySteps = [
  'sign_off', // 1 outlets balance and sign off
  'cut_off', // 2 日切: from here on new entries bear the next date
  'channel_totals', // 3 what came in over each channel
  'due_items', // 4 maturities, renewals, instalments, fees
  'accrual', // 5 interest of the day
  'classification', // 6 days overdue, five levels, expected loss
  'revaluation', // 7 foreign currency
  'proof', // 8 sub-ledgers and general ledger tie
  'snapshot', // 9 the general ledger as it closes
  'reports', // 10
  'close_date', // 11 nothing is posted on the date any more
  'start_of_day', // 12 what the next date begins with
] as const;

export type DayStep = (typeof daySteps)[number];

/**
 * The day that is being closed. accountingDate: D, still open for the end of day. nextDate: the
 * date that channels post on by now. days: the calendar days that D stands for, D itself and those
 * up to nextDate, which is not among them; over a weekend they are three.
 */
export type Day = {
  readonly cellId: number;
  readonly accountingDate: string;
  readonly nextDate: string;
  readonly days: readonly string[];
  /** ms since 1970 UTC, when this run of the closing began. */
  readonly at: number;
};

/** What a part has done: how many items, and what it found worth telling. */
export type WorkDone = { readonly items: number; readonly facts: Values };

/**
 * One piece of work of a step. Another room adds its own to the list in works.ts.
 *
 * parts: how the work is divided, asked once, after all steps before are done; the names are kept.
 * Without it the work is one part, ''. Parts of one work may run at the same time; works of a step
 * run one after the other.
 *
 * `within` runs in one transaction with its checkpoint: killed at any moment, it is done wholly and
 * once, or not at all. `beyond` makes transactions of its own, so doing it again must do nothing
 * twice. What either posts bears `day.accountingDate`, which is open until step 11; step 12 posts
 * on `day.nextDate`. A refusal stops the closing there; when begun again it goes on with that part.
 */
export type DayWork = {
  readonly step: DayStep;
  /** Such as `deposit.accrue_demand`: the room, then the order. */
  readonly name: string;
  parts?(queries: Queries, day: Day): Promise<readonly string[]>;
  /** Its parts share an account or the like, and would only wait for each other. */
  readonly oneAtATime?: true;
} & (
  | {
      readonly kind: 'within';
      run(transaction: Transaction, day: Day, part: string): Promise<Result<WorkDone>>;
    }
  | {
      readonly kind: 'beyond';
      run(parts: Parts, day: Day, part: string): Promise<Result<WorkDone>>;
    }
);
