/** A model becomes a program, or is refused with every reason. */
import { type Ok, ok, type Refusal, refuse } from '../../base/result.ts';
import { child, children, is, text } from '../model/xml.ts';
import type { ElementInfo, Flow, MessageFlow, Node, Program, StartTrigger } from '../program.ts';
import { check } from '../rules/check.ts';
import type { Finding, Model, XmlElement } from '../types.ts';
import { taskKindOf, taskWork } from './activities.ts';
import { type Building, bodyExpression, find, indexOf, isInProfile, number } from './building.ts';
import { hashOf } from './hash.ts';
import { lanesOf } from './lanes.ts';
import { nodeOf, withUpstream } from './nodes.ts';

/**
 * A program, or the refusal `model_rejected` or `process_unknown`; findings in both cases.
 * `program`
 * is there as well when only rules are broken: it may be looked at, never run.
 */
export type Compiled = (Ok<Program> | Refusal<'model_rejected' | 'process_unknown'>) & {
  readonly findings: readonly Finding[];
  readonly program: Program | null;
};

/**
 * Compiles one process of a model (or a global task) by its id; without one, the first executable
 * process. A finding of severity `error` refuses the model.
 */
export function compile(model: Model, processId?: string): Compiled {
  const process = processOf(model, processId);
  if (process === null) {
    const findings = check(model, isInProfile(model));
    return { ...refuse('process_unknown', { process: processId ?? '' }), findings, program: null };
  }
  const building = number(model, process);
  const program = programOf(building);
  const findings = [...check(model, isInProfile(model)), ...building.findings];
  const runnable = building.findings.length === 0 ? program : null;
  const error = findings.find((finding) => finding.severity === 'error');
  if (error === undefined) return { ...ok(program), findings, program };
  const { rule, message } = error;
  const facts = { rule, element: error.element ?? '', message };
  return { ...refuse('model_rejected', facts), findings, program: runnable };
}

function processOf(model: Model, processId: string | undefined): XmlElement | null {
  const roots = children(model.root, 'rootElements');
  if (processId !== undefined) {
    const found = roots.find((root) => root.id === processId);
    const runnable = found !== undefined && (is(found, 'process') || taskKindOf(found) !== null);
    return runnable ? found : null;
  }
  const processes = roots.filter((root) => is(root, 'process'));
  return processes.find((one) => one.isExecutable === true) ?? processes[0] ?? null;
}

function programOf(building: Building): Program {
  const lanes = lanesOf(building);
  const flows = building.flows.map((flow, index) => flowOf(building, flow, index));
  const plain = is(building.process, 'process')
    ? building.elements.map((element, index) => nodeOf(building, lanes, element, index))
    : globalTask(building);
  const elements = withUpstream(plain, flows);
  const program: Omit<Program, 'hash'> = {
    format: 1,
    processId: building.process.id ?? '',
    elements,
    flows,
    startTriggers: startTriggersOf(elements),
    messageFlows: messageFlowsOf(building.model),
    lookingJoins: elements.filter(isLookingJoin).map((node) => node.index),
    hasConditions: elements.some(
      ({ work }) =>
        'triggers' in work && work.triggers.some((trigger) => trigger.kind === 'conditional'),
    ),
  };
  return { ...program, hash: hashOf(program) };
}

function isLookingJoin(node: Node): boolean {
  return node.work.kind === 'gateway' && node.work.upstream.length > 0;
}

function flowOf(building: Building, flow: XmlElement, index: number): Flow {
  const source = child(flow, 'sourceRef');
  const target = child(flow, 'targetRef');
  if (indexOf(building, source) <= 0 || indexOf(building, target) <= 0) {
    find(building, flow, 'flow_without_end', 'a sequence flow leads from one element to another');
  }
  return {
    index,
    id: flow.id ?? '',
    name: text(flow, 'name'),
    source: indexOf(building, source),
    target: indexOf(building, target),
    // A parallel gateway gives a token to every flow: conditions there mean nothing.
    condition: is(source, 'parallelGateway', 'eventBasedGateway')
      ? null
      : bodyExpression(building, flow, flow.conditionExpression),
    isDefault: child(source, 'default') === flow,
  };
}

/** A global task called by itself: a process of this one task. */
function globalTask(building: Building): Node[] {
  const { process } = building;
  const kind = taskKindOf(process) ?? 'none';
  const info: Omit<ElementInfo, 'index' | 'type'> = {
    id: process.id ?? '',
    name: text(process, 'name'),
    nameEn: null,
    lane: null,
    role: null,
    unit: null,
    attributes: {},
    documentation: null,
  };
  const edges = { incoming: [], outgoing: [] };
  const around: Node['work'] = {
    kind: 'scope',
    variant: 'process',
    activity: null,
    starts: [1],
    eventSubs: [],
    compensationSub: null,
    variables: [],
    adHoc: null,
  };
  const work = taskWork(building, process, kind);
  return [
    { ...info, ...edges, index: 0, type: 'process', parent: -1, work: around },
    { ...info, ...edges, index: 1, type: process.$type, parent: 0, work },
  ];
}

/**
 * Events that may create an instance: start events, and what stands behind instantiating elements.
 */
function startTriggersOf(elements: readonly Node[]): StartTrigger[] {
  const triggers: StartTrigger[] = [];
  for (const node of elements) {
    const { work } = node;
    if (node.parent !== 0) continue;
    if (work.kind === 'start') {
      for (const trigger of work.triggers) triggers.push({ element: node.index, trigger });
    }
    if (work.kind === 'task' && work.instantiate && work.message !== null) {
      triggers.push({ element: node.index, trigger: work.message });
    }
    if (work.kind === 'catch' && isBehindInstantiatingGateway(elements, node)) {
      for (const trigger of work.triggers) triggers.push({ element: node.index, trigger });
    }
  }
  return triggers;
}

function isBehindInstantiatingGateway(elements: readonly Node[], node: Node): boolean {
  return elements.some(
    (other) =>
      other.work.kind === 'gateway' &&
      other.work.instantiate &&
      other.outgoing.some((flow) => node.incoming.includes(flow)),
  );
}

function messageFlowsOf(model: Model): MessageFlow[] {
  return children(model.root, 'rootElements')
    .flatMap((root) => [...children(root, 'messageFlows')])
    .map((flow) => ({
      source: child(flow, 'sourceRef')?.id ?? '',
      target: child(flow, 'targetRef')?.id ?? '',
      messageName: text(child(flow, 'messageRef'), 'name'),
    }));
}
