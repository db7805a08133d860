import { assert, present } from '../../base/assert.ts';
import type { Transaction } from '../database.ts';
import type {
  BusinessEventRow,
  CommandKeyRow,
  DecisionRow,
  DocumentRow,
  InstanceRow,
  JobRow,
  OutboxRow,
  StepRow,
  SubscriptionRow,
  TaskRow,
  TimerRow,
} from './rows.ts';

/** All that one action changed. Lists may be empty; `updates` name rows that were locked. */
export type Changes = {
  readonly newInstances: readonly InstanceRow[];
  /** `version_before` is what was loaded; another value in the table is a bug. */
  readonly instanceUpdates: readonly (InstanceRow & { readonly version_before: number })[];
  readonly newTasks: readonly TaskRow[];
  readonly taskUpdates: readonly TaskRow[];
  /** Open tasks that end because their activity was cancelled. */
  readonly cancelledTasks: readonly ActivityEnd[];
  /** Tasks that were submitted: what people had kept of them (暂存) is emptied. */
  readonly emptiedDrafts: readonly { readonly task_id: string }[];
  readonly newTimers: readonly TimerRow[];
  readonly endedTimers: readonly { readonly instance_id: string; readonly timer: number }[];
  readonly movedTimers: readonly {
    readonly instance_id: string;
    readonly timer: number;
    readonly due_at: number;
  }[];
  readonly newSubscriptions: readonly SubscriptionRow[];
  readonly endedSubscriptions: readonly {
    readonly instance_id: string;
    readonly subscription: number;
  }[];
  readonly steps: readonly StepRow[];
  readonly decisions: readonly DecisionRow[];
  readonly events: readonly BusinessEventRow[];
  readonly messages: readonly OutboxRow[];
  readonly jobs: readonly JobRow[];
  readonly documents: readonly DocumentRow[];
  readonly keys: readonly CommandKeyRow[];
};

export type ActivityEnd = {
  readonly instance_id: string;
  readonly activity_instance: number;
  readonly ended_at: number;
};

type Part = {
  readonly rows: (changes: Changes) => readonly object[];
  /** Writes the rows of `given`; must return one row for each that was written. */
  readonly sql: string;
  /** A row of `given` may stand for none or several of the table. */
  readonly anyCount?: true;
};

const instanceShape = `id uuid, root_id uuid, parent_id uuid, parent_activity bigint, path uuid[],
  model_id uuid, process_id text, case_number text, unit_code text, line text, customer_id text,
  status text, outcome text, state text, data text, version bigint, started_at bigint,
  started_login text, started_person text, event_count bigint, due_at bigint, ended_at bigint,
  loop_counter integer`;

const taskShape = `id uuid, instance_id uuid, root_id uuid, path uuid[], model_id uuid,
  process_id text, case_number text, activity_instance bigint, element_id text, name text,
  name_en text, role text, unit_code text, customer_id text, counter_roles text[],
  counter_units text[], line text, form text, operation text, separate_from text[], status text, assignee_login text, assignee_person text, draft text,
  outcome text, created_at bigint, due_at bigint, claimed_at bigint, ended_at bigint`;

/** `insert into … select` of rows whose columns and JSON members have the same names. */
function insertSql(table: string, shape: string, casts: Readonly<Record<string, string>> = {}) {
  const names = shape.split(',').map((column) => present(column.trim().split(' ')[0], 'column'));
  const columns = names.map((name) => casts[name] ?? `r.${name}`);
  return `insert into ${table} (cell_id, ${names.join(', ')})
    select $1::smallint, ${columns.join(', ')} from json_to_recordset($given::json) as r(${shape})
    returning 1`;
}

const parts: readonly Part[] = [
  {
    rows: (changes) => changes.newInstances,
    sql: insertSql('process_instance', instanceShape, { data: 'r.data::jsonb' }),
  },
  {
    rows: (changes) => changes.instanceUpdates,
    sql: `update process_instance i set status = r.status, outcome = r.outcome, state = r.state,
        data = r.data::jsonb, version = r.version, event_count = r.event_count,
        due_at = r.due_at, ended_at = r.ended_at
      from json_to_recordset($given::json) as r(${instanceShape}, version_before bigint)
      where i.cell_id = $1::smallint and i.id = r.id and i.version = r.version_before
      returning 1`,
  },
  {
    rows: (changes) => changes.newTasks,
    sql: insertSql('task', taskShape, { draft: 'r.draft::jsonb' }),
  },
  {
    rows: (changes) => changes.taskUpdates,
    sql: `update task t set status = r.status, assignee_login = r.assignee_login,
        assignee_person = r.assignee_person, draft = r.draft::jsonb, outcome = r.outcome,
        claimed_at = r.claimed_at, ended_at = r.ended_at
      from json_to_recordset($given::json) as r(${taskShape})
      where t.cell_id = $1::smallint and t.id = r.id
        and t.status not in ('completed', 'cancelled')
      returning 1`,
  },
  {
    rows: (changes) => changes.cancelledTasks,
    sql: `update task t set status = 'cancelled', ended_at = r.ended_at
      from json_to_recordset($given::json)
        as r(instance_id uuid, activity_instance bigint, ended_at bigint)
      where t.cell_id = $1::smallint and t.instance_id = r.instance_id
        and t.activity_instance = r.activity_instance
        and t.status not in ('completed', 'cancelled')
      returning 1`,
  },
  {
    rows: (changes) => changes.emptiedDrafts,
    sql: `update task_draft d set draft = null
      from json_to_recordset($given::json) as r(task_id uuid)
      where d.cell_id = $1::smallint and d.task_id = r.task_id and d.draft is not null
      returning 1`,
    anyCount: true,
  },
  {
    rows: (changes) => changes.newTimers,
    sql: insertSql(
      'timer',
      'id uuid, instance_id uuid, path uuid[], timer bigint, element_id text, due_at bigint',
    ),
  },
  {
    rows: (changes) => changes.endedTimers,
    sql: `delete from timer d
      using json_to_recordset($given::json) as r(instance_id uuid, timer bigint)
      where d.cell_id = $1::smallint and d.instance_id = r.instance_id and d.timer = r.timer
      returning 1`,
  },
  {
    rows: (changes) => changes.movedTimers,
    sql: `update timer d set due_at = r.due_at
      from json_to_recordset($given::json) as r(instance_id uuid, timer bigint, due_at bigint)
      where d.cell_id = $1::smallint and d.instance_id = r.instance_id and d.timer = r.timer
      returning 1`,
  },
  {
    rows: (changes) => changes.newSubscriptions,
    sql: insertSql(
      'message_subscription',
      `id uuid, instance_id uuid, path uuid[], case_number text, kind text, subscription bigint,
        element_id text, message_name text, correlation text, created_at bigint`,
    ),
  },
  {
    rows: (changes) => changes.endedSubscriptions,
    sql: `delete from message_subscription d
      using json_to_recordset($given::json) as r(instance_id uuid, subscription bigint)
      where d.cell_id = $1::smallint and d.instance_id = r.instance_id
        and d.subscription = r.subscription
      returning 1`,
  },
  {
    rows: (changes) => changes.steps,
    sql: insertSql('step_log', 'instance_id uuid, n bigint, at bigint, command text, events text'),
  },
  {
    rows: (changes) => changes.decisions,
    sql: insertSql(
      'decision_taken',
      `id uuid, root_id uuid, instance_id uuid, activity_instance bigint, decision_id text,
        model_id uuid, version_id uuid, file_name text, file_hash text, inputs text, matched text,
        output text, reasons text, at bigint`,
      {
        inputs: 'r.inputs::jsonb',
        matched: 'r.matched::jsonb',
        output: 'r.output::jsonb',
        reasons: 'r.reasons::jsonb',
      },
    ),
  },
  {
    rows: (changes) => changes.events,
    sql: insertSql(
      'business_event',
      `id uuid, root_id uuid, instance_id uuid, n bigint, step bigint, case_number text,
        kind text, element_id text, activity_instance bigint, model_id uuid, at bigint, login text,
        person text, role text, unit_code text, facts text, hash text`,
      { facts: 'r.facts::jsonb', hash: `decode(r.hash, 'hex')` },
    ),
  },
  {
    rows: (changes) => changes.messages,
    sql: insertSql(
      'outbox',
      'id uuid, topic text, message_key text, body text, created_at bigint',
      { body: 'r.body::jsonb' },
    ),
  },
  {
    rows: (changes) => changes.jobs,
    sql: `insert into job (cell_id, id, kind, facts, status, run_at, attempts, fence, created_at)
      select $1::smallint, r.id, r.kind, r.facts::jsonb, 'waiting', r.run_at, 0, 0, r.created_at
      from json_to_recordset($given::json)
        as r(id uuid, kind text, facts text, run_at bigint, created_at bigint)
      returning 1`,
  },
  {
    rows: (changes) => changes.documents,
    sql: insertSql(
      'document',
      `id uuid, version integer, root_id uuid, kind text, hash text, media_type text,
        size_bytes bigint, created_at bigint, created_login text`,
    ),
  },
  {
    rows: (changes) => changes.keys,
    sql: insertSql(
      'command_key',
      'id uuid, login text, content_hash text, answer text, at bigint',
      {
        content_hash: `decode(r.content_hash, 'hex')`,
      },
    ),
  },
];

/**
 * Writes all of them in one statement, whatever their number. A row that is not as it was loaded
 * is a bug: the instances are locked, so nobody else can have changed it. A command key that was
 * used meanwhile makes the database refuse with 23505 on command_key.
 */
export async function saveChanges(
  transaction: Transaction,
  cellId: number,
  changes: Changes,
): Promise<void> {
  const used = parts
    .map((part) => ({ part, rows: part.rows(changes) }))
    .filter(({ rows }) => rows.length > 0);
  if (used.length === 0) return;
  const clauses = used.map(
    ({ part }, i) => `w${i} as (${part.sql.replace('$given', () => `$${i + 2}`)})`,
  );
  const counts = used.map((_, i) => `(select count(*) from w${i})::int4`);
  const [row] = await transaction.query<{ counts: number[] }>(
    `with ${clauses.join(',\n')}\nselect array[${counts.join(', ')}] as counts`,
    [cellId, ...used.map(({ rows }) => JSON.stringify(rows))],
  );
  for (const [i, { part, rows }] of used.entries()) {
    const asLoaded = part.anyCount === true || row?.counts[i] === rows.length;
    assert(asLoaded, `every row was as loaded: ${part.sql}`);
  }
}
