import { ok, type Result, refuse } from '../../../base/result.ts';
import { type Cell, csvRecord } from '../rows.ts';

/** An object-centric log (OCEL 2.0) in memory: what every form of it is read into. */
export type ObjectLog = {
  /** By id: the type of an object and its attributes, each with the value it first has. */
  readonly objects: Map<
    string,
    { readonly type: string; readonly attributes: Map<string, string> }
  >;
  readonly events: ObjectEvent[];
};

export type ObjectEvent = {
  readonly type: string;
  readonly time: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly objects: readonly string[];
};

/** How an object-centric log became cases. */
export type Flattened = {
  readonly objectType: string;
  /** Events that concern no object of the type, and how often one was told more than once. */
  readonly eventsLeftOut: number;
  readonly eventsRepeated: number;
};

/**
 * The cases of one object type as records of CSV: each object is a case, each event stands in the
 * case of every object of the type it concerns. Refusals: log_ocel_type (no type named, or one that
 * is not there; with one type only, that one is taken), log_without_events.
 */
export function flattened(
  log: ObjectLog,
  wanted: string | null,
): Result<Flattened & { readonly records: () => Generator<string> }> {
  const types = new Map<string, number>();
  for (const { type } of log.objects.values()) types.set(type, (types.get(type) ?? 0) + 1);
  const objectType = wanted ?? (types.size === 1 ? [...types.keys()][0] : undefined);
  if (objectType === undefined || !types.has(objectType)) {
    const known = [...types].map(([type, count]) => `${type} (${count})`).sort();
    return refuse('log_ocel_type', {
      wanted: wanted ?? '-',
      types: known.join(', ').slice(0, 500),
    });
  }
  let [eventsLeftOut, eventsRepeated] = [0, 0];
  const concerned = log.events.map(({ objects }) => {
    const mine = [...new Set(objects)].filter((id) => log.objects.get(id)?.type === objectType);
    if (mine.length === 0) eventsLeftOut++;
    else eventsRepeated += mine.length - 1;
    return mine;
  });
  if (eventsLeftOut === log.events.length) return refuse('log_without_events');
  const ofEvents = namesOf(log.events.map((event) => event.attributes));
  const mine = [...log.objects.values()].filter(({ type }) => type === objectType);
  const ofObjects = namesOf(mine.map((each) => each.attributes)).filter(
    (name) => !ofEvents.includes(name),
  );
  function* records(): Generator<string> {
    yield csvRecord(['case_id', 'activity', 'timestamp', ...ofEvents, ...ofObjects]);
    for (const [i, { type, time, attributes }] of log.events.entries()) {
      for (const id of concerned[i]!) {
        const object = log.objects.get(id)!.attributes;
        const cells: Cell[] = [id, type, time];
        for (const name of ofEvents) cells.push(attributes.get(name) ?? null);
        for (const name of ofObjects) cells.push(object.get(name) ?? null);
        yield csvRecord(cells);
      }
    }
  }
  return ok({ objectType, eventsLeftOut, eventsRepeated, records });
}

const ownColumns = ['case_id', 'activity', 'timestamp'];
const attributesMax = 60;

function namesOf(all: readonly ReadonlyMap<string, string>[]): string[] {
  const names = new Set<string>();
  for (const each of all) {
    for (const name of each.keys()) {
      if (!ownColumns.includes(name) && names.size < attributesMax) names.add(name);
    }
  }
  return [...names];
}
