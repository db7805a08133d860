import { hashOf } from '../dictionary.ts';
import { type EventLog, type Names, none } from '../event-log.ts';
import { encodeUtf8 } from '../utf8.ts';
import { LogBuilder } from './log-builder.ts';

/** A case of a log, by its number there. */
export type PickedCase = { readonly log: EventLog; readonly caseCode: number };

/** One log out of cases of several, in the order given, as if they had stood in one file. */
export function joinedLogs(picked: readonly PickedCase[]): EventLog {
  const builder = new LogBuilder();
  const translators = new Map<EventLog, Translator>();
  for (const { log, caseCode } of picked) {
    const known = translators.get(log) ?? new Translator(log, builder, translators.size);
    translators.set(log, known);
    known.copy(caseCode);
  }
  return builder.seal();
}

/** Copies cases of one log, with its codes turned into those of the new one. */
class Translator {
  readonly #log: EventLog;
  readonly #builder: LogBuilder;
  readonly #number: number;
  readonly #activities = new Map<number, number>();
  readonly #resources = new Map<number, number>();
  readonly #currencies = new Map<number, number>();
  readonly #values: Map<number, number>[];
  readonly #columns: number[];

  constructor(log: EventLog, builder: LogBuilder, number: number) {
    this.#log = log;
    this.#builder = builder;
    this.#number = number;
    this.#values = log.attributes.map(() => new Map());
    this.#columns = log.attributes.map(({ name, of }) => {
      const bytes = encodeUtf8(name);
      const columns = of === 'case' ? builder.caseAttributes : builder.eventAttributes;
      return columns.number(bytes, 0, bytes.length);
    });
  }

  copy(caseCode: number): void {
    const log = this.#log;
    const builder = this.#builder;
    const name = encodeUtf8(log.cases.text(caseCode));
    const newCase = builder.cases.code(name, 0, name.length);
    this.#attributes(caseCode, 'case', newCase);
    // The order in which the file had them, so that reading it again gives the same.
    const rows = Array.from(
      { length: log.firstOfCase[caseCode + 1]! - log.firstOfCase[caseCode]! },
      (_, i) => log.firstOfCase[caseCode]! + i,
    ).sort((a, b) => log.position[a]! - log.position[b]!);
    for (const i of rows) {
      const activity = codeIn(
        builder.activities,
        this.#activities,
        log.activities,
        log.activity[i]!,
      );
      const resource = codeIn(builder.resources, this.#resources, log.resources, log.resource[i]!);
      builder.push(newCase, activity, log.lifecycle[i]!, resource, log.atMs[i]!);
      if (log.startMs && !Number.isNaN(log.startMs[i]!)) builder.startedAt(log.startMs[i]!);
      if (log.work && log.work[i] !== none) {
        const piece = encodeUtf8(`${this.#number} ${log.work[i]}`);
        builder.nameWork(builder.works.code(piece, 0, piece.length));
      }
      if (log.amounts && log.amounts.currency[i] !== none) {
        const { currencies, currency, minor } = log.amounts;
        const code = codeIn(builder.currencies, this.#currencies, currencies, currency[i]!);
        builder.movedMoney(minor[i]!, code);
      }
      this.#attributes(i, 'event', builder.size - 1);
    }
  }

  #attributes(from: number, of: 'case' | 'event', to: number): void {
    for (const [k, attribute] of this.#log.attributes.entries()) {
      const column = this.#columns[k]!;
      const value = attribute.code[from]!;
      if (attribute.of !== of || value === none || column < 0) continue;
      const builder = this.#builder;
      const columns = of === 'case' ? builder.caseAttributes : builder.eventAttributes;
      let code = this.#values[k]!.get(value);
      if (code === undefined) {
        const bytes = encodeUtf8(attribute.values.text(value));
        const hash = hashOf(bytes, 0, bytes.length);
        code = columns.valueCode(column, hash, bytes, 0, bytes.length);
        this.#values[k]!.set(value, code);
      }
      columns.set(column, to, code);
    }
  }
}

/** The code a text has in the new names. */
function codeIn(
  to: { code(bytes: Uint8Array, start: number, end: number): number },
  known: Map<number, number>,
  from: Names,
  code: number,
): number {
  if (code === none) return none;
  const seen = known.get(code);
  if (seen !== undefined) return seen;
  const bytes = encodeUtf8(from.text(code));
  const made = to.code(bytes, 0, bytes.length);
  known.set(code, made);
  return made;
}
