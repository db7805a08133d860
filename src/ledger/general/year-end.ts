import type { LedgerTransfer } from '../posting.ts';

/** A profit-and-loss account with what it holds at the end of the year: debits less credits. */
export type ResultAccount = {
  readonly accountId: string;
  readonly currency: string;
  readonly debitsLessCreditsMinor: bigint;
};

/** The accounts that take a year's result: 本年利润 and 利润分配, of one book and currency. */
export type ResultAccounts = {
  readonly profitAccountId: string;
  readonly distributionAccountId: string;
};

/**
 * Carries a year's result over (年终结转) in one book and currency: every profit-and-loss account is
 * brought to 0 against the profit of the year (本年利润), and that, whole, into the distribution of
 * profit (利润分配). An income account has a credit balance and is debited; an expense the other way.
 */
export function yearEndTransfers(
  accounts: readonly ResultAccount[],
  { profitAccountId, distributionAccountId }: ResultAccounts,
): LedgerTransfer[] {
  const closing = accounts
    .filter(({ debitsLessCreditsMinor }) => debitsLessCreditsMinor !== 0n)
    .map(
      ({ accountId, currency, debitsLessCreditsMinor: balance }): LedgerTransfer =>
        balance > 0n
          ? transfer(profitAccountId, accountId, balance, currency)
          : transfer(accountId, profitAccountId, -balance, currency),
    );
  const [first] = accounts;
  const profit = -accounts.reduce((sum, one) => sum + one.debitsLessCreditsMinor, 0n);
  if (first === undefined || profit === 0n) return closing;
  const carried =
    profit > 0n
      ? transfer(profitAccountId, distributionAccountId, profit, first.currency)
      : transfer(distributionAccountId, profitAccountId, -profit, first.currency);
  return [...closing, carried];
}

function transfer(
  debitAccountId: string,
  creditAccountId: string,
  amountMinor: bigint,
  currency: string,
): LedgerTransfer {
  return { debitAccountId, creditAccountId, amountMinor, currency };
}
