/** Judges a model: can it always come to an end, cleanly, with every activity of use? */
import { present } from '../../base/assert.ts';
import { compile } from '../compile/compile.ts';
import { child, children, is } from '../model/xml.ts';
import type { Program } from '../program.ts';
import { advise } from '../rules/advice.ts';
import { activityOf } from '../run/activities.ts';
import type { Finding, Model } from '../types.ts';
import { type Bounds, type Explored, explore, usualBounds, type Visited } from './explore.ts';
import { choicesMax } from './moves.ts';
import { type Judgement, tellTrace } from './trace.ts';
import type { Link, Messages, Stage } from './world.ts';

export type Verdict = true | false | 'unknown';

/** What verification found. `sound` is null when the model is not even accepted. */
export type Verification = {
  readonly status: 'accepted' | 'rejected';
  readonly sound: Verdict | null;
  readonly properties: Properties | null;
  readonly states: number;
  readonly findings: readonly Finding[];
  /** For each fault a shortest way there, in words. */
  readonly traces: readonly Judgement[];
};

/**
 * optionToComplete: from every state an end can be reached · properCompletion: no end event is
 * reached twice · noDeadActivities: every activity can happen · safe: never two tokens in one
 * place.
 */
export type Properties = {
  readonly optionToComplete: Verdict;
  readonly properCompletion: Verdict;
  readonly noDeadActivities: Verdict;
  readonly safe: Verdict;
};

/** Verifies one program by itself: its messages and signals may come at any time. */
export function verify(program: Program, bounds: Bounds = usualBounds): Verification {
  return verifyStage(stageOf([program], []), bounds, []);
}

/**
 * Verifies all processes of a model together, with the messages between their pools. A model that
 * breaks rules is rejected; where it can be run nevertheless, its states are judged too.
 */
export function verifyModel(model: Model, bounds: Bounds = usualBounds): Verification {
  const roots = children(model.root, 'rootElements');
  const compiled = roots
    .filter((root) => is(root, 'process') && children(root, 'flowElements').length > 0)
    .map((root) => compile(model, root.id ?? ''));
  const broken = compiled[0]?.findings ?? compile(model).findings;
  const findings = [...broken, ...advise(model)];
  const rejected = compiled.length === 0 || compiled.some((one) => !one.ok);
  const programs = compiled.flatMap((one) => (one.program === null ? [] : [one.program]));
  if (programs.length === 0 || programs.length < compiled.length) {
    return { ...nothing, status: 'rejected', findings };
  }
  const stage = stageOf(programs, linksOf(model, programs), bounds.messages);
  const judged = verifyStage(stage, bounds, findings);
  if (!rejected) return judged;
  return { ...judged, status: 'rejected', sound: judged.sound === false ? false : null };
}

const nothing: Verification = {
  status: 'rejected',
  sound: null,
  properties: null,
  states: 0,
  findings: [],
  traces: [],
};

/** What is verified together: processes and the messages between them. */
export function stageOf(
  programs: readonly Program[],
  links: readonly Link[],
  messages: Messages = 'bag',
): Stage {
  return {
    programs,
    links,
    messages,
    signals: signalsOf(programs),
    limits: { bounded: true, choicesCut: false },
  };
}

function signalsOf(programs: readonly Program[]): ReadonlySet<string> {
  const names = programs.flatMap((program) =>
    program.elements.flatMap(({ work }) =>
      work.kind === 'throw' || work.kind === 'end'
        ? work.triggers.flatMap((one) => (one.kind === 'signal' ? [one.name] : []))
        : [],
    ),
  );
  return new Set(names);
}

function linksOf(model: Model, programs: readonly Program[]): Link[] {
  const place = (id: string | undefined) => {
    for (const [program, { elements }] of programs.entries()) {
      const element = elements.findIndex((node) => node.id === id && node.index !== 0);
      if (element >= 0) return { program, element };
    }
    return { program: -1, element: -1 };
  };
  return children(model.root, 'rootElements')
    .flatMap((root) => [...children(root, 'messageFlows')])
    .map((flow) => ({
      from: place(child(flow, 'sourceRef')?.id),
      to: place(child(flow, 'targetRef')?.id),
    }));
}

function verifyStage(stage: Stage, bounds: Bounds, findings: readonly Finding[]): Verification {
  const explored = explore(stage, bounds);
  const stuck = stuckState(explored);
  const improper = explored.nodes.findIndex(({ world }) =>
    world.instances.some((instance) => [...instance.ends.values()].some((count) => count > 1)),
  );
  const crowded = explored.nodes.findIndex((node) => node.crowded);
  const dead = deadActivities(stage, explored);
  const lost = explored.nodes.findIndex(({ over, world }) => over && world.bag.some((n) => n > 0));
  const judge = (broken: boolean): Verdict =>
    broken ? false : explored.complete ? true : 'unknown';
  const properties: Properties = {
    optionToComplete: judge(stuck >= 0),
    properCompletion: judge(improper >= 0),
    noDeadActivities: explored.complete ? dead.length === 0 : dead.length === 0 ? true : 'unknown',
    safe: judge(crowded >= 0 || !explored.bounded),
  };
  const tell = (rule: string, at: number) => (at < 0 ? [] : [tellTrace(stage, explored, rule, at)]);
  const traces = [
    ...tell('no_option_to_complete', stuck),
    ...tell('no_proper_completion', improper),
    ...tell('unsafe', crowded),
    ...tell('message_lost', lost),
  ];
  const faults = [
    ...traces.map(({ rule, words }) => faultOf(rule, null, words.at(-1) ?? '')),
    ...(explored.complete
      ? dead.map((id) => faultOf('dead_activity', id, 'can never happen'))
      : [faultOf('states_limit_reached', null, limitWords(bounds))]),
  ];
  const { optionToComplete, properCompletion, noDeadActivities } = properties;
  const parts = [optionToComplete, properCompletion, noDeadActivities];
  // What gathers tokens without bound is not sound (van der Aalst, 1997).
  const sound =
    parts.includes(false) || !explored.bounded
      ? false
      : parts.includes('unknown')
        ? 'unknown'
        : true;
  return {
    status: 'accepted',
    sound,
    properties,
    states: explored.nodes.length,
    findings: [...findings, ...faults],
    traces,
  };
}

function limitWords({ statesMax }: Bounds): string {
  return `more than ${statesMax} states, or more than ${choicesMax} choices in one of them: what was not found among these is unknown`;
}

function faultOf(rule: string, element: string | null, message: string): Finding {
  return { rule, element, message, severity: 'warning' };
}

/** The first state from which no end can be reached; -1 when there is none. */
function stuckState(explored: Explored): number {
  const { nodes } = explored;
  const before: number[][] = nodes.map(() => []);
  nodes.forEach((node, at) => {
    for (const next of node.next) present(before[next], 'state').push(at);
  });
  const good = new Set<number>();
  const todo = nodes.flatMap((node, at) => (node.over || node.cut ? [at] : []));
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    if (good.has(at)) continue;
    good.add(at);
    for (const state of before[at] ?? []) todo.push(state);
  }
  const dead = nodes.findIndex((node, at) => !good.has(at) && node.next.length === 0);
  return dead >= 0 ? dead : nodes.findIndex((_node, at) => !good.has(at));
}

/** Ids of activities that began in no state. */
function deadActivities(stage: Stage, explored: Explored): string[] {
  const lived = stage.programs.map(() => new Set<number>());
  const note = ({ events }: Visited) => {
    for (const { program, event } of events) {
      if ('element' in event) lived[program]?.add(event.element);
    }
  };
  explored.nodes.forEach(note);
  for (const { world } of explored.nodes) {
    for (const instance of world.instances) {
      for (const item of instance.draft.items.values()) lived[instance.program]?.add(item.element);
    }
  }
  return stage.programs.flatMap((program, at) =>
    program.elements
      .filter((node) => activityOf(node) !== null && !lived[at]?.has(node.index))
      .filter((node) => activityOf(node)?.isForCompensation !== true)
      .map((node) => node.id),
  );
}
