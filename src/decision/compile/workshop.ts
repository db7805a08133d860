import type { Refusal } from '../../base/result.ts';
import { type Expression, node, type UnaryTests } from '../../feel/syntax/ast.ts';
import { parseExpression, parseUnaryTests } from '../../feel/syntax/parse.ts';
import type { Vocabulary } from '../../feel/syntax/reader.ts';
import type { TypeTable } from './types.ts';

/** An expression that cannot be read, and where it stands. */
export type Fault = {
  readonly owner: string;
  readonly id: string;
  readonly text: string;
  readonly refusal: Refusal;
};

/** What the boxes of one decision or knowledge model are compiled with. */
export type Workshop = {
  /** The id of the decision or knowledge model. */
  readonly owner: string;
  readonly vocabulary: Vocabulary;
  readonly types: TypeTable;
  readonly faults: Fault[];
};

/** An expression that is not there. */
export const NOTHING: Expression = { kind: 'literal', value: null, at: 0, height: 1 };

/** Text as an expression; one that cannot be read is noted and gives null with its reason. */
export function readText(text: string, id: string, shop: Workshop): Expression {
  if (text.trim() === '') return NOTHING;
  const parsed = parseExpression(text, shop.vocabulary);
  if (parsed.ok) return parsed.value;
  const { code, facts } = parsed;
  shop.faults.push({ owner: shop.owner, id, text, refusal: parsed });
  return node(0, [], {
    kind: 'made',
    compile: () => (frame) => frame.run.nothing(code, Number(facts.at ?? 0), facts),
  });
}

/** The text of a cell; one that cannot be read is noted and passes nothing. */
export function readTests(text: string, id: string, shop: Workshop): UnaryTests {
  if (text.trim() === '') return { anything: true, negated: false, tests: [] };
  const parsed = parseUnaryTests(text, shop.vocabulary);
  if (parsed.ok) return parsed.value;
  const { code, facts } = parsed;
  shop.faults.push({ owner: shop.owner, id, text, refusal: parsed });
  const failing = node(0, [], {
    kind: 'made',
    compile: () => (frame) => frame.run.nothing(code, Number(facts.at ?? 0), facts),
  });
  return { anything: false, negated: false, tests: [failing] };
}
