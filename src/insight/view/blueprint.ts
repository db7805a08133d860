import type { Program } from '../../kernel/index.ts';
import { isCustomers, nextAfter, type Step } from './steps.ts';

/** The lanes of a service blueprint from the customer down: 客户 前台 后台 支持. */
export const blueprintLanes = ['customer', 'front', 'back', 'support'] as const;
export type BlueprintLane = (typeof blueprintLanes)[number];

/** `column`: how far from the start, 0 first; `row`: among steps of the same lane and column. */
export type BlueprintStep = {
  readonly stepId: string;
  readonly lane: BlueprintLane;
  readonly column: number;
  readonly row: number;
};

/** `back`: it goes back in the flow. `sees`: it crosses the line of visibility. */
export type BlueprintLink = {
  readonly from: string;
  readonly to: string;
  readonly back: boolean;
  readonly crossesVisibility: boolean;
};

export type Blueprint = {
  readonly steps: readonly BlueprintStep[];
  readonly links: readonly BlueprintLink[];
  readonly columns: number;
};

/**
 * The service blueprint. The customer's steps are those of a lane of customers (huiliu:unit or role
 * customer). Front stage: steps of people whose role meets the customer: one of its steps comes
 * directly before or after a customer's in the customer's own unit (huiliu:unit own, or none
 * named), or stands in for the customer (huiliu:counter); huiliu:officeLayer front or back on the
 * step says it outright. Back stage: all other people.
 * Support: machines and called processes. The line of visibility runs between front and back.
 */
export function blueprint(program: Program, steps: readonly Step[]): Blueprint {
  const next = new Map(
    steps.map((step) => [step.id, [...nextAfter(program, step.node.index).steps]] as const),
  );
  const byId = new Map(steps.map((step) => [step.id, step]));
  const lanes = lanesOf(steps, next, byId);
  const columns = columnsOf(steps, next, byId);
  const taken = new Map<string, number>();
  const placed = steps.map((step) => {
    const lane = lanes.get(step.id) as BlueprintLane;
    const column = columns.get(step.id) as number;
    const row = taken.get(`${lane} ${column}`) ?? 0;
    taken.set(`${lane} ${column}`, row + 1);
    return { stepId: step.id, lane, column, row };
  });
  const seen = (id: string) => ['customer', 'front'].includes(lanes.get(id) as string);
  const links = steps.flatMap(({ id, order }) =>
    (next.get(id) ?? []).map((to) => ({
      ...{ from: id, to, back: (byId.get(to)?.order ?? 0) <= order },
      crossesVisibility: seen(id) !== seen(to),
    })),
  );
  return { steps: placed, links, columns: Math.max(0, ...columns.values()) + 1 };
}

type Next = ReadonlyMap<string, readonly string[]>;
type ById = ReadonlyMap<string, Step>;

function lanesOf(steps: readonly Step[], next: Next, byId: ById) {
  const meeting = new Set<string>();
  const meets = (step: Step | undefined) => {
    const isNear = step?.unit === null || step?.unit === 'own';
    if (step?.kind === 'person' && isNear && step.role !== null) meeting.add(step.role);
  };
  for (const step of steps) {
    for (const role of step.attributes.counter?.split(/\s+/) ?? []) meeting.add(role);
    for (const to of next.get(step.id) ?? []) {
      const after = byId.get(to);
      if (after !== undefined && isCustomers(after) && !isCustomers(step)) meets(step);
      if (after !== undefined && isCustomers(step) && !isCustomers(after)) meets(after);
    }
  }
  return new Map(
    steps.map((step): [string, BlueprintLane] => {
      const { officeLayer } = step.attributes;
      if (step.kind === 'machine' || step.kind === 'call') return [step.id, 'support'];
      if (isCustomers(step)) return [step.id, 'customer'];
      if (officeLayer === 'front' || officeLayer === 'back') return [step.id, officeLayer];
      if (step.kind === 'waits') return [step.id, 'support'];
      return [step.id, meeting.has(step.role ?? '') ? 'front' : 'back'];
    }),
  );
}

/** The longest way from the start without going back. */
function columnsOf(steps: readonly Step[], next: Next, byId: ById): ReadonlyMap<string, number> {
  const columns = new Map(steps.map((step) => [step.id, 0]));
  for (const step of steps) {
    const column = (columns.get(step.id) as number) + 1;
    for (const to of next.get(step.id) ?? []) {
      const after = byId.get(to);
      if (after === undefined || after.order <= step.order) continue;
      if (column > (columns.get(to) as number)) columns.set(to, column);
    }
  }
  return columns;
}
