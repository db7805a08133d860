import { ok } from '../../base/result.ts';
import { runDaily } from '../daily.ts';
import type { DayWork } from './step.ts';

/** Rounds in one night; more is a mistake of the plan. */
const roundsMax = 1_000;

/**
 * What falls due by a plan on the date that is closed: instalments are collected, inspections and
 * the like begin, each as a case of its own. What is refused, such as an instalment without money,
 * stays due and is told; nobody waits for it.
 */
const dueByPlan: DayWork = {
  step: 'due_items',
  name: 'plan.due_items',
  kind: 'beyond',
  run: async (parts) => {
    const counts = new Map<string, bigint>();
    let refused: readonly string[] = [];
    // A round takes up a bounded number of things; what a round did is no longer due.
    for (let round = 0, done = 1; done > 0 && round < roundsMax; round += 1) {
      const daily = await runDaily(parts);
      if (!daily.ok) return daily;
      const { accountingDate: _, refused: left, ...found } = daily.value;
      for (const [name, count] of Object.entries(found)) {
        counts.set(name, (counts.get(name) ?? 0n) + BigInt(count));
      }
      done = Object.values(found).reduce((sum, count) => sum + count, 0);
      refused = left.map(({ code }) => code);
    }
    const items = [...counts.values()].reduce((sum, count) => sum + Number(count), 0);
    return ok({ items, facts: { ...Object.fromEntries(counts), refused } });
  },
};

/** Work that stood in the daily job before there was an end of day. */
export const plannedWorks: readonly DayWork[] = [dueByPlan];
