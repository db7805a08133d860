import type { Node, Program } from '../../kernel/index.ts';
import { lifecycleCode } from '../event-log.ts';
import type { Instances } from '../instances.ts';
import { namesIn } from './crud.ts';
import type { ViewField } from './forms.ts';
import { stepByActivity } from './log-facts.ts';
import { nextAfter, type Step, type ViewModel } from './steps.ts';

/**
 * An approval of the model (审批节点). `answers`: those its form offers. In the sample: executions
 * whose answer the path tells, how many were refusals (decline or return), and the most that the
 * share of refusals may be with 95 % confidence where none was seen (exact: 1 − 0.05^(1/n)).
 * `withdrawn`: given up unanswered, such as sent back (退回) or overdue. `neverRefuses`: decided at
 * least `decisionsMin` times, never refused and never withdrawn.
 */
export type ApprovalFacts = {
  readonly stepId: string;
  readonly role: string | null;
  readonly answers: readonly string[];
  /** The decision tables taken before it, the nearest first. */
  readonly tables: readonly string[];
  readonly executions: number | null;
  readonly decided: number | null;
  readonly refused: number | null;
  readonly withdrawn: number | null;
  readonly refusedAtMost: number | null;
  readonly neverRefuses: boolean;
  /** First and last execution in the sample, ms since epoch. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
};

/** Fewer decisions than this say nothing about what an approval never does. */
export const decisionsMin = 20;

const approvalWords =
  /审批|批准|核准|审查|审核|初审|复核|授权|签批|表决|approv|review|authoris|vote|sign/i;
const agreeing =
  /^(agree|approve|approved|accept|grant|pass|passed|yes|for|sign|correct|conditions|confirm|同意|通过|批准|是)$/i;

const agreeingName = /^(同意|通过|是|批准|agree|approve|pass|yes)/i;
const refusingName = /^(否|不同意|不通过|退回|拒绝|驳回|decline|refuse|reject|return|no$)/i;

/** Whether a step of a person is an approval: its form asks for a decision, or its name says so. */
export function isApproval(step: Step): boolean {
  if (step.kind !== 'person') return false;
  const decides = step.form?.fields.some((field) => field.decides);
  return decides ?? approvalWords.test(`${step.name['zh-CN']} ${step.name.en}`);
}

/**
 * The approvals of a process, and which of them never refuse. Whether one refused is read from
 * what came next: the gateway after it asks for its answer; what follows only the ways of an
 * agreeing answer agreed, what follows only the other ways refused; a case that ended there refused
 * when only those ways end it. Where the path does not tell (two sign, or several vote, and one
 * gateway asks all), the execution is not counted.
 */
export function approvalsOf(
  model: ViewModel,
  steps: readonly Step[],
  work: Instances | null,
): readonly ApprovalFacts[] {
  const approvals = steps.filter(isApproval);
  const counted = work === null ? null : countsOf(model.program, steps, approvals, work);
  return approvals.map((step): ApprovalFacts => {
    const field = decisionOf(step);
    const counts = counted?.get(step.id) ?? null;
    const { decided = null, refused = null } = counts ?? {};
    const isNone = decided !== null && decided > 0 && refused === 0;
    return {
      stepId: step.id,
      role: step.role,
      answers: field?.options.map(({ value }) => value) ?? [],
      tables: tablesBefore(model.program, step.node),
      ...{ executions: counts?.executions ?? null, decided, refused },
      withdrawn: counts?.withdrawn ?? null,
      refusedAtMost: isNone ? 1 - 0.05 ** (1 / decided) : null,
      neverRefuses: isNone && decided >= decisionsMin && counts?.withdrawn === 0,
      ...{ fromMs: counts?.fromMs ?? null, toMs: counts?.toMs ?? null },
    };
  });
}

/** The decisions of the rule tasks before an element, the nearest first. */
function tablesBefore(program: Program, node: Node): readonly string[] {
  const seen = new Set<number>([node.index]);
  const tables = new Set<string>();
  let level = [...node.incoming];
  while (level.length > 0) {
    const next: number[] = [];
    for (const flow of level) {
      const source = program.elements[program.flows[flow]?.source ?? -1];
      if (source === undefined || seen.has(source.index)) continue;
      seen.add(source.index);
      if (source.attributes.decision !== undefined) tables.add(source.attributes.decision);
      next.push(...source.incoming);
    }
    level = next;
  }
  return [...tables];
}

type Ways = {
  readonly agreed: ReturnType<typeof nextAfter>;
  readonly refused: ReturnType<typeof nextAfter>;
};

/** What may come after an agreeing and after another answer; null: no gateway tells it. */
function waysOf(program: Program, step: Step, otherKeys: ReadonlySet<string>): Ways | null {
  const gateway = gatewayAfter(program, step.node);
  const { work } = step.node;
  // Of several answers the path tells what came of them together, and not who refused.
  const isJoint = work.kind === 'task' && work.activity.loop !== null;
  if (gateway === null || isJoint) return null;
  const conditions = gateway.outgoing.map((flow) => program.flows[flow]?.condition?.text ?? '');
  if (conditions.flatMap(namesIn).some((name) => otherKeys.has(name))) return null;
  const answers = decisionOf(step)?.options.map(({ value }) => value) ?? [];
  const agrees = new Map(gateway.outgoing.map((flow) => [flow, answerOf(program, flow, answers)]));
  if (![...agrees.values()].includes(true) || ![...agrees.values()].includes(false)) return null;
  return {
    agreed: afterCalls(
      program,
      nextAfter(program, gateway.index, (flow) => agrees.get(flow) === true),
    ),
    refused: afterCalls(
      program,
      nextAfter(program, gateway.index, (flow) => agrees.get(flow) === false),
    ),
  };
}

/** With what comes after a called process, whose own steps have other names than its call. */
function afterCalls(program: Program, { steps, ends }: Ways['agreed']): Ways['agreed'] {
  const all = new Set(steps);
  for (const { id, index, work } of program.elements) {
    if (work.kind !== 'call' || !steps.has(id)) continue;
    for (const after of nextAfter(program, index).steps) all.add(after);
  }
  return { steps: all, ends };
}

/** The exclusive gateway after a step, over joins and machines but not over people's work. */
function gatewayAfter(program: Program, step: Node): Node | null {
  let at = step;
  for (let hops = 0; hops < 10; hops++) {
    const [only, ...others] = at.outgoing;
    if (only === undefined) return null;
    if (others.length > 0) break;
    const target = program.elements[program.flows[only]?.target ?? -1];
    if (target === undefined || target.type === 'userTask') return null;
    at = target;
  }
  return at.work.kind === 'gateway' && at.work.gateway === 'exclusive' ? at : null;
}

function decisionOf(step: Step): ViewField | null {
  return step.form?.fields.find(({ decides }) => decides) ?? null;
}

/** Whether a way is that of an agreeing answer, of another, or cannot be told (null). */
function answerOf(program: Program, index: number, answers: readonly string[]): boolean | null {
  const flow = program.flows[index];
  if (flow === undefined) return null;
  const { condition, name, isDefault } = flow;
  const texts = [...(condition?.text.matchAll(/"([^"]*)"/g) ?? [])].map((match) => match[1] ?? '');
  const named = texts.filter((text) => answers.includes(text) || agreeing.test(text));
  if (condition !== null && named.length > 0) {
    const differs = condition.text.includes('!=');
    return named.some((text) => agreeing.test(text)) !== differs;
  }
  // `x != "decline"`: every answer but that one agrees.
  if (condition?.text.includes('!=') && texts.length > 0) return true;
  if (name !== null && (agreeing.test(name) || agreeingName.test(name))) return true;
  if (name !== null && refusingName.test(name)) return false;
  if (!isDefault) return null;
  const others = program.elements[flow.source]?.outgoing.filter((each) => each !== index) ?? [];
  return !others.some((each) => answerOf(program, each, answers) === true);
}

type Counts = {
  executions: number;
  decided: number;
  refused: number;
  withdrawn: number;
  fromMs: number;
  toMs: number;
};

function countsOf(
  program: Program,
  steps: readonly Step[],
  approvals: readonly Step[],
  work: Instances,
): ReadonlyMap<string, Counts> {
  const stepOf = stepByActivity(work, steps);
  const ways = new Map(
    approvals.map((step) => [step.id, waysOf(program, step, keysOfOthers(approvals, step))]),
  );
  const counts = new Map<string, Counts>(
    approvals.map(({ id }) => [
      id,
      { executions: 0, decided: 0, refused: 0, withdrawn: 0, fromMs: Infinity, toMs: -Infinity },
    ]),
  );
  countWithdrawn(work, stepOf, counts);
  const open = openCases(work);
  for (let c = 0; c < work.log.cases.size; c++) {
    const [from, to] = [work.firstOfCase[c]!, work.firstOfCase[c + 1]!];
    for (let i = from; i < to; i++) {
      const id = stepOf[work.activity[i]!]?.id ?? '';
      const count = counts.get(id);
      if (count === undefined) continue;
      count.executions++;
      count.fromMs = Math.min(count.fromMs, work.endMs[i]!);
      count.toMs = Math.max(count.toMs, work.endMs[i]!);
      const way = ways.get(id);
      if (!way) continue;
      const answer = answeredBy(
        way,
        work,
        { from: i + 1, to, after: work.endMs[i]! },
        stepOf,
        open(c),
      );
      if (answer === null) continue;
      count.decided++;
      if (answer === 'refused') count.refused++;
    }
  }
  return new Map([...counts].filter(([, { executions }]) => executions > 0));
}

function keysOfOthers(approvals: readonly Step[], step: Step): ReadonlySet<string> {
  const own = decisionOf(step)?.key;
  const keys = approvals.flatMap((each) => decisionOf(each)?.key ?? []);
  return new Set(keys.filter((key) => key !== own));
}

const withdraw = lifecycleCode('withdraw');

function countWithdrawn(
  { log }: Instances,
  stepOf: readonly (Step | undefined)[],
  counts: ReadonlyMap<string, Counts>,
): void {
  for (let i = 0; i < log.lifecycle.length; i++) {
    if (log.lifecycle[i] !== withdraw) continue;
    const count = counts.get(stepOf[log.activity[i]!]?.id ?? '');
    if (count !== undefined) count.withdrawn++;
  }
}

function answeredBy(
  { agreed, refused }: Ways,
  work: Instances,
  span: { readonly from: number; readonly to: number; readonly after: number },
  stepOf: readonly (Step | undefined)[],
  isOpen: boolean,
): 'agreed' | 'refused' | null {
  for (let i = span.from; i < span.to; i++) {
    if (work.endMs[i]! < span.after) continue;
    const id = stepOf[work.activity[i]!]?.id ?? '';
    const [yes, no] = [agreed.steps.has(id), refused.steps.has(id)];
    if (yes !== no) return yes ? 'agreed' : 'refused';
    if (yes && no) return null;
  }
  if (isOpen) return null;
  const [yes, no] = [agreed.ends.size > 0, refused.ends.size > 0];
  if (yes === no) return null;
  return yes ? 'agreed' : 'refused';
}

/** Whether a case is still open, where the log says it (huiliu:status). */
function openCases({ log }: Instances): (caseCode: number) => boolean {
  const status = log.attributes.find(({ name, of }) => name === 'huiliu:status' && of === 'case');
  if (status === undefined) return () => false;
  return (c) => {
    const code = status.code[c]!;
    return code >= 0 && !['completed', 'terminated'].includes(status.values.text(code));
  };
}
