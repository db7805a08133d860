import type { StepFacts } from './log-facts.ts';
import type { Step } from './steps.ts';

/** The five classes of a flow process chart: 操作 ○ 检查 □ 移动 ⇨ 等待 D 储存 ▽. */
export const flowClasses = ['operate', 'check', 'move', 'wait', 'store'] as const;
export type FlowClass = (typeof flowClasses)[number];

/** Why a step has its class: the model says so, its type, a word of its name, or nothing else. */
export type ClassBy = 'model' | 'type' | 'name' | 'otherwise';

/**
 * A line of the chart. A step before which cases stood still has a `wait` line of its own before
 * it (`stepId` is then the step waited for). Seconds; null where no log tells it.
 */
export type FlowLine = {
  readonly stepId: string;
  readonly flowClass: FlowClass;
  readonly by: ClassBy | 'log';
  readonly seconds: number | null;
  readonly executions: number | null;
  /** Planned in the model, ISO 8601. */
  readonly dueIn: string | null;
};

export type FlowChart = {
  readonly lines: readonly FlowLine[];
  /** Per class: how many lines, and their time over all executions in seconds. */
  readonly totals: Readonly<
    Record<FlowClass, { readonly lines: number; readonly seconds: number }>
  >;
};

const checkWords =
  /审|核|查|检|验|评|复议|表决|批准|check|review|verif|inspect|audit|vote|approv|assess/i;
const storeWords = /归档|存档|登记|入库|建档|保管|archiv|store|storage|file\b|register|record/i;
const moveWords =
  /送|传|移交|交接|通知|告知|转交|转办|派|召集|send|tell|notif|hand|transfer|forward|deliver|convene/i;
const waitWords = /等待|等候|冷静期|wait|hold\b/i;

/**
 * The class of a step: `huiliu:step` where the model gives one of the five; else by type (receive
 * waits, send moves, rules check); else by the first of these that its name says: store, move,
 * check, wait; else it operates.
 */
export function flowClassOf(step: Step): { readonly flowClass: FlowClass; readonly by: ClassBy } {
  const given = flowClasses.find((each) => each === step.attributes.step);
  if (given !== undefined) return { flowClass: given, by: 'model' };
  if (step.type === 'receiveTask') return { flowClass: 'wait', by: 'type' };
  if (step.type === 'sendTask') return { flowClass: 'move', by: 'type' };
  if (step.type === 'businessRuleTask') return { flowClass: 'check', by: 'type' };
  const name = `${step.name['zh-CN']} ${step.name.en}`;
  const words = [
    ['store', storeWords],
    ['move', moveWords],
    ['check', checkWords],
    ['wait', waitWords],
  ] as const;
  const found = words.find(([, pattern]) => pattern.test(name));
  return found === undefined
    ? { flowClass: 'operate', by: 'otherwise' }
    : { flowClass: found[0], by: 'name' };
}

/** The flow process chart of a process, with times where a log tells them. */
export function flowChart(
  steps: readonly Step[],
  facts: ReadonlyMap<string, StepFacts> | null,
): FlowChart {
  const lines = steps.flatMap((step): FlowLine[] => {
    const { flowClass, by } = flowClassOf(step);
    const fact = facts?.get(step.id);
    const executions = facts === null ? null : (fact?.executions ?? 0);
    const own = { stepId: step.id, executions };
    const line = { ...own, flowClass, by, seconds: fact?.handlingMean ?? null, dueIn: step.dueIn };
    if (fact === undefined || fact.waitMean === 0) return [line];
    const wait = { flowClass: 'wait', by: 'log', seconds: fact.waitMean, dueIn: null } as const;
    return [{ ...own, ...wait }, line];
  });
  const totalOf = (wanted: FlowClass) => {
    const ofClass = lines.filter(({ flowClass }) => flowClass === wanted);
    const spent = ofClass.map((each) => (each.seconds ?? 0) * (each.executions ?? 0));
    return { lines: ofClass.length, seconds: spent.reduce((sum, each) => sum + each, 0) };
  };
  const totals = {
    ...{ operate: totalOf('operate'), check: totalOf('check'), move: totalOf('move') },
    ...{ wait: totalOf('wait'), store: totalOf('store') },
  };
  return { lines, totals };
}
