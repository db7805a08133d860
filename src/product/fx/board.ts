import { isCurrency } from '../../base/money.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { textOf, wholeOf } from '../../ledger/operation-values.ts';
import type { OperationInput, ServiceOperation } from '../../ledger/service-operation.ts';
import { PRICE_SCALE } from './quote.ts';

const prices = ['cashBid', 'bid', 'middle', 'ask'] as const;
const minutesMost = 1_440n;

type Line = Readonly<Record<(typeof prices)[number] | 'per' | 'validMinutes', bigint>> & {
  readonly currency: string;
};

/**
 * A line of the board is written (牌价录入). Values: currency, per, cashBid, bid, middle, ask (texts in
 * yuan with at most four decimals), validMinutes. Answers draftedLogin, quoteText. Refused: a price
 * that is none,
 * prices out of order (cash bid, bid, middle, ask from low to high), more than a day of validity.
 */
export const draftQuote: ServiceOperation = {
  name: 'fx.draft_quote',
  needs: () => ({}),
  decide(input) {
    const line = readLine(input);
    if (!line.ok) return line;
    const draftedLogin = input.context.performer ?? '';
    const { currency, per, ...rest } = input.values;
    const texts = prices.map((name) => String(rest[name]).trim()).join(' / ');
    const quoteText = `${String(currency)} ${String(per)}: ${texts}`;
    return ok({ values: { draftedLogin, quoteText }, postings: [], records: [] });
  },
};

/**
 * Another person puts the line on the board (牌价发布): good from now on for validMinutes; the line
 * of the currency before it ends now. Values: those of the draft, draftedLogin, quoteDecision
 * (anything but `publish` does nothing). Refused: the one who wrote it.
 */
export const publishQuote: ServiceOperation = {
  name: 'fx.publish_quote',
  needs: () => ({}),
  decide(input) {
    const { values, context } = input;
    if (values.quoteDecision !== 'publish') return ok({ values: {}, postings: [], records: [] });
    const line = readLine(input);
    if (!line.ok) return line;
    const madeLogin = textOf(values, 'draftedLogin');
    if (!madeLogin.ok) return madeLogin;
    if (madeLogin.value === context.performer) return refuse('authoriser_is_maker');
    const { validMinutes, ...rest } = line.value;
    const validFromMs = BigInt(context.at);
    const validUntilMs = validFromMs + validMinutes * 60_000n;
    const kept = { ...rest, madeLogin: madeLogin.value, validFromMs, validUntilMs };
    return ok({ values: {}, postings: [], records: [{ kind: 'fx_quote', values: kept }] });
  },
};

function readLine({ values }: OperationInput): Result<Line> {
  const currency = textOf(values, 'currency');
  if (!currency.ok) return currency;
  if (!isCurrency(currency.value) || currency.value === 'CNY') {
    return refuse('fx_not_foreign', { currency: currency.value });
  }
  const per = wholeOf(values, 'per');
  if (!per.ok) return per;
  if (![1n, 100n].includes(per.value)) return refuse('value_of_other_kind', { name: 'per' });
  const validMinutes = wholeOf(values, 'validMinutes');
  if (!validMinutes.ok) return validMinutes;
  if (validMinutes.value < 1n || validMinutes.value > minutesMost) {
    return refuse('value_of_other_kind', { name: 'validMinutes' });
  }
  const read: bigint[] = [];
  for (const name of prices) {
    const text = textOf(values, name);
    if (!text.ok) return text;
    const price = priceOf(text.value.trim());
    if (price === null) return refuse('fx_price_not_valid', { name, text: text.value });
    read.push(price);
  }
  const [cashBid = 0n, bid = 0n, middle = 0n, ask = 0n] = read;
  if (!(cashBid <= bid && bid <= middle && middle <= ask)) {
    return refuse('fx_prices_out_of_order', { currency: currency.value });
  }
  const terms = { per: per.value, validMinutes: validMinutes.value };
  return ok({ currency: currency.value, cashBid, bid, middle, ask, ...terms });
}

/** A price in yuan as a whole of ten thousandth parts, above zero; null when it is none. */
export function priceOf(text: string): bigint | null {
  const parts = /^(\d{1,7})(?:\.(\d{1,4}))?$/.exec(text);
  if (parts === null) return null;
  const price = BigInt(parts[1] ?? '0') * PRICE_SCALE + BigInt((parts[2] ?? '').padEnd(4, '0'));
  return price > 0n ? price : null;
}
