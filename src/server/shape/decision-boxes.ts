import type { DecisionBox, DecisionBoxPart, DecisionTable } from '../../contract/decisions.ts';
import type { Boxed, DecisionTable as ModelTable, Variable } from '../../decision/index.ts';

type Role = DecisionBoxPart['role'];

function part(
  role: Role,
  box: Boxed | null,
  variable: { readonly name?: string | null; readonly typeRef?: string | null } = {},
): DecisionBoxPart {
  const { name = null, typeRef = null } = variable;
  return { role, name, type: typeRef, box: box === null ? null : boxAnswer(box) };
}

/** A row of a relation has no box of its own: it holds its cells. */
function rowPart(cells: readonly Boxed[], columns: readonly Variable[]): DecisionBoxPart {
  const parts = cells.map((cell, i) => part('cell', cell, columns[i] ?? {}));
  return { role: 'row', name: null, type: null, box: { ...bare('list', '', null), parts } };
}

function bare(kind: DecisionBox['kind'], id: string, type: string | null): DecisionBox {
  return { kind, id, type, text: null, columns: [], table: null, parts: [] };
}

function columnsOf(variables: readonly Variable[]): DecisionBox['columns'] {
  return variables.map(({ name, typeRef }) => ({ name, type: typeRef }));
}

/** A table as its owner wrote it. */
export function tableAnswer(table: ModelTable): DecisionTable {
  return {
    ...{ id: table.id, hitPolicy: table.hitPolicy, aggregation: table.aggregation },
    inputs: table.inputs.map(({ label, text, typeRef: type, values }) => {
      return { label, text, type, values };
    }),
    outputs: table.outputs.map(({ label, name, typeRef: type, values, defaultText }) => {
      return { label, name, type, values, default: defaultText };
    }),
    annotations: [...table.annotations],
    rules: table.rules.map(({ tests, results, annotations }) => ({
      ...{ tests: [...tests], results: [...results], annotations: [...annotations] },
    })),
  };
}

/** A boxed expression of any kind for whoever shows it. */
export function boxAnswer(box: Boxed): DecisionBox {
  const own = bare(box.kind, box.id, box.typeRef);
  switch (box.kind) {
    case 'literal':
      return { ...own, text: box.text };
    case 'table':
      return { ...own, table: tableAnswer(box) };
    case 'invocation': {
      const bindings = box.bindings.map(({ name, value }) => part('binding', value, { name }));
      return { ...own, parts: [part('called', box.called), ...bindings] };
    }
    case 'context':
      return {
        ...own,
        parts: box.entries.map(({ variable, value }) =>
          variable === null ? part('result', value) : part('entry', value, variable),
        ),
      };
    case 'list':
      return { ...own, parts: box.items.map((item) => part('item', item)) };
    case 'relation': {
      const parts = box.rows.map((row) => rowPart(row, box.columns));
      return { ...own, columns: columnsOf(box.columns), parts };
    }
    case 'function':
      return { ...own, columns: columnsOf(box.parameters), parts: [part('body', box.body)] };
    case 'conditional': {
      const { condition, consequence, otherwise } = box;
      const parts = [part('if', condition), part('then', consequence), part('else', otherwise)];
      return { ...own, parts };
    }
    case 'filter':
      return { ...own, parts: [part('source', box.source), part('match', box.match)] };
    case 'for':
    case 'some':
    case 'every': {
      const parts = [part('source', box.source), part('body', box.body)];
      return { ...own, text: box.variable, parts };
    }
    default: {
      const never: never = box;
      return never;
    }
  }
}
