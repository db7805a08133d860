import { isCurrency } from '../../base/money.ts';
import { type Refusal, refuse } from '../../base/result.ts';
import { ByteDictionary, hashOf } from '../dictionary.ts';
import { none } from '../event-log.ts';
import { decodeUtf8, encodeUtf8 } from '../utf8.ts';
import { token, XmlScanner } from '../xml-scanner.ts';
import type { AttributeColumns } from './attribute-columns.ts';
import { activitiesMax, completed, eventsMax, LogBuilder, nameBytesMax } from './log-builder.ts';
import { TimeReader } from './times.ts';

const elementNames = [
  'log',
  'trace',
  'event',
  'string',
  'date',
  'int',
  'float',
  'boolean',
  'id',
  'list',
  'container',
  'values',
];
const [logElement, traceElement, eventElement, firstAttribute, lastAttribute] = [0, 1, 2, 3, 10];

const keyNames = [
  'concept:name',
  'time:timestamp',
  'lifecycle:transition',
  'org:resource',
  'concept:instance',
  'huiliu:amountMinor',
  'huiliu:currency',
];
const [nameKey, timeKey, lifecycleKey, resourceKey, workKey] = [0, 1, 2, 3, 4];
const [amountKey, currencyKey] = [5, 6];
/** Roles of shapes: a key by its number, one that does not matter, an event's two ends … */
const [irrelevant, eventEnds] = [100, 101];
/** Roles from here on: further attributes by their number. */
const furtherFrom = 200;

/**
 * Reads XES (IEEE 1849) from pushed chunks of bytes: traces become cases, events stand in them.
 * Only attributes directly in a trace or an event are read; globals, classifiers and attributes of
 * attributes are stepped over. Traces of one name are one case. An event without a lifecycle is
 * complete, as the standard says. An event without a name or a time refuses the file.
 */
export class XesReader {
  readonly builder = new LogBuilder();
  readonly times = new TimeReader();
  traces = 0;
  #scanner: XmlScanner;
  #keys = new ByteDictionary(keyNames);
  #words = this.builder.lifecycles;
  #knownWords = this.#words.size;
  #refusal: Refusal | null = null;
  #traceFrom = 0;
  #traceName = none;
  #activity = none;
  #at = Number.NaN;
  #lifecycle = completed;
  #resource = none;
  #work = none;
  #inEvent = false;
  readonly #keepsAttributes: boolean;
  /** Further attributes of the trace and the event under way: number and value, in turn. */
  #ofTrace: number[] = [];
  #ofEvent: number[] = [];
  #amountMinor: bigint | null = null;
  #currency = none;

  /**
   * `trustDeclaration` false: the bytes were transcoded, so encoding="…" is no longer true.
   * `keepsAttributes`: also what traces and events say beyond the keys every log has.
   */
  constructor(trustDeclaration = true, keepsAttributes = false) {
    this.#keepsAttributes = keepsAttributes;
    this.#scanner = new XmlScanner(elementNames, trustDeclaration);
  }

  /** Takes the next bytes of the file; a refusal means: stop, the file is not read further. */
  push(chunk: Uint8Array): Refusal | null {
    if (this.#refusal) return this.#refusal;
    this.#scanner.push(chunk);
    for (;;) {
      const found = this.#scanner.next();
      if (found === token.more) return null;
      if (found === token.refused) this.#refusal = this.#scanner.refusal;
      else if (found === token.close) this.#refusal = this.#close();
      else this.#refusal = this.#open(found === token.empty);
      if (this.#refusal) return this.#refusal;
    }
  }

  /** No more bytes come. */
  end(): Refusal | null {
    return this.#refusal ?? this.#scanner.end();
  }

  #refuse(code: string, facts: Readonly<Record<string, string>> = {}): Refusal {
    return refuse(code, { ...this.#scanner.where(), ...facts });
  }

  #open(empty: boolean): Refusal | null {
    const { element, parent, depth } = this.#scanner;
    if (element >= firstAttribute && element <= lastAttribute) {
      if (parent === eventElement && this.#inEvent) return this.#eventAttribute();
      if (parent === traceElement) return this.#traceAttribute();
      return parent === -1 ? this.#refuse('log_xes_root') : null;
    }
    if (parent === -1 && element !== logElement) return this.#refuse('log_xes_root');
    if (element === eventElement) {
      if (parent !== traceElement) return this.#refuse('log_xes_structure', { element: 'event' });
      if (this.#scanner.role < 0 && !empty) this.#scanner.remember(eventEnds);
      this.#beginEvent();
      return empty ? this.#endEvent() : null;
    }
    if (element === traceElement) {
      if (parent !== logElement || depth > 2) {
        return this.#refuse('log_xes_structure', { element: 'trace' });
      }
      this.#traceFrom = this.builder.size;
      this.#traceName = none;
      this.#ofTrace = [];
      if (empty) this.#endTrace();
      return null;
    }
    const inner = element === logElement && parent !== -1;
    return inner ? this.#refuse('log_xes_structure', { element: 'log' }) : null;
  }

  #close(): Refusal | null {
    if (this.#scanner.element === eventElement) {
      if (this.#scanner.role < 0) this.#scanner.remember(eventEnds);
      return this.#endEvent();
    }
    if (this.#scanner.element === traceElement) this.#endTrace();
    return null;
  }

  #beginEvent(): void {
    this.#inEvent = true;
    this.#activity = none;
    this.#at = Number.NaN;
    this.#lifecycle = completed;
    this.#resource = none;
    this.#work = none;
    this.#amountMinor = null;
    this.#currency = none;
    if (this.#ofEvent.length > 0) this.#ofEvent = [];
  }

  /** Index of the attribute `key` (or `value`) of the tag just read, or -1. */
  #attributeNamed(name: 'key' | 'value'): number {
    const scanner = this.#scanner;
    const { window } = scanner;
    for (let i = 0; i < scanner.attributes; i++) {
      const start = scanner.nameStart[i]!;
      if (scanner.nameEnd[i]! - start !== name.length) continue;
      let k = 0;
      while (k < name.length && window[start + k] === name.charCodeAt(k)) k++;
      if (k === name.length) return i;
    }
    return -1;
  }

  /** The number of the key of the attribute just read; -1 for one that does not matter here. */
  #key(): number {
    const index = this.#attributeNamed('key');
    if (index < 0) return -1;
    this.#scanner.select(index);
    return this.#keys.find(this.#scanner.bytes, this.#scanner.from, this.#scanner.to);
  }

  /** An attribute of an event: of a shape met before, so that its role is its key, or read. */
  #eventAttribute(): Refusal | null {
    const scanner = this.#scanner;
    if (scanner.role === irrelevant) return null;
    if (scanner.role >= 0) return this.#take(scanner.role, scanner.valueHash);
    let key = this.#key();
    const value = this.#attributeNamed('value');
    if (key < 0) key = this.#further(this.builder.eventAttributes);
    // Of a shape only the last value is open.
    if (value === scanner.attributes - 1) scanner.remember(key);
    if (key === irrelevant || value < 0) return null;
    scanner.select(value);
    return this.#take(key, hashOf(scanner.bytes, scanner.from, scanner.to));
  }

  /** The role of an attribute beyond the usual keys. */
  #further(columns: AttributeColumns): number {
    const index = this.#keepsAttributes ? this.#attributeNamed('key') : -1;
    if (index < 0) return irrelevant;
    this.#scanner.select(index);
    const { bytes, from, to } = this.#scanner;
    const number = to - from > nameBytesMax ? -1 : columns.number(bytes, from, to);
    return number < 0 ? irrelevant : furtherFrom + number;
  }

  /** Takes the value the scanner has selected as what an event says of itself under a key. */
  #take(key: number, hash: number): Refusal | null {
    const { bytes, from: start, to: end } = this.#scanner;
    if (key === timeKey) {
      this.#at = this.times.read(bytes, start, end, 'iso');
      return Number.isNaN(this.#at)
        ? this.#refuse('log_time_unreadable', { column: 'time:timestamp' })
        : null;
    }
    if (start === end) return null;
    if (end - start > nameBytesMax) return this.#nameTooLong();
    const { builder } = this;
    if (key >= furtherFrom) {
      const number = key - furtherFrom;
      const value = builder.eventAttributes.valueCode(number, hash, bytes, start, end);
      this.#ofEvent.push(number, value);
      return null;
    }
    if (key === nameKey) this.#activity = builder.activities.hashed(hash, bytes, start, end);
    else if (key === lifecycleKey) this.#lifecycle = this.#lifecycleOf(bytes, start, end);
    else if (key === resourceKey) {
      this.#resource = builder.resources.hashed(hash, bytes, start, end);
    } else if (key === workKey) this.#work = builder.works.hashed(hash, bytes, start, end);
    else return this.#money(key, decodeUtf8(bytes, start, end));
    return null;
  }

  /** Money of our own logs: minor units as a whole number, and a currency of ISO 4217. */
  #money(key: number, text: string): Refusal | null {
    if (key === amountKey) {
      if (!/^-?\d{1,18}$/.test(text)) return this.#refuse('log_amount_unreadable');
      this.#amountMinor = BigInt(text);
    } else if (key === currencyKey) {
      if (!isCurrency(text)) return this.#refuse('log_amount_unreadable');
      const bytes = encodeUtf8(text);
      this.#currency = this.builder.currencies.code(bytes, 0, bytes.length);
    }
    return null;
  }

  /** Upper or lower case; a word the standard does not know is 'unknown'. */
  #lifecycleOf(bytes: Uint8Array, start: number, end: number): number {
    for (let i = start; i < end; i++) if (bytes[i]! >= 65 && bytes[i]! <= 90) bytes[i]! |= 32;
    const code = this.#words.find(bytes, start, end);
    return code < 0 ? this.#knownWords - 1 : code;
  }

  #traceAttribute(): Refusal | null {
    if (this.#scanner.role < 0) {
      const key = this.#key();
      const index = this.#attributeNamed('value');
      if (index < 0) return null;
      if (key !== nameKey) return this.#furtherOfTrace(index);
      this.#scanner.select(index);
    } else if (this.#scanner.role !== nameKey) return null;
    const { bytes, from: start, to: end } = this.#scanner;
    if (end - start > nameBytesMax) return this.#nameTooLong();
    this.#traceName = this.builder.cases.code(bytes, start, end);
    return null;
  }

  #furtherOfTrace(value: number): null {
    const columns = this.builder.caseAttributes;
    const number = this.#further(columns) - furtherFrom;
    if (number < 0) return null;
    this.#scanner.select(value);
    const { bytes, from, to } = this.#scanner;
    if (from === to || to - from > nameBytesMax) return null;
    const code = columns.valueCode(number, hashOf(bytes, from, to), bytes, from, to);
    this.#ofTrace.push(number, code);
    return null;
  }

  #nameTooLong(): Refusal {
    return this.#refuse('log_name_too_long', { limit: String(nameBytesMax) });
  }

  #endEvent(): Refusal | null {
    this.#inEvent = false;
    const { builder } = this;
    if (this.#activity === none) return this.#refuse('log_event_without_activity');
    if (Number.isNaN(this.#at)) return this.#refuse('log_event_without_time');
    if (builder.size >= eventsMax) {
      return this.#refuse('log_too_many_events', { limit: String(eventsMax) });
    }
    if (builder.activities.size > activitiesMax) {
      return this.#refuse('log_too_many_activities', { limit: String(activitiesMax) });
    }
    builder.push(none, this.#activity, this.#lifecycle, this.#resource, this.#at);
    if (this.#work !== none) builder.nameWork(this.#work);
    for (let k = 0; k < this.#ofEvent.length; k += 2) {
      builder.eventAttributes.set(this.#ofEvent[k]!, builder.size - 1, this.#ofEvent[k + 1]!);
    }
    if (this.#amountMinor === null) return null;
    if (this.#currency === none) return this.#refuse('log_amount_unreadable');
    builder.movedMoney(this.#amountMinor, this.#currency);
    return null;
  }

  /** A trace may name itself after its events, so its case is known only here. */
  #endTrace(): void {
    this.traces++;
    if (this.builder.size === this.#traceFrom) return;
    if (this.#traceName === none) this.#traceName = this.#unnamed();
    this.builder.nameCase(this.#traceFrom, this.#traceName);
    for (let k = 0; k < this.#ofTrace.length; k += 2) {
      this.builder.caseAttributes.set(this.#ofTrace[k]!, this.#traceName, this.#ofTrace[k + 1]!);
    }
  }

  #unnamed(): number {
    const text = `#${this.traces}`;
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    return this.builder.cases.code(bytes, 0, bytes.length);
  }
}
