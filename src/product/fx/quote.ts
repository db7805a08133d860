import { isValues, type Value } from '../../base/data.ts';
import { type Currency, currencyExponent } from '../../base/money.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { divideRounded } from '../../base/rounding.ts';
import { listOf } from '../../ledger/operation-values.ts';

/**
 * One line of the board (外汇牌价) in CNY for `per` units of the currency, each price in the ten
 * thousandth part of a yuan. The bank buys at `bid` (现汇买入), notes at `cashBid` (现钞买入), and
 * sells at `ask` (卖出); `middle` is for valuing. Good from `validFromMs` until before `untilMs`.
 */
export type Quote = {
  readonly quoteId: string;
  readonly currency: Currency;
  readonly per: bigint;
  readonly bid: bigint;
  readonly cashBid: bigint;
  readonly ask: bigint;
  readonly middle: bigint;
  readonly validFromMs: bigint;
  readonly untilMs: bigint;
};

/** A price is this many times a yuan. */
export const PRICE_SCALE = 10_000n;

/** What a foreign amount comes to in fen at a price; half up. */
export function inYuan(
  amountMinor: bigint,
  price: bigint,
  quote: Pick<Quote, 'currency' | 'per'>,
): bigint {
  const exponent = BigInt(currencyExponent(quote.currency));
  return divideRounded(
    amountMinor * price * 100n,
    10n ** exponent * quote.per * PRICE_SCALE,
    'half_up',
  );
}

/** What fen come to in a foreign currency at a price; half up. */
export function inForeign(fen: bigint, price: bigint, quote: Quote): bigint {
  const exponent = BigInt(currencyExponent(quote.currency));
  return divideRounded(fen * 10n ** exponent * quote.per * PRICE_SCALE, price * 100n, 'half_up');
}

/**
 * The board's line of that number. Refused: no such line, a line that is not a whole one
 * (fx_quote_unknown), not yet or no longer good (fx_quote_expired).
 */
export function quoteOf(
  board: { readonly [name: string]: Value },
  quoteId: string,
  at: number,
): Result<Quote, 'fx_quote_unknown' | 'fx_quote_expired'> {
  const line = listOf(board, 'board')
    .filter(isValues)
    .find((each) => each.quoteId === quoteId);
  const numbers = ['per', 'bid', 'cashBid', 'ask', 'middle', 'validFromMs', 'untilMs'] as const;
  const whole = line && numbers.every((name) => typeof line[name] === 'bigint');
  if (!line || !whole || typeof line.currency !== 'string') {
    return refuse('fx_quote_unknown', { quote: quoteId });
  }
  const quote = line as unknown as Quote;
  const now = BigInt(at);
  return now >= quote.validFromMs && now < quote.untilMs
    ? ok(quote)
    : refuse('fx_quote_expired', { quote: quoteId });
}
