import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { ok, type Result, refuse } from '../../base/result.ts';
import type { ObjectLog } from '../../insight/log/ocel/flatten.ts';

/** Rows of one table, and tables of one file, that are read. */
const [rowsMax, tablesMax] = [20_000_000, 500];

type Row = Record<string, SQLOutputValue>;

/**
 * Reads an object-centric log, OCEL 2.0 in SQLite. Only plain tables are read: a view could be a
 * query that never ends. Refusal: log_ocel_damaged.
 */
export function objectLogOfSqlite(path: string): Result<ObjectLog> {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path, { readOnly: true, allowExtension: false });
    database.exec(
      'PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA query_only = ON',
    );
    return ok(new SqliteLog(database).read());
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('ERR_SQLITE') && !(error instanceof RangeError)) throw error;
    return refuse('log_ocel_damaged', { place: message.slice(0, 120) });
  } finally {
    database?.close();
  }
}

class SqliteLog {
  readonly #database: DatabaseSync;
  readonly #tables: ReadonlySet<string>;

  constructor(database: DatabaseSync) {
    this.#database = database;
    const tables = database
      .prepare(
        "select name from sqlite_master where type = 'table' and sql not like 'create virtual%' limit ?",
      )
      .all(tablesMax);
    this.#tables = new Set(tables.map(({ name }) => String(name)));
  }

  read(): ObjectLog {
    const log: ObjectLog = { objects: new Map(), events: [] };
    const details = this.#details('object');
    for (const row of this.#rows('object')) {
      const [id, type] = [text(row.ocel_id), text(row.ocel_type)];
      log.objects.set(id, { type, attributes: details.get(id)?.attributes ?? new Map() });
    }
    const objectsOf = new Map<string, string[]>();
    for (const row of this.#rows('event_object')) {
      const id = text(row.ocel_event_id);
      const list = objectsOf.get(id) ?? [];
      objectsOf.set(id, list);
      list.push(text(row.ocel_object_id));
    }
    const events = this.#details('event');
    for (const row of this.#rows('event')) {
      const [id, type] = [text(row.ocel_id), text(row.ocel_type)];
      const detail = events.get(id);
      log.events.push({
        type,
        time: detail?.time ?? '',
        attributes: detail?.attributes ?? new Map(),
        objects: objectsOf.get(id) ?? [],
      });
    }
    return log;
  }

  /** The tables of the single types, by the map from a type to its table. */
  #details(kind: 'object' | 'event') {
    const details = new Map<string, { time: string; attributes: Map<string, string> }>();
    for (const { ocel_type_map: name } of this.#rows(`${kind}_map_type`)) {
      for (const row of this.#rows(`${kind}_${text(name)}`)) {
        const known = details.get(text(row.ocel_id));
        const attributes = known?.attributes ?? new Map<string, string>();
        for (const [column, value] of Object.entries(row)) {
          if (column.startsWith('ocel_') || value === null || attributes.has(column)) continue;
          attributes.set(column, text(value));
        }
        const time = known?.time ?? text(row.ocel_time ?? null);
        details.set(text(row.ocel_id), { time, attributes });
      }
    }
    return details;
  }

  *#rows(table: string): Generator<Row> {
    if (!this.#tables.has(table)) {
      throw new RangeError(`no table ${table}`);
    }
    const name = `"${table.replaceAll('"', '""')}"`;
    const statement = this.#database.prepare(`select * from ${name} limit ${rowsMax}`);
    statement.setReadBigInts(true);
    yield* statement.iterate() as IterableIterator<Row>;
  }
}

function text(value: SQLOutputValue | undefined): string {
  return value === null || value === undefined || value instanceof Uint8Array ? '' : String(value);
}
