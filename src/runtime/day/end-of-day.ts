import { addDays } from '../../base/dates.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import type { Queries } from '../../store/database.ts';
import {
  beginClosing,
  type ClosingRow,
  endClosing,
  endPart,
  holdClosing,
  lockPart,
  markRunning,
  planParts,
  readClosing,
  readParts,
  releaseClosing,
  type WorkPlace,
} from '../../store/day/closing.ts';
import { accountingDates } from '../../store/ledger/books.ts';
import type { Parts } from '../parts.ts';
import { nextAccountingDate } from './next-date.ts';
import { type Day, type DayWork, daySteps, type WorkDone } from './step.ts';

/** date: the accounting date to close; the open one when left out. login: who ordered it. */
export type EndOfDayOrder = {
  readonly login: string;
  readonly date?: string | undefined;
  /** Told when a part has ended. */
  readonly progress?: (done: PartTold) => void;
  /** Asked before each part: the program is to end, and the closing goes on another time. */
  readonly halted?: () => boolean;
};

export type PartTold = {
  readonly step: number;
  readonly work: string;
  readonly part: string;
  readonly items: number;
  readonly tookMs: number;
};

export type EndOfDayAnswer = { readonly accountingDate: string; readonly nextDate: string };

/** Parts of one piece of work that run at the same time. */
const atOnceMax = 2;

/**
 * Attempts at a part that finds the database busy, and how long it waits after the first, in ms.
 */
const attemptsMax = 4;
const busyWaitMs = 500;

/** How long a runner may be silent before another takes over, and how often it speaks, in ms. */
const leaseMs = 15_000;
const beatMs = 5_000;

/**
 * Closes an accounting date (日终): the works of the twelve steps one after the other, each part
 * once. Killed at any moment, or stopped by a refusal, it is begun again with the same order and
 * goes on where it stood. Channels go on meanwhile: from step 2 they post on the next date.
 * Closing a closed date again gives the first answer. Refused: a date that is not open, one that
 * another program closes in this moment, and whatever stops a piece of work.
 */
export async function runEndOfDay(
  parts: Parts,
  works: readonly DayWork[],
  order: EndOfDayOrder,
): Promise<Result<EndOfDayAnswer>> {
  const begun = await begin(parts, order);
  if (!begun.ok) return begun;
  const { accountingDate, nextDate, status } = begun.value;
  const answer = { accountingDate, nextDate };
  if (status === 'closed') return ok(answer);
  const { database, cellId } = parts;
  const runner = Buffer.from(parts.random(8)).toString('hex');
  const at = parts.clock();
  const day: Day = { cellId, ...answer, days: daysFrom(accountingDate, nextDate), at };
  const holding = () => hold(parts, day, runner);
  if (!(await holding())) return refuse('day_runs_elsewhere', { date: accountingDate });
  let stopped = false;
  const beat = keepHolding(holding);
  try {
    for (const [place, work] of placesOf(day, works)) {
      const done = await runWork(parts, { day, place, work, holding, order });
      if (done.ok) continue;
      stopped = done.code !== 'day_halted';
      return done;
    }
    await endClosing(database, cellId, accountingDate, parts.clock());
    return ok(answer);
  } finally {
    clearInterval(beat);
    const status = stopped ? 'stopped' : 'running';
    await releaseClosing(database, cellId, accountingDate, { runner, status });
  }
}

/** The closing that is to be run: the one under way, or a new one of the open date. */
async function begin(parts: Parts, order: EndOfDayOrder): Promise<Result<ClosingRow>> {
  const { database, cellId } = parts;
  const dates = await accountingDates(database, cellId);
  if (dates === null) return refuse('books_not_open');
  const open = dates.previousDate ?? dates.accountingDate;
  const date = order.date ?? open;
  const known = await readClosing(database, cellId, date);
  if (known?.status === 'closed') return ok(known);
  if (date !== open && known === null) return refuse('accounting_date_not_open', { date });
  if (known !== null) return ok(known);
  const next =
    dates.previousDate === null
      ? await nextAccountingDate(database, cellId, date)
      : ok(dates.accountingDate);
  if (!next.ok) return next;
  const closing = {
    ...{ accountingDate: date, nextDate: next.value },
    ...{ begunAt: parts.clock(), begunLogin: order.login },
  };
  return await database.transaction<ClosingRow, string>(async (transaction) => {
    await beginClosing(transaction, cellId, closing);
    const row = await readClosing(transaction, cellId, date);
    return row === null ? refuse('books_not_open') : ok(row);
  });
}

function daysFrom(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) days.push(day);
  return days;
}

async function hold(parts: Parts, day: Day, runner: string): Promise<boolean> {
  const now = parts.clock();
  const lease = { runner, now, until: now + leaseMs };
  return await holdClosing(parts.database, day.cellId, day.accountingDate, lease);
}

/**
 * Holds on while a long part works. One beat that fails is made up by the next; parts ask again.
 */
function keepHolding(holding: () => Promise<boolean>): NodeJS.Timeout {
  let failures = 0;
  const beat = setInterval(() => {
    void holding().then(
      () => {
        failures = 0;
      },
      () => {
        failures += 1;
        if (failures * beatMs >= leaseMs) clearInterval(beat);
      },
    );
  }, beatMs);
  return beat.unref();
}

/** Every piece of work with its place, in the order of the steps. */
function placesOf(day: Day, works: readonly DayWork[]): [WorkPlace, DayWork][] {
  const { cellId, accountingDate: date } = day;
  return daySteps.flatMap((step, index) =>
    works
      .filter((work) => work.step === step)
      .map((work, position): [WorkPlace, DayWork] => [
        { cellId, date, work: work.name, step: index + 1, position },
        work,
      ]),
  );
}

type Run = {
  readonly day: Day;
  readonly place: WorkPlace;
  readonly work: DayWork;
  readonly order: EndOfDayOrder;
  readonly holding: () => Promise<boolean>;
};

async function runWork(parts: Parts, run: Run): Promise<Result<null>> {
  const { day, place } = run;
  const waiting = await partsWaiting(parts, run);
  if (!waiting.ok) return waiting;
  const left = [...waiting.value];
  const refusals: Result<never>[] = [];
  const worker = async (): Promise<void> => {
    for (let part = left.shift(); part !== undefined; part = left.shift()) {
      if (refusals.length > 0) return;
      if (run.order.halted?.() === true) {
        refusals.push(refuse('day_halted', { date: day.accountingDate }));
        return;
      }
      if (!(await run.holding())) {
        refusals.push(refuse('day_runs_elsewhere', { date: day.accountingDate }));
        return;
      }
      const beganAt = parts.clock();
      await markRunning(parts.database, place, part, beganAt);
      const done = await runPatiently(parts, run, part);
      if (done.ok) tell(parts, run, part, { items: done.value, beganAt });
      else refusals.push(done);
    }
  };
  const atOnce = run.work.oneAtATime === true ? 1 : atOnceMax;
  await Promise.all(Array.from({ length: atOnce }, worker));
  const [first] = refusals;
  return first ?? ok(null);
}

function tell(
  parts: Parts,
  { order, place }: Run,
  part: string,
  done: { readonly items: number; readonly beganAt: number },
): void {
  const { step, work } = place;
  const tookMs = parts.clock() - done.beganAt;
  order.progress?.({ step, work, part, items: done.items, tookMs });
}

/** The parts that are not done; planned when nobody has planned them. */
async function partsWaiting(parts: Parts, run: Run): Promise<Result<readonly string[]>> {
  const { database } = parts;
  const { place, work, day } = run;
  const mine = async (queries: Queries) =>
    (await readParts(queries, place.cellId, place.date)).filter((row) => row.work === place.work);
  const known = await mine(database);
  if (known.length > 0) return ok(notDone(known));
  return await database.transaction<readonly string[], string>(async (transaction) => {
    const wanted = (await work.parts?.(transaction, day)) ?? [''];
    await planParts(transaction, place, wanted);
    return ok(notDone(await mine(transaction)));
  });
}

function notDone(rows: Awaited<ReturnType<typeof readParts>>): readonly string[] {
  return rows.filter(({ status }) => status !== 'done').map(({ part }) => part);
}

/** A part that waited too long for a lock, or for the database, is tried again a few times. */
async function runPatiently(parts: Parts, run: Run, part: string): Promise<Result<number>> {
  for (let attempt = 1; ; attempt += 1) {
    const done = await runPart(parts, run, part);
    if (done.ok || done.code !== 'database_busy' || attempt === attemptsMax) return done;
    await new Promise((resolve) => setTimeout(resolve, attempt * busyWaitMs));
  }
}

/** One part, with its checkpoint; a refusal is kept with the part and stops the closing. */
async function runPart(parts: Parts, run: Run, part: string): Promise<Result<number>> {
  const { database } = parts;
  const { place, work, day } = run;
  const end = async (queries: Queries, done: WorkDone) =>
    await endPart(queries, place, part, { status: 'done', ...done, at: parts.clock() });
  const onClosedDate = work.step === 'start_of_day' ? {} : { accountingDate: day.accountingDate };
  const done =
    work.kind === 'beyond'
      ? await work.run({ ...parts, ...onClosedDate }, day, part)
      : await database.transaction<WorkDone | null, string>(async (transaction) => {
          if (!(await lockPart(transaction, place, part))) return ok(null);
          const worked = await work.run(transaction, day, part);
          if (!worked.ok) return worked;
          await end(transaction, worked.value);
          return worked;
        });
  if (!done.ok) {
    const { code, facts } = done;
    const at = parts.clock();
    await endPart(database, place, part, { status: 'stopped', code, facts, at });
    return done;
  }
  if (work.kind === 'beyond' && done.value !== null) await end(database, done.value);
  return ok(done.value?.items ?? 0);
}
