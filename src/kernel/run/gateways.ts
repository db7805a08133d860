/** Gateways: which tokens they wait for and which flows they give them to. */
import type { Values } from '../../base/data.ts';
import { tokensOn } from '../apply.ts';
import type { GatewayWork, Node } from '../program.ts';
import type { Item } from '../types.ts';
import {
  childrenOf,
  emit,
  holds,
  itemOf,
  nodeOf,
  noteLeft,
  type Run,
  refuseStep,
  takeFlow,
  visibleValues,
} from './run.ts';
import { armEventGateway } from './waits.ts';

/** A token has arrived at a gateway on `flow`. */
export function arriveAtGateway(
  run: Run,
  node: Node,
  work: GatewayWork,
  scope: number,
  flow: number,
): void {
  switch (work.gateway) {
    case 'exclusive':
      passExclusive(run, node, work, scope, [flow]);
      return;
    case 'parallel':
      arriveAtParallel(run, node, scope);
      return;
    case 'inclusive':
      if (node.incoming.length <= 1) passInclusive(run, node, work, scope, [flow]);
      return;
    case 'complex':
      arriveAtComplex(run, node, work, scope);
      return;
    case 'event':
      armEventGateway(run, node, scope, [flow]);
      return;
    default:
      work.gateway satisfies never;
  }
}

function pass(run: Run, node: Node, scope: number, consumed: readonly number[]): void {
  emit(run, { type: 'gateway_passed', element: node.index, scope, consumed, phase: 'none' });
  noteLeft(run, scope);
}

/** One flow: the first, in document order, whose condition holds, else the default. */
export function passExclusive(
  run: Run,
  node: Node,
  work: GatewayWork,
  scope: number,
  consumed: readonly number[],
): void {
  pass(run, node, scope, consumed);
  if (node.outgoing.length === 0) return;
  const flow = chooseOne(run, node, work, scope);
  if (flow === null) {
    refuseStep(run, 'no_flow_taken', node.index);
    return;
  }
  takeFlow(run, scope, flow);
}

function chooseOne(run: Run, node: Node, work: GatewayWork, scope: number): number | null {
  const [only] = node.outgoing;
  const unconditional = (flow: number) => run.program.flows[flow]?.condition === null;
  if (node.outgoing.length === 1 && only !== undefined && unconditional(only)) return only;
  if (run.choose !== null)
    return node.outgoing[run.choose(node.index, node.outgoing.length)] ?? null;
  const values = visibleValues(run, scope);
  for (const flow of node.outgoing) {
    if (flow !== work.defaultFlow && flowHolds(run, flow, values, node.index)) return flow;
  }
  return work.defaultFlow;
}

/** A flow without condition always holds. */
function flowHolds(run: Run, flow: number, values: Values, element: number): boolean {
  const condition = run.program.flows[flow]?.condition ?? null;
  return condition === null || holds(run, condition, values, element);
}

function arriveAtParallel(run: Run, node: Node, scope: number): void {
  const tokens = itemOf(run, scope).tokens;
  if (!node.incoming.every((flow) => tokensOn(tokens, flow) > 0)) return;
  pass(run, node, scope, node.incoming);
  for (const flow of node.outgoing) takeFlow(run, scope, flow);
}

function passInclusive(
  run: Run,
  node: Node,
  work: GatewayWork,
  scope: number,
  consumed: readonly number[],
): void {
  pass(run, node, scope, consumed);
  takeAll(run, node, scope, work.defaultFlow);
}

/**
 * Every flow whose condition holds; the default when none of the conditional ones does. Refuses the
 * step when there are flows and none is taken. Also the way out of activities and events.
 */
export function takeAll(run: Run, node: Node, scope: number, defaultFlow: number | null): void {
  const only = node.outgoing.length === 1 ? (node.outgoing[0] ?? -1) : -1;
  // The plain case first: most elements have one way out and no condition on it.
  if (only >= 0 && defaultFlow === null && run.program.flows[only]?.condition === null) {
    takeFlow(run, scope, only);
    return;
  }
  const flows =
    node.outgoing.length > 1 || defaultFlow !== null
      ? chooseMany(run, node, scope, defaultFlow)
      : single(run, node, scope);
  if (flows.length === 0 && node.outgoing.length > 0) {
    refuseStep(run, 'no_flow_taken', node.index);
    return;
  }
  for (const flow of flows) takeFlow(run, scope, flow);
}

function single(run: Run, node: Node, scope: number): readonly number[] {
  const [flow] = node.outgoing;
  if (flow === undefined) return [];
  const condition = run.program.flows[flow]?.condition ?? null;
  if (condition === null || run.choose !== null) return [flow];
  return holds(run, condition, visibleValues(run, scope), node.index) ? [flow] : [];
}

function chooseMany(run: Run, node: Node, scope: number, defaultFlow: number | null): number[] {
  const conditionOf = (flow: number) => run.program.flows[flow]?.condition ?? null;
  const always = node.outgoing.filter((flow) => flow !== defaultFlow && conditionOf(flow) === null);
  const conditional = node.outgoing.filter(
    (flow) => flow !== defaultFlow && conditionOf(flow) !== null,
  );
  let taken: number[];
  if (run.choose === null) {
    const values = conditional.length === 0 ? {} : visibleValues(run, scope);
    taken = conditional.filter((flow) => flowHolds(run, flow, values, node.index));
  } else {
    taken = freeSubset(run, node, conditional, always.length > 0 || defaultFlow !== null);
  }
  if (taken.length === 0 && defaultFlow !== null) return [...always, defaultFlow];
  return node.outgoing.filter((flow) => always.includes(flow) || taken.includes(flow));
}

/** Any subset, empty only where that is allowed. */
function freeSubset(run: Run, node: Node, flows: number[], emptyAllowed: boolean): number[] {
  if (flows.length === 0) return [];
  const count = 2 ** flows.length;
  const options = emptyAllowed ? count : count - 1;
  const bits = (run.choose?.(node.index, options) ?? 0) + (emptyAllowed ? 0 : 1);
  return flows.filter((_flow, at) => Math.floor(bits / 2 ** at) % 2 === 1);
}

// --- joins that look around --------------------------------------------------------------------

/**
 * Nothing else moves any more: inclusive joins that no token can reach any longer go on, complex
 * gateways that have fired are reset. True when something moved.
 */
export function passLookingJoins(run: Run): boolean {
  for (const element of run.program.lookingJoins) {
    const node = nodeOf(run, element);
    for (const scope of [...run.draft.items.values()]) {
      if (
        scope.role === 'scope' &&
        scope.element === node.parent &&
        passLooking(run, node, scope)
      ) {
        return true;
      }
    }
  }
  return false;
}

function passLooking(run: Run, node: Node, scope: Item): boolean {
  const { work } = node;
  if (work.kind !== 'gateway') return false;
  const fired = scope.fired.find((one) => one.element === node.index);
  const arrived = node.incoming.filter((flow) => tokensOn(scope.tokens, flow) > 0);
  if (work.gateway === 'complex') {
    if (fired === undefined || mayStillArrive(run, work, scope, [...arrived, ...fired.flows])) {
      return false;
    }
    resetComplex(
      run,
      node,
      scope.id,
      arrived.filter((flow) => !fired.flows.includes(flow)),
    );
    return true;
  }
  if (arrived.length === 0 || mayStillArrive(run, work, scope, arrived)) return false;
  passInclusive(run, node, work, scope.id, arrived);
  return true;
}

/**
 * BPMN 2.0.2, 13.4.3: a token elsewhere in the scope that can reach an empty incoming flow without
 * passing the gateway holds it back, unless it can also reach a flow that already has a token.
 */
function mayStillArrive(
  run: Run,
  work: GatewayWork,
  scope: Item,
  arrived: readonly number[],
): boolean {
  const empty = work.upstream.filter((one) => !arrived.includes(one.flow));
  const full = work.upstream.filter((one) => arrived.includes(one.flow));
  for (let at = 0; at < scope.tokens.length; at += 2) {
    const flow = scope.tokens[at] as number;
    if (arrived.includes(flow)) continue;
    if (empty.some((one) => one.flows.has(flow)) && !full.some((one) => one.flows.has(flow))) {
      return true;
    }
  }
  for (const child of childrenOf(run, scope.id)) {
    const reaches = (one: { elements: ReadonlySet<number> }) => one.elements.has(child.element);
    if (empty.some(reaches) && !full.some(reaches)) return true;
  }
  return false;
}

// --- complex gateway ---------------------------------------------------------------------------

/**
 * Waits until the activation condition holds (variable `activationCount`: flows that have a token),
 * takes one token from each of those flows, then waits for the others until none can come, and is
 * ready again. BPMN 2.0.2, 13.4.5.
 */
function arriveAtComplex(run: Run, node: Node, work: GatewayWork, scope: number): void {
  const item = itemOf(run, scope);
  if (item.fired.some((one) => one.element === node.index)) return;
  const arrived = node.incoming.filter((flow) => tokensOn(item.tokens, flow) > 0);
  if (!isActivated(run, node, work, scope, arrived.length)) return;
  const alone = node.incoming.length <= 1;
  const phase = alone ? 'none' : 'fired';
  emit(run, { type: 'gateway_passed', element: node.index, scope, consumed: arrived, phase });
  noteLeft(run, scope);
  takeAll(run, node, scope, work.defaultFlow);
}

function isActivated(
  run: Run,
  node: Node,
  work: GatewayWork,
  scope: number,
  count: number,
): boolean {
  if (work.activationCondition === null) return count > 0;
  const values = { ...visibleValues(run, scope), activationCount: BigInt(count) };
  return holds(run, work.activationCondition, values, node.index);
}

/** Takes the late tokens and gives one to each flow whose condition asks for `waitingForStart`. */
function resetComplex(run: Run, node: Node, scope: number, late: readonly number[]): void {
  emit(run, { type: 'gateway_passed', element: node.index, scope, consumed: late, phase: 'reset' });
  noteLeft(run, scope);
  const values = { ...visibleValues(run, scope), waitingForStart: false };
  for (const flow of node.outgoing) {
    const condition = run.program.flows[flow]?.condition ?? null;
    if (condition === null || !/\bwaitingForStart\b/.test(condition.text)) continue;
    if (holds(run, condition, values, node.index)) takeFlow(run, scope, flow);
  }
  // A flow may hold more than one token: what is left begins the next round.
  const left = node.incoming.find((flow) => tokensOn(itemOf(run, scope).tokens, flow) > 0);
  if (left !== undefined) run.agenda.push([scope, left]);
}
