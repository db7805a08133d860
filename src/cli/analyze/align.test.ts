import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Aligner } from '../../insight/conform/align.ts';
import { programToNet } from '../../insight/conform/bpmn-net.ts';
import { Markings } from '../../insight/conform/markings.ts';
import { treeToBpmn } from '../../insight/discover/bpmn.ts';
import { inductiveTree } from '../../insight/discover/inductive.ts';
import { together } from '../../insight/discover/trace-bag.ts';
import { compile, read } from '../../kernel/index.ts';
import { runHuiliu, sampleXes } from './testing.ts';

const material = process.env.HUILIU_DATA;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiliu-align-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const logs = fc.array(
  fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 7 }).map((trace) => ({ trace, count: 1 })),
  { minLength: 1, maxLength: 7 },
);

test('what is discovered without noise explains its own log for nothing', async () => {
  await fc.assert(
    fc.asyncProperty(logs, async (traces) => {
      const name = (activity: number) => `A${activity}`;
      const title = { id: 'p', name: 'p', origin: 'test' };
      const model = await read(treeToBpmn(inductiveTree(together(traces), 0), name, title));
      if (!model.ok) throw new Error(model.code);
      const program = compile(model.value, 'p');
      if (!program.ok) throw new Error(program.code);
      const net = programToNet(program.value);
      if (!net.ok) throw new Error(net.code);
      const aligner = new Aligner(new Markings(net.value));
      for (const { trace } of traces) expect(aligner.align(trace.map(name)).cost).toBe(0);
    }),
    { numRuns: 150 },
  );
});

describe.skipIf(material === undefined)('real logs (HUILIU_DATA)', () => {
  test.each([
    ['receipt', 1_434, 0.85544],
    ['sepsis', 1_050, 0.93407],
  ] as const)('%s', { timeout: 240_000 }, async (name, cases, fitness) => {
    const log = join(material!, 'logs', `${name}.xes.gz`);
    const model = join(folder, `${name}.bpmn`);
    await runHuiliu(['discover', log, '--out', model]);
    const { code, out, complaint } = await runHuiliu(['align', log, model, '--json']);
    expect([code, complaint]).toEqual([0, '']);
    const found = JSON.parse(out);
    expect([found.cases, found.exact]).toEqual([cases, true]);
    expect(found.averageFitness).toBeCloseTo(fitness, 5);
  });

  test('the same bytes for 1, 2 and 4 workers and on three runs', {
    timeout: 240_000,
  }, async () => {
    const log = join(material!, 'logs/receipt.xes.gz');
    const model = join(folder, 'workers.bpmn');
    await runHuiliu(['discover', log, '--out', model]);
    const answers = new Set<string>();
    for (const workers of ['1', '2', '4', '1', '1']) {
      const ended = await runHuiliu(['align', log, model, '--workers', workers, '--json']);
      expect([ended.code, ended.complaint]).toEqual([0, '']);
      answers.add(ended.out);
    }
    expect(answers.size).toBe(1);
  });
});

test('what a net cannot carry is followed by the steps of the kernel', async () => {
  const log = join(folder, 'small.xes');
  await writeFile(log, sampleXes(2));
  const flow = (id: string, from: string, to: string) =>
    `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}"/>`;
  const inner = `<bpmn:startEvent id="s"/>${flow('f', 's', 'g')}<bpmn:subProcess id="g"><bpmn:task id="t" name="受理 &amp; check"/>${flow('i', 't', 'u')}<bpmn:task id="u" name="Decide"/></bpmn:subProcess>${flow('h', 'g', 'e')}<bpmn:endEvent id="e"/>`;
  const model = join(folder, 'nested.bpmn');
  await writeFile(
    model,
    `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:x"><bpmn:process id="p" isExecutable="true">${inner}</bpmn:process></bpmn:definitions>`,
  );
  const ended = await runHuiliu(['align', log, model, '--json']);
  const found = JSON.parse(ended.out);
  expect(found).toMatchObject({ by: 'kernel', cases: 2, totalCost: 2, exact: true });
  expect(found.byCase).toHaveLength(2);
  expect(found.byCase[0]).toMatchObject({ case: 'c0', cost: 1, fitness: 0.8 });
  expect(found.deviations[0]).toMatchObject({
    kind: 'log',
    activity: '放款',
    cases: 2,
    caseNumbers: ['c0', 'c1'],
  });
  expect(found.deviations[0].words.en).toContain('done outside the model in 2 cases');
  expect(found.marks[0]).toMatchObject({ activity: '受理 & check', agreed: 2, elements: ['t'] });
  const spoken = await runHuiliu(['align', log, model], { LANG: 'zh_CN.UTF-8' });
  expect(spoken.out).toContain('2 个案件在模型之外做了（2 次）：放款');
  const replayed = await runHuiliu(['align', log, model, '--replay', '--json']);
  expect(JSON.parse(replayed.out).replay).toMatchObject({ cases: 2, events: 6, followed: 4 });
});

describe('refusals', () => {
  test('no such model; wrong usage', async () => {
    const ended = await runHuiliu(['align', 'a.xes', join(folder, 'none.bpmn'), '--json']);
    expect([ended.code, JSON.parse(ended.out).code]).toEqual([1, 'file_not_readable']);
    const wrong = await runHuiliu(['align', 'a.xes', 'b.bpmn', '--lifecycle', 'x']);
    expect([wrong.code, wrong.complaint]).toEqual([2, expect.stringContaining('--lifecycle')]);
  });
});
