import { addMonths, daysBetween } from '../../base/dates.ts';
import { divideRounded } from '../../base/rounding.ts';
import { bearingMinor, stayInterestMinor } from './interest.ts';
import type { DepositProduct } from './product.ts';

/**
 * A running term deposit (定期, 通知, 大额存单, 存单): its terms as agreed when it began or was last
 * renewed. principalMinor: what lies there now. maturityDate: null for a notice deposit.
 */
export type TermDeposit = {
  readonly principalMinor: bigint;
  readonly ratePpm: bigint;
  readonly startDate: string;
  readonly maturityDate: string | null;
  /** Parts that left early already. */
  readonly partialWithdrawals: bigint;
};

/** Rules of the product that interest needs. */
export type TermRules = Pick<DepositProduct, 'yearDays' | 'interestBy' | 'interestFrom'>;

/** A notice of withdrawal (通知): how much, and the day on which it may be taken. */
export type WithdrawalNotice = { readonly amountMinor: bigint; readonly dueOn: string };

/** Maturity by 对年对月对日, within the month: 31 August and six months end on 28 February. */
export function maturityOf(startDate: string, termMonths: bigint): string {
  return addMonths(startDate, Number(termMonths));
}

export type WithdrawalKind = 'early' | 'at_maturity' | 'late' | 'noticed' | 'without_notice';

/** Interest of what leaves, in minor units, and how many days of it bore the demand rate. */
export type WithdrawalInterest = {
  readonly kind: WithdrawalKind;
  readonly interestMinor: bigint;
  readonly demandDays: number;
};

/**
 * Interest of a part or the whole that leaves a term deposit on a day. Before maturity it bears the
 * demand rate of that day for the days it lay (部提或全提); at maturity the agreed rate; after it, the
 * agreed rate to maturity and the demand rate of the day for the days since (逾期). What stays keeps
 * its terms. Source: 储蓄管理条例, articles 24 to 26.
 */
export function termWithdrawal(
  deposit: TermDeposit & { readonly maturityDate: string },
  rules: TermRules,
  leaving: {
    readonly amountMinor: bigint;
    readonly date: string;
    readonly demandRatePpm: bigint;
  },
): WithdrawalInterest {
  const { startDate: from, maturityDate, ratePpm } = deposit;
  const { amountMinor: principalMinor, date, demandRatePpm } = leaving;
  const demand = { ...rules, principalMinor, ratePpm: demandRatePpm } as const;
  if (date < maturityDate) {
    const stay = { ...demand, from, to: date, interestBy: 'actual_days' } as const;
    const demandDays = daysBetween(from, date);
    return { kind: 'early', interestMinor: stayInterestMinor(stay), demandDays };
  }
  const agreed = stayInterestMinor({ ...rules, principalMinor, ratePpm, from, to: maturityDate });
  if (date === maturityDate) return { kind: 'at_maturity', interestMinor: agreed, demandDays: 0 };
  const after = { ...demand, from: maturityDate, to: date, interestBy: 'actual_days' } as const;
  const interestMinor = agreed + stayInterestMinor(after);
  return { kind: 'late', interestMinor, demandDays: daysBetween(maturityDate, date) };
}

/**
 * Interest of what leaves a notice deposit (通知存款). On the day that was told of, the amount told of
 * bears the rate of the notice for the days it lay; whatever leaves on another day, without a
 * notice or beyond it, bears the demand rate. Source: 人民币单位通知存款管理办法, articles 10 to 12.
 */
export function noticeWithdrawal(
  deposit: TermDeposit,
  rules: TermRules,
  leaving: {
    readonly amountMinor: bigint;
    readonly date: string;
    readonly demandRatePpm: bigint;
    readonly notice: WithdrawalNotice | null;
  },
): WithdrawalInterest {
  const { amountMinor, date, notice, demandRatePpm } = leaving;
  const isNoticed = notice !== null && notice.dueOn === date;
  const noticed = isNoticed && notice.amountMinor < amountMinor ? notice.amountMinor : amountMinor;
  const noticedMinor = isNoticed ? noticed : 0n;
  const stay = { ...rules, from: deposit.startDate, to: date, interestBy: 'actual_days' } as const;
  const atRate = (principalMinor: bigint, ratePpm: bigint) =>
    principalMinor === 0n ? 0n : stayInterestMinor({ ...stay, principalMinor, ratePpm });
  const interestMinor =
    atRate(noticedMinor, deposit.ratePpm) + atRate(amountMinor - noticedMinor, demandRatePpm);
  const days = daysBetween(deposit.startDate, date);
  const demandDays = noticedMinor === amountMinor ? 0 : days;
  return { kind: isNoticed ? 'noticed' : 'without_notice', interestMinor, demandDays };
}

/**
 * What the bank owes on a term deposit at the end of a day (计提): the interest at maturity in
 * proportion to the days that have passed, so that at maturity exactly that interest is owed; after
 * maturity the demand rate for each day more. A notice deposit owes its rate for the days it lay.
 */
export function termAccruedMinor(
  deposit: TermDeposit,
  rules: TermRules,
  at: { readonly date: string; readonly demandRatePpm: bigint },
): bigint {
  const { principalMinor, ratePpm, startDate: from, maturityDate } = deposit;
  if (principalMinor === 0n || at.date < from) return 0n;
  const days = daysBetween(from, at.date) + 1;
  if (maturityDate === null) {
    const bearing = bearingMinor({ ...rules, principalMinor });
    const numerator = bearing * ratePpm * BigInt(days);
    return divideRounded(numerator, 1_000_000n * rules.yearDays);
  }
  const whole = stayInterestMinor({ ...rules, principalMinor, ratePpm, from, to: maturityDate });
  const term = daysBetween(from, maturityDate);
  if (days <= term) return divideRounded(whole * BigInt(days), BigInt(term));
  const late = { principalMinor, ratePpm: at.demandRatePpm, interestBy: 'actual_days' } as const;
  const to = { from: maturityDate, days: days - term };
  const numerator = bearingMinor({ ...rules, ...late }) * late.ratePpm * BigInt(to.days);
  return whole + divideRounded(numerator, 1_000_000n * rules.yearDays);
}
