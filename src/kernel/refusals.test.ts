import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { kernelRefusals } from '../contract/refusals/kernel.ts';
import { elementIndex } from './info.ts';
import { followingRefusals, ownRefusals } from './refusals.ts';
import type { StepRefusal } from './run/run.ts';
import { Driver, draw, programOf } from './testing.ts';
import type { Command } from './types.ts';

const vote =
  '<userTask id="vote"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></userTask>';

const xml = draw(`startEvent s
  userTask a
  userTask post huiliu:operation="pays"
  userTask b
  ${vote}
  userTask last
  endEvent e
  s -> a -> post -> b -> vote -> last -> e`);

/** A step inside a scope, with a service before it. */
const inside = draw(`startEvent s
  userTask a
  subProcess sub
  {
  startEvent s1
  userTask b
  endEvent e1
  s1 -> b -> e1
  }subProcess
  endEvent e
  s -> a -> sub -> e`);

const service = draw('startEvent s\nserviceTask a\nendEvent e\ns -> a -> e');

type Case = (driver: Driver) => Command;

const at = 0;
const gone = { at, activityInstance: 99 };
const of = (driver: Driver, id: string) => ({ at, activityInstance: driver.instanceOf(id) });
const element = (driver: Driver, id: string) =>
  present(elementIndex(driver.program, id), 'an element');

/** Brings an instance to where `id` waits. */
function to(driver: Driver, id: string): Driver {
  expect(driver.start()).toBeNull();
  for (const step of ['a', 'post', 'b', 'vote', 'last']) {
    if (step === id) break;
    while (driver.instanceOf(step) >= 0) expect(driver.complete(step)).toBeNull();
  }
  return driver;
}

function signed(driver: Driver): number {
  const before = new Set(driver.state?.items.keys());
  expect(driver.give({ type: 'add_signer', ...of(driver, 'a'), assignee: 'x' })).toBeNull();
  return present(
    [...(driver.state?.items.keys() ?? [])].find((id) => !before.has(id)),
    'a signer',
  );
}

/** One way to every refusal of every command; those over and begun already are made below. */
const cases: readonly (readonly [type: Command['type'], code: StepRefusal, make: Case])[] = [
  ['start', 'start_element_unknown', () => ({ type: 'start', at, values: {}, startElement: 99 })],
  [
    'start_child',
    'start_element_unknown',
    () => ({ type: 'start_child', at, element: 99, loopCounter: 1, values: {} }),
  ],
  [
    'complete_activity',
    'activity_not_active',
    (driver) => ({ type: 'complete_activity', ...gone, values: to(driver, 'a') && {} }),
  ],
  [
    'complete_activity',
    'signers_pending',
    (driver) => {
      signed(to(driver, 'a'));
      return { type: 'complete_activity', ...of(driver, 'a'), values: {} };
    },
  ],
  [
    'fail_activity',
    'activity_not_active',
    (driver) => ({ type: 'fail_activity', ...gone, errorCode: to(driver, 'a') && 'E' }),
  ],
  [
    'escalate_activity',
    'activity_not_active',
    (driver) => ({ type: 'escalate_activity', ...gone, escalationCode: to(driver, 'a') && 'E' }),
  ],
  [
    'fire_timer',
    'timer_not_active',
    (driver) => ({ type: 'fire_timer', at, timer: to(driver, 'a') && 99 }),
  ],
  [
    'deliver_message',
    'subscription_not_active',
    (driver) => ({ type: 'deliver_message', at, subscription: to(driver, 'a') && 99, values: {} }),
  ],
  [
    'deliver_signal',
    'subscription_not_active',
    (driver) => ({ type: 'deliver_signal', at, subscription: to(driver, 'a') && 99, values: {} }),
  ],
  [
    'start_ad_hoc',
    'ad_hoc_element_unknown',
    (driver) => ({ type: 'start_ad_hoc', at, scope: 0, element: element(to(driver, 'a'), 'a') }),
  ],
  ['return_to', 'activity_not_active', (driver) => back(to(driver, 'b'), 99, 'a')],
  ['return_to', 'signer_may_not_return', (driver) => back(driver, signed(to(driver, 'a')), 'a')],
  ['return_to', 'return_target_unknown', (driver) => back(to(driver, 'b'), null, 's')],
  ['return_to', 'return_target_not_passed', (driver) => back(to(driver, 'b'), null, 'last')],
  ['return_to', 'return_over_final_step', (driver) => back(to(driver, 'b'), null, 'a')],
  [
    'recall',
    'recall_too_late',
    (driver) => ({ type: 'recall', ...gone, past: to(driver, 'b').events }),
  ],
  [
    'recall',
    'return_over_final_step',
    (driver) => {
      const { activityInstance } = of(to(driver, 'post'), 'post');
      expect(driver.complete('post')).toBeNull();
      return { type: 'recall', at, activityInstance, past: driver.events };
    },
  ],
  [
    'recall',
    'recall_not_possible',
    (driver) => {
      const { activityInstance } = of(to(driver, 'vote'), 'vote');
      expect(driver.complete('vote')).toBeNull();
      return { type: 'recall', at, activityInstance, past: driver.events };
    },
  ],
  [
    'add_signer',
    'activity_not_active',
    (driver) => ({ type: 'add_signer', ...gone, assignee: to(driver, 'a') && 'x' }),
  ],
  [
    'add_signer',
    'children_fixed',
    (driver) => ({
      ...{ type: 'add_signer', at, assignee: 'x' },
      activityInstance: signed(to(driver, 'a')),
    }),
  ],
  [
    'add_signer',
    'signers_pending',
    (driver) => {
      const { activityInstance } = of(to(driver, 'a'), 'a');
      const answer = { type: 'complete_activity', at, activityInstance, values: {} } as const;
      expect(driver.give({ ...answer, signersAfter: ['x'] })).toBeNull();
      return { type: 'add_signer', at, activityInstance, assignee: 'y' };
    },
  ],
  [
    'remove_signer',
    'activity_not_active',
    (driver) => ({ type: 'remove_signer', ...gone, at: to(driver, 'a') && at }),
  ],
  [
    'remove_signer',
    'children_fixed',
    (driver) => ({ type: 'remove_signer', ...of(to(driver, 'a'), 'a') }),
  ],
  [
    'add_child',
    'activity_not_active',
    (driver) => ({ type: 'add_child', ...gone, values: to(driver, 'a') && {} }),
  ],
  [
    'add_child',
    'children_fixed',
    (driver) => ({ type: 'add_child', ...of(to(driver, 'a'), 'a'), values: {} }),
  ],
  [
    'remove_child',
    'activity_not_active',
    (driver) => ({ type: 'remove_child', ...gone, at: to(driver, 'a') && at }),
  ],
  [
    'remove_child',
    'children_fixed',
    (driver) => {
      const first = of(to(driver, 'vote'), 'vote');
      expect(driver.give({ type: 'remove_child', ...first })).toBeNull();
      return { type: 'remove_child', ...of(driver, 'vote') };
    },
  ],
  [
    'report_children',
    'activity_not_active',
    (driver) => ({
      ...{ type: 'report_children', ...gone, news: [], outputs: null },
      ended: to(driver, 'a') !== null,
    }),
  ],
  [
    'withdraw',
    'return_over_final_step',
    (driver) => ({ type: 'withdraw', at, outcome: to(driver, 'b') && 'withdrawn' }),
  ],
];

function back(driver: Driver, from: number | null, id: string): Command {
  const waiting = [...(driver.state?.items.values() ?? [])].find((one) => one.role === 'activity');
  const activityInstance = from ?? present(waiting, 'a task').id;
  const target = element(driver, id);
  return {
    type: 'return_to',
    at,
    activityInstance,
    element: target,
    values: {},
    straightBack: false,
  };
}

test.each(cases)('%s refuses %s', async (_type, code, make) => {
  const driver = new Driver(await programOf(xml));
  expect(driver.give(make(driver))).toBe(code);
});

test('return_to refuses straight_back_not_possible out of a scope', async () => {
  const driver = new Driver(await programOf(inside));
  expect(driver.start()).toBeNull();
  expect(driver.complete('a')).toBeNull();
  const command = back(driver, driver.instanceOf('b'), 'a');
  const given = command.type === 'return_to' ? { ...command, straightBack: true } : command;
  expect(driver.give(given)).toBe('straight_back_not_possible');
});

test('complete_activity refuses children_fixed when a service is to be signed for', async () => {
  const driver = new Driver(await programOf(service));
  expect(driver.start()).toBeNull();
  const signing = { ...of(driver, 'a'), values: {}, signersAfter: ['x'] };
  expect(driver.give({ type: 'complete_activity', ...signing })).toBe('children_fixed');
});

test('what is over takes nothing, what has begun does not begin again', async () => {
  const driver = new Driver(await programOf(xml));
  expect(driver.start()).toBeNull();
  const starts: readonly Command[] = [
    { type: 'start', at, values: {} },
    { type: 'start_child', at, element: 1, loopCounter: 1, values: {} },
  ];
  for (const command of starts) expect(driver.give(command)).toBe('instance_already_started');
  expect(driver.give({ type: 'terminate', at, outcome: 'x' })).toBeNull();
  const others = Object.entries(ownRefusals).filter(([, codes]) =>
    codes.includes('instance_not_active'),
  );
  expect(others).toHaveLength(Object.keys(ownRefusals).length - starts.length);
  for (const [type] of others) {
    const command = { type, ...gone, element: 1, values: {}, outcome: 'x' } as unknown as Command;
    expect(driver.give(command)).toBe('instance_not_active');
  }
});

test('every declared refusal has a case, and a text', () => {
  const made = new Set(cases.map(([type, code]) => `${type} ${code}`));
  made.add('return_to straight_back_not_possible').add('complete_activity children_fixed');
  const missing = Object.entries(ownRefusals).flatMap(([type, codes]) =>
    codes
      .filter((code) => !['instance_not_active', 'instance_already_started'].includes(code))
      .map((code) => `${type} ${code}`)
      .filter((one) => !made.has(one)),
  );
  expect(missing).toEqual([]);
  const codes = [...Object.values(ownRefusals).flat(), ...followingRefusals];
  expect(codes.filter((code) => !(code in kernelRefusals))).toEqual([]);
});

test('the page of commands and their refusals', async () => {
  const lines = Object.entries(ownRefusals).map(
    ([type, codes]) => `| ${type} | ${codes.map((code) => `\`${code}\``).join(' ')} |`,
  );
  const page = [
    '# The commands of the kernel and what refuses them',
    '',
    'Made from the code by a test. Every code has a text in both languages; a command can be refused with',
    'no other than these, and, by what the model does after it, with:',
    followingRefusals.map((code) => `\`${code}\``).join(' '),
    '',
    '| command | refused with |',
    '| --- | --- |',
    ...lines,
    '',
  ].join('\n');
  await expect(page).toMatchFileSnapshot('../../docs/reference/kernel-commands.md');
});
