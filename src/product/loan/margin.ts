import type { Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { recordOf, wholeOf, wholeOrZero } from '../../ledger/operation-values.ts';
import type { Facts } from '../../ledger/service-operation.ts';

/**
 * The margin that a loan needs (保证金): lent is at most `loan.margin_lends_ppm` of it. Rounded up to
 * the minor unit. Refused when the borrower's account has less at its disposal: whoever says
 * "margin" would otherwise choose the low authority that goes with it.
 */
export function marginNeeded(
  amountMinor: bigint,
  facts: Facts,
): Result<bigint, 'parameter_missing' | 'margin_not_enough'> {
  const ppm = wholeOf(facts, 'marginPpm');
  if (!ppm.ok || ppm.value <= 0n) {
    return refuse('parameter_missing', { name: 'loan.margin_lends_ppm' });
  }
  const neededMinor = (amountMinor * 1_000_000n + ppm.value - 1n) / ppm.value;
  const account: Values = recordOf(facts, 'deposit') ?? {};
  const availableMinor = wholeOrZero(account, 'availableMinor');
  return neededMinor <= availableMinor ? ok(neededMinor) : refuse('margin_not_enough');
}
