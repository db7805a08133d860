import type { Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { recordOf } from '../../ledger/operation-values.ts';
import type {
  FactRequest,
  Facts,
  OperationInput,
  OperationOutcome,
  PostingRequest,
  RecordRequest,
  TransferRequest,
} from '../../ledger/service-operation.ts';

/** The GL code that a parameter of bills holds, such as `face` for bill.face_gl_code. */
export const glCode = (name: string) =>
  ({ kind: 'parameter', name: `bill.${name}_gl_code` }) as const;

/** An account with what may leave it, by the name of the value that holds its number. */
export const balance = ({ values }: OperationInput, name: string): FactRequest => ({
  kind: 'account_balance',
  accountNumber: String(values[name] ?? ''),
});

/** A unit's own account of a GL code. */
export const ownAccount = (unitId: string, code: unknown) => ({ unitId, glCode: String(code) });

export type DepositAccount = {
  readonly accountNumber: string;
  readonly currency: string;
  readonly name: string;
  readonly customerNumber: string | null;
  readonly available: bigint;
};

/** An account of the facts. Refused: one that is not there. */
export function accountIn(
  facts: Facts,
  fact: string,
  number: unknown,
): Result<DepositAccount, 'account_unknown'> {
  const account = recordOf(facts, fact);
  if (account === null) return refuse('account_unknown', { account: String(number ?? '') });
  const { availableMinor, customerNumber } = account;
  return ok({
    accountNumber: String(account.accountNumber),
    currency: String(account.currency),
    name: String(account.name ?? ''),
    customerNumber: typeof customerNumber === 'string' ? customerNumber : null,
    available: typeof availableMinor === 'bigint' ? availableMinor : 0n,
  });
}

/** The first of these parameters that is not set, as a refusal; null when all are. */
export function missingIn(facts: Facts, names: readonly string[]) {
  const missing = names.find((name) => typeof facts[name] !== 'string');
  return missing === undefined ? null : refuse('parameter_missing', { name: missing });
}

/** What an operation answers: values, one posting when it moves anything, and rows. */
export function outcome(
  values: Values,
  posting: PostingRequest | null,
  records: readonly RecordRequest[],
): Result<OperationOutcome, never> {
  const moves = posting !== null && (posting.transfers.length > 0 || posting.memoranda.length > 0);
  return ok({ values, postings: moves ? [posting] : [], records });
}

/** Transfers with an amount above zero; a posting has no others. */
export function moving(transfers: readonly TransferRequest[]): TransferRequest[] {
  return transfers.filter(({ amountMinor }) => amountMinor > 0n);
}

/** As much of an amount as an account has, and what is short. */
export function split(
  amountMinor: bigint,
  available: bigint,
): { readonly own: bigint; readonly short: bigint } {
  const own = available < 0n ? 0n : available < amountMinor ? available : amountMinor;
  return { own, short: amountMinor - own };
}
