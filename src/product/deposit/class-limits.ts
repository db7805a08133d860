import { isValues, type Value } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';

/**
 * Limits of a class of personal accounts (个人银行账户分类管理). dayOutMinor, yearOutMinor: consumption,
 * transfers to accounts that are not bound, cash out. balanceMaxMinor: at any time. null: no limit.
 * They are a parameter with an effective date; the figures of 银发〔2018〕16号 stand in the demo bank.
 */
export type ClassLimits = {
  readonly dayOutMinor: bigint | null;
  readonly yearOutMinor: bigint | null;
  readonly balanceMaxMinor: bigint | null;
};

/** Money that is to move on a person's account, and what was counted before it. */
export type ClassMovement = {
  readonly accountNumber: string;
  readonly accountClass: 'I' | 'II' | 'III';
  readonly direction: 'in' | 'out';
  readonly amountMinor: bigint;
  /** Between the account and the person's own account of class I that it is bound to. */
  readonly isBound: boolean;
  readonly isFaceChecked: boolean;
  readonly balanceMinor: bigint;
  readonly dayOutMinor: bigint;
  readonly yearOutMinor: bigint;
};

export type ClassRefusal =
  | 'class_inflow_not_checked'
  | 'class_balance_exceeded'
  | 'class_day_exceeded'
  | 'class_year_exceeded';

/** The limits of a class in the parameter `deposit.class_limits`; none where it says none. */
export function limitsOf(parameter: Value, accountClass: string): ClassLimits {
  const limits =
    parameter !== null && isValues(parameter) ? (parameter[accountClass] ?? null) : null;
  const of = limits !== null && isValues(limits) ? limits : {};
  const whole = (name: string) => {
    const value = of[name] ?? null;
    return typeof value === 'bigint' ? value : null;
  };
  return {
    dayOutMinor: whole('dayOutMinor'),
    yearOutMinor: whole('yearOutMinor'),
    balanceMaxMinor: whole('balanceMaxMinor'),
  };
}

/**
 * Whether a movement keeps to the limits of the account's class; `counted`: whether it is added to
 * the day's and the year's outflow. Class I has no limits. Between bound accounts money moves
 * freely, but no balance may go above the class's. Money of others and cash come in after a check
 * face to face only. Source: 银发〔2016〕302号, 银发〔2018〕16号.
 */
export function checkClass(
  movement: ClassMovement,
  limits: ClassLimits,
): Result<'counted' | 'free', ClassRefusal> {
  const { accountNumber: account, amountMinor, isBound } = movement;
  if (movement.accountClass === 'I') return ok('free');
  if (movement.direction === 'in') {
    if (!isBound && !movement.isFaceChecked) return refuse('class_inflow_not_checked', { account });
    const { balanceMaxMinor } = limits;
    const isAbove =
      balanceMaxMinor !== null && movement.balanceMinor + amountMinor > balanceMaxMinor;
    return isAbove ? refuse('class_balance_exceeded', { account }) : ok('free');
  }
  if (isBound) return ok('free');
  const { dayOutMinor, yearOutMinor } = limits;
  if (dayOutMinor !== null && movement.dayOutMinor + amountMinor > dayOutMinor) {
    return refuse('class_day_exceeded', { account });
  }
  if (yearOutMinor !== null && movement.yearOutMinor + amountMinor > yearOutMinor) {
    return refuse('class_year_exceeded', { account });
  }
  return ok('counted');
}
