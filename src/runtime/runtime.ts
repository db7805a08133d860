import type { Result } from '../base/result.ts';
import type { Database } from '../store/database.ts';
import { readUnits } from '../store/people/units.ts';
import { ensurePartitions } from '../store/process/partitions.ts';
import type { SalaryBatch, SalaryLine } from '../store/products/salaries.ts';
import {
  type CaseAnswer,
  type MessageOrder,
  type StartOrder,
  startCase,
  type WithdrawOrder,
  withdrawCase,
} from './cases.ts';
import { type DailyAnswer, runDaily } from './daily.ts';
import { closeDueDays } from './day/due-days.ts';
import { type EndOfDayAnswer, type EndOfDayOrder, runEndOfDay } from './day/end-of-day.ts';
import { type DayReport, readClosings, readDayReport } from './day/report.ts';
import { dayWorks } from './day/works.ts';
import { deliverOrStart } from './event-starts.ts';
import type { Random } from './ids.ts';
import { type DeployAnswer, type DeployOrder, deployProcess } from './model/deploy.ts';
import { modelCache } from './model/models.ts';
import { askOracle, type OracleAnswer } from './oracle.ts';
import type { Parts, UnitTree } from './parts.ts';
import {
  decideAboutSalaries,
  paySalaries,
  type SalaryAnswer,
  type SalaryDecision,
  takeSalaries,
} from './salary/salaries.ts';
import { createTaskCommands, type TaskCommands } from './task/commands.ts';
import { type ReturnOrder, returnTask } from './task/task-return.ts';
import {
  type CompleteAnswer,
  claimTask,
  completeTask,
  releaseTask,
  saveDraft,
  type TaskAnswer,
  type TaskOrder,
} from './tasks.ts';
import { type TickAnswer, tick } from './tick.ts';
import { createViews, type Views } from './views.ts';
import { serviceOperations } from './wiring.ts';

type Values = StartOrder['values'];

/** What is read, and the orders about a task besides claiming and submitting it. */
type Rooms = Views & TaskCommands;

/** What the server, the command line and tests may ask of the running bank. */
export type Runtime = Rooms & {
  readonly parts: Parts;
  deployProcess(order: DeployOrder): Promise<Result<DeployAnswer>>;
  startCase(order: StartOrder): Promise<Result<CaseAnswer>>;
  withdrawCase(order: WithdrawOrder): Promise<Result<CaseAnswer>>;
  deliverMessage(order: MessageOrder): Promise<Result<CaseAnswer>>;
  claimTask(order: TaskOrder): Promise<Result<TaskAnswer>>;
  releaseTask(order: TaskOrder): Promise<Result<TaskAnswer>>;
  saveDraft(order: TaskOrder & { readonly values: Values }): Promise<Result<TaskAnswer>>;
  completeTask(
    order: TaskOrder & { readonly values: Values; readonly outcome?: string | undefined },
  ): Promise<Result<CompleteAnswer>>;
  /** Sends the case back for correction (退回): see task-return.ts. */
  returnTask(order: ReturnOrder): Promise<Result<TaskAnswer>>;
  /** Tells whether the database is whole: for `huiliu doctor`. */
  askOracle(): Promise<OracleAnswer>;
  /** Fires what is due at `now` (ms since epoch); call it every second or so. */
  tick(now: number): Promise<TickAnswer>;
  /** Does what falls due by a plan: instalments, inspections; call it at start and once a day. */
  runDaily(): Promise<Result<DailyAnswer>>;
  /** Closes an accounting date (日终), or goes on with it: see day/README.md. */
  endOfDay(order: EndOfDayOrder): Promise<Result<EndOfDayAnswer>>;
  /** Closes what is over by the clock, where the bank rolls by itself; call it every minute. */
  closeDueDays(order: Pick<EndOfDayOrder, 'halted'>): Promise<Result<readonly string[]>>;
  /** How far the closing of a date has come, and what it proved. */
  dayReport(date?: string): Promise<Result<DayReport>>;
  /** The days whose closing began, newest first. */
  closings(limit: number): ReturnType<typeof readClosings>;
  /** Takes a salary order with its lines (代发工资); see salary/salaries.ts. */
  takeSalaries(batch: SalaryBatch, lines: readonly SalaryLine[]): Promise<Result<null>>;
  /** Pays the lines of a salary order that wait, each with its own result. */
  paySalaries(batchId: string, halted?: () => boolean): Promise<Result<SalaryAnswer>>;
  /** A second person authorises a salary order that waits, or declines it. */
  decideAboutSalaries(decision: SalaryDecision): Promise<Result<null>>;
  /** Makes the month's partitions ahead of time; call it at start and once a day. */
  prepareMonths(now: number): Promise<number>;
};

/** The runtime over a database. Time and chance are given, so that a test can give its own. */
export function createRuntime(given: {
  readonly database: Database;
  readonly clock: () => number;
  readonly random: Random;
  readonly cellId?: number;
  readonly operations?: Parts['operations'];
}): Runtime {
  const cellId = given.cellId ?? 1;
  const parts: Parts = {
    database: given.database,
    cellId,
    clock: given.clock,
    random: given.random,
    models: modelCache(cellId),
    units: unitTree(cellId),
    operations: given.operations ?? serviceOperations,
  };
  return {
    parts,
    ...createViews(parts),
    ...createTaskCommands(parts),
    deployProcess: (order) => deployProcess(parts, order),
    startCase: (order) => startCase(parts, order),
    withdrawCase: (order) => withdrawCase(parts, order),
    deliverMessage: (order) => deliverOrStart(parts, order),
    claimTask: (order) => claimTask(parts, order),
    releaseTask: (order) => releaseTask(parts, order),
    saveDraft: (order) => saveDraft(parts, order),
    completeTask: (order) => completeTask(parts, order),
    returnTask: (order) => returnTask(parts, order),
    askOracle: () => askOracle(parts.database, { cellId }),
    tick: (now) => tick(parts, now),
    runDaily: () => runDaily(parts),
    endOfDay: (order) => runEndOfDay(parts, dayWorks, order),
    closeDueDays: (order) => closeDueDays(parts, dayWorks, { login: 'system', ...order }),
    dayReport: (date) => readDayReport(parts, date),
    closings: (limit) => readClosings(parts, limit),
    takeSalaries: (batch, lines) => takeSalaries(parts, batch, lines),
    paySalaries: (batchId, halted) => paySalaries(parts, batchId, halted),
    decideAboutSalaries: (decision) => decideAboutSalaries(parts, decision),
    prepareMonths: (now) => ensurePartitions(parts.database, now),
  };
}

/** How long the tree of units is kept in memory before it is read again. */
const unitsKeptMs = 5_000;

function unitTree(cellId: number): UnitTree {
  let kept: { date: string; at: number; units: Awaited<ReturnType<typeof readUnits>> } | null =
    null;
  return {
    on: async (queries, date, at) => {
      const isFresh = kept !== null && kept.date === date && Math.abs(at - kept.at) < unitsKeptMs;
      if (!isFresh) kept = { date, at, units: await readUnits(queries, cellId, date) };
      return kept?.units ?? [];
    },
  };
}
