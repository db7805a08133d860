import { present } from '../base/assert.ts';
import { decodeValues } from '../base/data.ts';
import { ok } from '../base/result.ts';
import { apply, decodeEvents, encodeState, type State } from '../kernel/index.ts';
import type { Database, Queries } from '../store/database.ts';
import { stepsOfInstances } from '../store/process/cases.ts';
import {
  checkTables,
  type Fault,
  instancesAfter,
  openTasksOf,
  ruleNames,
} from '../store/process/checks.ts';
import { versionEventHash, versionEventsAfter } from '../store/process/decision-versions.ts';
import { eventHash, eventsAfter } from '../store/process/events.ts';
import { canonicalText, textHash } from './action/canonical.ts';
import { type ModelCache, modelCache } from './model/models.ts';

/** What the oracle looked at and what it found wrong; no faults is the only good answer. */
export type OracleAnswer = {
  readonly rules: readonly string[];
  readonly instances: number;
  readonly events: number;
  readonly faults: readonly Fault[];
};

const replayRule = 'replaying the events of an instance gives its stored state';
const openRule = 'an open task is an activity its instance waits at, and the other way round';
const hashRule = 'an event of the business log has the hash of what it says';
const versionRule = 'a changed decision table, its draft and its approval have their hashes';

/** Rows read at a time. */
const pageRows = 500;

const firstId = '00000000-0000-0000-0000-000000000000';

/**
 * Tells whether a database is whole: books balance, tasks and states agree, nothing is posted
 * without its event nor said without its posting, every instance replays to its stored state. It
 * sees one picture of the database, so it may run beside the bank's work.
 */
export async function askOracle(
  database: Database,
  { cellId = 1 }: { readonly cellId?: number } = {},
): Promise<OracleAnswer> {
  const models = modelCache(cellId);
  const answer = await database.transaction<OracleAnswer, never>(
    async (transaction) => {
      const faults = await checkTables(transaction, cellId);
      const instances = await checkReplay(transaction, cellId, models, faults);
      const events = await checkHashes(transaction, cellId, faults);
      await checkVersions(transaction, cellId, faults);
      const rules = [...ruleNames, replayRule, openRule, hashRule, versionRule];
      return ok({ rules, instances, events, faults });
    },
    { snapshot: true },
  );
  return present(answer.ok ? answer.value : null, 'the database answers the oracle');
}

async function checkReplay(
  queries: Queries,
  cellId: number,
  models: ModelCache,
  faults: Fault[],
): Promise<number> {
  let count = 0;
  for (let after = firstId; ; ) {
    const page = await instancesAfter(queries, cellId, after, pageRows);
    if (page.length === 0) return count;
    count += page.length;
    after = present(page.at(-1), 'last of the page').id;
    const ids = page.map((one) => one.id);
    const steps = Map.groupBy(
      await stepsOfInstances(queries, cellId, ids),
      (row) => row.instance_id,
    );
    const tasks = Map.groupBy(await openTasksOf(queries, cellId, ids), (row) => row.instance_id);
    for (const instance of page) {
      const { program } = await models.byId(queries, instance.model_id);
      let state: State | null = null;
      for (const row of steps.get(instance.id) ?? []) {
        for (const event of decodeEvents(row.events)) state = apply(program, state, event);
      }
      const replayed = state === null ? '' : encodeState(state);
      if (replayed !== instance.state) {
        faults.push({ rule: replayRule, where: `${instance.case_number} ${instance.id}` });
      }
      const waiting = [...(state?.items.values() ?? [])]
        .filter((item) => item.role === 'activity')
        .filter((item) => program.elements[item.element]?.type === 'userTask')
        .map((item) => item.id);
      const open = (tasks.get(instance.id) ?? []).map((row) => row.activity_instance);
      if (waiting.sort().join() !== open.sort().join()) {
        faults.push({ rule: openRule, where: `${instance.case_number} ${instance.id}` });
      }
    }
  }
}

async function checkVersions(queries: Queries, cellId: number, faults: Fault[]): Promise<void> {
  for (let after = { versionId: firstId, n: -1 }; ; ) {
    const page = await versionEventsAfter(queries, cellId, after, pageRows);
    const last = page.at(-1);
    if (last === undefined) return;
    after = { versionId: last.version_id, n: last.n };
    for (const { hash, content, content_hash, ...event } of page) {
      const facts = canonicalText(decodeValues(event.facts));
      const isWhole = versionEventHash({ ...event, facts }) === hash;
      if (isWhole && textHash(content) === content_hash) continue;
      faults.push({ rule: versionRule, where: `${event.version_id} ${event.kind}` });
    }
  }
}

async function checkHashes(queries: Queries, cellId: number, faults: Fault[]): Promise<number> {
  let count = 0;
  for (let after = firstId; ; ) {
    const page = await eventsAfter(queries, cellId, after, pageRows);
    if (page.length === 0) return count;
    count += page.length;
    after = present(page.at(-1), 'last of the page').id;
    for (const { hash, ...event } of page) {
      const facts = canonicalText(decodeValues(event.facts));
      if (eventHash({ ...event, facts }) === hash) continue;
      faults.push({ rule: hashRule, where: `${event.case_number} ${event.n}` });
    }
  }
}
