import { DatabaseSync } from 'node:sqlite';

type Attributes = { readonly [name: string]: string | number };
type Events = readonly (readonly [string, string, string, readonly string[], Attributes])[];
type Objects = readonly (readonly [string, string, Attributes])[];

/** Writes an object-centric log of orders and items to a SQLite file that is not there yet. */
export function writeObjectLog(file: string, events: Events, objects: Objects): void {
  const database = new DatabaseSync(file);
  database.exec(`
    create table event (ocel_id text primary key, ocel_type text);
    create table object (ocel_id text primary key, ocel_type text);
    create table event_object (ocel_event_id text, ocel_object_id text, ocel_qualifier text);
    create table event_map_type (ocel_type text primary key, ocel_type_map text);
    create table object_map_type (ocel_type text primary key, ocel_type_map text);
    create table event_create (ocel_id text, ocel_time timestamp, channel text);
    create table event_pick (ocel_id text, ocel_time timestamp);
    create table event_pay (ocel_id text, ocel_time timestamp);
    create table object_order (ocel_id text, ocel_time timestamp, ocel_changed_field text, amount real);
    create table object_item (ocel_id text, ocel_time timestamp, ocel_changed_field text);
    insert into event_map_type values ('create', 'create'), ('pick', 'pick'), ('pay', 'pay');
    insert into object_map_type values ('order', 'order'), ('item', 'item');`);
  for (const [id, type, time, of, all] of events) {
    database.prepare('insert into event values (?, ?)').run(id, type);
    const instant = time.replace('T', ' ').replace('Z', '');
    const more = type === 'create' ? [all.channel ?? null] : [];
    const places = ['?', '?', ...more.map(() => '?')].join(', ');
    database.prepare(`insert into event_${type} values (${places})`).run(id, instant, ...more);
    for (const object of of) {
      database.prepare("insert into event_object values (?, ?, '')").run(id, object);
    }
  }
  for (const [id, type, all] of objects) {
    database.prepare('insert into object values (?, ?)').run(id, type);
    if (type === 'order') {
      database
        .prepare("insert into object_order values (?, '1970-01-01', null, ?)")
        .run(id, all.amount ?? null);
    }
  }
  database.close();
}
