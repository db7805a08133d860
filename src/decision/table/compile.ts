import { compile, compileTests } from '../../feel/compile/compile.ts';
import type { Scope } from '../../feel/compile/scope.ts';
import { type Code, Frame } from '../../feel/frame.ts';
import type { Run } from '../../feel/run.ts';
import type { UnaryTests } from '../../feel/syntax/ast.ts';
import { convert } from '../../feel/value/convert.ts';
import { type FeelType, formatType } from '../../feel/value/type.ts';
import { contextOf, type FeelValue, kindOf } from '../../feel/value/value.ts';
import { readTests, readText, type Workshop } from '../compile/workshop.ts';
import type { DecisionTable, TableOutput } from '../model/model.ts';
import { type Choose, chooser } from './hit-policy.ts';
import { type ColumnIndex, indexColumn, rowsOfBits } from './index-column.ts';

type Input = { readonly code: Code; readonly type: FeelType; readonly allowed: Code | null };

type Output = {
  readonly name: string | null;
  readonly type: FeelType;
  readonly byDefault: Code | null;
};

/** A table ready to run. */
type Table = {
  readonly owner: string;
  readonly inputs: readonly Input[];
  readonly outputs: readonly Output[];
  /** Tests by column and row; null: the cell passes everything. */
  readonly cells: readonly (readonly (Code | null)[])[];
  readonly indexes: readonly (ColumnIndex | null)[];
  readonly results: readonly (readonly Code[])[];
  readonly rowCount: number;
  /** Bits of the rows still possible; used and left within one search. */
  readonly scratch: Uint32Array;
  readonly choose: Choose;
};

function outputOf(output: TableOutput, scope: Scope, shop: Workshop): Output {
  const { defaultText } = output;
  return {
    name: output.name,
    type: shop.types.of(output.typeRef),
    byDefault: defaultText === null ? null : compile(readText(defaultText, output.id, shop), scope),
  };
}

function columnsOf(table: DecisionTable, shop: Workshop): readonly (readonly UnaryTests[])[] {
  return table.inputs.map((input, column) =>
    table.rules.map((rule) =>
      readTests(rule.tests[column] ?? '-', rule.id === '' ? input.id : rule.id, shop),
    ),
  );
}

/** Turns a table into code. It marks the rows that matched (`run.marks`). */
export function compileTable(table: DecisionTable, scope: Scope, shop: Workshop): Code {
  const columns = columnsOf(table, shop);
  const ready: Table = {
    owner: shop.owner,
    inputs: table.inputs.map((input) => ({
      code: compile(readText(input.text, input.id, shop), scope),
      type: shop.types.of(input.typeRef),
      allowed:
        input.values === null ? null : compileTests(readTests(input.values, input.id, shop), scope),
    })),
    outputs: table.outputs.map((output) => outputOf(output, scope, shop)),
    cells: columns.map((column) =>
      column.map((cell) => (cell.anything ? null : compileTests(cell, scope))),
    ),
    indexes: columns.map(indexColumn),
    results: table.rules.map((rule) =>
      table.outputs.map((output, i) =>
        compile(readText(rule.results[i] ?? '', rule.id === '' ? output.id : rule.id, shop), scope),
      ),
    ),
    rowCount: table.rules.length,
    scratch: new Uint32Array((table.rules.length + 31) >> 5),
    choose: chooser(table, shop),
  };
  return (frame) => runTable(ready, frame);
}

function typed(value: FeelValue, type: FeelType, run: Run): FeelValue {
  const fitting = convert(value, type);
  if (fitting !== undefined) return fitting;
  const facts = { type: formatType(type), found: kindOf(value) };
  return run.nothing('feel_type_mismatch', 0, facts);
}

function inputValue(input: Input, frame: Frame): FeelValue | undefined {
  const value = typed(input.code(frame), input.type, frame.run);
  if (input.allowed === null || value === null) return value;
  if (input.allowed(new Frame(frame.run, frame, [value])) === true) return value;
  frame.run.nothing('decision_input_not_allowed', 0, { found: kindOf(value) });
  return undefined;
}

function runTable(table: Table, frame: Frame): FeelValue {
  const { run } = frame;
  run.spend(1);
  const values: FeelValue[] = [];
  for (const input of table.inputs) {
    const value = inputValue(input, frame);
    if (value === undefined) return null;
    values.push(value);
  }
  const rows = matchingRows(table, values, frame);
  const chosen = table.choose({
    rows,
    run,
    outputsOf: (row) => outputsOf(table, table.results[row] ?? [], frame),
    combine: (outputs) => combine(table, outputs),
    byDefault: () => defaultOf(table, frame),
  });
  if (run.marks.length < 1000) {
    run.marks.push({ table: table.owner, rows: chosen.rows.map((row) => row + 1) });
  }
  return chosen.value;
}

function outputsOf(table: Table, codes: readonly Code[], frame: Frame): readonly FeelValue[] {
  return table.outputs.map((output, i) => typed(codes[i]?.(frame) ?? null, output.type, frame.run));
}

function combine(table: Table, outputs: readonly FeelValue[]): FeelValue {
  if (table.outputs.length === 1) return outputs[0] ?? null;
  return contextOf(table.outputs.map(({ name }, i) => [name ?? '', outputs[i] ?? null]));
}

/** The default of every output; undefined if none has one. */
function defaultOf(table: Table, frame: Frame): FeelValue | undefined {
  if (table.outputs.every((output) => output.byDefault === null)) return undefined;
  const outputs = table.outputs.map(({ byDefault, type }) =>
    typed(byDefault?.(frame) ?? null, type, frame.run),
  );
  return combine(table, outputs);
}

/** Rows (from 0, in their order) all of whose cells pass. */
function matchingRows(table: Table, values: readonly FeelValue[], frame: Frame): readonly number[] {
  const { indexes, scratch } = table;
  /** Columns whose cells must be asked one by one. */
  const open: number[] = [];
  const bits: Uint32Array[] = [];
  const lists: (readonly number[])[] = [];
  let few: readonly number[] | null = null;
  for (let column = 0; column < values.length; column += 1) {
    const index = indexes[column] ?? null;
    const value = values[column] ?? null;
    if (index === null || kindOf(value) !== index.kind) {
      open.push(column);
      continue;
    }
    const found = index.find(value);
    if (found.bits !== null) bits.push(found.bits);
    else if (found.list !== null) lists.push(found.list);
    if (found.list !== null && (few === null || found.list.length < few.length)) few = found.list;
  }
  let candidates = few;
  if (candidates !== null) {
    const shortest = candidates;
    candidates = candidates.filter(
      (row) => hasBits(bits, row) && lists.every((list) => list === shortest || holds(list, row)),
    );
  } else if (bits.length > 0) candidates = rowsOfBits(intersection(bits, scratch));
  return open.length === 0 && candidates !== null
    ? candidates
    : checked(table, candidates, { open, values, frame });
}

function intersection(all: readonly Uint32Array[], into: Uint32Array): Uint32Array {
  for (const [at, bits] of all.entries()) {
    for (let i = 0; i < into.length; i += 1) {
      into[i] = at === 0 ? (bits[i] ?? 0) : (into[i] ?? 0) & (bits[i] ?? 0);
    }
  }
  return into;
}

function hasBits(all: readonly Uint32Array[], row: number): boolean {
  return all.every((bits) => (((bits[row >> 5] ?? 0) >>> (row & 31)) & 1) === 1);
}

/** Whether a list of rows in order holds a row. */
function holds(list: readonly number[], row: number): boolean {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  return list[low] === row;
}

/** Those of the candidates (null: all rows) that pass the columns no index has answered for. */
function checked(
  table: Table,
  candidates: readonly number[] | null,
  rest: { open: readonly number[]; values: readonly FeelValue[]; frame: Frame },
): readonly number[] {
  const { open, values, frame } = rest;
  const { run } = frame;
  const frames = open.map((column) => new Frame(run, frame, [values[column] ?? null]));
  const count = candidates?.length ?? table.rowCount;
  run.spend(count >> 4);
  const rows: number[] = [];
  for (let i = 0; i < count; i += 1) {
    const row = candidates === null ? i : (candidates[i] ?? 0);
    const passes = open.every((column, at) => {
      const cell = table.cells[column]?.[row] ?? null;
      const own = frames[at];
      return cell === null || own === undefined || cell(own) === true;
    });
    if (passes) rows.push(row);
  }
  return rows;
}
