import { assert } from '../../base/assert.ts';
import type { Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { isUuidV7, uuidInstant } from '../../base/uuid.ts';
import { sqlFailure, type Transaction } from '../../store/database.ts';
import {
  commandByKey,
  type Loaded,
  type LockTarget,
  loadAction,
  lockInstances,
} from '../../store/process/load.ts';
import type { CommandKeyRow } from '../../store/process/rows.ts';
import { saveChanges } from '../../store/process/save.ts';
import type { Actor } from '../actor.ts';
import { risingIds } from '../ids.ts';
import type { Parts } from '../parts.ts';
import { type Burst, changesOf, nothingWritten, openInstance } from './burst.ts';
import { contentHash } from './canonical.ts';
import { saveChildren } from './children.ts';

/** A key older than this that is not known is refused: it may have been carried out once. */
export const keyWindowMs = 400 * 86_400_000;

/** How far a client's clock may be ahead of ours. */
export const clockDifferenceMaxMs = 5 * 60_000;

/** What someone orders. `content` is what two orders with one key are compared by. */
export type ActionRequest = {
  readonly name: string;
  readonly actor: Actor;
  /** The client's idempotency key, a UUIDv7. Without one a repeated order is a new one. */
  readonly key?: string | undefined;
  readonly content: Values;
  readonly lock: LockTarget | null;
  /** Leaves the action undone when somebody else works on the case just now. */
  readonly skipLocked?: boolean;
};

/** An answer is stored with its key, so it is plain JSON. */
export type Answer = { readonly [name: string]: Json };
export type Json = null | boolean | string | number | readonly Json[] | { [name: string]: Json };

export type Work<T> = (burst: Burst, loaded: Loaded) => Promise<Result<T>>;

/**
 * Carries out one order in one transaction: locks, loads, works, saves, and keeps the answer under
 * the client's key. The same key and content give the first answer again; the same key with another
 * content or from another login is refused.
 */
export async function act<T extends object>(
  parts: Parts,
  request: ActionRequest,
  work: Work<T>,
): Promise<Result<T>> {
  const refusal = refusedKey(request.key, parts.clock());
  if (refusal !== null) return refusal;
  try {
    return await once(parts, request, work);
  } catch (error) {
    // Another transaction used the key between our look and our write: its answer stands now.
    if (!isUsedKey(error)) throw error;
    return await once(parts, request, work);
  }
}

function refusedKey(key: string | undefined, now: number) {
  if (key === undefined) return null;
  const instant = uuidInstant(key);
  if (!isUuidV7(key) || instant === null) return refuse('idempotency_key_not_valid');
  return instant > now + clockDifferenceMaxMs ? refuse('key_from_future') : null;
}

function isUsedKey(error: unknown): boolean {
  const failure = sqlFailure(error);
  return failure?.state === '23505' && failure.constraint.startsWith('command_key');
}

async function once<T extends object>(
  parts: Parts,
  request: ActionRequest,
  work: Work<T>,
): Promise<Result<T>> {
  const hash = contentHash({ order: request.name, ...request.content });
  return await parts.database.transaction<T, string>(async (transaction) => {
    const burst = await begin(parts, request, transaction);
    const { key, loaded } = burst;
    if (loaded.key !== null) return earlierAnswer<T>(loaded.key, request, hash);
    if (key !== null && (uuidInstant(key) ?? 0) < burst.action.at - keyWindowMs) {
      return refuse('key_too_old');
    }
    const result = await work(burst.action, loaded);
    if (!result.ok) return await refusedUnlessDone<T>(parts, transaction, request, hash, result);
    if (key !== null) {
      burst.action.written.keys.push({
        id: key,
        login: request.actor.login,
        content_hash: hash,
        answer: JSON.stringify(result.value),
        at: burst.action.at,
      });
    }
    await saveChildren(burst.action);
    await saveChanges(transaction, parts.cellId, changesOf(burst.action));
    return result;
  });
}

async function begin(
  parts: Parts,
  request: ActionRequest,
  transaction: Transaction,
): Promise<{ action: Burst; loaded: Loaded; key: string | null }> {
  const { lock, actor, skipLocked = false } = request;
  const instanceIds =
    lock === null
      ? []
      : await lockInstances(transaction, parts.cellId, lock, { wait: !skipLocked });
  const key = request.key ?? null;
  const taskId = lock?.by === 'task' ? lock.taskId : null;
  const loaded = await loadAction(transaction, parts.cellId, { instanceIds, taskId, keyId: key });
  const at = parts.clock();
  const newId = risingIds(at, parts.random);
  const action: Burst = {
    transaction,
    parts,
    actor,
    at,
    accountingDate: null,
    commandId: key ?? newId(),
    newId,
    instances: new Map(),
    performed: [...loaded.performed],
    written: nothingWritten(),
    eventsPosted: 0,
    postings: [],
    bodies: new Map(),
    outputs: [],
  };
  for (const row of loaded.instances) await openInstance(action, row);
  return { action, loaded, key };
}

function earlierAnswer<T>(known: CommandKeyRow, request: ActionRequest, hash: string): Result<T> {
  if (known.login !== request.actor.login || known.content_hash !== hash) {
    return refuse('idempotency_key_used_otherwise');
  }
  const answer: unknown = JSON.parse(known.answer);
  assert(typeof answer === 'object' && answer !== null, 'a stored answer is an object');
  return ok(answer as T);
}

/**
 * The same order may have been carried out while this one waited for the lock. What is read after
 * the wait shows it, and then the first answer is given and not the refusal that it led to.
 */
async function refusedUnlessDone<T>(
  parts: Parts,
  transaction: Transaction,
  request: ActionRequest,
  hash: string,
  refusal: Result<T>,
): Promise<Result<T>> {
  if (request.key === undefined) return refusal;
  const known = await commandByKey(transaction, parts.cellId, request.key);
  return known === null ? refusal : earlierAnswer(known, request, hash);
}
