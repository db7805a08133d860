import { assert } from '../src/base/assert.ts';
import { Decimal } from '../src/base/decimal.ts';
import type { Benchmark, BenchRow } from '../src/cli/bench-report.ts';
import { compileExpression, evaluate } from '../src/feel/index.ts';
import { FEELIN, type Feelin, withFeelin } from './peers/feelin.ts';
import { randomExpression, seeded } from './peers/random-expressions.ts';
import { machineInWords } from './run/machine.ts';
import { benchRow } from './run/row.ts';

const EXPRESSIONS = 50_000;
const SEED = 20_261_121;

const OURS = { x: 3n, y: -2n, b: true, s: 'abc', l: [4n, 1n, 4n] };
const THEIRS = { x: 3, y: -2, b: true, s: 'abc', l: [4, 1, 4] };

/**
 * Where the two differ, and why each time the standard is on our side (or silent). The random
 * expressions are made so that they do not come near these.
 */
const KNOWN: readonly (readonly [string, string, string])[] = [
  ['0.1 + 0.2 = 0.3', 'true', 'feelin counts in binary'],
  ['1.15 * 100', '115', 'feelin counts in binary'],
  ['9007199254740993 + 0', '9007199254740993', 'feelin counts in binary'],
  ['5 in [10..0]', 'false', 'feelin turns an interval round whose ends stand the wrong way'],
  ['5 between 10 and 0', 'false', 'as an interval'],
  ['substring("", -1)', 'null', 'there is no position -1 in a text without characters'],
  ['some i in [1] satisfies i > null', 'null', 'what is not known is null, not false'],
];

function shown(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'bigint' || value instanceof Decimal) return String(value);
  return Array.isArray(value) ? `[${value.map(shown).join()}]` : JSON.stringify(value);
}

function ours(text: string): string {
  const compiled = compileExpression(text);
  assert(compiled.ok, `a random expression is FEEL: ${text}`);
  return shown(evaluate(compiled.value, OURS).value);
}

function theirs(feelin: Feelin, text: string): string {
  return shown(feelin.evaluate(text, THEIRS).value);
}

/** Expressions of values without a known difference: nothing in them may be null. */
function agreements(feelin: Feelin): { same: number; asked: number; ofNothing: number } {
  const random = seeded(SEED);
  let same = 0;
  let ofNothing = 0;
  for (let i = 0; i < EXPRESSIONS; i += 1) {
    const text = randomExpression(random, 1 + random(3));
    const [left, right] = [ours(text), theirs(feelin, text)];
    if (left === right) same += 1;
    else if (isOfNothing(text)) ofNothing += 1;
    else process.stderr.write(`${text}: ours ${left}, ${FEELIN} ${right}\n`);
  }
  return { same, asked: EXPRESSIONS - ofNothing, ofNothing };
}

/** A part of it is null: the largest or the sum of nothing, which the two carry on differently. */
function isOfNothing(text: string): boolean {
  for (const part of text.matchAll(/(?:max|sum)\(/g)) {
    let level = 0;
    for (let end = part.index; end < text.length; end += 1) {
      if (text[end] === '(') level += 1;
      if (text[end] !== ')') continue;
      level -= 1;
      if (level > 0) continue;
      const compiled = compileExpression(text.slice(part.index, end + 1));
      if (!compiled.ok || evaluate(compiled.value, OURS).value === null) return true;
      break;
    }
  }
  return false;
}

function knownDifferences(feelin: Feelin): number {
  return KNOWN.filter(([text, expected]) => {
    return ours(text) === expected && theirs(feelin, text) !== expected;
  }).length;
}

async function rows(): Promise<readonly BenchRow[]> {
  const found = await withFeelin(async (feelin) => ({
    ...agreements(feelin),
    known: knownDifferences(feelin),
  }));
  return [
    benchRow({
      what:
        `of ${EXPRESSIONS} random expressions (seed ${SEED}) those that come out the same; ` +
        `${found?.ofNothing ?? 0} about the largest or the sum of nothing do not count`,
      ours: found?.same ?? 0,
      peer: found?.asked ?? null,
      unit: 'expressions',
      wanted: { atLeast: 1 },
    }),
    benchRow({
      what: 'known differences, each with its reason, that are as listed',
      ours: found?.known ?? 0,
      peer: KNOWN.length,
      unit: 'expressions',
      wanted: { atLeast: 1 },
    }),
  ];
}

export const bench: Benchmark = {
  summary: `FEEL: agreement with ${FEELIN} where both are exact`,
  run: async () => ({ name: 'feelin', machine: machineInWords(), rows: await rows() }),
};
