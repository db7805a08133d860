import { describe, expect, test } from 'vitest';
import { compile, read } from '../../kernel/index.ts';
import { activityInstances } from '../instances.ts';
import { logOf } from '../testing.ts';
import { Aligner } from './align.ts';
import { precisionOf } from './precision.ts';
import { ProcessSpace } from './process-space.ts';
import { replayOf } from './replay.ts';

/** Elements by id; a task is named as its id. Flows go `a>b`. */
const model = (elements: string, ...flows: string[]) => {
  const arcs = flows.map((flow, i) => {
    const [from, to] = flow.split('>');
    return `<bpmn:sequenceFlow id="f${i}" sourceRef="${from}" targetRef="${to}"/>`;
  });
  return `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:x"><bpmn:message id="m" name="m"/><bpmn:process id="p" isExecutable="false"><bpmn:startEvent id="s"/><bpmn:endEvent id="e"/>${elements}${arcs.join('')}</bpmn:process></bpmn:definitions>`;
};
const task = (id: string, inner = '') => `<bpmn:userTask id="${id}">${inner}</bpmn:userTask>`;
const timer =
  '<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>';
const boundary = (interrupting: boolean) =>
  `<bpmn:boundaryEvent id="b" attachedToRef="A" cancelActivity="${interrupting}">${timer}</bpmn:boundaryEvent><bpmn:endEvent id="x"/>`;
const gateway = (kind: string, id: string) => `<bpmn:${kind}Gateway id="${id}"/>`;
const multi =
  '<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>';
const catching = (id: string, inner: string) =>
  `<bpmn:intermediateCatchEvent id="${id}">${inner}</bpmn:intermediateCatchEvent>`;
const inside = `<bpmn:subProcess id="g"><bpmn:startEvent id="gs"/>${task('B')}<bpmn:endEvent id="ge"/><bpmn:sequenceFlow id="g1" sourceRef="gs" targetRef="B"/><bpmn:sequenceFlow id="g2" sourceRef="B" targetRef="ge"/></bpmn:subProcess>`;

const models = {
  interrupted: model(task('A') + boundary(true) + task('B'), 's>A', 'A>e', 'b>B', 'B>x'),
  reminded: model(task('A') + boundary(false) + task('B'), 's>A', 'A>e', 'b>B', 'B>x'),
  raced: model(
    gateway('eventBased', 'g') +
      catching('c1', timer) +
      catching('c2', '<bpmn:messageEventDefinition messageRef="m"/>') +
      task('A') +
      task('B'),
    's>g',
    'g>c1',
    'g>c2',
    'c1>A',
    'c2>B',
    'A>e',
    'B>e',
  ),
  nested: model(task('A') + inside + task('C'), 's>A', 'A>g', 'g>C', 'C>e'),
  several: model(task('A', multi) + task('B'), 's>A', 'A>B', 'B>e'),
  inclusive: model(
    gateway('inclusive', 'g') + gateway('inclusive', 'j') + task('A') + task('B'),
    's>g',
    'g>A',
    'g>B',
    'A>j',
    'B>j',
    'j>e',
  ),
} as const;

async function spaceOf(xml: string): Promise<ProcessSpace> {
  const parsed = await read(xml);
  if (!parsed.ok) throw new Error(parsed.code);
  const compiled = compile(parsed.value, 'p');
  if (!compiled.ok) throw new Error(`${compiled.code} ${JSON.stringify(compiled.facts)}`);
  return new ProcessSpace(compiled.value);
}

describe('a log against what only the kernel can say', () => {
  test.each<[keyof typeof models, string, number]>([
    ['interrupted', 'A', 0],
    ['interrupted', 'B', 0],
    ['interrupted', 'AB', 1],
    ['reminded', 'A', 0],
    ['reminded', 'BA', 0],
    ['reminded', 'AB', 0],
    ['raced', 'A', 0],
    ['raced', 'B', 0],
    ['raced', 'AB', 1],
    ['nested', 'ABC', 0],
    ['nested', 'AC', 1],
    ['several', 'AB', 0],
    ['several', 'AAAAAB', 0],
    ['several', 'B', 1],
    ['inclusive', 'AB', 0],
    ['inclusive', 'BA', 0],
    ['inclusive', 'A', 1],
  ])('%s: %s costs %d', async (name, trace, cost) => {
    const aligner = new Aligner(await spaceOf(models[name]));
    expect(aligner.align([...trace])).toMatchObject({ cost, exact: true });
    expect(aligner.unbounded).toBe(false);
  });

  test('replay at once and precision agree with what was done', async () => {
    const space = await spaceOf(models.nested);
    const traces = ['ABC', 'ABC', 'AC', 'AXBC'];
    const events = traces.flatMap((trace, c) =>
      [...trace].map((does, at) => ({ of: String(c), does, at })),
    );
    const work = activityInstances(logOf(events), 'complete');
    expect(replayOf(work, space)).toEqual({ cases: 4, fittingCases: 2, events: 12, followed: 10 });
    // After nothing: A; after A: B; after AB: C. A case that goes elsewhere leaves B unused there.
    expect(precisionOf(work, space)).toMatchObject({ precision: 1, unfitting: 2 });
  });
});
