import { describe, expect, test } from 'vitest';
import type { Values } from '../base/data.ts';
import { Driver, draw, programOf } from './testing.ts';

const loop = [
  'huiliu:collection="members"',
  'huiliu:elementVariable="member"',
  'huiliu:outputVariable="votes"',
  'huiliu:outputElement="member"',
].join(' ');
const voting = (attributes: string) => `startEvent s
  <userTask id="vote"><multiInstanceLoopCharacteristics ${attributes} ${loop}/></userTask>
  userTask after
  endEvent e
  s -> vote -> after -> e`;

async function started(attributes: string, members: readonly string[]): Promise<Driver> {
  const driver = new Driver(await programOf(draw(voting(attributes))));
  driver.start({ members });
  return driver;
}

const add = (driver: Driver, values: Values = { member: 'sun' }) =>
  driver.give({
    type: 'add_child',
    at: driver.at,
    activityInstance: driver.instanceOf('vote'),
    values,
  });
const remove = (driver: Driver) =>
  driver.give({
    type: 'remove_child',
    at: driver.at,
    activityInstance: driver.instanceOf('vote'),
  });

describe('加签 and 减签', () => {
  test('one more signer must sign too', async () => {
    const driver = await started('', ['li']);
    expect(add(driver)).toBeNull();
    expect(driver.waiting()).toBe('vote vote');
    driver.complete('vote');
    expect(driver.waiting()).toBe('vote');
    driver.complete('vote');
    expect(driver.waiting()).toBe('after');
    expect(driver.data.root.votes).toEqual(['li', 'sun']);
  });

  test('without the signer taken away the rest decides', async () => {
    const driver = await started('', ['li', 'wang', 'zhao']);
    expect(remove(driver)).toBeNull();
    expect(driver.effects.map((effect) => effect.type)).toEqual(['cancel_task', 'remove_data']);
    driver.complete('vote');
    expect(remove(driver)).toBeNull();
    expect(driver.waiting()).toBe('after');
    expect(driver.data.root.votes).toEqual(['wang']);
  });

  test.each([
    ['the last signer stays', '', ['li'], 'children_fixed'],
    ['one after another is fixed', 'isSequential="true"', ['li', 'wang'], 'children_fixed'],
  ])('%s', async (_name, attributes, members, code) => {
    expect(remove(await started(attributes, members))).toBe(code);
  });

  test('a task that is no joint decision has no signers to add', async () => {
    const driver = await started('', ['li']);
    driver.complete('vote');
    const activityInstance = driver.instanceOf('after');
    const command = { type: 'add_child', at: driver.at, activityInstance, values: {} } as const;
    expect(driver.give(command)).toBe('children_fixed');
  });
});

describe('加签 before and after', () => {
  const line = `startEvent s
    userTask a
    userTask b
    endEvent e
    s -> a -> b -> e`;
  async function waiting(drawing = line): Promise<Driver> {
    const driver = new Driver(await programOf(draw(drawing)));
    driver.start({ members: ['li', 'wang'] });
    return driver;
  }
  /** The youngest waiting item: a signer's, when one was added. */
  const youngest = (driver: Driver) => Math.max(...(driver.state?.items.keys() ?? []));
  const signFirst = (driver: Driver, activityInstance: number) =>
    driver.give({ type: 'add_signer', at: driver.at, activityInstance, assignee: 'sun' });
  const signLast = (driver: Driver, id: string, signersAfter: readonly string[]) =>
    driver.give({
      ...{ type: 'complete_activity', at: driver.at, activityInstance: driver.instanceOf(id) },
      ...{ values: { said: 'yes' }, signersAfter },
    });
  const sign = (driver: Driver, values: Values = {}) =>
    driver.give({
      ...{ type: 'complete_activity', at: driver.at, activityInstance: youngest(driver), values },
    });

  test('a signer before must sign before the holder can complete', async () => {
    const driver = await waiting();
    const holder = driver.instanceOf('a');
    expect(signFirst(driver, holder)).toBeNull();
    expect(driver.effects).toMatchObject([
      { type: 'create_task', assignee: 'sun', signsFor: holder },
    ]);
    expect(driver.waiting()).toBe('a a');
    expect(driver.complete('a')).toBe('signers_pending');
    expect(sign(driver, { opinion: 'agree' })).toBeNull();
    expect(driver.data.root).toMatchObject({ opinion: 'agree' });
    expect(driver.waiting()).toBe('a');
    expect(driver.complete('a')).toBeNull();
    expect(driver.waiting()).toBe('b');
  });

  test('signers after act between the holder and the next step', async () => {
    const driver = await waiting();
    expect(signLast(driver, 'a', ['sun', 'qian'])).toBeNull();
    expect(driver.data.root).toMatchObject({ said: 'yes' });
    expect(driver.waiting()).toBe('a a a');
    expect(driver.complete('a')).toBe('signers_pending');
    expect(sign(driver)).toBeNull();
    expect(driver.waiting()).toBe('a a');
    expect(sign(driver)).toBeNull();
    expect(driver.waiting()).toBe('b');
  });

  test.each([
    ['before', 'a'],
    ['after', 'b'],
  ] as const)('taking away the only signer %s leaves %s waiting', async (place, left) => {
    const driver = await waiting();
    if (place === 'before') signFirst(driver, driver.instanceOf('a'));
    else signLast(driver, 'a', ['sun']);
    const activityInstance = youngest(driver);
    expect(driver.give({ type: 'remove_signer', at: driver.at, activityInstance })).toBeNull();
    expect(driver.waiting()).toBe(left);
  });

  test('signers go with the task they sign for', async () => {
    const timed = `startEvent s
      userTask a
      boundaryEvent late attachedToRef="a"
      {
      <timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>
      }boundaryEvent
      userTask b
      endEvent e
      s -> a -> e
      late -> b -> e`;
    const driver = await waiting(timed);
    signFirst(driver, driver.instanceOf('a'));
    expect(driver.happen('late')).toBeNull();
    expect(driver.waiting()).toBe('b');
  });

  test('one of a joint decision may have a signer of its own', async () => {
    const driver = await waiting(voting(''));
    expect(signFirst(driver, driver.instanceOf('vote'))).toBeNull();
    expect(sign(driver)).toBeNull();
    driver.complete('vote');
    driver.complete('vote');
    expect(driver.waiting()).toBe('after');
    expect(driver.data.root.votes).toEqual(['li', 'wang']);
  });

  test.each([
    ['a signer adds no signer', 'add_signer', 'children_fixed'],
    ['a task of the model is no signer', 'remove_signer', 'children_fixed'],
  ] as const)('%s', async (_name, type, code) => {
    const driver = await waiting();
    signFirst(driver, driver.instanceOf('a'));
    const activityInstance = type === 'add_signer' ? youngest(driver) : driver.instanceOf('a');
    expect(driver.give({ type, at: driver.at, activityInstance, assignee: 'qian' })).toBe(code);
  });
});

describe('会签, 或签 and 票签', () => {
  const half = 'count(votes[item = "for"]) * 2 &gt;= numberOfInstances';
  test.each([
    // rule, condition, votes given one after another, still open after them
    ['all (会签)', '', ['for', 'against'], true],
    ['all (会签)', '', ['for', 'for', 'for'], false],
    ['any (或签)', 'numberOfCompletedInstances &gt;= 1', ['against'], false],
    ['share (票签)', half, ['for'], true],
    ['share (票签)', half, ['for', 'for'], false],
    ['share (票签)', half, ['against', 'for'], true],
    ['share (票签)', half, ['against', 'against', 'for'], false],
  ] as const)('%s: %s after %o', async (_rule, condition, votes, open) => {
    const inner = condition === '' ? '' : `<completionCondition>${condition}</completionCondition>`;
    const outputs = loop.replace('outputElement="member"', 'outputElement="vote"');
    const drawing = `startEvent s
      <userTask id="vote"><multiInstanceLoopCharacteristics ${outputs}>${inner}</multiInstanceLoopCharacteristics></userTask>
      userTask after
      endEvent e
      s -> vote -> after -> e`;
    const driver = new Driver(await programOf(draw(drawing)));
    driver.start({ members: ['li', 'wang', 'zhao'] });
    for (const vote of votes) expect(driver.complete('vote', { vote })).toBeNull();
    expect(driver.waiting().includes('vote')).toBe(open);
  });
});
