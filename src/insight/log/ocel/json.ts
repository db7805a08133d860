import { ok, type Result, refuse } from '../../../base/result.ts';
import type { ObjectEvent, ObjectLog } from './flatten.ts';

type Json = { readonly [name: string]: unknown };

/** OCEL 2.0 in JSON, out of the parsed document. Refusal: log_ocel_damaged with the place. */
export function objectLogOfJson(document: unknown): Result<ObjectLog> {
  if (!isObject(document)) return damaged('/');
  const log: ObjectLog = { objects: new Map(), events: [] };
  const { objects, events } = document;
  if (!Array.isArray(objects) || !Array.isArray(events)) return damaged('/objects, /events');
  for (const [i, object] of objects.entries()) {
    if (!isObject(object) || !isText(object.id) || !isText(object.type)) {
      return damaged(`/objects/${i}`);
    }
    log.objects.set(object.id, { type: object.type, attributes: attributesOf(object.attributes) });
  }
  for (const [i, event] of events.entries()) {
    if (!isObject(event) || !isText(event.type) || !isText(event.time)) {
      return damaged(`/events/${i}`);
    }
    const found: ObjectEvent = {
      type: event.type,
      time: event.time,
      attributes: attributesOf(event.attributes),
      objects: objectsOf(event.relationships),
    };
    log.events.push(found);
  }
  return ok(log);
}

/** The first value of each attribute. */
function attributesOf(list: unknown): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const each of Array.isArray(list) ? list : []) {
    if (!isObject(each) || !isText(each.name) || attributes.has(each.name)) continue;
    const { value } = each;
    if (['string', 'number', 'boolean'].includes(typeof value)) {
      attributes.set(each.name, String(value));
    }
  }
  return attributes;
}

function objectsOf(list: unknown): string[] {
  return (Array.isArray(list) ? list : []).flatMap((each: unknown) =>
    isObject(each) && isText(each.objectId) ? [each.objectId] : [],
  );
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function damaged(place: string) {
  return refuse('log_ocel_damaged', { place });
}
