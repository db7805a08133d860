import type { Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { recordOf, wholeOrZero } from '../../ledger/operation-values.ts';
import type {
  Facts,
  OperationInput,
  RecordRequest,
  ServiceOperation,
} from '../../ledger/service-operation.ts';
import { type ClassRefusal, checkClass, limitsOf } from './class-limits.ts';
import { openingNeeds, openingOf } from './opening.ts';

/** The limits of the classes, in force on the accounting date. */
export const classLimits = { kind: 'parameter', name: 'deposit.class_limits' } as const;

/** What went out of the account whose number the case holds under a name. */
export function usageNeeded(input: OperationInput, name: string) {
  const accountNumber = String(input.values[name] ?? '');
  return { kind: 'account_usage', accountNumber } as const;
}

/** Money between an account and another of the bank's; null: cash, or money of another bank. */
export type UsageMovement = {
  readonly direction: 'in' | 'out';
  readonly amountMinor: bigint;
  readonly account: Values;
  readonly counterparty: Values | null;
};

/**
 * Whether the class of a person's account allows a movement, and what is counted by it; an account
 * that is no person's has no class. The limits stand with the record, because another payment may
 * be counted before this one is written.
 */
export function usageRecords(
  facts: Facts,
  name: string,
  movement: UsageMovement,
): Result<RecordRequest[], ClassRefusal> {
  const usage = recordOf(facts, name);
  if (usage === null) return ok([]);
  const { direction, amountMinor, account, counterparty } = movement;
  const accountClass = String(usage.accountClass);
  const limits = limitsOf(facts.classLimits ?? null, accountClass);
  const accountNumber = String(account.accountNumber);
  const bound = usage.boundAccountNumber ?? null;
  const checked = checkClass(
    {
      ...{ accountNumber, direction, amountMinor },
      accountClass: accountClass as 'I' | 'II' | 'III',
      isBound: bound !== null && counterparty?.accountNumber === bound,
      isFaceChecked: (usage.faceCheckedOn ?? null) !== null,
      balanceMinor: wholeOrZero(usage, 'balanceMinor'),
      dayOutMinor: wholeOrZero(usage, 'dayOutMinor'),
      yearOutMinor: wholeOrZero(usage, 'yearOutMinor'),
    },
    limits,
  );
  if (!checked.ok) return checked;
  if (checked.value === 'free') return ok([]);
  const { dayOutMinor, yearOutMinor } = limits;
  const values = { accountNumber, amountMinor, dayOutMinor, yearOutMinor };
  return ok([{ kind: 'account_usage', values }]);
}

/**
 * Opens a person's account of a class (I, II, III by its product) at the performer's unit. Values:
 * customerNumber, accountName, productCode, boundAccountNumber (the own account of class I, for II
 * and III), faceChecked. Writes `accountNumber`. Refused: a second account of class I; one of class
 * II or III without its bound account.
 */
export const openPersonalAccount: ServiceOperation = {
  name: 'deposit.open_personal_account',
  needs: openingNeeds,
  decide({ values, context }, facts) {
    const opening = openingOf(values, facts);
    if (!opening.ok) return opening;
    const { customerNumber, accountName, holder, productCode, product } = opening.value;
    const { accountClass, glCode } = product;
    if (accountClass === null || holder.kind !== 'retail') {
      return refuse('value_of_other_kind', { name: 'productCode' });
    }
    const classOne = holder.classOneAccount ?? null;
    if (accountClass === 'I' && classOne !== null) {
      return refuse('class_one_account_exists', { customer: customerNumber });
    }
    const bound = accountClass === 'I' ? null : (values.boundAccountNumber ?? null);
    if (accountClass !== 'I' && (bound === null || bound !== classOne)) {
      return refuse('bound_account_missing', {});
    }
    const accountNumber = String(facts.accountNumber);
    const account = {
      ...{ accountNumber, customerNumber, accountName },
      ...{ productCode, glCode, currency: 'CNY', unitId: context.performerUnitId },
    };
    const personal = {
      ...{ accountNumber, customerNumber, accountClass },
      ...{ boundAccountNumber: bound, faceChecked: values.faceChecked === true },
    };
    return ok({
      values: { accountNumber },
      postings: [],
      records: [
        { kind: 'account_opening', values: account },
        { kind: 'personal_account', values: personal },
      ],
    });
  },
};
