import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Aligner } from '../../insight/conform/align.ts';
import { programToNet } from '../../insight/conform/bpmn-net.ts';
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
      const aligner = new Aligner(net.value);
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
});

describe('refusals', () => {
  test('an element that a net cannot carry is named', async () => {
    const log = join(folder, 'small.xes');
    await writeFile(log, sampleXes(2));
    const inner =
      '<bpmn:startEvent id="s"/><bpmn:sequenceFlow id="f" sourceRef="s" targetRef="g"/><bpmn:subProcess id="g"><bpmn:task id="t"/></bpmn:subProcess><bpmn:sequenceFlow id="h" sourceRef="g" targetRef="e"/><bpmn:endEvent id="e"/>';
    const model = join(folder, 'nested.bpmn');
    await writeFile(
      model,
      `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:x"><bpmn:process id="p" isExecutable="true">${inner}</bpmn:process></bpmn:definitions>`,
    );
    const ended = await runHuiliu(['align', log, model, '--json']);
    expect(ended.code).toBe(1);
    expect(JSON.parse(ended.out)).toMatchObject({
      code: 'net_element_unsupported',
      facts: { element: 'g', type: 'subProcess' },
    });
  });

  test('no such model; wrong usage', async () => {
    const ended = await runHuiliu(['align', 'a.xes', join(folder, 'none.bpmn'), '--json']);
    expect([ended.code, JSON.parse(ended.out).code]).toEqual([1, 'file_not_readable']);
    const wrong = await runHuiliu(['align', 'a.xes', 'b.bpmn', '--lifecycle', 'x']);
    expect([wrong.code, wrong.complaint]).toEqual([2, expect.stringContaining('--lifecycle')]);
  });
});
