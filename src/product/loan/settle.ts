import { isValues, type Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { listOf, recordOf, wholeOrZero } from '../../ledger/operation-values.ts';
import type {
  FactRequest,
  Facts,
  MemorandumRequest,
  PostingRequest,
  RecordRequest,
} from '../../ledger/service-operation.ts';
import { certificateImages } from './disburse.ts';

/** A contract by its own number or by one of its notes. */
type OfContract = { readonly contractNumber: string } | { readonly noteNumber: string };

/**
 * What closing a contract needs to know. Asked first, so that everything after it is read while
 * nobody else draws on the contract or pays on it.
 */
export const contractNeeds = (of: OfContract): { readonly [name: string]: FactRequest } => ({
  contract: { kind: 'contract_drawn', ...of },
  margin: { kind: 'contract_margin', ...of },
  collateral: { kind: 'collateral_held', ...of, imageKind: certificateImages },
  collateralGlCode: { kind: 'parameter', name: 'loan.collateral_gl_code' },
});

/** Whether nothing more can be drawn on a contract by the given day, whatever is paid back. */
export function isDrawnOut(contract: Values, date: string): boolean {
  if (String(contract.availableTo) < date) return true;
  return contract.revolving !== true && wholeOrZero(contract, 'undrawnMinor') === 0n;
}

/** How a contract ends: what takes the collateral off the books, frees the margin, says why. */
export type Closing = {
  readonly postings: readonly PostingRequest[];
  readonly records: readonly RecordRequest[];
};

/**
 * Ends a contract on which nothing is owed (合同结清): its collateral goes off the balance sheet
 * (押品释放), its margin is at the borrower's disposal again (解除圈存).
 */
export function closingOf(
  contract: Values,
  reason: 'settled' | 'expired' | 'given_up',
  facts: Facts,
): Result<Closing, 'parameter_missing'> {
  const held = listOf(facts, 'collateral').filter((one) => isValues(one));
  if (held.length > 0 && typeof facts.collateralGlCode !== 'string') {
    return refuse('parameter_missing', { name: 'loan.collateral_gl_code' });
  }
  const account = { unitId: String(contract.unitId), glCode: String(facts.collateralGlCode) };
  const memoranda = held.map(
    (one): MemorandumRequest => ({
      account,
      direction: 'out',
      amountMinor: wholeOrZero(one, 'valueMinor'),
      currency: String(one.currency),
      subject: String(one.caseNumber),
    }),
  );
  const margin = recordOf(facts, 'margin');
  const records: RecordRequest[] = [
    {
      kind: 'loan_contract_closing',
      values: {
        contractNumber: contract.contractNumber ?? null,
        reason,
        undrawnMinor: wholeOrZero(contract, 'undrawnMinor'),
      },
    },
  ];
  if (margin !== null) {
    const { holdId = null, accountNumber = null } = margin;
    records.push({ kind: 'hold_ending', values: { holdId, accountNumber } });
  }
  const postings: PostingRequest[] =
    memoranda.length === 0 ? [] : [{ narrative: 'collateral_released', transfers: [], memoranda }];
  return ok({ postings, records });
}
