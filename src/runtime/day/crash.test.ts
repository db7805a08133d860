import { afterAll, beforeAll, expect, test } from 'vitest';
import { assert, present } from '../../base/assert.ts';
import { encodeValue } from '../../base/data.ts';
import { addDays } from '../../base/dates.ts';
import { simpleInterestMinor } from '../../base/rates.ts';
import type { Database, Queries, Transaction } from '../../store/database.ts';
import { beginClosing, readClosing } from '../../store/day/closing.ts';
import { readProof } from '../../store/day/proof.ts';
import { readTrialBalance } from '../../store/ledger/balances.ts';
import { accountingDates } from '../../store/ledger/books.ts';
import { addDepositProduct } from '../../store/products/deposit-products.ts';
import { demoParameters } from '../demo/parameters.ts';
import { askOracle } from '../oracle.ts';
import { value } from '../testing.ts';
import { runEndOfDay } from './end-of-day.ts';
import { type DayStep, daySteps } from './step.ts';
import { dayTestBank, demandProduct, lendNote } from './testing.ts';
import { dayWorks } from './works.ts';

/** In `npm test` one commit of every step is struck, in `npm run test:long` each of them. */
const isLong = process.env.TEST_LENGTH === 'long';

const ratePpm = 36_000n;

let bank: Awaited<ReturnType<typeof dayTestBank>>;
const accounts: string[] = [];
const notes = ['good', 'late'] as const;

/**
 * A product for each day of the month on which it is settled, so that every night pays interest.
 */
beforeAll(async () => {
  bank = await dayTestBank({ ratePpm });
  await bank.done(async (transaction) => {
    await addDemoParameters(transaction);
    for (let day = 1n; day <= 31n; day += 1n) {
      await addDepositProduct(transaction, {
        ...{ cellId: 1, productCode: `demand_${day}`, effectiveFrom: '2026-01-01' },
        ...{ madeLogin: 'maker', checkedLogin: 'checker', madeAt: 0 },
        definition: {
          ...(demandProduct as object),
          settlementDay: day,
          settlementMonths: Array.from({ length: 12 }, (_, month) => BigInt(month + 1)),
        },
      });
    }
  });
  for (let day = 1; day <= 31; day += 1) {
    const bookId = day % 2 === 0 ? '0101' : '0109';
    const accountId = await bank.open(`account-${day}`, bookId, `demand_${day}`);
    accounts.push(accountId);
    value(await bank.post({ accountId, amountMinor: BigInt(day) * 333_333n, bookId }));
  }
  // Good: released on the day before. Late: its interest of 20 July was never paid.
  await lendNote(bank, { noteNumber: notes[0], start: '2026-11-20', method: 'at_maturity' });
  await lendNote(bank, { noteNumber: notes[1], start: '2026-07-08', method: 'interest_first' });
});
afterAll(async () => {
  expect((await askOracle(bank.database)).faults).toEqual([]);
  await bank.drop();
});

async function addDemoParameters(transaction: Transaction): Promise<void> {
  for (const { name, value: kept } of demoParameters) {
    // The test bank's day goes by the days of the week.
    if (name === 'day.calendar') continue;
    await transaction.query(
      `insert into parameter (cell_id, name, effective_from, value, made_login, checked_login,
         made_at) values (1, $1, '2026-01-01', $2::jsonb, 'a', 'b', 0)`,
      [name, encodeValue(kept)],
    );
  }
}

class Crash extends Error {}

/** of: only commits of this step are counted. */
type Strike = {
  readonly commit: number;
  readonly when: 'before' | 'after';
  readonly of?: DayStep;
};

const stepOf = new Map(dayWorks.map(({ name, step }) => [name, step]));

/**
 * The database of a program that is killed at its n-th commit; nothing answers it afterwards. It
 * tells at each commit which step was last begun.
 */
function struck(
  database: Database,
  strike: Strike | null,
): Database & { commits(): readonly (DayStep | null)[] } {
  const seen: (DayStep | null)[] = [];
  let step: DayStep | null = null;
  let commits = 0;
  let isDead = false;
  const living = () => {
    if (isDead) throw new Crash();
  };
  const kill = (): never => {
    isDead = true;
    throw new Crash();
  };
  const count = () => {
    seen.push(step);
    if (strike?.of === undefined || strike.of === step) commits += 1;
  };
  const isStruck = (when: Strike['when']) => strike?.commit === commits && strike.when === when;
  return {
    ...database,
    commits: () => seen,
    query: async (sql, values, name) => {
      living();
      if (!/^\s*(insert|update)/.test(sql)) return await database.query(sql, values, name);
      const work = values?.find((one) => stepOf.has(String(one)));
      step = stepOf.get(String(work)) ?? step;
      count();
      if (isStruck('before')) kill();
      const rows = await database.query<object>(sql, values, name);
      return isStruck('after') ? kill() : (rows as never);
    },
    transaction: async (work, options) => {
      living();
      if (options?.snapshot === true) return await database.transaction(work, options);
      count();
      const before = isStruck('before');
      const after = isStruck('after');
      const done = await database.transaction(async (transaction: Queries) => {
        const worked = await work(transaction);
        return before ? kill() : worked;
      }, options);
      return after ? kill() : done;
    },
  };
}

/** Closes the open date; a struck program dies and another begins again. Gives the commits seen. */
async function close(strike: Strike | null): Promise<readonly (DayStep | null)[]> {
  const { parts } = bank.runtime;
  const database = struck(bank.database, strike);
  const order = { login: 'system' };
  const before = present(await accountingDates(bank.database, 1), 'dates');
  const date = before.previousDate ?? before.accountingDate;
  try {
    value(await runEndOfDay({ ...parts, database }, dayWorks, order));
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  }
  // The lease of the dead one runs out.
  bank.clock.now += 61_000;
  const again = await runEndOfDay(parts, dayWorks, { ...order, date });
  expect(again).toMatchObject({ ok: true, value: { accountingDate: date } });
  await isWhole(date, strike);
  return database.commits();
}

/** All that the date should be, whatever happened on the way, each from its own source. */
async function isWhole(date: string, strike: Strike | null): Promise<void> {
  const where = `${strike?.when} commit ${strike?.commit} on ${date}`;
  expect((await readClosing(bank.database, 1, date))?.status, where).toBe('closed');
  const proof = await readProof(bank.database, 1, date);
  expect(
    proof.filter((line) => line.leftMinor !== line.rightMinor),
    where,
  ).toEqual([]);
  const rows = await bank.database.query<{ id: string; n: bigint }>(
    `select account_id as id, count(*) as n from deposit_accrual
     where accrual_date = $1 group by account_id`,
    [date],
  );
  expect(
    rows.map(({ n }) => n),
    where,
  ).toEqual(accounts.map(() => 1n));
  const posted = await bank.database.query<{ place: string; n: bigint }>(
    `select p.book_id as place, count(*) as n from posting p
     where p.accounting_date = $1 and p.transaction_code = 'eod.deposit_accrual' group by 1`,
    [date],
  );
  expect(
    posted.map(({ n }) => n),
    where,
  ).toEqual([1n, 1n]);
  const nights = await bank.database.query<{ note: string; n: bigint }>(
    `select note_number as note, count(*) as n from loan_night where accounting_date = $1
     group by 1 order by 1`,
    [date],
  );
  expect(nights, where).toEqual(notes.map((note) => ({ note, n: 1n })));
  const [paid] = await bank.database.query<{ due: bigint; paid: bigint; posted: bigint }>(
    `select count(*) filter (where due_date = $1) as due,
       count(*) filter (where due_date = $1 and paid_on = $1) as paid,
       (select count(*) from posting where accounting_date = $1
         and transaction_code = 'eod.deposit_interest') as posted
     from deposit_interest`,
    [addDays(date, 1)],
  );
  const counts = present(paid, 'the counts');
  expect([counts.paid, counts.posted], where).toEqual([counts.due, counts.due]);
}

/** 积数 and interest of each account, from the rows alone and from the statement of its money. */
async function sumsAreRight(): Promise<void> {
  const rows = await bank.database.query<{
    product: bigint;
    summed: bigint;
    accrued: bigint;
    place: string;
  }>(
    `select c.account_id || ' ' || c.accrual_date as place, c.product_minor as product,
       c.accrued_minor as accrued, (select sum(e.balance_minor) from deposit_accrual e
         where e.account_id = c.account_id and e.accrual_date <= c.accrual_date
           and e.accrual_date > coalesce((select max(i.counted_to) from deposit_interest i
             where i.account_id = c.account_id and i.counted_to < c.accrual_date), '1900-01-01')
       )::int8 as summed
     from deposit_accrual c`,
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const { place, product, summed, accrued } of rows) {
    expect([place, product]).toEqual([place, summed]);
    const basis = { balanceDayProductMinor: summed, ratePpm, yearDays: 360n };
    expect([place, accrued]).toEqual([place, simpleInterestMinor(basis)]);
  }
}

/** A commit of each step: the one in its middle. */
function oneOfEach(commits: readonly (DayStep | null)[]): number[] {
  return [...new Set(commits)].map((step) => {
    const own = commits.flatMap((one, nth) => (one === step ? [nth + 1] : []));
    return present(own[Math.floor(own.length / 2)], 'a commit of the step');
  });
}

test(
  'killed before and after the commits of every step and begun again, totals are equal',
  async () => {
    const commits = await close(null);
    assert(commits.length > 20, 'the end of day has its commits');
    // Each of the twelve steps commits something and is struck; the year's end has its own test.
    const struckSteps = [...commits, 'revaluation'];
    expect(daySteps.filter((step) => !struckSteps.includes(step))).toEqual([]);
    let cases = 0;
    const wanted = isLong ? commits.map((_, nth) => nth + 1) : oneOfEach(commits);
    for (const commit of wanted) {
      for (const when of ['before', 'after'] as const) {
        await close({ commit, when });
        cases += 1;
      }
    }
    await sumsAreRight();
    process.stdout.write(
      `end of day: ${commits.length} commits, killed ${cases} times, all equal\n`,
    );
  },
  isLong ? 900_000 : 180_000,
);

/** A year's end as often as it is struck: the step of the year's result, before and after. */
test(
  'killed while the year is closed, its result is carried over once',
  async () => {
    const year = await dayTestBank({ ratePpm });
    try {
      await year.done((transaction) => addDemoParameters(transaction));
      const accountId = await year.open('saver');
      value(await year.post({ accountId, amountMinor: 1_000_000n }));
      let cases = 0;
      for (let commit = 1; commit <= (isLong ? 4 : 1); commit += 1) {
        for (const when of ['before', 'after'] as const) {
          await closeYear(year, { commit, when });
          cases += 1;
        }
      }
      process.stdout.write(`end of year: killed ${cases} times, all equal\n`);
      expect((await askOracle(year.database)).faults).toEqual([]);
    } finally {
      await year.drop();
    }
  },
  isLong ? 900_000 : 180_000,
);

/** Closes the last date of the running year, struck at the n-th commit of its seventh step. */
async function closeYear(year: typeof bank, strike: Strike): Promise<void> {
  const { parts } = year.runtime;
  const dates = present(await accountingDates(year.database, 1), 'dates');
  const lastDay = `${dates.accountingDate.slice(0, 4)}-12-31`;
  if (dates.accountingDate < lastDay) {
    const closing = { accountingDate: dates.accountingDate, nextDate: lastDay };
    const begun = { ...closing, begunAt: year.clock.now, begunLogin: 'system' };
    await year.done((transaction) => beginClosing(transaction, 1, begun));
    value(await runEndOfDay(parts, dayWorks, { login: 'system' }));
  }
  const database = struck(year.database, { ...strike, of: 'revaluation' });
  try {
    value(await runEndOfDay({ ...parts, database }, dayWorks, { login: 'system' }));
    assert(false, 'the program is struck');
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  }
  year.clock.now += 61_000;
  value(await runEndOfDay(parts, dayWorks, { login: 'system', date: lastDay }));
  const where = `${strike.when} commit ${strike.commit} of ${lastDay}`;
  const proof = await readProof(year.database, 1, lastDay);
  expect(
    proof.filter((line) => line.leftMinor !== line.rightMinor),
    where,
  ).toEqual([]);
  const { rows } = await readTrialBalance(year.database, 1, lastDay);
  const left = rows.filter((row) => row.glCode.startsWith('6') && row.closingMinor !== 0n);
  expect(left, where).toEqual([]);
  const [posted] = await year.database.query<{ n: bigint; events: bigint }>(
    `select count(*) as n, count(distinct book_id) as events from posting
     where accounting_date = $1 and transaction_code = 'eod.close_year'`,
    [lastDay],
  );
  expect(posted?.n, where).toBe(1n);
}
