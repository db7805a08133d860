import type { ServiceOperation } from '../ledger/service-operation.ts';
import type { Database, Queries } from '../store/database.ts';
import type { OrgUnit } from '../store/people/units.ts';
import type { Random } from './ids.ts';
import type { ModelCache } from './model/models.ts';

/** What every room of the runtime works with; made once by createRuntime. */
export type Parts = {
  readonly database: Database;
  readonly cellId: number;
  readonly clock: () => number;
  readonly random: Random;
  readonly models: ModelCache;
  readonly units: UnitTree;
  readonly operations: ReadonlyMap<string, ServiceOperation>;
  /** Set by the end of day: the date that is being closed, for what it posts by cases. */
  readonly accountingDate?: string;
};

/** The bank's tree on a day, kept for a short while. */
export type UnitTree = {
  on(queries: Queries, date: string, at: number): Promise<readonly OrgUnit[]>;
};
