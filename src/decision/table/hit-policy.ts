import { add, isNumeric } from '../../base/decimal.ts';
import type { Run } from '../../feel/run.ts';
import { compareValues, equalValues, inRange } from '../../feel/value/compare.ts';
import { FeelRange, type FeelValue } from '../../feel/value/value.ts';
import { readTests, type Workshop } from '../compile/workshop.ts';
import type { Aggregation, DecisionTable } from '../model/model.ts';
import { constantsOf } from './constant.ts';

/** The rows that matched, and how to get at their outputs. */
export type Matches = {
  readonly rows: readonly number[];
  readonly run: Run;
  readonly outputsOf: (row: number) => readonly FeelValue[];
  readonly combine: (outputs: readonly FeelValue[]) => FeelValue;
  /** undefined: the table has no default. */
  readonly byDefault: () => FeelValue | undefined;
};

/** What a table says, and the rows (from 0) it took it from. */
export type Chosen = { readonly value: FeelValue; readonly rows: readonly number[] };

export type Choose = (matches: Matches) => Chosen;

/** The allowed values of each output in their order, which is the order of priority. */
function prioritiesOf(table: DecisionTable, shop: Workshop): readonly (readonly FeelValue[])[] {
  return table.outputs.map((output) => {
    if (output.values === null) return [];
    return constantsOf(readTests(output.values, output.id, shop)) ?? [];
  });
}

function rank(value: FeelValue, priorities: readonly FeelValue[]): number {
  const found = priorities.findIndex((one) =>
    one instanceof FeelRange ? inRange(value, one) === true : equalValues(value, one) === true,
  );
  return found === -1 ? priorities.length : found;
}

function byPriority(
  matches: Matches,
  priorities: readonly (readonly FeelValue[])[],
): readonly { readonly row: number; readonly outputs: readonly FeelValue[] }[] {
  const ranked = matches.rows.map((row) => {
    const outputs = matches.outputsOf(row);
    const ranks = outputs.map((output, i) => rank(output, priorities[i] ?? []));
    return { row, outputs, ranks };
  });
  return ranked.toSorted((a, b) => {
    for (const [i, own] of a.ranks.entries()) {
      const difference = own - (b.ranks[i] ?? 0);
      if (difference !== 0) return difference;
    }
    return a.row - b.row;
  });
}

/** No row matched: the default, or what the policy makes of nothing. */
function none(matches: Matches, otherwise: FeelValue): Chosen {
  const byDefault = matches.byDefault();
  return { value: byDefault === undefined ? otherwise : byDefault, rows: [] };
}

function only(matches: Matches, row: number): Chosen {
  return { value: matches.combine(matches.outputsOf(row)), rows: [row] };
}

function conflict(matches: Matches): Chosen {
  const rows = matches.rows.map((row) => row + 1).join(', ');
  return {
    value: matches.run.nothing('decision_rows_conflict', 0, { rows }),
    rows: matches.rows,
  };
}

function any(matches: Matches): Chosen {
  const values = matches.rows.map((row) => matches.combine(matches.outputsOf(row)));
  const first = values[0] ?? null;
  const same = values.every((value) => equalValues(value, first) === true);
  return same ? { value: first, rows: matches.rows } : conflict(matches);
}

function all(matches: Matches): Chosen {
  const values = matches.rows.map((row) => matches.combine(matches.outputsOf(row)));
  matches.run.makeList(values.length);
  return { value: values, rows: matches.rows };
}

function aggregated(values: readonly FeelValue[], aggregation: Aggregation, run: Run): FeelValue {
  if (aggregation === 'COUNT') return BigInt(values.length);
  let result: FeelValue = values[0] ?? null;
  for (const value of values.slice(1)) {
    if (aggregation === 'SUM') {
      const sum = isNumeric(result) && isNumeric(value) ? add(result, value) : null;
      if (sum === null) return run.nothing('feel_operand_type', 0, sumFacts);
      result = sum;
      continue;
    }
    const order = compareValues(value, result);
    if (order === null) return run.nothing('feel_not_comparable', 0, sumFacts);
    if (aggregation === 'MIN' ? order < 0 : order > 0) result = value;
  }
  return result;
}

const sumFacts = { operator: 'COLLECT', left: '', right: '' };

function collected(matches: Matches, aggregation: Aggregation): Chosen {
  const values = matches.rows.map((row) => matches.outputsOf(row)[0] ?? null);
  return { value: aggregated(values, aggregation, matches.run), rows: matches.rows };
}

/** How a table makes one answer of the rows that matched (DMN 1.5, 8.2.8). */
export function chooser(table: DecisionTable, shop: Workshop): Choose {
  const { hitPolicy, aggregation } = table;
  const priorities = prioritiesOf(table, shop);
  switch (hitPolicy) {
    case 'FIRST':
      return (matches) => {
        const first = matches.rows[0];
        return first === undefined ? none(matches, null) : only(matches, first);
      };
    case 'PRIORITY':
      return (matches) => {
        const best = byPriority(matches, priorities)[0];
        if (best === undefined) return none(matches, null);
        return { value: matches.combine(best.outputs), rows: [best.row] };
      };
    case 'ANY':
      return (matches) => (matches.rows.length === 0 ? none(matches, null) : any(matches));
    case 'COLLECT':
      return (matches) => {
        if (aggregation === null)
          return matches.rows.length === 0 ? none(matches, []) : all(matches);
        const empty = aggregation === 'COUNT' ? 0n : null;
        return matches.rows.length === 0 ? none(matches, empty) : collected(matches, aggregation);
      };
    case 'RULE ORDER':
      return (matches) => (matches.rows.length === 0 ? none(matches, []) : all(matches));
    case 'OUTPUT ORDER':
      return (matches) => {
        if (matches.rows.length === 0) return none(matches, []);
        const ordered = byPriority(matches, priorities);
        const value = ordered.map(({ outputs }) => matches.combine(outputs));
        return { value, rows: ordered.map(({ row }) => row) };
      };
    default:
      return (matches) => {
        const [first, second] = matches.rows;
        if (first === undefined) return none(matches, null);
        return second === undefined ? only(matches, first) : conflict(matches);
      };
  }
}
