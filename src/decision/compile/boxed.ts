import type { Refusal } from '../../base/result.ts';
import { compile } from '../../feel/compile/compile.ts';
import { type Expression, HEIGHT_MAX, node } from '../../feel/syntax/ast.ts';
import type { Parameter } from '../../feel/value/value.ts';
import { contextOf as contextWith, isContext, memberOf } from '../../feel/value/value.ts';
import type { Boxed, BoxedFunction, Variable } from '../model/model.ts';
import { compileTable } from '../table/compile.ts';
import type { TypeTable } from './types.ts';
import { NOTHING, readText, type Workshop } from './workshop.ts';

function typed(value: Expression, typeRef: string | null, shop: Workshop): Expression {
  const type = shop.types.of(typeRef);
  return type.kind === 'any' ? value : node(value.at, [value], { kind: 'typed', value, type });
}

/** A box as one expression, which FEEL compiles. */
export function expressionOf(box: Boxed | null, shop: Workshop): Expression {
  if (box === null) return NOTHING;
  const made = plainExpressionOf(box, shop);
  const whole = box.kind === 'function' ? made : typed(made, box.typeRef, shop);
  if (whole.height <= HEIGHT_MAX) return whole;
  const refusal: Refusal = {
    ok: false,
    code: 'feel_text_too_deep',
    facts: { depthMax: String(HEIGHT_MAX) },
  };
  shop.faults.push({ owner: shop.owner, id: box.id, text: '', refusal });
  return NOTHING;
}

function plainExpressionOf(box: Boxed, shop: Workshop): Expression {
  const inner = (part: Boxed | null): Expression => expressionOf(part, shop);
  switch (box.kind) {
    case 'literal':
      return readText(box.text, box.id, shop);
    case 'table':
      return node(0, [], { kind: 'made', compile: (scope) => compileTable(box, scope, shop) });
    case 'invocation':
      return invocationOf(box, shop);
    case 'context':
      return contextOf(box, shop);
    case 'list': {
      const items = box.items.map(inner);
      return node(0, items, { kind: 'list', items });
    }
    case 'relation':
      return relationOf(box, shop);
    case 'function':
      return functionOf(box, shop);
    case 'conditional': {
      const [condition, yes, no] = [box.condition, box.consequence, box.otherwise].map(inner);
      const parts = [condition ?? NOTHING, yes ?? NOTHING, no ?? NOTHING] as const;
      return node(0, parts, {
        kind: 'if',
        condition: parts[0],
        consequence: parts[1],
        otherwise: parts[2],
        boxed: true,
      });
    }
    case 'filter': {
      const [source, condition] = [inner(box.source), inner(box.match)];
      return node(0, [source, condition], { kind: 'filter', source, condition, boxed: true });
    }
    case 'for':
    case 'some':
    case 'every': {
      const [source, body] = [inner(box.source), inner(box.body)];
      const bindings = [{ name: box.variable, source, end: null }];
      return box.kind === 'for'
        ? node(0, [source, body], { kind: 'for', bindings, body })
        : node(0, [source, body], {
            kind: 'quantified',
            quantifier: box.kind,
            bindings,
            body,
            boxed: true,
          });
    }
    default: {
      const never: never = box;
      return never;
    }
  }
}

function invocationOf(box: Extract<Boxed, { kind: 'invocation' }>, shop: Workshop): Expression {
  const callee = expressionOf(box.called, shop);
  const args = box.bindings.map((binding) => expressionOf(binding.value, shop));
  const names = box.bindings.map((binding) => binding.name);
  return node(0, [callee, ...args], {
    kind: 'call',
    callee,
    args,
    names: names.length > 0 ? names : null,
  });
}

/** Stands for the entry without a name, which is the context's result; no name can be this. */
const RESULT = '\u0000result';

function contextOf(box: Extract<Boxed, { kind: 'context' }>, shop: Workshop): Expression {
  const entries = box.entries.map(({ variable, value }) => ({
    name: variable?.name ?? RESULT,
    value: typed(expressionOf(value, shop), variable?.typeRef ?? null, shop),
  }));
  const parts = entries.map((entry) => entry.value);
  const context = node(0, parts, { kind: 'context', entries });
  if (!entries.some((entry) => entry.name === RESULT)) return context;
  return node(0, [context], {
    kind: 'made',
    compile: (scope) => {
      const code = compile(context, scope);
      return (frame) => {
        const value = code(frame);
        return isContext(value) ? (memberOf(value, RESULT) ?? null) : null;
      };
    },
  });
}

function relationOf(box: Extract<Boxed, { kind: 'relation' }>, shop: Workshop): Expression {
  const items = box.rows.map((row) => {
    const cells = row.map((cell, i) =>
      typed(expressionOf(cell, shop), box.columns[i]?.typeRef ?? null, shop),
    );
    return node(0, cells, {
      kind: 'made',
      compile: (scope) => {
        // Cells of a row do not see each other.
        const codes = cells.map((cell) => compile(cell, scope));
        return (frame) =>
          contextWith(box.columns.map(({ name }, i) => [name, codes[i]?.(frame) ?? null]));
      },
    });
  });
  return node(0, items, { kind: 'list', items });
}

/** Parameters with their types. */
export function parametersOf(
  parameters: readonly Variable[],
  types: TypeTable,
): readonly Parameter[] {
  return parameters.map(({ name, typeRef }) => ({
    name,
    type: typeRef === null ? null : types.of(typeRef),
  }));
}

function functionOf(box: BoxedFunction, shop: Workshop): Expression {
  const body = box.external ? null : expressionOf(box.body, shop);
  return node(0, body === null ? [] : [body], {
    kind: 'function',
    parameters: parametersOf(box.parameters, shop.types),
    body,
  });
}
