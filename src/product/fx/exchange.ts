import { isValues, type Values } from '../../base/data.ts';
import { dateInChina } from '../../base/dates.ts';
import { formatAmount, parseAmount } from '../../base/money.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { amountOf, listOf, recordOf, textOf } from '../../ledger/operation-values.ts';
import type {
  Facts,
  OperationInput,
  RecordRequest,
  ServiceOperation,
  TransferRequest,
} from '../../ledger/service-operation.ts';
import { type Change, limitBroken, positionsIn, readLimits } from './limits.ts';
import { inForeign, inYuan, type Quote, quoteOf } from './quote.ts';

const positionGl = { kind: 'parameter', name: 'fx.position_gl_code' } as const;
const limits = { kind: 'parameter', name: 'fx.limits' } as const;
const positions = { kind: 'fx_positions' } as const;
const yuan = 'CNY';

const account = (values: Values, name: string) =>
  ({ kind: 'account_balance', accountNumber: String(values[name] ?? '') }) as const;

/**
 * A customer asks for a price (询价). Values: fromAccountNumber, toAccountNumber, dealAmount (text,
 * in
 * the currency given; where yuan are given, in the currency bought), cash (true: notes are sold to
 * the bank). Answers the deal at the prices that are good now: quoteId, secondQuoteId, dealMinor,
 * fromMinor, toMinor, yuanMinor, fromCurrency, toCurrency, in words fromText, toText and
 * quoteUntil, and limitBroken, the limit the deal would
 * break (none: ''). Posts nothing.
 */
export const askPrice: ServiceOperation = {
  name: 'fx.ask',
  needs: ({ values, context }) => ({
    ...{ from: account(values, 'fromAccountNumber'), to: account(values, 'toAccountNumber') },
    board: { kind: 'fx_quotes_now', at: context.at },
    ...{ limits, positions },
  }),
  decide(input, facts) {
    const sides = sidesOf(input, facts);
    if (!sides.ok) return sides;
    const { from, to } = sides.value.currencies;
    if (from === to) return refuse('fx_same_currency', { currency: from });
    const text = textOf(input.values, 'dealAmount');
    if (!text.ok) return text;
    const amount = parseAmount(text.value.trim(), from === yuan ? to : from);
    if (!amount.ok) return amount;
    const quoteId = goodQuoteId(facts, from === yuan ? to : from);
    if (!quoteId.ok) return quoteId;
    const isCross = from !== yuan && to !== yuan;
    const second = isCross ? goodQuoteId(facts, to) : ok('');
    if (!second.ok) return second;
    const asked = { dealMinor: amount.value, quoteId: quoteId.value };
    const values = { ...input.values, ...asked, secondQuoteId: second.value };
    const dealt = deal({ ...input, values }, facts, { from, to });
    if (!dealt.ok) return dealt;
    const broken = brokenBy(facts, dealt.value.changes);
    if (!broken.ok) return broken;
    const { fromMinor, toMinor, yuanMinor } = dealt.value;
    return ok({
      values: {
        ...{ ...asked, secondQuoteId: second.value, fromMinor, toMinor, yuanMinor },
        ...{ fromCurrency: from, toCurrency: to, limitBroken: broken.value?.limit ?? '' },
        fromText: `${formatAmount(fromMinor, from, { grouped: true })} ${from}`,
        toText: `${formatAmount(toMinor, to, { grouped: true })} ${to}`,
        quoteUntil: clockText(untilOf(facts, [quoteId.value, second.value])),
        fxDecision: null,
      },
      ...{ postings: [], records: [] },
    });
  },
};

/** The good line of a currency. Refused: the board has none now. */
function goodQuoteId(facts: Facts, currency: string): Result<string, 'fx_no_quote_now'> {
  const line = listOf(facts, 'board')
    .filter(isValues)
    .find((each) => each.currency === currency);
  return line === undefined ? refuse('fx_no_quote_now', { currency }) : ok(String(line.quoteId));
}

/** Day, hour and minute at the bank, 8 hours east of Greenwich. */
function clockText(at: bigint): string {
  const minutes = (at / 60_000n + 480n) % 1_440n;
  const two = (part: bigint) => String(part).padStart(2, '0');
  return `${dateInChina(Number(at))} ${two(minutes / 60n)}:${two(minutes % 60n)}`;
}

/** When the first of these lines ends. */
function untilOf(facts: Facts, quoteIds: readonly string[]): bigint {
  const ends = listOf(facts, 'board')
    .filter(isValues)
    .filter((line) => quoteIds.includes(String(line.quoteId)))
    .map((line) => (typeof line.untilMs === 'bigint' ? line.untilMs : 0n));
  return ends.reduce((first, one) => (one < first ? one : first), ends[0] ?? 0n);
}

/**
 * A customer changes money (结汇、售汇、外币兑换) at prices of the board. Values: fromAccountNumber,
 * toAccountNumber, dealMinor, quoteId, secondQuoteId (foreign to foreign: the price of the
 * currency bought), cash, fxDecision (approve: the limit `limitBroken` may be broken),
 * dealAnswer (anything but `deal` does nothing). Answers fromMinor, toMinor, yuanMinor. Posts in
 * each currency: debit the account given, credit the position 3002; debit the position, credit the
 * account received.
 * Refused: a quote that is unknown, expired or of another currency; accounts of one currency; a
 * limit of the position that nobody has approved; what the ledger refuses.
 */
export const exchange: ServiceOperation = {
  name: 'fx.exchange',
  needs: ({ values }) => ({
    ...{ from: account(values, 'fromAccountNumber'), to: account(values, 'toAccountNumber') },
    board: {
      kind: 'fx_quotes',
      quoteIds: `${String(values.quoteId ?? '')} ${String(values.secondQuoteId ?? '')}`,
    },
    ...{ positionGl, limits, positions },
  }),
  decide(input, facts) {
    const answer = input.values.dealAnswer ?? 'deal';
    if (answer !== 'deal') return ok({ values: {}, postings: [], records: [] });
    const sides = sidesOf(input, facts);
    if (!sides.ok) return sides;
    if (typeof facts.positionGl !== 'string') {
      return refuse('parameter_missing', { name: positionGl.name });
    }
    const { currencies, fromNumber, toNumber } = sides.value;
    const dealt = deal(input, facts, currencies);
    if (!dealt.ok) return dealt;
    const { fromMinor, toMinor, yuanMinor, changes } = dealt.value;
    const broken = brokenBy(facts, changes);
    if (!broken.ok) return broken;
    const { fxDecision, limitBroken: approved } = input.values;
    // Who approved the amount alone has not approved a limit that broke since.
    if (broken.value !== null && (fxDecision !== 'approve' || approved !== broken.value.limit)) {
      const { limit, limitMinor, wouldBeMinor } = broken.value;
      const amounts = { limitMinor: String(limitMinor), wouldBeMinor: String(wouldBeMinor) };
      return refuse('fx_limit_exceeded', { limit, ...amounts });
    }
    const unitId = input.context.performerUnitId;
    const position = { unitId, glCode: facts.positionGl };
    const transfers: TransferRequest[] = [
      {
        ...{ debit: { accountNumber: fromNumber }, credit: position },
        ...{ amountMinor: fromMinor, currency: currencies.from },
      },
      {
        ...{ debit: position, credit: { accountNumber: toNumber } },
        ...{ amountMinor: toMinor, currency: currencies.to },
      },
    ];
    const records = changes.map(
      ({ per: _, middle: __, ...change }): RecordRequest => ({
        kind: 'fx_position',
        values: { ...change, unitId },
      }),
    );
    const values: Values = { fromMinor, toMinor, yuanMinor };
    const posting = { narrative: 'currency_exchange', transfers, memoranda: [] };
    return ok({ values, postings: [posting], records });
  },
};

/** Both accounts with their currencies. Refused: one that is not there. */
function sidesOf({ values }: OperationInput, facts: Facts) {
  const from = recordOf(facts, 'from');
  const to = recordOf(facts, 'to');
  const unknown = from === null ? 'fromAccountNumber' : 'toAccountNumber';
  if (from === null || to === null) {
    return refuse('account_unknown', { account: String(values[unknown] ?? '') });
  }
  if (from.customerNumber !== to.customerNumber) {
    return refuse('fx_accounts_of_two', { account: String(to.accountNumber) });
  }
  return ok({
    ...{ fromNumber: String(from.accountNumber), toNumber: String(to.accountNumber) },
    currencies: { from: String(from.currency), to: String(to.currency) },
  });
}

function brokenBy(facts: Facts, changes: readonly Change[]) {
  const known = readLimits(facts.limits ?? null);
  if (known === null) return refuse('parameter_missing', { name: limits.name });
  return ok(limitBroken(positionsIn(listOf(facts, 'positions')), changes, known));
}

type Deal = {
  readonly fromMinor: bigint;
  readonly toMinor: bigint;
  readonly yuanMinor: bigint;
  readonly changes: readonly Change[];
};

/** The amounts of a deal: sold at the bid, bought at the ask, foreign to foreign through yuan. */
function deal(
  { values, context }: OperationInput,
  facts: Facts,
  { from, to }: { readonly from: string; readonly to: string },
): Result<Deal> {
  const amount = amountOf(values, 'dealMinor');
  if (!amount.ok) return amount;
  if (from === to) return refuse('fx_same_currency', { currency: from });
  const first = quoteFor(values, facts, 'quoteId', from === yuan ? to : from, context.at);
  if (!first.ok) return first;
  const quote = first.value;
  if (from === yuan) {
    const yuanMinor = inYuan(amount.value, quote.ask, quote);
    const changes = [changeOf(quote, -amount.value, -yuanMinor)];
    return dealt({ fromMinor: yuanMinor, toMinor: amount.value, yuanMinor, changes });
  }
  const price = values.cash === true ? quote.cashBid : quote.bid;
  const yuanMinor = inYuan(amount.value, price, quote);
  const bought = changeOf(quote, amount.value, yuanMinor);
  if (to === yuan) {
    const changes = [bought];
    return dealt({ fromMinor: amount.value, toMinor: yuanMinor, yuanMinor, changes });
  }
  const second = quoteFor(values, facts, 'secondQuoteId', to, context.at);
  if (!second.ok) return second;
  const toMinor = inForeign(yuanMinor, second.value.ask, second.value);
  const changes = [bought, changeOf(second.value, -toMinor, -yuanMinor)];
  return dealt({ fromMinor: amount.value, toMinor, yuanMinor, changes });
}

function changeOf(quote: Quote, positionMinor: bigint, bookedMinor: bigint): Change {
  const { currency, per, middle, quoteId } = quote;
  return { currency, per, middle, quoteId, positionMinor, bookedMinor };
}

/** An amount so small that the other side rounds to nothing is no deal. */
function dealt(amounts: Deal): Result<Deal> {
  const { fromMinor, toMinor } = amounts;
  return fromMinor > 0n && toMinor > 0n
    ? ok(amounts)
    : refuse('amount_not_positive', { name: 'dealMinor' });
}

function quoteFor(
  values: Values,
  facts: Facts,
  name: 'quoteId' | 'secondQuoteId',
  currency: string,
  at: number,
): Result<Quote> {
  const quoteId = textOf(values, name);
  if (!quoteId.ok) return quoteId;
  const quote = quoteOf(facts, quoteId.value, at);
  if (!quote.ok || quote.value.currency === currency) return quote;
  return refuse('fx_quote_of_other_currency', { quote: quoteId.value, currency });
}
