import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assert, present } from '../../base/assert.ts';
import type { Value, Values } from '../../base/data.ts';
import { decodeState, encodeState } from '../codec.ts';
import { elementIndex } from '../info.ts';
import type { Program } from '../program.ts';
import { step } from '../step.ts';
import { Driver, draw, programOf } from '../testing.ts';
import type { ChildNews, Command, Effect, ProcessData, State } from '../types.ts';
import { countChild, outerNames } from './children.ts';
import { mergeData } from './run.ts';

const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000);
const long = process.env.TEST_LENGTH === 'long';

/** What may differ in a multi-instance activity and what its children do. */
type Shape = {
  readonly child: 'task' | 'scope';
  readonly behavior: string;
  readonly completion: string | null;
  readonly output: string;
  readonly interrupting: boolean;
};

function drawing(shape: Shape, inlineMax: number): string {
  const loop = `<multiInstanceLoopCharacteristics behavior="${shape.behavior}"
    huiliu:inlineMax="${inlineMax}" huiliu:collection="list" huiliu:elementVariable="one"
    huiliu:outputVariable="all" huiliu:outputElement="${shape.output}"
    noneBehaviorEventRef="ev" oneBehaviorEventRef="ev">${
      shape.completion === null
        ? ''
        : `<completionCondition xsi:type="tFormalExpression">${shape.completion}</completionCondition>`
    }<complexBehaviorDefinition id="cx"><condition xsi:type="tFormalExpression">x = 2</condition>
    <event xsi:type="tImplicitThrowEvent" id="te"><signalEventDefinition id="tes" signalRef="sig"/></event>
    </complexBehaviorDefinition></multiInstanceLoopCharacteristics>`.replaceAll('\n', ' ');
  const inside = `<startEvent id="is"/><userTask id="w"/><exclusiveGateway id="g" default="g_e"/>
    <userTask id="again"/><endEvent id="e"/>
    <sequenceFlow id="is_w" sourceRef="is" targetRef="w"/><sequenceFlow id="w_g" sourceRef="w" targetRef="g"/>
    <sequenceFlow id="g_again" sourceRef="g" targetRef="again"><conditionExpression
    xsi:type="tFormalExpression">x = limit</conditionExpression></sequenceFlow>
    <sequenceFlow id="g_e" sourceRef="g" targetRef="e"/>
    <sequenceFlow id="again_e" sourceRef="again" targetRef="e"/>`.replaceAll('\n', ' ');
  const many =
    shape.child === 'task'
      ? `<userTask id="many">${loop}</userTask>`
      : `<subProcess id="many">${inside}${loop}</subProcess>`;
  return draw(
    `startEvent s
    parallelGateway f
    userTask beside
    ${many}
    <boundaryEvent id="b" attachedToRef="many" cancelActivity="${shape.interrupting}"><signalEventDefinition id="bs" signalRef="sig"/></boundaryEvent>
    <boundaryEvent id="err" attachedToRef="many"><errorEventDefinition id="ed"/></boundaryEvent>
    userTask told
    userTask failed
    userTask after
    endEvent z
    s -> f -> many -> after -> z
    f -> beside -> z
    b -> told -> z
    err -> failed -> z`,
    `<signal id="sig" name="sig"/><signalEventDefinition id="ev" signalRef="sig"/>`,
  );
}

type Child = { readonly loopCounter: number; state: State; data: ProcessData };

/** What the shell does with handed-out children, in memory. */
class Apart {
  readonly parent: Driver;
  readonly children = new Map<number, Child>();
  body = -1;
  element = -1;
  counters: number[] = [];
  outputs: Value[] = [];
  ended = false;

  constructor(program: Program) {
    this.parent = new Driver(program);
  }

  give(command: Command): void {
    expect(this.parent.give(command)).toBeNull();
    for (const effect of this.parent.effects) this.#hear(effect);
  }

  #hear(effect: Effect): void {
    if (effect.type === 'end_children') this.#end();
    if (effect.type !== 'start_children') return;
    this.body = effect.activityInstance;
    this.element = effect.element;
    this.counters = [effect.elements.length, effect.elements.length, 0, 0];
    effect.elements.forEach((one, at) => {
      const { element } = effect;
      const values = { one };
      const command = { type: 'start_child', at: 0, element, loopCounter: at + 1, values } as const;
      this.children.set(at + 1, { loopCounter: at + 1, ...this.#step(null, null, command) });
    });
  }

  #end(): void {
    this.ended = true;
    this.children.clear();
  }

  #outer(): Values {
    const names = outerNames(this.parent.program, this.element);
    const { root } = this.parent.data;
    if (names === 'all') return root;
    return Object.fromEntries(Object.entries(root).filter(([name]) => names.includes(name)));
  }

  #step(state: State | null, scopes: ProcessData['scopes'] | null, command: Command) {
    const data = { root: this.#outer(), scopes: scopes ?? {} };
    const stepped = step(this.parent.program, state, data, command);
    assert(stepped.ok, 'a child takes its step');
    const after = stepped.value.effects.reduce(mergeData, data);
    for (const effect of stepped.value.effects) this.#told(effect);
    return { state: decodeState(encodeState(stepped.value.state)), data: after };
  }

  #told(effect: Effect): void {
    if (effect.type === 'child_done') {
      this.children.delete(effect.loopCounter);
      this.counters[2] = (this.counters[2] ?? 0) + 1;
      this.outputs.push(effect.output);
      const outer = this.#outer();
      const { counters } = this;
      const counted = countChild(this.parent.program, effect.element, {
        ...{ at: 0, counters, outer, own: effect.own },
      });
      assert(counted.ok, 'conditions are true or false');
      const news = counted.value.thrown.map((boundary) => ({ kind: 'thrown' as const, boundary }));
      this.#report(news, counted.value.ended);
    }
    if (effect.type === 'instance_completed' && effect.status === 'failed') {
      this.#report([{ kind: 'error', code: effect.errorCode ?? '' }], false);
    }
  }

  #report(news: readonly ChildNews[], ended: boolean): void {
    if (news.length === 0 && !ended) return;
    const at = 0;
    const outputs = this.outputs;
    const activityInstance = this.body;
    if (ended) this.#end();
    this.give({ type: 'report_children', at, activityInstance, news, ended, outputs });
  }

  order(loopCounter: number, make: (id: number) => Command): boolean {
    const child = this.children.get(loopCounter);
    if (child === undefined) return false;
    const waiting = [...child.state.items.values()].find((item) => item.role === 'activity');
    const command = make(present(waiting, 'a task that waits').id);
    Object.assign(child, this.#step(child.state, child.data.scopes, command));
    return true;
  }
}

/** The same order to a child that the parent keeps itself. */
function orderInline(driver: Driver, loopCounter: number, make: (id: number) => Command): boolean {
  const items = [...(driver.state?.items.values() ?? [])];
  const child = items.find((item) => item.loopCounter === loopCounter);
  if (child === undefined) return false;
  const waiting = items.find(
    (item) => item.role === 'activity' && (item.id === child.id || item.parent === child.id),
  );
  expect(driver.give(make(present(waiting, 'a task that waits').id))).toBeNull();
  return true;
}

/** What the parent shows of itself, without the children: the list of outputs once it is whole. */
function shown(driver: Driver, isOver: boolean): unknown {
  const inside = ['many', 'w', 'again'];
  const waiting = driver.waiting().split(' ');
  const { all, ...root } = driver.data.root;
  return { waiting: waiting.filter((id) => !inside.includes(id)), root, all: isOver ? all : null };
}

const shapes = fc.record({
  child: fc.constantFrom('task' as const, 'scope' as const),
  behavior: fc.constantFrom('None', 'One', 'All', 'Complex'),
  completion: fc.constantFrom(
    null,
    'numberOfCompletedInstances >= 2',
    'x = 3',
    'numberOfCompletedInstances > limit',
    'numberOfActiveInstances = 1 and one = 2',
  ),
  output: fc.constantFrom('x', 'x + loopCounter', 'x + limit', '{ one: one, x: x }'),
  interrupting: fc.boolean(),
});

const orders = fc.array(
  fc.record({
    kind: fc.constantFrom('complete', 'complete', 'complete', 'complete', 'fail', 'change'),
    child: fc.integer({ min: 1, max: 5 }),
    x: fc.bigInt({ min: 0n, max: 3n }),
  }),
  { minLength: 4, maxLength: 14 },
);

describe(`handed-out children (seed ${seed})`, () => {
  test('children apart and inline come to the same, whatever they do', async () => {
    const programs = new Map<string, Promise<[Program, Program]>>();
    const both = (shape: Shape) => {
      const key = JSON.stringify(shape);
      const known = programs.get(key);
      if (known !== undefined) return known;
      const made = Promise.all([
        programOf(drawing(shape, 1_000)),
        programOf(drawing(shape, 0)),
      ]) as Promise<[Program, Program]>;
      programs.set(key, made);
      return made;
    };
    let ends = 0;
    await fc.assert(
      fc.asyncProperty(shapes, orders, fc.integer({ min: 1, max: 5 }), async (shape, all, many) => {
        const [whole, split] = await both(shape);
        const inline = new Driver(whole);
        const apart = new Apart(split);
        const list = Array.from({ length: many }, (_none, at) => BigInt(at));
        const start = { type: 'start', at: 0, values: { list, limit: 1n } } as const;
        expect(inline.give(start)).toBeNull();
        apart.give(start);
        expect(apart.children.size).toBe(many);
        for (const { kind, child, x } of all) {
          if (inline.state?.status !== 'active') break;
          if (kind === 'change') {
            const command = { type: 'change_data', at: 0, values: { limit: x } } as const;
            expect(inline.give(command)).toBeNull();
            apart.give(command);
          } else {
            const make = (activityInstance: number): Command =>
              kind === 'fail'
                ? { type: 'fail_activity', at: 0, activityInstance, errorCode: 'E' }
                : { type: 'complete_activity', at: 0, activityInstance, values: { x } };
            const was = orderInline(inline, child, make);
            expect(apart.order(child, make)).toBe(was);
          }
          if (apart.ended) ends += 1;
          expect(shown(apart.parent, apart.ended)).toEqual(shown(inline, apart.ended));
        }
      }),
      {
        seed,
        numRuns: long ? 100_000 : 400,
        ...(long ? {} : { interruptAfterTimeLimit: 10_000 }),
        markInterruptAsFailure: false,
      } as never,
    );
    expect(ends).toBeGreaterThan(0);
  }, 3_600_000);

  test('a parent of 100,000 handed-out children has the state of one', async () => {
    const shape = { child: 'task', behavior: 'All', output: 'x', interrupting: false } as const;
    const program = await programOf(drawing({ ...shape, completion: null }, 1_000));
    const list = Array.from({ length: 100_000 }, (_none, at) => BigInt(at));
    const driver = new Driver(program);
    expect(driver.start({ list, limit: 1n })).toBeNull();
    const state = present(driver.state, 'state');
    expect(encodeState(state).length).toBeLessThan(200);
    const effect = driver.effects.find((one) => one.type === 'start_children');
    expect(effect?.type === 'start_children' && effect.elements.length).toBe(100_000);
    expect(outerNames(program, present(elementIndex(program, 'many'), 'many'))).not.toContain(
      'list',
    );
  });

  test.each([
    [
      'a condition that waits for data',
      '<boundaryEvent id="c" attachedToRef="w"><conditionalEventDefinition id="cd"><condition xsi:type="tFormalExpression">limit = 2</condition></conditionalEventDefinition></boundaryEvent><endEvent id="ce"/><sequenceFlow id="c_ce" sourceRef="c" targetRef="ce"/>',
      '',
    ],
    ['the list of outputs is read on the way', '', 'count(all) > 1'],
  ])('children stay inline when %s', async (_why, more, condition) => {
    const shape = { child: 'scope', behavior: 'All', output: 'x', interrupting: false } as const;
    const completion = condition === '' ? null : condition.replace('>', '&gt;');
    const xml = drawing({ ...shape, completion }, 0);
    const driver = new Driver(
      await programOf(xml.replace('<userTask id="again"/>', `<userTask id="again"/>${more}`)),
    );
    expect(driver.start({ list: [1n, 2n], limit: 1n })).toBeNull();
    expect(driver.effects.some((one) => one.type === 'start_children')).toBe(false);
    expect(driver.waiting()).toBe('beside w w');
  });
});
