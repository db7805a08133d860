import type { Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { amountOf, recordOf, textOf } from '../../ledger/operation-values.ts';
import type {
  Facts,
  OperationInput,
  ServiceOperation,
  TransferRequest,
} from '../../ledger/service-operation.ts';
import { inForeign, inYuan, type Quote, quoteOf } from './quote.ts';

const board = { kind: 'parameter', name: 'fx.board' } as const;
const positionGl = { kind: 'parameter', name: 'fx.position_gl_code' } as const;
const yuan = 'CNY';

/**
 * A customer changes money (结汇、售汇、外币兑换) at prices of the board. Values: fromAccountNumber,
 * toAccountNumber, amountMinor, quoteId, secondQuoteId (foreign to foreign: the price of the
 * currency bought), cash (true: notes are sold to the bank). The amount is in the currency given;
 * where yuan are given, in the currency bought. Answers fromMinor, toMinor, yuanMinor.
 * Posts in each currency: debit the account given, credit the position 3002; debit the position,
 * credit the account received. Refused: a quote that is unknown, expired or of another currency;
 * accounts of one currency; what the ledger refuses.
 */
export const exchange: ServiceOperation = {
  name: 'fx.exchange',
  needs: ({ values }) => ({
    from: { kind: 'account_balance', accountNumber: String(values.fromAccountNumber ?? '') },
    to: { kind: 'account_balance', accountNumber: String(values.toAccountNumber ?? '') },
    ...{ board, positionGl },
  }),
  decide(input, facts) {
    const from = recordOf(facts, 'from');
    const to = recordOf(facts, 'to');
    const unknown = from === null ? 'fromAccountNumber' : 'toAccountNumber';
    if (from === null || to === null) {
      return refuse('account_unknown', { account: String(input.values[unknown] ?? '') });
    }
    if (typeof facts.positionGl !== 'string') {
      return refuse('parameter_missing', { name: positionGl.name });
    }
    const currencies = { from: String(from.currency), to: String(to.currency) };
    const dealt = deal(input, facts, currencies);
    if (!dealt.ok) return dealt;
    const { fromMinor, toMinor, yuanMinor } = dealt.value;
    const position = { unitId: input.context.performerUnitId, glCode: facts.positionGl };
    const transfers: TransferRequest[] = [
      {
        debit: { accountNumber: String(from.accountNumber) },
        credit: position,
        amountMinor: fromMinor,
        currency: currencies.from,
      },
      {
        debit: position,
        credit: { accountNumber: String(to.accountNumber) },
        amountMinor: toMinor,
        currency: currencies.to,
      },
    ];
    const values: Values = { fromMinor, toMinor, yuanMinor };
    const posting = { narrative: 'currency_exchange', transfers, memoranda: [] };
    return ok({ values, postings: [posting], records: [] });
  },
};

type Deal = {
  readonly fromMinor: bigint;
  readonly toMinor: bigint;
  readonly yuanMinor: bigint;
};

/** The amounts of a deal: sold at the bid, bought at the ask, foreign to foreign through yuan. */
function deal(
  { values, context }: OperationInput,
  facts: Facts,
  { from, to }: { readonly from: string; readonly to: string },
): Result<Deal> {
  const amount = amountOf(values, 'amountMinor');
  if (!amount.ok) return amount;
  if (from === to) return refuse('fx_same_currency', { currency: from });
  const first = quoteFor(values, facts, 'quoteId', from === yuan ? to : from, context.at);
  if (!first.ok) return first;
  const quote = first.value;
  if (from === yuan) {
    const yuanMinor = inYuan(amount.value, quote.ask, quote);
    return dealt({ fromMinor: yuanMinor, toMinor: amount.value, yuanMinor });
  }
  const price = values.cash === true ? quote.cashBid : quote.bid;
  const yuanMinor = inYuan(amount.value, price, quote);
  if (to === yuan) return dealt({ fromMinor: amount.value, toMinor: yuanMinor, yuanMinor });
  const second = quoteFor(values, facts, 'secondQuoteId', to, context.at);
  if (!second.ok) return second;
  const toMinor = inForeign(yuanMinor, second.value.ask, second.value);
  return dealt({ fromMinor: amount.value, toMinor, yuanMinor });
}

/** An amount so small that the other side rounds to nothing is no deal. */
function dealt(amounts: Deal): Result<Deal> {
  const { fromMinor, toMinor } = amounts;
  return fromMinor > 0n && toMinor > 0n
    ? ok(amounts)
    : refuse('amount_not_positive', { name: 'amountMinor' });
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
