import { ByteDictionary } from '../dictionary.ts';
import { type Attribute, none } from '../event-log.ts';

/** More attributes than this, of cases or of events, are not kept: later names are passed over. */
export const attributesKeptMax = 64;

type Column = { readonly values: ByteDictionary; code: Int32Array };

/** What else a file says of its cases or events: columns that appear when they are first named. */
export class AttributeColumns {
  readonly names = new ByteDictionary();
  readonly #of: Attribute['of'];
  readonly #columns: Column[] = [];

  constructor(of: Attribute['of']) {
    this.#of = of;
  }

  /** The number of an attribute by the bytes of its name; -1 when there is no room for it. */
  number(bytes: Uint8Array, start: number, end: number): number {
    const known = this.names.find(bytes, start, end);
    if (known >= 0 || this.names.size >= attributesKeptMax) return known;
    this.#columns.push({ values: new ByteDictionary(), code: new Int32Array(0) });
    return this.names.code(bytes, start, end);
  }

  /** The code of a value of an attribute. */
  valueCode(attribute: number, hash: number, bytes: Uint8Array, start: number, end: number) {
    return this.#columns[attribute]!.values.hashed(hash, bytes, start, end);
  }

  /** Says that a row (a case or an event, by its number) has a value. */
  set(attribute: number, row: number, value: number): void {
    const column = this.#columns[attribute]!;
    if (row >= column.code.length) {
      const code = new Int32Array(Math.max(1024, row * 2)).fill(none);
      code.set(column.code);
      column.code = code;
    }
    column.code[row] = value;
  }

  /** The columns, each with one value (or `none`) for every row. */
  seal(rows: number): Attribute[] {
    return this.#columns.map(({ values, code }, i) => {
      const whole = new Int32Array(rows).fill(none);
      whole.set(code.subarray(0, Math.min(rows, code.length)));
      return { name: this.names.text(i), of: this.#of, values, code: whole };
    });
  }
}
