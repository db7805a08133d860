import { ok, type Result, refuse } from '../../../base/result.ts';
import {
  type ImportedLog,
  importedLogParams,
  importedLogShape,
  importedLogsAnswer,
  importLogQuery,
  lookAtLogAnswer,
  lookAtLogQuery,
} from '../../../contract/insight/logs.ts';
import { refusalShape } from '../../../contract/refusal.ts';
import type { LogSource } from '../../../insight/analysis.ts';
import {
  deleteImportedLog,
  type ImportedLogRow,
  importedLog,
  importedLogs,
  insertImportedLog,
} from '../../../store/logs/imported-logs.ts';
import type { Person } from '../../../store/people/sessions.ts';
import { newId, type ServerContext } from '../../context.ts';
import { keyOf } from '../../guard/actors.ts';
import { signedIn, unitsInScope } from '../../guard/sessions.ts';
import type { Imported } from '../../insight/imports/files.ts';
import { type Uploaded, withUpload } from '../../insight/imports/upload.ts';
import { sendRefusal } from '../../shape/answers.ts';
import type { App } from '../../typed-app.ts';
import { insightPermission } from './asking.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };
const tags = ['insight'];
const config = { permission: insightPermission };
/** The bank's own clock, by which times without a zone are read unless told otherwise. */
const bankOffsetMs = 8 * 3_600_000;

/** Logs from other systems: a look at a file, bringing it, the list, taking it away. */
export function logRoutes(app: App, context: ServerContext): void {
  void app.register(async (scope) => {
    // A file is not held in memory: it goes to the disk as it comes, and its size is bounded there.
    scope.addContentTypeParser('application/octet-stream', (_request, payload, done) =>
      done(null, payload),
    );
    uploadRoutes(scope as unknown as App, context);
  });
  app.get(
    '/api/insight/logs',
    {
      config,
      schema: {
        summary: 'Imported logs within my data scope, the newest first',
        ...{ tags, response: { 200: importedLogsAnswer, ...refusals } },
      },
    },
    async (request) => {
      const { person } = signedIn(request);
      const units = await unitsInScope(context, person, insightPermission);
      const rows = await importedLogs(context.database, context.settings.cellId, units);
      return { logs: rows.map((row) => logAnswer(row, person)) };
    },
  );
  app.delete(
    '/api/insight/logs/:id',
    {
      config,
      schema: {
        summary: 'Delete a log that I imported',
        ...{ tags, params: importedLogParams, response: { 200: importedLogsAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const { database, settings } = context;
      const { id } = request.params;
      const units = await unitsInScope(context, person, insightPermission);
      const row = await importedLog(database, settings.cellId, id);
      if (row === null || !units.includes(row.unitCode)) {
        return sendRefusal(reply, refuse('insight_log_unknown'));
      }
      const gone = await database.transaction(async (transaction) => {
        const mine = { id, login: person.login };
        const deleted = await deleteImportedLog(transaction, settings.cellId, mine);
        return deleted ? ok(null) : refuse('insight_log_not_yours');
      });
      if (!gone.ok) return sendRefusal(reply, gone);
      const rows = await importedLogs(database, settings.cellId, units);
      return { logs: rows.map((each) => logAnswer(each, person)) };
    },
  );
}

function uploadRoutes(app: App, context: ServerContext): void {
  app.post(
    '/api/insight/logs/look',
    {
      config,
      schema: {
        summary: 'What the beginning of a log file shows; nothing is kept',
        ...{ tags, querystring: lookAtLogQuery, response: { 200: lookAtLogAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const { encoding = null, sheet = null } = request.query;
      const found = await withUpload(request.body, async ({ file }) =>
        context.analyst.workOn('look', { file, encoding, sheet }),
      );
      if (!found.ok) return sendRefusal(reply, found);
      const { columns, guessed, ...rest } = found.value;
      const shown = columns.map(({ name, samples }) => ({ name, samples: [...samples] }));
      return { ...rest, columns: shown, guessed: { ...guessed } };
    },
  );
  app.post(
    '/api/insight/logs',
    {
      config,
      schema: {
        summary: 'Import an event log: CSV, xlsx, Parquet, XES or OCEL 2.0, also packed by gzip',
        ...{ tags, querystring: importLogQuery, response: { 200: importedLogShape, ...refusals } },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const key = keyOf(request);
      if (!key.ok) return sendRefusal(reply, key);
      const id = key.value ?? newId(context);
      const { query } = request;
      const { name, encoding = 'utf-8', sheet = null, objectType = null, ...mapping } = query;
      const { timeFormat = null, delimiter = null, skipBadRows, clock, ...columns } = mapping;
      const asked = { encoding, sheet, objectType, timeFormat, delimiter, columns: named(columns) };
      const offsetMs = clock === 'bank' ? bankOffsetMs : 0;
      const kept = await withUpload(request.body, async (uploaded) => {
        const { file } = uploaded;
        const details = { file, ...asked, skipBadRows: skipBadRows === 'yes', offsetMs };
        const read = await context.analyst.workOn('import', details);
        return read.ok
          ? await keep(context, person, { id, name, uploaded, read: read.value })
          : read;
      });
      return kept.ok ? logAnswer(kept.value, person) : sendRefusal(reply, kept);
    },
  );
}

function named(columns: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const given = Object.entries(columns).flatMap(([role, name]) =>
    name === undefined ? [] : [[role, name] as const],
  );
  return Object.fromEntries(given);
}

type Kept = {
  readonly id: string;
  readonly name: string;
  readonly uploaded: Uploaded;
  readonly read: Imported;
};

/** The same key with the same file gives the log that is there; with another one it is refused. */
async function keep(
  context: ServerContext,
  person: Person,
  { id, name, uploaded, read }: Kept,
): Promise<Result<ImportedLogRow>> {
  const { database, settings, clock } = context;
  const row: ImportedLogRow = {
    ...{ id, name, fileHash: uploaded.hash, fileBytes: BigInt(uploaded.bytes) },
    ...{ cases: read.cases, events: read.events, activities: read.activities },
    ...{ fromAt: BigInt(read.fromMs), toAt: BigInt(read.toMs), login: person.login },
    ...{ source: JSON.stringify(read.source), unitCode: person.unitCode ?? '' },
    importedAt: BigInt(clock()),
  };
  return await database.transaction(async (transaction) => {
    if (await insertImportedLog(transaction, settings.cellId, row, read.packed)) return ok(row);
    const there = await importedLog(transaction, settings.cellId, id);
    const same = there?.login === person.login && there.fileHash === row.fileHash;
    return there !== null && same ? ok(there) : refuse('idempotency_key_used_otherwise');
  });
}

function logAnswer(row: ImportedLogRow, { login }: Person): ImportedLog {
  const source = JSON.parse(row.source) as LogSource;
  const { format, timeFormat, zone, columns, badRows } = source;
  return {
    ...{ id: row.id, name: row.name, login: row.login, mine: row.login === login },
    ...{ cases: row.cases, events: row.events, activities: row.activities },
    fileBytes: Number(row.fileBytes),
    ...{ fromAt: Number(row.fromAt), toAt: Number(row.toAt), importedAt: Number(row.importedAt) },
    ...{ format, timeFormat, zone, columns: columns.map((column) => ({ ...column })) },
    badRows: badRows?.count ?? 0,
    badRowsFirst: (badRows?.first ?? []).map((each) => ({ ...each })),
  };
}
