import { describe, expect, test } from 'vitest';
import { officeWeek, workClock } from '../../base/working-hours.ts';
import { activityInstances } from '../instances.ts';
import { logOf, type TestEvent } from '../testing.ts';
import { checkRules, verdicts } from './check.ts';
import { rulesOf } from './rules.ts';

const hour = 3600;
/** One case: 'A x 0-1, B y 6-7' does A by x from hour 0 to 1, then B by y; `_` is nobody. */
function caseOf(of: string, text: string): TestEvent[] {
  return text.split(', ').map((part) => {
    const [does = '', by = '', hours = ''] = part.split(' ');
    const [from = 0, to = from] = hours.split('-').map(Number);
    return { of, does, ...(by === '_' ? {} : { by }), from: from * hour, at: to * hour };
  });
}

function verdictsOf(rule: object, cases: readonly string[], working = false) {
  const events = cases.flatMap((text, k) => caseOf(String(k), text));
  const work = activityInstances(logOf(events), 'instances');
  const rules = rulesOf([rule]);
  if (!rules.ok) throw new Error(JSON.stringify(rules));
  const clock = workClock(office, 0, 40 * 86_400_000);
  if (!clock.ok) throw new Error(clock.code);
  const checked = checkRules(work, rules.value, working ? clock.value : null);
  if (!checked.ok) throw new Error(JSON.stringify(checked));
  const [found] = checked.value;
  return { found: found!, says: Array.from(found!.ofCase, (code) => verdicts[code]) };
}

/** Monday to Friday 9 to 17; 1 January 1970 was a Thursday. */
const office = {
  days: {
    name: 'office',
    knownFrom: '1970-01-01',
    knownUntil: '1970-12-31',
    weekend: [6, 7],
    holidays: new Set<string>(),
    makeUpDays: new Set<string>(),
  },
  hours: officeWeek([{ fromMinute: 540, toMinute: 1020 }]),
  makeUpHours: [],
  offsetMinutes: 0,
};

describe('rules that cases must keep', () => {
  test.each<[object, [string, string][]]>([
    [
      { kind: 'response', first: 'A', second: 'B', withinHours: 5 },
      [
        ['A x 0-1, B y 6-7', 'kept'],
        ['A x 0-1, B y 7-8', 'broken'],
        ['A x 0-1, B y 2-3, A x 4-5', 'broken'], // the second A is never answered
        ['A x 90-96', 'open'],
        ['C x 0-100', 'not_concerned'],
      ],
    ],
    [
      { kind: 'response', first: 'A', second: 'B' },
      [
        ['A x 0-1, A x 2-3, B y 99-100', 'kept'],
        ['B x 0-1, A x 2-3', 'broken'],
      ],
    ],
    [
      { kind: 'precedence', first: 'A', second: 'B' },
      [
        ['A x 0-1, B y 2-3', 'kept'],
        ['B x 0-1, A y 2-3', 'broken'],
        ['A x 0-1', 'not_concerned'],
      ],
    ],
    [
      { kind: 'four_eyes', first: 'A', second: 'B' },
      [
        ['A x 0-1, B y 2-3', 'kept'],
        ['A x 0-1, A y 2-3, B x 4-5', 'broken'],
        ['A x 0-1, B _ 2-3', 'not_told'],
        ['A x 0-1', 'not_concerned'],
      ],
    ],
    [
      { kind: 'not_coexistence', first: 'A', second: 'B' },
      [
        ['A x 0-1, C x 2-3', 'kept'],
        ['B x 0-1, A x 2-3', 'broken'],
        ['C x 0-1', 'not_concerned'],
      ],
    ],
    [
      { kind: 'existence', activity: 'A', times: 2 },
      [
        ['A x 0-1, A x 2-3', 'kept'],
        ['A x 0-1', 'broken'],
      ],
    ],
    [
      { kind: 'absence', activity: 'A' },
      [
        ['B x 0-1', 'kept'],
        ['A x 0-1', 'broken'],
      ],
    ],
    [
      { kind: 'exactly', activity: 'A', times: 1 },
      [
        ['A x 0-1', 'kept'],
        ['A x 0-1, A x 2-3', 'broken'],
        ['B x 0-1', 'broken'],
      ],
    ],
    [
      { kind: 'duration', withinHours: 5 },
      [
        ['A x 0-1, B x 4-5', 'kept'],
        ['A x 0-1, B x 4-6', 'broken'],
      ],
    ],
    [
      { kind: 'absence', activity: 'B', where: 'with:A' },
      [
        ['A x 0-1', 'kept'],
        ['A x 0-1, B x 2-3', 'broken'],
        ['B x 0-1', 'not_concerned'],
      ],
    ],
  ])('%j', (rule, cases) => {
    const { says, found } = verdictsOf(rule, [...cases.map(([text]) => text)]);
    expect(says).toEqual(cases.map(([, verdict]) => verdict));
    const broken = says.filter((verdict) => verdict === 'broken').length;
    expect([found.counts.broken, found.evidence.size]).toEqual([broken, broken]);
  });

  test('within working hours: a weekend between does not count', () => {
    // Friday 16:00 is hour 40; Monday 9:00 is hour 105.
    const rule = { kind: 'response', first: 'A', second: 'B', withinHours: 2 };
    const cases = ['A x 39-40, B y 105.5-106', 'A x 39-40, B y 106.5-107'];
    expect(verdictsOf(rule, cases, true).says).toEqual(['kept', 'broken']);
    expect(verdictsOf(rule, cases, false).says).toEqual(['broken', 'broken']);
    expect(verdictsOf(rule, cases, true).found.evidence.get(1)?.found).toBe(2.5);
  });

  test('the evidence names the work and the person; a name the log never has is told', () => {
    const rule = { kind: 'four_eyes', first: 'A', second: 'B' };
    const { found } = verdictsOf(rule, ['A x 0-1, B x 2-3']);
    expect(found.evidence.get(0)).toEqual({ work: [0, 1], resource: 'x', found: null });
    const other = verdictsOf({ kind: 'absence', activity: 'Z' }, ['A x 0-1']);
    expect(other.found.unknownActivities).toEqual(['Z']);
  });
});

test.each<[unknown, string | null]>([
  [{ rules: [{ kind: 'absence', activity: 'A' }] }, null],
  [{}, 'rules'],
  [[], 'rules'],
  [[7], 'rules[0]'],
  [[{ kind: 'sometimes' }], 'rules[0].kind'],
  [[{ kind: 'toString' }], 'rules[0].kind'],
  [[{ kind: 'response', first: 'A' }], 'rules[0].second'],
  [[{ kind: 'response', first: 'A', second: 'B', withinHours: '8' }], 'rules[0].withinHours'],
  [[{ kind: 'exactly', activity: 'A', times: -1 }], 'rules[0].times'],
  [[{ kind: 'absence', activity: 'A', where: 'nonsense' }], 'rules[0].where'],
  [[{ kind: 'absence', activity: 'A', hours: 3 }], 'rules[0].hours'],
  [
    [
      { id: 'x', kind: 'absence', activity: 'A' },
      { id: 'x', kind: 'absence', activity: 'B' },
    ],
    'rules[1].id',
  ],
])('a file of rules: %j', (file, place) => {
  const read = rulesOf(file);
  expect(read.ok ? null : read.facts.place).toBe(place);
});
