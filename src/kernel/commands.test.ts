import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { Driver, draw, programOf } from './testing.ts';
import type { Command, Event, Item } from './types.ts';
import { verify } from './verify/verify.ts';

/** Sound models in which every run of completions ends. */
const drawings = {
  branches: `startEvent s
    userTask apply
    parallelGateway f
    userTask risk
    userTask legal
    userTask legal2
    parallelGateway j
    userTask decide
    endEvent e
    s -> apply -> f -> risk -> j -> decide -> e
    f -> legal -> legal2 -> j`,
  inclusive: `startEvent s
    userTask apply
    inclusiveGateway f
    userTask risk
    userTask legal
    inclusiveGateway j
    userTask decide
    endEvent e
    s -> apply -> f
    f -> risk : true
    f -> legal : true
    risk -> j -> decide -> e
    legal -> j`,
  inside: `startEvent s
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
    s -> a -> sub -> last -> e`,
  joint: `startEvent s
    userTask a
    <userTask id="vote"><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics></userTask>
    userTask after
    endEvent e
    s -> a -> vote -> after -> e`,
  posting: `startEvent s
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
    <association id="as" associationDirection="One" sourceRef="ce" targetRef="reverse"/>`,
} as const;

const kinds = [
  ...(['complete', 'complete', 'complete', 'complete', 'signers_after'] as const),
  ...(['return_to', 'recall', 'add_signer', 'remove_signer'] as const),
  ...(['add_child', 'remove_child', 'withdraw', 'call_off'] as const),
];
type Pick = readonly [kind: number, item: number, other: number];

/** How far the log went when an activity instance was completed. */
type Ends = { readonly activityInstance: number; readonly events: number }[];

function waitingIn(driver: Driver): Item[] {
  return [...(driver.state?.items.values() ?? [])].filter((item) => item.role === 'activity');
}

function commandOf(driver: Driver, ends: Ends, [kind, at, other]: Pick): Command | null {
  const waiting = waitingIn(driver);
  const item = waiting[at % Math.max(waiting.length, 1)];
  const activityInstance = item?.id ?? 0;
  const name = present(kinds[kind % kinds.length], 'a kind');
  const now = driver.at;
  switch (name) {
    case 'complete':
      return { type: 'complete_activity', at: now, activityInstance, values: {} };
    case 'signers_after': {
      const signersAfter = ['sun', 'qian'].slice(0, 1 + (other % 2));
      return { type: 'complete_activity', at: now, activityInstance, values: {}, signersAfter };
    }
    case 'return_to': {
      const element = other % driver.program.elements.length;
      const straightBack = at % 2 === 0;
      return { type: name, at: now, activityInstance, element, values: {}, straightBack };
    }
    case 'recall': {
      const end = ends[other % Math.max(ends.length, 1)];
      if (end === undefined) return null;
      const past: Event[] = driver.events.slice(0, end.events);
      return { type: name, at: now, activityInstance: end.activityInstance, past };
    }
    case 'add_signer':
      return { type: name, at: now, activityInstance, assignee: 'sun' };
    case 'add_child':
      return { type: name, at: now, activityInstance, values: {} };
    case 'remove_signer':
    case 'remove_child':
      return { type: name, at: now, activityInstance };
    case 'withdraw':
      return { type: name, at: now, outcome: 'withdrawn' };
    case 'call_off':
      return { type: name, at: now };
    default:
      return name satisfies never;
  }
}

/** Open tasks by what the effects say; they must be the tasks that the state waits at. */
function follow(driver: Driver, open: Set<number>, before: ReadonlySet<number>): void {
  for (const effect of driver.effects) {
    if (effect.type === 'create_task') open.add(effect.activityInstance);
    if (effect.type === 'cancel_task') expect(open.delete(effect.activityInstance)).toBe(true);
  }
  for (const event of driver.events.slice(before.size)) {
    if (event.type === 'activity_completed') open.delete(event.activityInstance);
  }
}

/** Gives random commands; every step checks that replay is the state and that tasks agree. */
function play(driver: Driver, picks: readonly Pick[]): void {
  const ends: Ends = [];
  const open = new Set<number>();
  follow(driver, open, new Set());
  for (const pick of picks) {
    if (driver.state?.status !== 'active') return;
    const command = commandOf(driver, ends, pick);
    if (command === null) continue;
    const before = driver.events.length;
    if (driver.give(command) !== null) continue;
    follow(driver, open, new Set(driver.events.slice(0, before).keys()));
    if (command.type === 'complete_activity') {
      ends.push({
        activityInstance: command.activityInstance,
        events: driver.events.length,
      });
    }
    const waiting = waitingIn(driver)
      .filter((item) => driver.program.elements[item.element]?.type === 'userTask')
      .map((item) => item.id);
    expect([...open].sort()).toEqual(waiting.sort());
  }
}

/** Completes whatever waits until the instance is over. */
function finish(driver: Driver): void {
  for (let turn = 0; turn < 300 && driver.state?.status === 'active'; turn += 1) {
    const ready = waitingIn(driver).find((item) => item.phase === 'active');
    const activityInstance = present(ready, 'something to do while the instance runs').id;
    const order = { at: driver.at, activityInstance, values: {} };
    expect(driver.give({ type: 'complete_activity', ...order })).toBeNull();
  }
}

const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000);
const picks = fc.array(fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)), { maxLength: 25 });
const settings = {
  seed,
  numRuns: process.env.TEST_LENGTH === 'long' ? 20_000 : 400,
  interruptAfterTimeLimit: process.env.TEST_LENGTH === 'long' ? undefined : 3_000,
  markInterruptAsFailure: false,
};

describe(`any order of commands (seed ${seed})`, () => {
  test.each(Object.entries(drawings))(
    'a sound model still comes to its end: %s',
    async (_name, drawing) => {
      const program = await programOf(draw(drawing));
      const verdict = JSON.stringify(verify(program));
      fc.assert(
        fc.property(picks, (given) => {
          const driver = new Driver(program);
          driver.start();
          play(driver, given);
          finish(driver);
          expect(driver.state?.status).toMatch(/completed|terminated/);
        }),
        settings as never,
      );
      // The verifier knows no such command, and is not touched by what instances went through.
      expect(JSON.stringify(verify(program))).toBe(verdict);
    },
    60_000,
  );

  const root = new URL('../../processes/', import.meta.url).pathname;
  const shipped = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('process.bpmn'))
    .sort();
  test.each(shipped)(
    'replay is the state in %s',
    async (file) => {
      const xml = readFileSync(`${root}${file}`, 'utf8');
      const id = present(/<bpmn:process id="([^"]+)"/.exec(xml)?.[1], 'a process');
      const program = await programOf(xml, id);
      fc.assert(
        fc.property(picks, (given) => {
          const driver = new Driver(program);
          driver.start();
          play(driver, given);
        }),
        settings as never,
      );
    },
    60_000,
  );
});
