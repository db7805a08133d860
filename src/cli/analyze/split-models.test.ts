import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Aligner } from '../../insight/conform/align.ts';
import { ProcessSpace } from '../../insight/conform/process-space.ts';
import { bareBpmn, graphToBpmn } from '../../insight/discover/bpmn.ts';
import {
  discoverFollows,
  discoverSplit,
  type SplitOptions,
} from '../../insight/discover/discover-split.ts';
import { complexityOf, type ModelGraph } from '../../insight/discover/graph.ts';
import { withRoles } from '../../insight/discover/roles.ts';
import { together } from '../../insight/discover/trace-bag.ts';
import { compile, read, verifyModel } from '../../kernel/index.ts';

const letters = 'abcdefgh';
const name = (activity: number) => letters[activity]!;
const bag = (...traces: string[]) =>
  together(
    traces.map((text) => {
      const [word = '', times = '1'] = text.split('*');
      return { trace: [...word].map((letter) => letters.indexOf(letter)), count: Number(times) };
    }),
  );
const all: SplitOptions = { epsilon: 0.3, eta: 0 };

async function alignerOf(graph: ModelGraph): Promise<Aligner> {
  const model = await read(bareBpmn(graph));
  if (!model.ok) throw new Error(model.code);
  const program = compile(model.value, 'discovered');
  if (!program.ok) throw new Error(program.code);
  return new Aligner(new ProcessSpace(program.value));
}

const gateways = (graph: ModelGraph) =>
  graph.nodes.flatMap(({ kind }) => (kind.endsWith('Gateway') ? [kind[0]] : [])).join('');

describe('split miner', () => {
  test.each<[string, string[], string, string[], string[]]>([
    ['a sequence', ['abc*9'], '', ['abc'], ['acb']],
    ['a choice', ['abd*5', 'acd*5'], 'ee', ['abd', 'acd'], ['abcd', 'ad']],
    ['in any order', ['abcd*5', 'acbd*5'], 'pp', ['abcd', 'acbd'], ['abd', 'acd']],
    [
      'three beside each other',
      ['abcde', 'abdce', 'acbde', 'acdbe', 'adbce', 'adcbe'],
      'pp',
      ['adcbe'],
      [],
    ],
    [
      'a choice beside another step',
      ['abde*5', 'adbe*5', 'acde*5', 'adce*5'],
      'peep',
      ['abde', 'adce'],
      ['abcde', 'abe'],
    ],
    ['again and again', ['abc*9', 'abbbc*9'], 'ee', ['abc', 'abbbbbc'], ['ac']],
    ['back to an earlier step', ['abd*9', 'abcbd*9'], 'ee', ['abd', 'abcbcbd'], ['abcd']],
  ])('%s', async (_, traces, expected, fits, fitsNot) => {
    const { graph, sound, leftOut } = await discoverSplit(bag(...traces), name, all);
    expect([sound, leftOut]).toEqual([true, []]);
    expect([...gateways(graph)].sort().join('')).toBe([...expected].sort().join(''));
    const aligner = await alignerOf(graph);
    for (const word of fits) expect([word, aligner.align([...word]).cost]).toEqual([word, 0]);
    for (const word of fitsNot) expect(aligner.align([...word]).cost).toBeGreaterThan(0);
  });

  test('rare arcs go, and everything stays on a way from the beginning to the end', async () => {
    const traces = bag('abcd*100', 'acd*3', 'aed*2');
    const { graph } = await discoverSplit(traces, name, { epsilon: 0.1, eta: 0.5 });
    const aligner = await alignerOf(graph);
    expect(aligner.align([...'abcd']).cost).toBe(0);
    expect(aligner.align([...'aed']).cost).toBe(0);
    expect(aligner.align([...'acd']).cost).toBeGreaterThan(0);
  });

  test('the process map as a model fits the log it was made of', async () => {
    const traces = ['abcd*5', 'acbd*5', 'abbd*2'];
    const graph = discoverFollows(bag(...traces), name, 0);
    const aligner = await alignerOf(graph);
    for (const word of ['abcd', 'acbd', 'abbd']) expect(aligner.align([...word]).cost).toBe(0);
    expect(complexityOf(graph).size).toBeGreaterThan(6);
  });
});

test('roles are lanes of a pool, each element in one', async () => {
  const { graph } = await discoverSplit(bag('abcd*5', 'acbd*5'), name, all);
  const roles = new Map([...'abcd'].map((letter, i) => [letter, i < 2 ? 'teller' : 'officer']));
  const title = { id: 'discovered', name: 'log', origin: 'test' };
  const bpmn = graphToBpmn(withRoles(graph, roles), title);
  expect(bpmn.match(/<bpmn:lane /g)).toHaveLength(2);
  expect(bpmn.match(/<bpmn:flowNodeRef>/g)).toHaveLength(graph.nodes.length);
  expect(bpmn.match(/<bpmndi:BPMNShape /g)).toHaveLength(graph.nodes.length + 3);
  const model = await read(bpmn);
  if (!model.ok) throw new Error(model.code);
  expect(verifyModel(model.value)).toMatchObject({ status: 'accepted', sound: true });
});

const logs = fc.array(
  fc
    .record({
      trace: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 8 }),
      count: fc.integer({ min: 1, max: 9 }),
    })
    .map(({ trace, count }) => ({ trace, count })),
  { minLength: 1, maxLength: 10 },
);
const options = fc.record({
  epsilon: fc.constantFrom(0, 0.1, 0.5, 1),
  eta: fc.constantFrom(0, 0.4, 1),
});

test('whatever the log, the model is sound by the kernel', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(logs, options, async (traces, how) => {
      const found = await discoverSplit(together(traces), name, how);
      expect(found.sound).toBe(true);
      const again = await discoverSplit(together(traces), name, how);
      expect(again.graph).toEqual(found.graph);
    }),
    { numRuns: 150, interruptAfterTimeLimit: 20_000 },
  );
});
