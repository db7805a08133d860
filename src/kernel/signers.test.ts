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
