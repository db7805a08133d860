import { createHash } from 'node:crypto';
import { present } from '../../base/assert.ts';
import { dateInChina } from '../../base/dates.ts';
import { ok, type Result } from '../../base/result.ts';
import { UUID_RANDOM_BYTES, uuidV7 } from '../../base/uuid.ts';
import type { Database, Transaction } from '../../store/database.ts';
import { accountingDates } from '../../store/ledger/books.ts';
import type { PasswordCost } from '../../store/people/passwords.ts';
import { lockDeployment } from '../../store/process/models.ts';
import { addParameter } from '../../store/products/parameters.ts';
import { type Random, risingIds } from '../ids.ts';
import { demoDates } from './calendar.ts';
import { openDemoCash } from './cash.ts';
import { openDemoDeposits } from './deposits.ts';
import { postDemoMonth } from './history.ts';
import { openDemoFx } from './market/fx.ts';
import { openDemoAccounts, openDemoBooks } from './open-books.ts';
import {
  type DemoOpening,
  demoPasswordHashes,
  openDemoCustomers,
  openDemoLogins,
  openDemoStaff,
  openDemoUnits,
} from './open-people.ts';
import { demoParameters } from './parameters.ts';

/** What the demo bank is opened with. `now`: its last day is the last working day up to then. */
export type DemoBankOrder = {
  readonly database: Database;
  readonly cellId?: number;
  readonly now: number;
  readonly passwordCost: PasswordCost;
};

/**
 * Opens the demo bank in one commit: units, people, customers, books, accounts and a month of
 * payments with the end of each day, all by the commands a real bank would use. The same day gives
 * the same bank, but for the salts of its passwords. A bank that is open already is left as it is:
 * its own end of day takes it to today (`Runtime.closeDueDays`).
 */
export async function openDemoBank(
  order: DemoBankOrder,
): Promise<Result<'opened' | 'already_open'>> {
  const { database, cellId = 1 } = order;
  if ((await accountingDates(database, cellId)) !== null) return ok('already_open');
  const hashes = await demoPasswordHashes(order.passwordCost);
  if (!hashes.ok) return hashes;
  const dates = demoDates(dateInChina(order.now));
  const openedOn = present(dates[0], 'the first day of the demo bank');
  const at = Date.parse(`${openedOn}T08:30:00+08:00`);
  const random = sameChance(`huiliu demo bank ${openedOn}`);
  const opening: DemoOpening = {
    ...{ cellId, at, openedOn, newId: risingIds(at, random) },
    newIdAt: (instant) => uuidV7(instant, random(UUID_RANDOM_BYTES)),
  };
  return await database.transaction<'opened' | 'already_open', string>(async (transaction) => {
    // Two processes may start on one database: the second waits here, then finds the bank open.
    await lockDeployment(transaction, 'demo bank');
    if ((await accountingDates(transaction, cellId)) !== null) return ok('already_open');
    const opened = await openAll(transaction, opening, { dates, hashes: hashes.value });
    return opened.ok ? ok('opened') : opened;
  });
}

async function openAll(
  transaction: Transaction,
  opening: DemoOpening,
  given: { readonly dates: readonly string[]; readonly hashes: readonly string[] },
): Promise<Result<null>> {
  for (const part of [
    ...[openDemoUnits, openDemoStaff, openDemoCustomers, openDemoBooks, openDemoDeposits],
  ]) {
    const opened = await part(transaction, opening);
    if (!opened.ok) return opened;
  }
  for (const parameter of demoParameters) {
    const { cellId, openedOn: effectiveFrom, at: madeAt } = opening;
    const people = { madeLogin: 'chen.yan', checkedLogin: 'luo.min' };
    await addParameter(transaction, { cellId, effectiveFrom, madeAt, ...people, ...parameter });
  }
  const logins = await openDemoLogins(transaction, opening, given.hashes);
  if (!logins.ok) return logins;
  const accounts = await openDemoAccounts(transaction, opening);
  if (!accounts.ok) return accounts;
  const posted = await postDemoMonth(transaction, opening, {
    dates: given.dates,
    accounts: accounts.value,
  });
  if (!posted.ok) return posted;
  const date = present(given.dates.at(-1), 'the last day of the demo bank');
  const at = Date.parse(`${date}T17:00:00+08:00`);
  const cash = await openDemoCash(transaction, opening, { date, at });
  return cash.ok ? await openDemoFx(transaction, opening, { date }) : cash;
}

/** Bytes that look like chance and are the same for the same words. */
function sameChance(words: string): Random {
  let count = 0;
  return (bytes) => {
    count += 1;
    return createHash('sha256').update(`${words} ${count}`).digest().subarray(0, bytes);
  };
}
