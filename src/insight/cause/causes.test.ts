import { describe, expect, test } from 'vitest';
import type { Attribute, EventLog } from '../event-log.ts';
import { activityInstances } from '../instances.ts';
import { logOf } from '../testing.ts';
import { causesOf } from './causes.ts';
import { decisionPoints } from './decision-points.ts';
import { decisionTable } from './decision-table.ts';
import { judged, type Outcome } from './outcome.ts';
import { whyChain } from './why.ts';

const days = 86_400;

/**
 * 400 cases: those on paper take 20 days, the others 2. Outlet X gets four in five of the papers,
 * so it looks slow and is not. Amounts of 500 and more go to the head office.
 */
function log(): EventLog {
  const facts = Array.from({ length: 400 }, (_, k) => {
    const outletX = k % 2 === 0;
    const paper = (k >> 1) % 5 < (outletX ? 4 : 1);
    return { of: String(k), paper, outletX, amount: (k * 37) % 1000, start: k * days };
  });
  const made = logOf(
    facts.flatMap(({ of, paper, amount, start }) => [
      { of, does: 'Apply', at: start },
      { of, does: amount >= 500 ? 'Head office' : 'Branch', at: start + (paper ? 20 : 2) * days },
    ]),
  );
  const attribute = (name: string, values: readonly string[]): Attribute => {
    const distinct = [...new Set(values)];
    return {
      name,
      of: 'case',
      values: { size: distinct.length, text: (code) => distinct[code] ?? '' },
      code: Int32Array.from(values, (value) => distinct.indexOf(value)),
    };
  };
  return {
    ...made,
    attributes: [
      attribute(
        'form',
        facts.map(({ paper }) => (paper ? 'paper' : 'screen')),
      ),
      attribute(
        'outlet',
        facts.map(({ outletX }) => (outletX ? 'X' : 'Y')),
      ),
      attribute(
        'amount',
        facts.map(({ amount }) => String(amount)),
      ),
    ],
  };
}

const slow: Outcome = { kind: 'slow', overMs: 10 * days * 1000 };

describe('what goes with an outcome', () => {
  const work = activityInstances(log(), 'complete');
  const cases = judged(work, slow);
  if (!cases.ok) throw new Error(cases.code);
  const { found, looked } = causesOf(work, slow, cases.value);
  const of = (subject: string, value: string) =>
    found.find((cause) => cause.subject === subject && cause.value === value);

  test('the cause is told with its effect, its interval and what it costs', () => {
    expect(looked).toBeGreaterThan(10);
    expect(of('form', 'paper')).toMatchObject({ difference: 1, secondsMore: 18 * days });
    expect(of('form', 'paper')!.interval.from).toBeGreaterThan(0.9);
  });

  test('what only goes along is explained when the cause is held', () => {
    expect(of('outlet', 'X')!.difference).toBeGreaterThan(0.3);
    expect(of('outlet', 'X')!.held).toMatchObject({ subject: 'form', explained: true });
  });

  test('the chain of whys begins at the cause', () => {
    expect(whyChain(work, slow, cases.value)[0]!.cause).toMatchObject({ subject: 'form' });
  });

  test('a decision point is told as rules, and as a table', () => {
    const [point] = decisionPoints(work);
    expect(point).toMatchObject({ after: 'Apply', accuracy: 1 });
    expect(point!.rules.map(({ next }) => next).sort()).toEqual(['Branch', 'Head office']);
    expect(decisionTable(point!)).toContain('hitPolicy="FIRST"');
  });

  test.each<[Outcome, string]>([
    [{ kind: 'with', activity: 'Nobody' }, 'outcome_names_no_activity'],
    [{ kind: 'attribute', name: 'nothing', value: 'x' }, 'outcome_names_no_attribute'],
    [{ kind: 'rework' }, 'outcome_has_no_contrast'],
    [{ kind: 'with', activity: 'Apply' }, 'outcome_has_no_contrast'],
  ])('%o is refused', (outcome, code) => {
    expect(judged(work, outcome)).toMatchObject({ ok: false, code });
  });
});
