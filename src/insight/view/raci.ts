import type { Program } from '../../kernel/index.ts';
import { isApproval } from './approvals.ts';
import { dataOfSteps } from './crud.ts';
import { isCustomers, nextAfter, type Step, type ViewModel } from './steps.ts';

/** Responsible 执行, accountable 负责, consulted 咨询, informed 知会. */
export type Duty = 'R' | 'A' | 'C' | 'I';

export type RaciRow = {
  readonly stepId: string;
  readonly duties: Readonly<Record<string, readonly Duty[]>>;
  /** What keeps the row from being complete: nobody does it. */
  readonly gap: 'no_role' | null;
};

export type Raci = { readonly roles: readonly string[]; readonly rows: readonly RaciRow[] };

/** The role a machine's step runs under. */
export const systemRole = 'system';

/**
 * Responsibility by step and role. R: the role of the lane; machines are `system`. A, exactly one:
 * huiliu:accountable; else, where the work goes directly to another role that approves or checks
 * it, that role; else whoever does it, or for a machine the role of its lane (in a customer's lane:
 * of the bank's step before it). C: the roles that entered what this step reads; none such: nobody.
 * I: the roles that take up the work next. One role has one duty, the first of A with R, C, I.
 */
export function raciOf(model: ViewModel, steps: readonly Step[]): Raci {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const data = dataOfSteps(model, steps);
  const writersOf = (name: string) =>
    steps.filter(({ id }) => data.get(id)?.writes.includes(name)).map(doerOf);
  const rows = steps.map((step): RaciRow => {
    const duties: Record<string, Duty[]> = {};
    const doer = doerOf(step);
    if (doer !== null) duties[doer] = ['R'];
    const after = nextOf(model.program, step, byId);
    const accountable = accountableFor(step, after, steps);
    if (accountable !== null) duties[accountable] = [...(duties[accountable] ?? []), 'A'];
    const asked = data.get(step.id)?.reads.flatMap(writersOf) ?? [];
    for (const role of asked) if (role !== null && !(role in duties)) duties[role] = ['C'];
    for (const next of after) {
      const role = doerOf(next);
      if (role !== null && role !== systemRole && !(role in duties)) duties[role] = ['I'];
    }
    return { stepId: step.id, duties, gap: doer === null ? 'no_role' : null };
  });
  const roles = [...new Set(rows.flatMap(({ duties }) => Object.keys(duties)))];
  const place = (role: string) => {
    const first = steps.findIndex((step) => doerOf(step) === role);
    return first < 0 ? steps.length : first;
  };
  roles.sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
  return { roles, rows };
}

function doerOf({ kind, role, lane }: Step): string | null {
  return kind === 'person' ? (role ?? lane) : systemRole;
}

function accountableFor(step: Step, after: readonly Step[], steps: readonly Step[]): string | null {
  if (step.attributes.accountable !== undefined) return step.attributes.accountable;
  const own = step.role ?? step.lane;
  if (step.kind !== 'person' && isCustomers(step)) {
    const before = steps.findLast(
      (each) => each.order < step.order && each.kind === 'person' && !isCustomers(each),
    );
    return before === undefined ? own : doerOf(before);
  }
  if (step.kind === 'person' && !isApproval(step)) {
    const approver = after.find((next) => isApproval(next) && doerOf(next) !== doerOf(step));
    if (approver !== undefined) return doerOf(approver);
  }
  return own;
}

function nextOf(program: Program, { node }: Step, byId: ReadonlyMap<string, Step>): Step[] {
  const ids = [...nextAfter(program, node.index).steps];
  const next = ids.flatMap((id) => byId.get(id) ?? []);
  return next.sort((a, b) => a.order - b.order);
}
