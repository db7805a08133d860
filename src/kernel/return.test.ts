import { describe, expect, test } from 'vitest';
import { elementIndex } from './info.ts';
import { Driver, draw, programOf } from './testing.ts';

/** apply, then two reviews at once, then a decision that posts, then an end. */
const credit = (posting: string) => `startEvent s
  userTask apply
  parallelGateway f
  userTask risk
  userTask legal
  parallelGateway j
  userTask decide ${posting}
  userTask sign
  endEvent e
  s -> apply -> f -> risk -> j -> decide -> sign -> e
  f -> legal -> j`;

const compensated = `startEvent s
  userTask a
  userTask post huiliu:operation="o"
  boundaryEvent ce attachedToRef="post"
  {
  <compensateEventDefinition/>
  }boundaryEvent
  userTask reverse isForCompensation="true"
  userTask b
  endEvent e
  s -> a -> post -> b -> e
  <association id="as" associationDirection="One" sourceRef="ce" targetRef="reverse"/>`;

async function driverAfter(drawing: string, done: readonly string[]): Promise<Driver> {
  const driver = new Driver(await programOf(draw(drawing)));
  driver.start();
  for (const id of done) expect(driver.complete(id)).toBeNull();
  return driver;
}

function back(driver: Driver, from: string, to: string, straightBack = false): string | null {
  return driver.give({
    type: 'return_to',
    at: driver.at,
    activityInstance: driver.instanceOf(from),
    element: elementIndex(driver.program, to) ?? -1,
    values: { returnReason: 'a paper is missing' },
    straightBack,
  });
}

describe('return (退回)', () => {
  test.each([
    // drawing, done, from, to, outcome
    [credit(''), ['apply'], 'risk', 'apply', 'apply'],
    [credit(''), ['apply', 'risk'], 'legal', 'apply', 'apply'],
    [credit(''), ['apply', 'risk', 'legal'], 'decide', 'risk', 'risk'],
    [credit(''), ['apply', 'risk', 'legal'], 'decide', 'sign', 'return_target_not_passed'],
    [credit(''), ['apply', 'risk', 'legal'], 'decide', 'f', 'return_target_unknown'],
    [credit(''), ['apply'], 'decide', 'apply', 'activity_not_active'],
    [
      credit('huiliu:operation="o"'),
      ['apply', 'risk', 'legal', 'decide'],
      'sign',
      'apply',
      'return_over_final_step',
    ],
    [
      credit('huiliu:operation="o" huiliu:repeatable="true"'),
      ['apply', 'risk', 'legal', 'decide'],
      'sign',
      'apply',
      'apply',
    ],
  ] as const)('%# %s from %s to %s', async (drawing, done, from, to, outcome) => {
    const driver = await driverAfter(drawing, done);
    expect(back(driver, from, to) ?? driver.waiting()).toBe(outcome);
  });

  test('both reviews are walked again after a return before the split', async () => {
    const driver = await driverAfter(credit(''), ['apply', 'risk']);
    back(driver, 'legal', 'apply');
    expect(driver.effects.map((effect) => effect.type)).toEqual([
      'write_data',
      'cancel_task',
      'create_task',
    ]);
    driver.complete('apply');
    expect(driver.waiting()).toBe('legal risk');
    driver.complete('risk');
    driver.complete('legal');
    expect(driver.waiting()).toBe('decide');
  });

  test('one branch is walked again and the other keeps its result', async () => {
    const driver = await driverAfter(credit(''), ['apply', 'legal']);
    expect(back(driver, 'risk', 'apply')).toBeNull();
    const other = await driverAfter(credit(''), ['apply', 'risk', 'legal']);
    back(other, 'decide', 'risk');
    other.complete('risk');
    // The join had been passed with the other branch: its result stands.
    expect(other.waiting()).toBe('decide');
  });

  test('straight back: what is done there comes back to the step that returned it', async () => {
    const driver = await driverAfter(credit(''), ['apply', 'risk', 'legal']);
    back(driver, 'decide', 'apply', true);
    expect(driver.waiting()).toBe('apply');
    driver.complete('apply');
    expect(driver.waiting()).toBe('decide');
  });

  test('straight back leaves other branches as they are', async () => {
    const driver = await driverAfter(credit(''), ['apply']);
    expect(back(driver, 'risk', 'apply', true)).toBeNull();
    expect(driver.waiting()).toBe('apply legal');
    driver.complete('legal');
    driver.complete('apply');
    expect(driver.waiting()).toBe('risk');
    driver.complete('risk');
    expect(driver.waiting()).toBe('decide');
  });

  test('nothing comes straight back over what must be compensated', async () => {
    const driver = await driverAfter(compensated, ['a', 'post']);
    expect(back(driver, 'b', 'a', true)).toBe('straight_back_not_possible');
  });

  test('a posted step is compensated before the case is back', async () => {
    const driver = await driverAfter(compensated, ['a', 'post']);
    expect(back(driver, 'b', 'a')).toBeNull();
    expect(driver.waiting()).toBe('a reverse');
    driver.complete('reverse');
    expect(driver.waiting()).toBe('a');
    driver.complete('a');
    expect(driver.waiting()).toBe('post');
  });
});

const inside = `startEvent s
  userTask a
  subProcess sub
  {
  startEvent s1
  userTask b
  userTask c
  endEvent e1
  s1 -> b -> c -> e1
  }subProcess
  userTask last
  endEvent e
  s -> a -> sub -> last -> e`;

describe('a return out of a sub-process and over known steps', () => {
  test('the sub-process that is left ends, and is walked again', async () => {
    const driver = await driverAfter(inside, ['a', 'b']);
    expect(back(driver, 'c', 'a', true)).toBe('straight_back_not_possible');
    expect(back(driver, 'c', 'last')).toBe('return_target_not_passed');
    expect(back(driver, 'c', 'a')).toBeNull();
    expect(driver.waiting()).toBe('a');
    for (const id of ['a', 'b', 'c', 'last']) expect(driver.complete(id)).toBeNull();
    expect(driver.waiting()).toBe('completed');
  });

  test.each([
    // returned to, what the shell knows to be final, outcome
    ['apply', [], 'apply'],
    ['apply', ['decide'], 'return_over_final_step'],
    ['risk', ['legal'], 'risk'],
  ] as const)('to %s with final %o: %s', async (target, final, outcome) => {
    const posts = credit('huiliu:operation="o"');
    const driver = await driverAfter(posts, ['apply', 'risk', 'legal', 'decide']);
    const refused = driver.give({
      ...{ type: 'return_to', at: driver.at, activityInstance: driver.instanceOf('sign') },
      ...{ element: elementIndex(driver.program, target) ?? -1, values: {}, straightBack: false },
      final: final.map((id) => elementIndex(driver.program, id) ?? -1),
    });
    expect(refused ?? driver.waiting()).toBe(outcome);
  });

  test('what was done before the step returned to was last done stands', async () => {
    const driver = await driverAfter(compensated, ['a', 'post']);
    const refused = driver.give({
      ...{ type: 'return_to', at: driver.at, activityInstance: driver.instanceOf('b') },
      ...{ element: elementIndex(driver.program, 'a') ?? -1, values: {}, straightBack: false },
      since: 99,
    });
    expect(refused ?? driver.waiting()).toBe('a');
  });
});

describe('call off (终止)', () => {
  test('compensates what was done, the last first, and ends without an outcome', async () => {
    const driver = await driverAfter(compensated, ['a', 'post']);
    expect(driver.give({ type: 'call_off', at: driver.at })).toBeNull();
    expect(driver.waiting()).toBe('p reverse');
    driver.complete('reverse');
    expect(driver.waiting()).toBe('terminated');
  });

  test('with nothing to compensate it ends at once', async () => {
    const driver = await driverAfter(compensated, ['a']);
    expect(driver.give({ type: 'call_off', at: driver.at })).toBeNull();
    expect(driver.waiting()).toBe('terminated');
  });
});

describe('withdraw (撤回) and terminate (终止)', () => {
  test.each([
    [credit('huiliu:operation="o"'), ['apply'], 'terminated withdrawn'],
    [
      credit('huiliu:operation="o"'),
      ['apply', 'risk', 'legal', 'decide'],
      'return_over_final_step',
    ],
    [credit(''), ['apply', 'risk', 'legal', 'decide'], 'terminated withdrawn'],
  ] as const)('%# withdraw', async (drawing, done, outcome) => {
    const driver = await driverAfter(drawing, done);
    const refused = driver.give({ type: 'withdraw', at: driver.at, outcome: 'withdrawn' });
    expect(refused ?? driver.waiting()).toBe(outcome);
  });

  test('terminate ends every task and says how', async () => {
    const driver = await driverAfter(credit(''), ['apply']);
    driver.give({ type: 'terminate', at: driver.at, outcome: 'cancelled' });
    expect(driver.waiting()).toBe('terminated cancelled');
    expect(driver.effects.map((effect) => effect.type)).toEqual([
      'cancel_task',
      'cancel_task',
      'instance_completed',
    ]);
    expect(driver.give({ type: 'withdraw', at: driver.at, outcome: 'x' })).toBe(
      'instance_not_active',
    );
  });
});
