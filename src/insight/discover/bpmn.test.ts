import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { read, verifyModel } from '../../kernel/index.ts';
import { treeToBpmn } from './bpmn.ts';
import { inductiveTree } from './inductive.ts';
import { together } from './trace-bag.ts';

const title = { id: 'discovered', name: 'A & B', origin: 'a <test>' };
const name = (activity: number) => `审批 <${activity}> & "more"`;

const logs = fc.array(
  fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 6 }).map((trace) => ({ trace, count: 1 })),
  { minLength: 1, maxLength: 7 },
);

describe('a tree as BPMN', () => {
  test('is accepted and sound by the kernel, whatever the log', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(logs, fc.constantFrom(0, 0.2), async (traces, noise) => {
        const bpmn = treeToBpmn(inductiveTree(together(traces), noise), name, title);
        const model = await read(bpmn);
        expect(model.ok).toBe(true);
        if (!model.ok) return;
        const { status, sound } = verifyModel(model.value);
        expect([status, sound]).toEqual(['accepted', true]);
      }),
      { numRuns: 60 },
    );
  });

  test('has a shape for every node and an edge for every flow', () => {
    const traces = [[0, 1, 2], [0, 2, 1], [0, 0, 1, 2], [3]].map((trace) => ({ trace, count: 1 }));
    const bpmn = treeToBpmn(inductiveTree(together(traces), 0), name, title);
    const count = (pattern: RegExp) => bpmn.match(pattern)?.length ?? 0;
    const nodes = /<bpmn:(startEvent|endEvent|task|exclusiveGateway|parallelGateway) id/g;
    expect(count(/<bpmndi:BPMNShape/g)).toBe(count(nodes));
    expect(count(/<bpmndi:BPMNEdge/g)).toBe(count(/<bpmn:sequenceFlow/g));
    expect(bpmn).toContain('name="审批 &lt;0&gt; &amp; &quot;more&quot;"');
    expect(bpmn).not.toMatch(/[xy]="-/);
  });
});
