import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assert, present } from '../base/assert.ts';
import { compile } from './compile/compile.ts';
import { read } from './model/read.ts';
import type { Program } from './program.ts';
import { Driver, draw, programOf } from './testing.ts';
import { verify } from './verify/verify.ts';

/** A block: something with one way in and one way out. */
type Block =
  | { readonly kind: 'task' }
  | { readonly kind: 'sequence' | 'exclusive' | 'parallel' | 'inclusive'; readonly parts: Block[] }
  | { readonly kind: 'loop' | 'sub'; readonly part: Block };

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

/** Completes waiting tasks in an order given by `picks`; each also says which way gateways go. */
function runThrough(program: Program, picks: readonly number[]): Driver {
  const driver = new Driver(program);
  expect(driver.start({ pick: 0n })).toBeNull();
  for (let at = 0; at < 400 && driver.state?.status === 'active'; at += 1) {
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
  return driver;
}

const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000);
const long = process.env.TEST_LENGTH === 'long';
const settings = {
  seed,
  numRuns: long ? 1_000_000 : 150,
  interruptAfterTimeLimit: long ? undefined : 5_000,
  markInterruptAsFailure: false,
};

describe(`random models (seed ${seed})`, () => {
  test('a block-structured model is sound, and every run of it ends with replay equal to state', async () => {
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
  }, 60_000);

  test('the reduction judges sound and unsound models as trying every order does', async () => {
    const other: Readonly<Record<string, string>> = {
      parallel: 'exclusive',
      exclusive: 'parallel',
      inclusive: 'exclusive',
    };
    let unsound = 0;
    await fc.assert(
      fc.asyncProperty(
        block,
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
          if (Object.values(every.properties ?? {}).includes('unknown')) return;
          if (every.sound === false) unsound += 1;
          const reduced = verify(program, { statesMax: 4_000, reduce: true });
          expect(reduced.states).toBeLessThanOrEqual(every.states);
          expect({ ...reduced.properties }).toEqual({ ...every.properties });
        },
      ),
      settings as never,
    );
    expect(unsound).toBeGreaterThan(0);
  }, 60_000);

  test('two orders of independent tasks come to the same end', async () => {
    const drawing = linesOf({
      kind: 'parallel',
      parts: [{ kind: 'task' }, { kind: 'task' }, { kind: 'task' }],
    });
    const program = await programOf(draw(drawing));
    const orders = [
      [0, 0, 0],
      [2, 1, 0],
      [1, 0, 0],
    ].map((picks) => runThrough(program, picks).state);
    expect(orders.map((state) => [state?.status, state?.items.size])).toEqual(
      orders.map(() => ['completed', 0]),
    );
  });

  test('a mutated model is refused or runs, and never hangs or crashes', async () => {
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
      { ...settings, numRuns: long ? 1_000_000 : 300 } as never,
    );
  }, 60_000);
});
