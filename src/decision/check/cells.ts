import type { UnaryTests } from '../../feel/syntax/ast.ts';
import { equalValues, inRange } from '../../feel/value/compare.ts';
import { convert } from '../../feel/value/convert.ts';
import { type FeelType, formatType, type SimpleType } from '../../feel/value/type.ts';
import { FeelRange, type FeelValue, type Kind, kindOf } from '../../feel/value/value.ts';
import { readTests, readText, type Workshop } from '../compile/workshop.ts';
import type { DecisionTable } from '../model/model.ts';
import { constantOf, constantsOf } from '../table/constant.ts';
import { ends } from '../table/index-column.ts';
import type { Finding } from './finding.ts';

function baseOf(type: FeelType): FeelType {
  return type.kind === 'named' ? baseOf(type.base()) : type;
}

/** The kind of value a type's values are; null: several, or any. */
export function kindOfType(type: FeelType): Kind | null {
  const base = baseOf(type);
  return base.kind === 'simple' ? (base.name satisfies SimpleType) : null;
}

function finding(
  { table, shop }: { readonly table: DecisionTable; readonly shop: Workshop },
  row: number,
  code: Finding['code'],
  facts: Readonly<Record<string, string>>,
): Finding {
  const rows = [row + 1];
  const own = { rows: String(row + 1), ...facts };
  const holder = { decision: shop.owner, table: table.id };
  return { code, severity: 'error', ...holder, rows, example: null, facts: own };
}

/** Cells whose literals are of another kind than their column. */
export function cellFindings(
  table: DecisionTable,
  columns: readonly (readonly UnaryTests[])[],
  shop: Workshop,
): readonly Finding[] {
  return table.inputs.flatMap((input, column) => {
    const kind = kindOfType(shop.types.of(input.typeRef));
    if (kind === null) return [];
    return (columns[column] ?? []).flatMap((cell, row) => {
      const values = (constantsOf(cell) ?? []).flatMap(ends);
      const other = values.find((value) => value !== null && kindOf(value) !== kind);
      if (other === undefined) return [];
      const facts = { input: input.text, type: kind, found: kindOf(other) };
      return [finding({ table, shop }, row, 'decision_cell_type', facts)];
    });
  });
}

function isListed(value: FeelValue, listed: readonly FeelValue[]): boolean {
  return listed.some((one) =>
    one instanceof FeelRange ? inRange(value, one) === true : equalValues(value, one) === true,
  );
}

/** Outputs of another type than their column says, or that it does not list. */
export function outputFindings(table: DecisionTable, shop: Workshop): readonly Finding[] {
  return table.outputs.flatMap((output, column) => {
    const type = shop.types.of(output.typeRef);
    const listed =
      output.values === null ? null : constantsOf(readTests(output.values, output.id, shop));
    return table.rules.flatMap((rule, row) => {
      const value = constantOf(readText(rule.results[column] ?? '', rule.id, shop));
      if (value === undefined || value === null) return [];
      const name = output.name ?? output.label;
      if (convert(value, type) === undefined) {
        const facts = { output: name, type: formatType(type), found: kindOf(value) };
        return [finding({ table, shop }, row, 'decision_output_type', facts)];
      }
      if (listed === null || isListed(value, listed)) return [];
      return [finding({ table, shop }, row, 'decision_output_not_listed', { output: name })];
    });
  });
}
