import { ok, type Result } from '../../base/result.ts';
import type { Transaction } from '../../store/database.ts';
import { beginClosing, endClosing, endPart, planParts } from '../../store/day/closing.ts';
import { type Day, type DayWork, daySteps } from './step.ts';

/**
 * Closes a date in the transaction of whoever makes a bank with a past: the works that fit in one
 * transaction, with their checkpoints. Nobody else works in the bank, so nothing is waited for.
 */
export async function closeWithin(
  transaction: Transaction,
  day: Day,
  works: readonly DayWork[],
): Promise<Result<null>> {
  const { cellId, accountingDate, nextDate, at } = day;
  const closing = { accountingDate, nextDate, begunAt: at, begunLogin: 'system' };
  await beginClosing(transaction, cellId, closing);
  for (const [index, step] of daySteps.entries()) {
    for (const [position, work] of works.filter((one) => one.step === step).entries()) {
      if (work.kind === 'beyond') continue;
      const place = { cellId, date: accountingDate, work: work.name, step: index + 1, position };
      const parts = (await work.parts?.(transaction, day)) ?? [''];
      await planParts(transaction, place, parts);
      for (const part of parts) {
        const done = await work.run(transaction, day, part);
        if (!done.ok) return done;
        await endPart(transaction, place, part, { status: 'done', ...done.value, at });
      }
    }
  }
  await endClosing(transaction, cellId, accountingDate, at);
  return ok(null);
}
