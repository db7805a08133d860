import { addDays } from '../../base/dates.ts';
import type { TransferRequest } from '../../ledger/service-operation.ts';
import type { DepositProduct } from './product.ts';
import { maturityOf, type TermDeposit, termWithdrawal } from './term.ts';
import { interestTransfers } from './term-postings.ts';

/** A term that has come to its end and is to go on (到期转存). */
export type RenewableTerm = TermDeposit & {
  readonly maturityDate: string;
  readonly accountNumber: string;
  readonly unitId: string;
  readonly currency: string;
  readonly settlementAccountNumber: string;
  readonly renewal: 'principal' | 'principal_and_interest';
  readonly accruedMinor: bigint;
  readonly product: DepositProduct;
};

/** What the next term begins with, the interest of the one that ended, and its postings. */
export type Renewal = {
  readonly interestMinor: bigint;
  readonly releasedMinor: bigint;
  readonly countedTo: string;
  readonly transfers: readonly TransferRequest[];
  readonly principalMinor: bigint;
  readonly startDate: string;
  readonly maturityDate: string;
};

/**
 * Renews a term on the day it ended, also when it is booked later: interest by the terms that
 * ended, to the settlement account or onto the deposit itself; the new term has the length of the
 * product as it is on that day.
 */
export function renewTerm(term: RenewableTerm, next: Pick<DepositProduct, 'termMonths'>): Renewal {
  const { principalMinor, maturityDate: startDate, product, accruedMinor: releasedMinor } = term;
  const leaving = { amountMinor: principalMinor, date: startDate, demandRatePpm: 0n };
  const { interestMinor } = termWithdrawal(term, product, leaving);
  const stays = term.renewal === 'principal_and_interest';
  const to = { accountNumber: stays ? term.accountNumber : term.settlementAccountNumber };
  const { unitId, currency } = term;
  return {
    ...{ interestMinor, releasedMinor, countedTo: addDays(startDate, -1), startDate },
    transfers: interestTransfers({ interestMinor, releasedMinor, product, unitId, to, currency }),
    principalMinor: stays ? principalMinor + interestMinor : principalMinor,
    maturityDate: maturityOf(startDate, next.termMonths),
  };
}
