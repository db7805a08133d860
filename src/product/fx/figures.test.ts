import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Values } from '../../base/data.ts';
import { formatAmount } from '../../base/money.ts';
import { refusalCodes } from '../../contract/refusals/index.ts';
import type { OperationInput, ServiceOperation } from '../../ledger/service-operation.ts';
import { draftQuote, priceOf, publishQuote } from './board.ts';
import { askPrice, exchange } from './exchange.ts';
import { type FxLimits, limitBroken, standingOf } from './limits.ts';
import type { Position } from './position.ts';

const at = Date.UTC(2026, 10, 20, 2);
const good = { validFromMs: BigInt(at - 1000), untilMs: BigInt(at + 60_000) };
const line = (currency: string, bid: bigint, cashBid: bigint, ask: bigint, middle: bigint) => ({
  ...{ quoteId: `Q-${currency}`, currency, per: 100n, bid, cashBid, ask, middle },
  ...good,
});
const board = [
  line('USD', 7_165_000n, 7_106_600n, 7_195_200n, 7_180_000n),
  line('EUR', 8_281_000n, 8_200_000n, 8_350_000n, 8_320_000n),
  line('JPY', 47_900n, 47_000n, 48_500n, 48_200n),
  line('HKD', 910_000n, 900_000n, 920_000n, 915_000n),
  { ...line('USD', 1n, 1n, 1n, 1n), quoteId: 'Q-OLD', untilMs: BigInt(at) },
];
const limits: FxLimits = {
  ...{ capitalMinor: 200_000_000_000n, netOpenMinor: 2_000_000_000n, warnPpm: 800_000n },
  currencies: { USD: 900_000_000n, EUR: 300_000_000n, JPY: 200_000_000n, HKD: 200_000_000n },
};
const facts = (from: string, to: string) => ({
  from: { accountNumber: '1', currency: from, customerNumber: 'C1' },
  to: { accountNumber: '2', currency: to, customerNumber: 'C1' },
  ...{ board, positions: [], limits },
  ...{ positionGl: '3002', gainGl: '6061' },
});
const input = (values: Values): OperationInput => ({
  values,
  context: {
    at,
    accountingDate: '2026-11-20',
    caseNumber: 'FX-2026-000001',
    processInstance: '01900000-0000-7000-8000-000000000001',
    activity: 'deal',
    caseUnitId: 'outlet',
    performer: 'teller',
    performerUnitId: 'outlet',
    attributes: {},
  },
});
const run = (operation: ServiceOperation, values: Values, known: ReturnType<typeof facts>) =>
  operation.decide(input(values), known);
const dealt = (from: string, to: string, values: Values) => {
  const done = run(exchange, values, facts(from, to));
  if (!done.ok) throw new Error(done.code);
  return done.value;
};
const cny = (value: unknown) => formatAmount(value as bigint, 'CNY');

/** The handbook's section 18, and the same figures by their names in the worked figures. */
const figures: readonly (readonly [string, string, string, () => string])[] = [
  [
    'V22 sell USD 12,345.67 at the bid',
    '88456.73',
    'fx_sell_usd',
    () => cny(dealt('USD', 'CNY', { dealMinor: 1_234_567n, quoteId: 'Q-USD' }).values.toMinor),
  ],
  [
    'V22 buy USD 5,000 at the ask',
    '35976.00',
    'fx_buy_usd',
    () => cny(dealt('CNY', 'USD', { dealMinor: 500_000n, quoteId: 'Q-USD' }).values.fromMinor),
  ],
  [
    'V22 sell USD 3,000 in notes',
    '21319.80',
    'fx_note_buy',
    () =>
      cny(
        dealt('USD', 'CNY', { dealMinor: 300_000n, quoteId: 'Q-USD', cash: true }).values.toMinor,
      ),
  ],
  [
    'V22 EUR 1,000 to USD through yuan',
    '8281.00 1150.91',
    'cross_eur_to_usd',
    () => {
      const two = { quoteId: 'Q-EUR', secondQuoteId: 'Q-USD' };
      const { values } = dealt('EUR', 'USD', { dealMinor: 100_000n, ...two });
      return `${cny(values.yuanMinor)} ${cny(values.toMinor)}`;
    },
  ],
  ['V23 long', '10805000.00', 'fx_long', () => cny(standing().longMinor)],
  ['V23 short', '4424000.00', 'fx_short', () => cny(standing().shortMinor)],
  [
    'V23 net open position, shorthand',
    '10805000.00',
    'fx_nop_shorthand',
    () => cny(standing().netOpenMinor),
  ],
  [
    'V23 of a capital of 2 billion, %',
    '0.5402',
    'fx_ratio_to_capital_2bn_pct',
    () => (Number(standing().shareOfCapitalPpm) / 10_000).toFixed(4),
  ],
  [
    'V23 revaluation of USD 1,250,000',
    '18750.00',
    'fx_reval',
    () => cny(standing().rows[0]?.gainMinor),
  ],
];

/** The positions of V23; the dollars stand at 7.1650, the others at today's price. */
const held: readonly Position[] = [
  ['USD', 125_000_000n, 895_625_000n, 7_180_000n] as const,
  ['EUR', -30_000_000n, -249_600_000n, 8_320_000n] as const,
  ['JPY', -40_000_000n, -192_800_000n, 48_200n] as const,
  ['HKD', 200_000_000n, 183_000_000n, 915_000n] as const,
].map(([currency, positionMinor, bookedMinor, middle]) => ({
  ...{ currency, positionMinor, bookedMinor, middle, per: 100n },
}));
const standing = () => standingOf(held, limits);

const material = process.env.HUILIU_DATA;
const published: Readonly<Record<string, unknown>> =
  material === undefined
    ? {}
    : JSON.parse(readFileSync(`${material}/cn/worked-figures.json`, 'utf8'));

describe('figures of the handbook', () => {
  test.each(figures)('%s', (_, wanted, __, ours) => {
    expect(ours()).toBe(wanted);
  });

  test.skipIf(material === undefined)('the published figures are the same (HUILIU_DATA)', () => {
    for (const [, wanted, name] of figures) {
      expect([published[name]].flat().join(' '), name).toBe(wanted);
    }
  });
});

describe('deals', () => {
  test('each currency balances by itself through the position account', () => {
    const { postings } = dealt('USD', 'CNY', { dealMinor: 1_234_567n, quoteId: 'Q-USD' });
    const position = { unitId: 'outlet', glCode: '3002' };
    expect(postings[0]!.transfers).toEqual([
      {
        debit: { accountNumber: '1' },
        credit: position,
        amountMinor: 1_234_567n,
        currency: 'USD',
      },
      {
        debit: position,
        credit: { accountNumber: '2' },
        amountMinor: 8_845_673n,
        currency: 'CNY',
      },
    ]);
  });

  test.each<[string, string, Values, string]>([
    ['USD', 'CNY', { dealMinor: 100n, quoteId: 'Q-OLD' }, 'fx_quote_expired'],
    ['USD', 'CNY', { dealMinor: 100n, quoteId: 'Q-GBP' }, 'fx_quote_unknown'],
    ['USD', 'CNY', { dealMinor: 100n, quoteId: 'Q-EUR' }, 'fx_quote_of_other_currency'],
    ['CNY', 'CNY', { dealMinor: 100n, quoteId: 'Q-USD' }, 'fx_same_currency'],
    ['USD', 'CNY', { dealMinor: 0n, quoteId: 'Q-USD' }, 'amount_not_positive'],
    ['JPY', 'USD', { dealMinor: 1n, quoteId: 'Q-JPY' }, 'value_missing'],
    ['USD', 'CNY', { dealMinor: 100n }, 'value_missing'],
  ])('%s to %s with %o is refused: %s', (from, to, values, code) => {
    expect(run(exchange, values, facts(from, to))).toMatchObject({ ok: false, code });
    expect(refusalCodes()).toContain(code);
  });

  test('FX-01 a price is asked: the right side, and both legs of a cross', () => {
    const asked = run(askPrice, { dealAmount: '1000.001' }, facts('EUR', 'USD'));
    expect(asked).toMatchObject({ ok: false, code: 'amount_too_precise' });
    expect(run(askPrice, { dealAmount: '1000.00' }, facts('EUR', 'USD'))).toMatchObject({
      ok: true,
      value: {
        postings: [],
        values: {
          ...{ quoteId: 'Q-EUR', secondQuoteId: 'Q-USD', fromMinor: 100_000n },
          ...{ yuanMinor: 828_100n, toMinor: 115_091n, limitBroken: '' },
        },
      },
    });
    const other = { ...facts('EUR', 'USD'), to: { customerNumber: 'C2', currency: 'USD' } };
    expect(askPrice.decide(input({ dealAmount: '1' }), other)).toMatchObject({
      code: 'fx_accounts_of_two',
    });
  });
});

describe('limits', () => {
  const bought = (currency: string, positionMinor: bigint, middle: bigint) => ({
    ...{ currency, positionMinor, bookedMinor: 0n, per: 100n, middle, quoteId: 'Q' },
  });

  test('FX-03 a traffic light for each currency and for the whole', () => {
    const { rows, light } = standing();
    expect(rows.map((row) => row.light)).toEqual(['near', 'near', 'near', 'near']);
    expect(light).toBe('within');
  });

  test('FX-03 a deal that breaks a limit, and one that brings a broken one nearer', () => {
    const more = bought('USD', 500_000n, 7_180_000n);
    expect(limitBroken(held, [more], limits)).toEqual({
      ...{ limit: 'USD', limitMinor: 900_000_000n, wouldBeMinor: 901_090_000n },
    });
    const tight = { ...limits, currencies: { ...limits.currencies, USD: 1n } };
    expect(limitBroken(held, [bought('USD', -500_000n, 7_180_000n)], tight)).toBeNull();
    const whole = { ...limits, netOpenMinor: 1_080_500_000n };
    const currencies = { ...limits.currencies, USD: 999_999_999_999n };
    const broken = limitBroken(held, [more], { ...whole, currencies });
    expect(broken?.limit).toBe('total');
    expect(limitBroken([], [bought('GBP', 1n, 9_000_000n)], limits)?.limit).toBe('GBP');
  });

  test('FX-03 nobody deals over a limit without approval', () => {
    const tight = { ...limits, currencies: { USD: 100n } };
    const known = { ...facts('USD', 'CNY'), limits: tight };
    const values = { dealMinor: 1_000n, quoteId: 'Q-USD' };
    expect(exchange.decide(input(values), known)).toMatchObject({ code: 'fx_limit_exceeded' });
    const amountOnly = { ...values, fxDecision: 'approve', limitBroken: '' };
    expect(exchange.decide(input(amountOnly), known)).toMatchObject({ code: 'fx_limit_exceeded' });
    const approved = exchange.decide(input({ ...amountOnly, limitBroken: 'USD' }), known);
    expect(approved).toMatchObject({ ok: true });
    expect(refusalCodes()).toContain('fx_limit_exceeded');
  });
});

describe('the board', () => {
  const line_ = {
    ...{ currency: 'USD', per: 100n, cashBid: '710.66', bid: '716.50', middle: '718' },
    ...{ ask: '719.52', validMinutes: 30n },
  };

  test('a price has at most four decimals and is above zero', () => {
    expect(priceOf('716.50')).toBe(7_165_000n);
    expect(['0', '1.23456', '-1', '1e3', ''].map(priceOf)).toEqual(Array(5).fill(null));
  });

  test('one writes a line, another publishes it', () => {
    const drafted = draftQuote.decide(input(line_), {});
    expect(drafted).toMatchObject({ ok: true, value: { values: { draftedLogin: 'teller' } } });
    const decided = { ...line_, quoteDecision: 'publish' };
    const own = publishQuote.decide(input({ ...decided, draftedLogin: 'teller' }), {});
    expect(own).toMatchObject({ code: 'authoriser_is_maker' });
    const done = publishQuote.decide(input({ ...decided, draftedLogin: 'dealer' }), {});
    expect(done).toMatchObject({
      value: { records: [{ values: { bid: 7_165_000n, validUntilMs: BigInt(at) + 1_800_000n } }] },
    });
  });

  test.each<[Values, string]>([
    [{ bid: '720' }, 'fx_prices_out_of_order'],
    [{ ask: 'seven' }, 'fx_price_not_valid'],
    [{ currency: 'CNY' }, 'fx_not_foreign'],
    [{ per: 7n }, 'value_of_other_kind'],
    [{ validMinutes: 1_441n }, 'value_of_other_kind'],
  ])('%o is refused: %s', (more, code) => {
    expect(draftQuote.decide(input({ ...line_, ...more }), {})).toMatchObject({ code });
    expect(refusalCodes()).toContain(code);
  });
});
