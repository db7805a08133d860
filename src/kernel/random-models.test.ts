import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assert, present } from '../base/assert.ts';
import { openDraft } from './apply.ts';
import { compile } from './compile/compile.ts';
import { read } from './model/read.ts';
import type { Program } from './program.ts';
import { Driver, draw, programOf } from './testing.ts';
import type { Event } from './types.ts';
import { verify } from './verify/verify.ts';
import { keyOf } from './verify/world.ts';

/** A block: something with one way in and one way out. */
type Block =
  | { readonly kind: 'task' }
  | { readonly kind: 'sequence' | 'exclusive' | 'parallel' | 'inclusive'; readonly parts: Block[] }
  | { readonly kind: 'loop' | 'sub'; readonly part: Block }
  /** A task with a deadline or a reminder, a choice of events, a scope that time may end. */
  | { readonly kind: 'timed' | 'reminded' | 'race' | 'failing' | 'stopping' }
  | { readonly kind: 'guarded'; readonly part: Block };

const { block } = fc.letrec<{ block: Block }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constant({ kind: 'task' as const }),
    fc.record({
      kind: fc.constantFrom('sequence' as const, 'exclusive' as const, 'parallel' as const),
      parts: fc.array(tie('block'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant('inclusive' as const),
      parts: fc.array(tie('block'), { minLength: 2, maxLength: 2 }),
    }),
    fc.record({ kind: fc.constantFrom('loop' as const, 'sub' as const), part: tie('block') }),
  ),
}));

/** The same with events at borders, which may make a model unsound. */
const { wild } = fc.letrec<{ wild: Block }>((tie) => ({
  wild: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom(
      ...(['task', 'timed', 'reminded', 'race', 'failing', 'stopping'] as const).map((kind) => {
        return { kind } as Block;
      }),
    ),
    fc.record({
      kind: fc.constantFrom('sequence' as const, 'exclusive' as const, 'parallel' as const),
      parts: fc.array(tie('wild'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constantFrom('loop' as const, 'sub' as const, 'guarded' as const),
      part: tie('wild'),
    }),
  ),
}));

const timer =
  '<timerEventDefinition><timeDuration xsi:type="tFormalExpression">P1D</timeDuration></timerEventDefinition>';

/** A task whose border event of a kind leads elsewhere; both come together, or the event ends. */
function bordered(kind: string, id: string): string[] {
  const definition = kind === 'failing' ? '<errorEventDefinition/>' : timer;
  const interrupts = kind !== 'reminded';
  const border = `<boundaryEvent id="${id}b" attachedToRef="${id}t" cancelActivity="${interrupts}">${definition}</boundaryEvent>`;
  const lines = [`userTask ${id}t`, border, `userTask ${id}r`, `${id}b -> ${id}r`];
  if (kind === 'reminded') return [...lines, `endEvent ${id}e`, `${id}r -> ${id}e`];
  return [...lines, `exclusiveGateway ${id}m`, `${id}t -> ${id}m`, `${id}r -> ${id}m`];
}

/** Lines of a block between two elements, whose flow into the block may carry a condition. */
function linesOf(root: Block): string {
  let count = 0;
  const name = (kind: string) => `${kind}${count++}`;
  const inside = (
    one: Block,
    lines: string[],
  ): { readonly first: string; readonly last: string } => {
    switch (one.kind) {
      case 'task': {
        const id = name('t');
        lines.push(`userTask ${id}`);
        return { first: id, last: id };
      }
      case 'sequence': {
        const parts = one.parts.map((part) => inside(part, lines));
        parts.slice(1).forEach((part, at) => {
          lines.push(`${present(parts[at], 'part').last} -> ${part.first}`);
        });
        return {
          first: present(parts[0], 'first').first,
          last: present(parts.at(-1), 'last').last,
        };
      }
      case 'loop': {
        const merge = name('m');
        const again = name('x');
        const part = inside(one.part, lines);
        const done = name('d');
        lines.push(`exclusiveGateway ${merge}`, `userTask ${done}`);
        lines.push(`exclusiveGateway ${again} default="${again}_${done}"`);
        lines.push(`${merge} -> ${part.first}`, `${part.last} -> ${again} -> ${done}`);
        lines.push(`${again} -> ${merge} : pick = 1`);
        return { first: merge, last: done };
      }
      case 'sub': {
        const id = name('s');
        const within: string[] = [];
        const part = inside(one.part, within);
        lines.push(`subProcess ${id}`, '{', `startEvent ${id}s`, `endEvent ${id}e`, ...within);
        lines.push(`${id}s -> ${part.first}`, `${part.last} -> ${id}e`, '}subProcess');
        return { first: id, last: id };
      }
      case 'timed':
      case 'failing':
      case 'reminded': {
        const id = name('k');
        lines.push(...bordered(one.kind, id));
        return { first: `${id}t`, last: one.kind === 'reminded' ? `${id}t` : `${id}m` };
      }
      case 'race': {
        const id = name('r');
        const catches = [1, 2].map(
          (at) => `<intermediateCatchEvent id="${id}c${at}">${timer}</intermediateCatchEvent>`,
        );
        lines.push(`eventBasedGateway ${id}g`, ...catches, `exclusiveGateway ${id}m`);
        lines.push(`${id}g -> ${id}c1 -> ${id}m`, `${id}g -> ${id}c2 -> ${id}m`);
        return { first: `${id}g`, last: `${id}m` };
      }
      case 'stopping': {
        const id = name('x');
        lines.push(`exclusiveGateway ${id}g default="${id}g_${id}t"`, `userTask ${id}t`);
        lines.push(`<endEvent id="${id}e"><terminateEventDefinition/></endEvent>`);
        lines.push(`${id}g -> ${id}t`, `${id}g -> ${id}e : pick = 2`);
        return { first: `${id}g`, last: `${id}t` };
      }
      case 'guarded': {
        const { first } = inside({ kind: 'sub', part: one.part }, lines);
        const border = `<boundaryEvent id="${first}b" attachedToRef="${first}">${timer}</boundaryEvent>`;
        lines.push(border, `exclusiveGateway ${first}m`);
        lines.push(`${first} -> ${first}m`, `${first}b -> ${first}m`);
        return { first, last: `${first}m` };
      }
      default:
        return gateways(one.kind, one.parts, lines);
    }
  };
  const gateways = (
    kind: 'exclusive' | 'parallel' | 'inclusive',
    parts: Block[],
    lines: string[],
  ) => {
    const fork = name('f');
    const join = name('j');
    const ends = parts.map((part) => inside(part, lines));
    const standard =
      kind === 'parallel' ? '' : `default="${fork}_${present(ends[0], 'end').first}"`;
    lines.push(`${kind}Gateway ${fork} ${standard}`, `${kind}Gateway ${join}`);
    ends.forEach(({ first, last }, at) => {
      const condition = kind === 'parallel' || at === 0 ? '' : ` : pick = ${at}`;
      lines.push(`${fork} -> ${first}${condition}`, `${last} -> ${join}`);
    });
    return { first: fork, last: join };
  };
  const lines = ['startEvent start', 'endEvent end'];
  const whole = inside(root, lines);
  return [...lines, `start -> ${whole.first}`, `${whole.last} -> end`].join('\n');
}

/** Tokens resting on each flow of each scope, counted from the events alone. */
function balanceOf(events: readonly Event[]): Map<string, number> {
  const balance = new Map<string, number>();
  const add = (scope: number, flow: number, by: number) => {
    const place = `${scope} ${flow}`;
    const count = (balance.get(place) ?? 0) + by;
    assert(count >= 0, 'no token is used that was not there');
    if (count === 0) balance.delete(place);
    else balance.set(place, count);
  };
  for (const event of events) {
    if (event.type === 'flow_taken') add(event.scope, event.flow, 1);
    if ('consumed' in event) for (const flow of event.consumed) add(event.scope, flow, -1);
  }
  return balance;
}

/** The same from the state. */
function restingIn(driver: Driver): Map<string, number> {
  const resting = new Map<string, number>();
  for (const { id, tokens } of driver.state?.items.values() ?? []) {
    for (let at = 0; at < tokens.length; at += 2) {
      resting.set(`${id} ${tokens[at]}`, tokens[at + 1] ?? 0);
    }
  }
  return resting;
}

function waitingIn(driver: Driver): number[] {
  const items = [...(driver.state?.items.values() ?? [])];
  return items.filter((item) => item.role === 'activity').map((item) => item.id);
}

function completeIn(driver: Driver, activityInstance: number): void {
  const values = { pick: 0n };
  const command = { type: 'complete_activity', at: driver.at, activityInstance, values } as const;
  expect(driver.give(command)).toBeNull();
}

function twinOf(driver: Driver): Driver {
  const twin = new Driver(driver.program);
  twin.state = driver.state;
  twin.data = driver.data;
  twin.events.push(...driver.events);
  return twin;
}

/** A state without its numbers: those tell in which order things began. */
function shapeOf(driver: Driver): string {
  const draft = openDraft(present(driver.state, 'a state'));
  const instance = { program: 0, draft, ends: new Map() };
  return keyOf({ instances: [instance], bag: [], order: [] });
}

/** Completes waiting tasks in an order given by `picks`; each also says which way gateways go. */
function runThrough(program: Program, picks: readonly number[]): Driver {
  const driver = new Driver(program);
  expect(driver.start({ pick: 0n })).toBeNull();
  for (let at = 0; at < 400 && driver.state?.status === 'active'; at += 1) {
    if (at % 8 === 0) expect(restingIn(driver)).toEqual(balanceOf(driver.events));
    const pick = present(picks[at % picks.length], 'pick');
    const waiting = [...(driver.state?.items.values() ?? [])].filter(
      (item) => item.role === 'activity',
    );
    const item = present(waiting[pick % waiting.length], 'a task that waits');
    // After a while every loop is left.
    const values = { pick: at > 100 ? 0n : BigInt(pick % 3) };
    const activityInstance = item.id;
    expect(
      driver.give({ type: 'complete_activity', at: driver.at, activityInstance, values }),
    ).toBeNull();
  }
  // At the end every token has been used: none is left over, none came from nowhere.
  expect(balanceOf(driver.events).size).toBe(0);
  return driver;
}

const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000);
const long = process.env.TEST_LENGTH === 'long';
/** TEST_RUNS says another number of runs than the million of a long test. */
const runsMax = long && process.env.TEST_RUNS ? Number(process.env.TEST_RUNS) : null;
const settings = {
  seed,
  numRuns: runsMax ?? (long ? 1_000_000 : 150),
  ...(long ? {} : { interruptAfterTimeLimit: 5_000 }),
  markInterruptAsFailure: false,
};
/** No test asserts a speed: this only ends what hangs. */
const limitMs = long ? 12 * 3_600_000 : 60_000;

describe(`random models (seed ${seed})`, () => {
  test(
    'a block-structured model is sound; every run ends, keeps its tokens and replays',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          block,
          fc.array(fc.nat(1_000), { minLength: 5, maxLength: 40 }),
          async (root, picks) => {
            const program = await programOf(draw(linesOf(root)));
            const driver = runThrough(program, picks);
            expect(driver.waiting()).toBe('completed');
            const { sound } = verify(program, { statesMax: 3_000, reduce: true });
            expect(sound === true || sound === 'unknown').toBe(true);
          },
        ),
        settings as never,
      );
    },
    limitMs,
  );

  test(
    'the reduction judges sound and unsound models as trying every order does',
    async () => {
      const other: Readonly<Record<string, string>> = {
        parallel: 'exclusive',
        exclusive: 'parallel',
        inclusive: 'exclusive',
      };
      let unsound = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(block, wild),
          fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
          async (root, flips) => {
            let count = 0;
            const drawing = linesOf(root).replaceAll(
              /(\w+)Gateway ([fj]\d+)(.*)/g,
              (line, kind, id, rest) => {
                count += 1;
                if (flips[count % flips.length] !== true) return line;
                const flipped = other[kind] ?? kind;
                return `${flipped}Gateway ${id}${flipped === 'parallel' ? '' : rest}`;
              },
            );
            const program = await programOf(draw(drawing));
            const every = verify(program, { statesMax: 4_000, reduce: false });
            if (every.states > 4_000) return;
            if (every.sound === false) unsound += 1;
            const reduced = verify(program, { statesMax: 4_000, reduce: true });
            expect(reduced.states).toBeLessThanOrEqual(every.states);
            expect({ ...reduced.properties }).toEqual({ ...every.properties });
          },
        ),
        { ...settings, numRuns: runsMax ?? (long ? 50_000 : 150) } as never,
      );
      expect(unsound).toBeGreaterThan(0);
    },
    limitMs,
  );

  test(
    'two orders of independent commands give the same state',
    async () => {
      let pairs = 0;
      await fc.assert(
        fc.asyncProperty(block, fc.nat(1_000), fc.nat(12), async (root, pick, steps) => {
          const program = await programOf(draw(linesOf(root)));
          const driver = new Driver(program);
          expect(driver.start({ pick: BigInt(pick % 2) })).toBeNull();
          for (let at = 0; at < steps && driver.state?.status === 'active'; at += 1) {
            const waiting = waitingIn(driver);
            completeIn(driver, present(waiting[pick % waiting.length], 'a task that waits'));
          }
          const [one, ...others] = waitingIn(driver);
          if (one === undefined) return;
          for (const other of others) {
            const [left, right] = [twinOf(driver), twinOf(driver)];
            completeIn(left, one);
            completeIn(right, other);
            // What the first command has ended is not independent of it.
            if (left.state?.items.has(other) !== true || right.state?.items.has(one) !== true)
              continue;
            completeIn(left, other);
            completeIn(right, one);
            pairs += 1;
            expect(shapeOf(right)).toBe(shapeOf(left));
            expect(right.data).toEqual(left.data);
          }
        }),
        settings as never,
      );
      expect(pairs).toBeGreaterThan(0);
    },
    limitMs,
  );

  test(
    'a mutated model is refused or runs, and never hangs or crashes',
    async () => {
      const source = draw(
        linesOf({
          kind: 'parallel',
          parts: [
            { kind: 'loop', part: { kind: 'task' } },
            { kind: 'sub', part: { kind: 'task' } },
          ],
        }),
      );
      const mutation = fc.record({
        at: fc.nat(source.length),
        length: fc.nat(40),
        text: fc.constantFrom(
          '',
          'x',
          '"',
          '<',
          '/>',
          'id="t0"',
          ' default="f0_t1"',
          '<endEvent/>',
          '0',
        ),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
          let xml = source;
          for (const { at, length, text } of mutations) {
            xml = xml.slice(0, at) + text + xml.slice(at + length);
          }
          const model = await read(xml);
          if (!model.ok) return;
          const compiled = compile(model.value);
          if (compiled.program === null) return;
          verify(compiled.program, { statesMax: 500, reduce: true });
          if (!compiled.ok) return;
          const driver = new Driver(compiled.value);
          const refused = driver.start({ pick: 0n });
          assert(refused === null || typeof refused === 'string', 'an answer');
        }),
        { ...settings, numRuns: runsMax ?? (long ? 1_000_000 : 300) } as never,
      );
    },
    limitMs,
  );
});
