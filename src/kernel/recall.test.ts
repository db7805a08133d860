import { describe, expect, test } from 'vitest';
import { Driver, draw, programOf } from './testing.ts';

/** apply, then two reviews at once, then a decision, then an end. */
const credit = (rest = '') => `startEvent s
  userTask apply
  parallelGateway f
  userTask risk
  userTask legal
  parallelGateway j
  userTask decide ${rest}
  endEvent e
  s -> apply -> f -> risk -> j -> decide -> e
  f -> legal -> j`;

async function started(drawing: string, done: readonly string[]): Promise<Driver> {
  const driver = new Driver(await programOf(draw(drawing)));
  driver.start();
  for (const id of done) expect(driver.complete(id)).toBeNull();
  return driver;
}

/** Completes the task; what it gives recalls that completion, whatever happens in between. */
function completed(driver: Driver, id: string): () => string | null {
  const activityInstance = driver.instanceOf(id);
  expect(driver.complete(id)).toBeNull();
  const past = [...driver.events];
  return () => driver.give({ type: 'recall', at: driver.at, activityInstance, past });
}

describe('recall (取回)', () => {
  test.each([
    // done before, recalled, done between, outcome
    [[], 'apply', [], 'apply'],
    [[], 'apply', ['risk'], 'recall_too_late'],
    [['apply'], 'risk', [], 'legal risk'],
    [['apply', 'legal'], 'risk', [], 'risk'],
    [['apply', 'legal'], 'risk', ['decide'], 'instance_not_active'],
    [['apply'], 'risk', ['legal'], 'recall_too_late'],
  ] as const)('after %o, recalling %s after %o gives %s', async (before, id, between, outcome) => {
    const driver = await started(credit(), before);
    const recall = completed(driver, id);
    for (const other of between) driver.complete(other);
    expect(recall() ?? driver.waiting()).toBe(outcome);
  });

  test('what other branches brought to the join stands', async () => {
    const driver = await started(credit(), ['apply', 'legal']);
    const recall = completed(driver, 'risk');
    expect(recall()).toBeNull();
    driver.complete('risk');
    expect(driver.waiting()).toBe('decide');
    driver.complete('decide');
    expect(driver.waiting()).toBe('completed');
  });

  test('a second time, after the recall, it can be done and recalled again', async () => {
    const driver = await started(credit(), []);
    expect(completed(driver, 'apply')()).toBeNull();
    expect(completed(driver, 'apply')()).toBeNull();
    expect(driver.waiting()).toBe('apply');
  });

  const line = (middle: string, flows = 'a -> m -> b') => `startEvent s
    userTask a
    ${middle}
    userTask b
    endEvent e
    s -> ${flows} -> e`;

  test.each([
    ['a step that may be repeated', 'scriptTask m', null],
    ['an operation', 'serviceTask m huiliu:operation="o"', 'return_over_final_step'],
    ['a message sent', 'intermediateThrowEvent m', null],
  ] as const)('over %s', async (_name, middle, code) => {
    const driver = await started(line(middle), []);
    const activityInstance = driver.instanceOf('a');
    driver.complete('a');
    if (middle.startsWith('service')) driver.complete('m');
    const past = [...driver.events];
    const given = driver.give({ type: 'recall', at: driver.at, activityInstance, past });
    expect(given).toBe(code);
    expect(driver.waiting()).toBe(code === null ? 'a' : 'b');
  });

  test('the last step of a sub-process and one of a joint decision stand', async () => {
    const sub = line(
      'subProcess m\n{\nstartEvent s1\nuserTask c\nendEvent e1\ns1 -> c -> e1\n}subProcess',
    );
    const inside = await started(sub, ['a']);
    expect(completed(inside, 'c')()).toBe('recall_too_late');
    const joint = `startEvent s
      <userTask id="a"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></userTask>
      endEvent e
      s -> a -> e`;
    expect(completed(await started(joint, []), 'a')()).toBe('recall_not_possible');
  });

  test('a deadline of the step recalled begins anew, those of what followed end', async () => {
    const timed = `startEvent s
      userTask a
      userTask b
      boundaryEvent late attachedToRef="b"
      {
      <timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>
      }boundaryEvent
      endEvent e
      s -> a -> b -> e
      late -> e`;
    const driver = await started(timed, []);
    expect(completed(driver, 'a')()).toBeNull();
    expect(driver.effects.map((effect) => effect.type)).toEqual([
      'cancel_timer',
      'cancel_task',
      'create_task',
    ]);
  });
});
