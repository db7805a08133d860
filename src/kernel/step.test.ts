import { describe, expect, test } from 'vitest';
import type { Values } from '../base/data.ts';
import { encodeState } from './codec.ts';
import { Driver, draw, programOf } from './testing.ts';

type Move = readonly [act: 'do' | 'fail' | 'happen', element: string, extra?: Values | string];

/** name, drawing, values at the start, moves, what waits after the start and after each move. */
type Row = readonly [string, string, Values, readonly Move[], readonly string[]];

async function play(drawing: string, top: string, values: Values, moves: readonly Move[]) {
  const driver = new Driver(await programOf(draw(drawing, top)));
  const waits = [driver.start(values) ?? driver.waiting()];
  for (const [act, element, extra] of moves) {
    const refused =
      act === 'fail'
        ? driver.fail(element, String(extra))
        : act === 'do'
          ? driver.complete(element, (extra ?? {}) as Values)
          : driver.happen(element, (extra ?? {}) as Values);
    waits.push(refused ?? driver.waiting());
  }
  return { driver, waits };
}

const straight = `startEvent s\nuserTask a\nuserTask b\nendEvent e huiliu:outcome="done"\ns -> a -> b -> e`;
const choice = `startEvent s
  exclusiveGateway g default="g_c"
  userTask b
  userTask c
  endEvent e
  s -> g
  g -> b : amount > 100
  g -> c
  b -> e
  c -> e`;
const both = `startEvent s
  parallelGateway f
  userTask a
  userTask b
  parallelGateway j
  userTask c
  endEvent e
  s -> f -> a -> j -> c -> e
  f -> b -> j`;
const some = `startEvent s
  inclusiveGateway f default="f_c"
  userTask a
  userTask b
  userTask c
  inclusiveGateway j
  userTask z
  endEvent e
  s -> f
  f -> a : contains(test, "a")
  f -> b : contains(test, "b")
  f -> c
  a -> j -> z -> e
  b -> j
  c -> j`;
const deadline = (cancel: boolean) => `startEvent s
  userTask a
  userTask late
  endEvent e
  endEvent e2
  s -> a -> e
  <boundaryEvent id="t" attachedToRef="a" cancelActivity="${cancel}">
  <timerEventDefinition><timeDuration xsi:type="tFormalExpression">P2D</timeDuration></timerEventDefinition>
  </boundaryEvent>
  t -> late -> e2`;
const failing = `startEvent s
  serviceTask a huiliu:operation="o"
  userTask repair
  endEvent e
  endEvent e2
  s -> a -> e
  <boundaryEvent id="x" attachedToRef="a"><errorEventDefinition errorRef="E"/></boundaryEvent>
  x -> repair -> e2`;
const voting = (loop: string) => `startEvent s
  <userTask id="vote"><multiInstanceLoopCharacteristics ${loop} huiliu:collection="members" huiliu:elementVariable="member" huiliu:outputVariable="votes" huiliu:outputElement="vote"><completionCondition xsi:type="tFormalExpression">count(votes[item = "no"]) >= 2</completionCondition></multiInstanceLoopCharacteristics></userTask>
  userTask after
  endEvent e
  s -> vote -> after -> e`;
const inside = `startEvent s
  subProcess sub
  {
  startEvent s2
  userTask a
  endEvent e2
  s2 -> a -> e2
  }subProcess
  userTask b
  endEvent e
  s -> sub -> b -> e`;
const first = `startEvent s
  eventBasedGateway g
  <intermediateCatchEvent id="m" huiliu:correlation="no"><messageEventDefinition messageRef="M"/></intermediateCatchEvent>
  <intermediateCatchEvent id="t"><timerEventDefinition><timeDate xsi:type="tFormalExpression">=due</timeDate></timerEventDefinition></intermediateCatchEvent>
  userTask paid
  userTask late
  endEvent e
  s -> g -> m -> paid -> e
  g -> t -> late -> e`;
const undo = `startEvent s
  userTask a
  boundaryEvent ca attachedToRef="a"
  {
  <compensateEventDefinition/>
  }boundaryEvent
  userTask undoA isForCompensation="true"
  userTask b
  intermediateThrowEvent t
  {
  <compensateEventDefinition/>
  }intermediateThrowEvent
  userTask c
  endEvent e
  s -> a -> b -> t -> c -> e
  <association id="as" associationDirection="One" sourceRef="ca" targetRef="undoA"/>`;
const ended = `startEvent s
  parallelGateway f
  userTask a
  userTask b
  endEvent e
  endEvent stop huiliu:outcome="stopped"
  {
  <terminateEventDefinition/>
  }endEvent
  s -> f -> a -> e
  f -> b -> stop`;

const top = `<message id="M" name="paid"/><error id="E" errorCode="broken"/>`;
const members: Values = { members: ['li', 'wang', 'zhao'] };

const rows: readonly Row[] = [
  [
    'a straight line',
    straight,
    {},
    [
      ['do', 'a'],
      ['do', 'b'],
    ],
    ['a', 'b', 'completed done'],
  ],
  ['exclusive, condition holds', choice, { amount: 101n }, [['do', 'b']], ['b', 'completed']],
  ['exclusive, default', choice, { amount: 100n }, [['do', 'c']], ['c', 'completed']],
  [
    'parallel join waits for both',
    both,
    {},
    [
      ['do', 'b'],
      ['do', 'a'],
    ],
    ['a b', 'a', 'c'],
  ],
  ['inclusive, one way', some, { test: 'a' }, [['do', 'a']], ['a', 'z']],
  [
    'inclusive, two ways',
    some,
    { test: 'ab' },
    [
      ['do', 'b'],
      ['do', 'a'],
    ],
    ['a b', 'a', 'z'],
  ],
  ['inclusive, default', some, { test: 'x' }, [['do', 'c']], ['c', 'z']],
  [
    'timer interrupts',
    deadline(true),
    {},
    [
      ['happen', 't'],
      ['do', 'late'],
    ],
    ['a', 'late', 'completed'],
  ],
  [
    'timer keeps',
    deadline(false),
    {},
    [
      ['happen', 't'],
      ['do', 'a'],
    ],
    ['a', 'a late', 'late'],
  ],
  ['timer ends with its task', deadline(true), {}, [['do', 'a']], ['a', 'completed']],
  ['error caught', failing, {}, [['fail', 'a', 'broken']], ['a', 'repair']],
  ['error not caught', failing, {}, [['fail', 'a', 'other']], ['a', 'failed']],
  [
    'all children',
    voting(''),
    members,
    [
      ['do', 'vote'],
      ['do', 'vote'],
      ['do', 'vote'],
    ],
    ['vote vote vote', 'vote vote', 'vote', 'after'],
  ],
  [
    'one child after another',
    voting('isSequential="true"'),
    members,
    [
      ['do', 'vote'],
      ['do', 'vote'],
    ],
    ['vote', 'vote', 'vote'],
  ],
  [
    'completion condition',
    voting(''),
    members,
    [
      ['do', 'vote', { vote: 'no' }],
      ['do', 'vote', { vote: 'no' }],
    ],
    ['vote vote vote', 'vote vote', 'after'],
  ],
  ['no children', voting(''), { members: [] }, [], ['after']],
  ['no list', voting(''), { members: 3n }, [], ['collection_not_list']],
  [
    'sub-process',
    inside,
    {},
    [
      ['do', 'a'],
      ['do', 'b'],
    ],
    ['a', 'b', 'completed'],
  ],
  [
    'event-based, message',
    first,
    { due: '2026-12-01' },
    [
      ['happen', 'm'],
      ['do', 'paid'],
    ],
    ['g', 'paid', 'completed'],
  ],
  ['event-based, timer', first, { due: '2026-12-01' }, [['happen', 't']], ['g', 'late']],
  ['timer without a time', first, { due: 'soon' }, [], ['timer_value_invalid']],
  [
    'compensation',
    undo,
    {},
    [
      ['do', 'a'],
      ['do', 'b'],
      ['do', 'undoA'],
      ['do', 'c'],
    ],
    ['a', 'b', 't undoA', 'c', 'completed'],
  ],
  ['terminate', ended, {}, [['do', 'b']], ['a b', 'terminated stopped']],
  [
    'a task twice',
    straight,
    {},
    [
      ['do', 'a'],
      ['do', 'a'],
    ],
    ['a', 'b', 'activity_not_active'],
  ],
];

describe('step', () => {
  test.each(rows)('%s', async (_name, drawing, values, moves, wanted) => {
    const { waits } = await play(drawing, top, values, moves);
    expect(waits).toEqual(wanted);
  });

  test('outputs of children are collected in the order of completion, and stay apart', async () => {
    const moves: Move[] = [
      ['do', 'vote', { vote: 'yes' }],
      ['do', 'vote', { vote: 'no' }],
      ['do', 'vote', { vote: 'abstain' }],
    ];
    const { driver } = await play(voting(''), top, members, moves);
    expect(driver.data.root.votes).toEqual(['yes', 'no', 'abstain']);
    expect(driver.data.root.vote).toBeUndefined();
    expect(driver.data.scopes).toEqual({});
  });

  test('a state with ten elements that waits at a user task is below 1 kB', async () => {
    const names = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `t${number}`);
    const drawing = `startEvent s\n${names.map((name) => `userTask ${name}`).join('\n')}\nendEvent e\ns -> ${names.join(' -> ')} -> e`;
    const { driver } = await play(drawing, '', {}, [
      ['do', 't1'],
      ['do', 't2'],
    ]);
    expect(driver.waiting()).toBe('t3');
    expect(encodeState(driver.state as never).length).toBeLessThan(100);
  });

  test.each([
    ['2026-11-21', 'b'],
    ['2026-11-20', 'c'],
  ])('a condition knows the day of the command: until %s goes to %s', async (until, waits) => {
    const drawing = `startEvent s
      exclusiveGateway g default="g_c"
      userTask b
      userTask c
      endEvent e
      s -> g
      g -> b : today() <= date(until)
      g -> c
      b -> e
      c -> e`;
    const { waits: came } = await play(drawing, '', { until }, []);
    expect(came).toEqual([waits]);
  });

  test('a loop without a wait is refused, not run for ever', async () => {
    const drawing = `startEvent s\nexclusiveGateway m\nexclusiveGateway g default="g_m"\nendEvent e\ns -> m -> g\ng -> m\ng -> e : false`;
    const { waits } = await play(drawing, '', {}, []);
    expect(waits).toEqual(['step_limit_reached']);
  });

  test('effects carry what the shell needs', async () => {
    const { driver } = await play(deadline(true), '', {}, []);
    expect(driver.effects).toEqual([
      { type: 'schedule_timer', timer: 2, element: 6, dueAt: driver.at + 2 * 86_400_000 },
      {
        type: 'create_task',
        assignee: null,
        signsFor: null,
        activityInstance: 1,
        element: 2,
        scope: 0,
        loopCounter: 0,
      },
    ]);
    driver.complete('a');
    expect(driver.effects.map((effect) => effect.type)).toEqual([
      'cancel_timer',
      'instance_completed',
    ]);
  });
});
