import { currencyExponent } from '../../base/money.ts';
import { divideRounded } from '../../base/rounding.ts';

/** Cash of one customer on one day in one currency; direction: into the bank or out of it. */
export type CashOfDay = {
  readonly customerNumber: string;
  readonly direction: 'in' | 'out';
  readonly currency: string;
  readonly amountMinor: bigint;
  /** How many times cash moved. */
  readonly times: bigint;
};

/** From which sum on a report is due, in minor units: 50,000 CNY and 10,000 USD as of 2016. */
export type LargeCashRule = { readonly CNY: bigint; readonly USD: bigint };

/** Yuan for one unit of a currency, in ten thousandths. */
export type MiddleRates = { readonly [currency: string]: bigint };

/** A customer's cash of a day in one direction, in both measures, and which of them is reached. */
export type LargeCash = {
  readonly customerNumber: string;
  readonly direction: 'in' | 'out';
  readonly times: bigint;
  readonly currencies: readonly string[];
  readonly yuanMinor: bigint;
  readonly dollarMinor: bigint;
  readonly reached: readonly ('CNY' | 'USD')[];
};

const RATE_SCALE = 10_000n;

/**
 * Customers whose cash of one day is to be reported (大额交易报告): all currencies are converted to
 * one side, CNY and USD, and summed by customer, in and out apart; a side that reaches its standard
 * (at least) makes a report. Source: 中国人民银行令〔2016〕第3号 art. 5. A currency without a middle rate
 * cannot be summed: it is a program's mistake, since no cash of it is handled. In the order of the
 * customers' numbers.
 */
export function largeCash(
  cash: readonly CashOfDay[],
  rule: LargeCashRule,
  rates: MiddleRates,
): readonly LargeCash[] {
  const groups = Map.groupBy(cash, (one) => `${one.customerNumber} ${one.direction}`);
  const found = [...groups.values()].flatMap((all): LargeCash[] => {
    const [first] = all;
    if (first === undefined) return [];
    const yuanMinor = all.reduce((sum, one) => sum + inYuan(one, rates), 0n);
    const dollarMinor = all.reduce((sum, one) => sum + inDollars(one, rates), 0n);
    const reached: ('CNY' | 'USD')[] = [];
    if (yuanMinor >= rule.CNY) reached.push('CNY');
    if (dollarMinor >= rule.USD) reached.push('USD');
    if (reached.length === 0) return [];
    const { customerNumber, direction } = first;
    return [
      {
        ...{ customerNumber, direction, yuanMinor, dollarMinor, reached },
        times: all.reduce((sum, one) => sum + one.times, 0n),
        currencies: [...new Set(all.map(({ currency }) => currency))].sort(),
      },
    ];
  });
  return found.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function key(one: LargeCash): string {
  return `${one.customerNumber} ${one.direction}`;
}

/** An amount in fen at the middle rate, half up. */
function inYuan({ currency, amountMinor }: CashOfDay, rates: MiddleRates): bigint {
  if (currency === 'CNY') return amountMinor;
  const rate = rates[currency] ?? 0n;
  const minor = 10n ** BigInt(currencyExponent(currency));
  return divideRounded(amountMinor * rate * 100n, minor * RATE_SCALE, 'half_up');
}

/** An amount in cents at the middle rates, through yuan, half up. */
function inDollars(one: CashOfDay, rates: MiddleRates): bigint {
  if (one.currency === 'USD') return one.amountMinor;
  const rate = rates.USD ?? 0n;
  return rate === 0n ? 0n : divideRounded(inYuan(one, rates) * RATE_SCALE, rate, 'half_up');
}
