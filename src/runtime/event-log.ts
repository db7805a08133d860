import { assert, present } from '../base/assert.ts';
import { decodeValues } from '../base/data.ts';
import {
  type XesAttribute,
  type XesEvent,
  type XesTrace,
  xesHead,
  xesTail,
  xesTrace,
} from '../insight/log/xes-writer.ts';
import { compile, type ElementInfo, elementIndex, elementInfo, read } from '../kernel/index.ts';
import type { Queries } from '../store/database.ts';
import { type LoggedCase, type LoggedEvent, loggedCases } from '../store/process/event-log.ts';
import { modelById } from '../store/process/models.ts';

/** Which cases: of one cell, of one process or of all, with activities named in a language. */
export type WantedLog = {
  readonly cellId: number;
  readonly processId: string | null;
  readonly language: 'zh-CN' | 'en';
};

/**
 * Some cases only, by id. `names`: which element owns which name, as an earlier reading of the
 * others left it; this reading adds to it.
 */
export type SomeCases = {
  readonly ids: readonly string[] | null;
  readonly names: Map<string, string>;
};

const casesAtOnce = 200;
const firstId = '00000000-0000-0000-0000-000000000000';

/**
 * The bank's own event log as XES, piece by piece, from the business events. Of each piece of work:
 * scheduled when it was offered, started when the person who completed it took it (automatic work:
 * at once), complete with the amount that was posted with it. Activities that only hold others (a
 * called process) are left out: their work is in the log itself. It names logins, never persons.
 */
export async function* eventLog(
  queries: Queries,
  wanted: WantedLog,
  some: SomeCases | null = null,
): AsyncGenerator<string> {
  const namer = new Namer(queries, wanted, some?.names ?? new Map());
  const only = some?.ids ?? null;
  yield xesHead();
  for (let after = firstId; ; ) {
    const page = { processId: wanted.processId, after, limit: casesAtOnce, only };
    const cases = await loggedCases(queries, wanted.cellId, page);
    for (const each of cases) yield xesTrace(await traceOf(each, namer));
    const last = cases.at(-1);
    if (last === undefined || cases.length < casesAtOnce) break;
    after = last.id;
  }
  yield xesTail;
}

/** Elements that hold other work and do none themselves. */
const holders = new Set(['callActivity', 'subProcess', 'transaction', 'adHocSubProcess']);
/** Work that a machine does the moment it is reached. */
const automatic = new Set(['serviceTask', 'businessRuleTask', 'scriptTask', 'sendTask']);

const lifecycleOf: Readonly<Record<string, string>> = {
  activity_scheduled: 'schedule',
  activity_completed: 'complete',
  activity_cancelled: 'withdraw',
  activity_failed: 'ate_abort',
};

type Name = { readonly info: ElementInfo; readonly label: string };

async function traceOf(each: LoggedCase, namer: Namer): Promise<XesTrace> {
  const events: XesEvent[] = [];
  const pieces = Map.groupBy(each.events, (event) => pieceOf(event));
  for (const event of each.events) {
    const name = await namer.nameOf(event);
    const piece = present(pieces.get(pieceOf(event)), 'the piece of work of its own event');
    const lifecycle = lifecycleIn(event, piece, name.info);
    if (lifecycle === null || holders.has(name.info.type)) continue;
    const isEnd = event.kind === 'activity_completed';
    const at = (transition: string) => eventAttributes(event, name, transition);
    if (isEnd && automatic.has(name.info.type)) events.push(at('start'));
    events.push(isEnd ? [...at(lifecycle), ...moneyOf(piece)] : at(lifecycle));
  }
  const attributes: XesAttribute[] = [
    text('concept:name', each.caseNumber),
    text('huiliu:process', each.processId),
    text('huiliu:unit', each.unitCode),
    text('huiliu:status', each.status),
    ...optional('huiliu:line', each.line),
    ...optional('huiliu:outcome', each.outcome),
  ];
  return { attributes, events };
}

function pieceOf(event: LoggedEvent): string {
  return `${event.instanceId} ${event.activityInstance}`;
}

/** The last claim before the end is its start; an earlier one was only an assignment. */
function lifecycleIn(
  event: LoggedEvent,
  piece: readonly LoggedEvent[],
  info: ElementInfo,
): string | null {
  if (event.kind !== 'activity_claimed') return lifecycleOf[event.kind] ?? null;
  if (automatic.has(info.type)) return null;
  const later = piece.some((other) => other.kind === 'activity_claimed' && other.n > event.n);
  return later ? 'assign' : 'start';
}

function eventAttributes(event: LoggedEvent, name: Name, lifecycle: string): XesAttribute[] {
  return [
    text('concept:name', name.label),
    text('concept:instance', pieceOf(event)),
    text('lifecycle:transition', lifecycle),
    text('org:resource', event.login),
    ...optional('org:role', event.role),
    ...optional('org:group', event.unitCode),
    { type: 'date', key: 'time:timestamp', value: event.at },
    text('huiliu:element', event.elementId),
  ];
}

/** What the piece of work posted; one piece of work posts in one currency. */
function moneyOf(piece: readonly LoggedEvent[]): XesAttribute[] {
  let [total, currency]: [bigint, string | null] = [0n, null];
  for (const event of piece) {
    if (event.kind !== 'posted') continue;
    const { amountMinor, currency: its } = decodeValues(event.facts);
    if (typeof amountMinor !== 'bigint' || typeof its !== 'string') continue;
    assert(currency === null || currency === its, 'a piece of work posts in one currency');
    total += amountMinor;
    currency = its;
  }
  if (currency === null) return [];
  return [
    { type: 'int', key: 'huiliu:amountMinor', value: total },
    text('huiliu:currency', currency),
  ];
}

function text(key: string, value: string): XesAttribute {
  return { type: 'string', key, value };
}

function optional(key: string, value: string | null): XesAttribute[] {
  return value === null ? [] : [text(key, value)];
}

/** Names activities as their models do; a name two elements share is told apart by its process. */
class Namer {
  readonly #queries: Queries;
  readonly #wanted: WantedLog;
  readonly #models = new Map<string, ReturnType<Namer['load']>>();
  readonly #names = new Map<string, Name>();
  readonly #taken: Map<string, string>;

  constructor(queries: Queries, wanted: WantedLog, taken: Map<string, string>) {
    this.#queries = queries;
    this.#wanted = wanted;
    this.#taken = taken;
  }

  async nameOf(event: LoggedEvent): Promise<Name> {
    const key = `${event.modelId} ${event.elementId}`;
    const known = this.#names.get(key);
    if (known) return known;
    const loading = this.#models.get(event.modelId) ?? this.load(event.modelId);
    this.#models.set(event.modelId, loading);
    const { program, row } = await loading;
    const index = present(elementIndex(program, event.elementId), event.elementId);
    const info = elementInfo(program, index);
    const english = this.#wanted.language === 'en';
    const plain = (english ? info.nameEn || info.name : info.name) || info.id;
    // Versions of one process share a name; two elements do not.
    const owner = `${row.process_id} ${info.id}`;
    const isFree = (this.#taken.get(plain) ?? owner) === owner;
    const label = isFree ? plain : `${plain} (${english ? row.name_en : row.name})`;
    this.#taken.set(label, owner);
    const name = { info, label };
    this.#names.set(key, name);
    return name;
  }

  /** The program and the row of a deployed version. */
  async load(modelId: string) {
    const { cellId } = this.#wanted;
    const row = present(await modelById(this.#queries, cellId, modelId), `model ${modelId}`);
    const model = await read(row.xml);
    assert(model.ok, `a deployed version can be read: ${row.process_id} ${row.version}`);
    const compiled = compile(model.value, row.process_id);
    assert(compiled.ok, `a deployed version compiles: ${row.process_id} ${row.version}`);
    return { program: compiled.value, row };
  }
}
