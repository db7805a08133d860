import pg from 'pg';
import { assert } from '../base/assert.ts';
import { type Refusal, type Result, refuse } from '../base/result.ts';

/**
 * Where a database answers. `socketFolder` is a folder that holds PostgreSQL's unix socket (the
 * embedded database); `url` is `postgres://role:password@host:port/name`.
 */
export type DatabaseAddress =
  | { readonly url: string }
  | {
      readonly socketFolder: string;
      readonly port: number;
      readonly name: string;
      readonly role: string;
    };

/** Limits are ms; 0 switches one off (only migrations do that). */
export type DatabaseOptions = {
  readonly connectionsMax?: number;
  readonly statementLimitMs?: number;
  readonly lockLimitMs?: number;
  readonly applicationName?: string;
  /** Told about every connection that ended by itself; the next query reports it anyway. */
  readonly connectionLost?: (error: Error) => void;
};

/** What a statement may carry. An instant is a number of ms; the SQL says how it is stored. */
export type Parameter =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly Parameter[];

/**
 * Types as they arrive: int2 and int4 number · int8 bigint · numeric string · bool boolean ·
 * text, uuid and date string ('YYYY-MM-DD') · json and jsonb TEXT (decode it with decodeValues) ·
 * timestamptz number of ms since the epoch · bytea Buffer · int8[], text[], … arrays of the same.
 * sum() of int8 is numeric: write `sum(x)::int8`.
 */
export interface Queries {
  /**
   * Rows of one statement with $1, $2, … (without values: a script of several statements). With a
   * `name`, of its text alone, each connection keeps it parsed and planned: for what runs all the
   * time and reaches its rows by key.
   */
  query<Row extends object>(
    sql: string,
    values?: readonly Parameter[],
    name?: string,
  ): Promise<Row[]>;
}

export type Transaction = Queries;

/**
 * database_unavailable: the database could not be reached, or was lost; `committed` is 'no', or
 * 'unknown' when it was lost while committing (ask again with the same idempotency key).
 * database_busy: a lock, a statement or the queue for a connection took too long; nothing is done.
 */
export type DatabaseRefusalCode = 'database_unavailable' | 'database_busy';

export interface Database extends Queries {
  /**
   * Commits when `work` returns ok, rolls back when it returns a refusal or throws. After a lost
   * connection or a deadlock `work` runs again (a few times), so it must change nothing outside
   * the transaction. READ COMMITTED; `snapshot` gives one read-only picture (REPEATABLE READ).
   */
  transaction<T, Code extends string>(
    work: (transaction: Transaction) => Promise<Result<T, Code>>,
    options?: { readonly snapshot?: boolean },
  ): Promise<Result<T, Code | DatabaseRefusalCode>>;
  /** Hears NOTIFY on `channel` until closed; connects again by itself, then calls `heard('')`. */
  listen(channel: string, heard: (payload: string) => void): Promise<{ close(): Promise<void> }>;
  /** Lets running work end, then closes every connection. May be called twice. */
  close(): Promise<void>;
}

/** Thrown by a plain query (not by `transaction`) when the database cannot be reached. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
}

/** The SQLSTATE and constraint of an error the database gave, or null for any other error. */
export function sqlFailure(error: unknown): { state: string; constraint: string } | null {
  if (!(error instanceof pg.DatabaseError) || error.code === undefined) return null;
  return { state: error.code, constraint: error.constraint ?? '' };
}

/** Opens a pool; no connection is made before the first query. */
export function openDatabase(address: DatabaseAddress, options: DatabaseOptions = {}): Database {
  const settings = connectionSettings(address, options);
  const pool = new pg.Pool({
    ...settings,
    max: options.connectionsMax ?? 10,
    idleTimeoutMillis: 30_000,
  });
  const lost = options.connectionLost ?? (() => undefined);
  // Without these two listeners a database that stops would end this process.
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  let closed: Promise<void> | null = null;
  return {
    query: (sql, values, name) => readAgain(() => ask(pool, sql, values, name)),
    transaction: (work, { snapshot = false } = {}) =>
      workAgain(() => runOnce(pool, work, snapshot)),
    listen: (channel, heard) => startListening(settings, channel, heard),
    close: () => {
      closed ??= pool.end();
      return closed;
    },
  };
}

/** Attempts after the first one, and the wait before each, in ms: 1.5 s in all. */
const waitsMs = [100, 200, 400, 800] as const;

type Attempt<T, Code extends string> =
  | { readonly again: true; readonly refusal: Refusal<DatabaseRefusalCode> }
  | { readonly again: false; readonly result: Result<T, Code | DatabaseRefusalCode> };

async function workAgain<T, Code extends string>(
  run: () => Promise<Attempt<T, Code>>,
): Promise<Result<T, Code | DatabaseRefusalCode>> {
  let attempt = await run();
  for (const waitMs of waitsMs) {
    if (!attempt.again) return attempt.result;
    await pause(waitMs);
    attempt = await run();
  }
  return attempt.again ? attempt.refusal : attempt.result;
}

async function readAgain<Row>(run: () => Promise<Row[]>): Promise<Row[]> {
  for (const waitMs of waitsMs) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
      await pause(waitMs);
    }
  }
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ConnectionLost)) throw error;
    throw new DatabaseUnavailable('the database cannot be reached', { cause: error.cause });
  }
}

async function runOnce<T, Code extends string>(
  pool: pg.Pool,
  work: (transaction: Transaction) => Promise<Result<T, Code>>,
  snapshot: boolean,
): Promise<Attempt<T, Code>> {
  let client: pg.PoolClient;
  try {
    client = await pool.connect();
  } catch (error) {
    return afterFailure(error, isConnectionLost(error), 'no');
  }
  let committing = false;
  let broken = false;
  try {
    await ask(client, snapshot ? 'begin isolation level repeatable read read only' : 'begin');
    const result = await work({
      query: (sql, values, name) => ask(client, sql, values, name),
    });
    if (!result.ok) {
      await ask(client, 'rollback');
      return { again: false, result };
    }
    committing = true;
    const end = await askWhole(client, 'commit');
    // PostgreSQL answers ROLLBACK when a statement had failed and the work went on regardless.
    assert(end.command === 'COMMIT', 'no statement failed inside a transaction that returns ok');
    return { again: false, result };
  } catch (error) {
    const lost = error instanceof ConnectionLost;
    broken = lost || !(await rolledBack(client));
    return afterFailure(error, lost, committing ? 'unknown' : 'no');
  } finally {
    client.release(broken);
  }
}

async function rolledBack(client: pg.PoolClient): Promise<boolean> {
  return await client.query('rollback').then(
    () => true,
    () => false, // The caller throws the connection away.
  );
}

/** deadlock, serialization failure: worth another run; lock and statement limits: not. */
const conflictStates = new Set(['40P01', '40001']);
const limitStates = new Set(['55P03', '57014']);

function afterFailure<T, Code extends string>(
  error: unknown,
  lost: boolean,
  committed: 'no' | 'unknown',
): Attempt<T, Code> {
  if (lost) {
    const refusal = refuse('database_unavailable', { committed });
    if (committed === 'no') return { again: true, refusal };
    return { again: false, result: refusal };
  }
  const state = sqlFailure(error)?.state ?? '';
  const refusal = refuse('database_busy', { committed: 'no' });
  if (conflictStates.has(state)) return { again: true, refusal };
  if (limitStates.has(state) || isQueueFull(error)) return { again: false, result: refusal };
  throw error;
}

/** A statement found its connection gone; the cause is the driver's error. */
class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

async function ask<Row>(
  client: pg.Pool | pg.PoolClient,
  sql: string,
  values?: readonly Parameter[],
  name?: string,
): Promise<Row[]> {
  return (await askWhole(client, sql, values, name)).rows as Row[];
}

async function askWhole(
  client: pg.Pool | pg.PoolClient,
  sql: string,
  values?: readonly Parameter[],
  name?: string,
): Promise<pg.QueryResult> {
  try {
    const given = values === undefined ? undefined : [...values];
    const named = name !== undefined && given !== undefined;
    const result = await (named
      ? client.query({ name, text: sql, values: given })
      : client.query(sql, given));
    // A script of several statements gives a list of results; the last one counts.
    return Array.isArray(result) ? (result as pg.QueryResult[]).at(-1)! : result;
  } catch (error) {
    if (!isConnectionLost(error)) throw error;
    throw new ConnectionLost('the connection is gone', { cause: error });
  }
}

/** Orderly stop, crash, still starting, connection exceptions. */
const lostStates = new Set(['57P01', '57P02', '57P03', '08000', '08001', '08003', '08006']);
const lostSystemCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT']);
const lostMessage =
  /^Connection terminated|connection error and is not queryable|was closed and is not queryable/;

/** After a kill the driver's error bears no code at all, so its words are read as well. */
function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code !== '') return lostStates.has(code) || lostSystemCodes.has(code);
  return lostMessage.test(error.message);
}

function isQueueFull(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('timeout exceeded when trying');
}

function connectionSettings(address: DatabaseAddress, options: DatabaseOptions): pg.ClientConfig {
  const place =
    'url' in address
      ? { connectionString: address.url }
      : {
          host: address.socketFolder,
          port: address.port,
          database: address.name,
          user: address.role,
        };
  return {
    ...place,
    types: { getTypeParser: typeParser },
    application_name: options.applicationName ?? 'huiliu',
    statement_timeout: options.statementLimitMs ?? 15_000,
    lock_timeout: options.lockLimitMs ?? 5_000,
    idle_in_transaction_session_timeout: 30_000,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  };
}

const asText = (text: string): string => text;
const asInstant = (text: string): number => Number(pg.types.getTypeParser(1184)(text));
/** '{1,NULL,3}': elements of these types are never quoted and hold no comma. */
const flatArray = (text: string, parse: (element: string) => unknown): unknown[] =>
  text === '{}'
    ? []
    : text
        .slice(1, -1)
        .split(',')
        .map((element) => (element === 'NULL' ? null : parse(element)));
const parsers = new Map<number, (text: string) => unknown>([
  [20, BigInt],
  [1016, (text) => flatArray(text, BigInt)],
  [1082, asText],
  [1182, (text) => flatArray(text, asText)],
  [114, asText],
  [3802, asText],
  [1184, asInstant],
]);

const typeParser: pg.CustomTypesConfig['getTypeParser'] = ((oid: number, format?: string) =>
  (format === 'binary' ? undefined : parsers.get(oid)) ??
  pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'];

async function startListening(
  settings: pg.ClientConfig,
  channel: string,
  heard: (payload: string) => void,
): Promise<{ close(): Promise<void> }> {
  assert(/^[a-z_]+$/.test(channel), 'a channel is named in small letters');
  let open = true;
  let client: pg.Client | null = null;
  const connect = async (): Promise<void> => {
    const next = new pg.Client(settings);
    next.on('error', () => undefined); // 'end' follows, and connects again.
    next.on('notification', (message) => heard(message.payload ?? ''));
    await next.connect();
    await next.query(`listen ${channel}`);
    client = next;
    next.on('end', () => {
      if (open) void again();
    });
  };
  const again = async (): Promise<void> => {
    for (let waitMs = 50; open; waitMs = Math.min(waitMs * 2, 2_000)) {
      await pause(waitMs);
      try {
        await connect();
        if (!open) await client?.end();
        else heard(''); // Something may have been said meanwhile.
        return;
      } catch (error) {
        if (!isConnectionLost(error)) throw error;
      }
    }
  };
  await connect();
  return {
    close: async () => {
      open = false;
      await client?.end();
    },
  };
}

function pause(waitMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, waitMs));
}
