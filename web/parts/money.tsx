import { amountInWords } from '../../src/base/amount-in-words.ts';
import { formatAmount } from '../../src/base/money.ts';

/** Minor units as people read them: 1,409.50, with a true minus sign. */
export function amountText(amountMinor: string | bigint, currency: string): string {
  return formatAmount(BigInt(amountMinor), currency, { grouped: true }).replace('-', '−');
}

/** 大写 with 人民币 before it; null for other currencies and amounts below zero. */
export function capitalsOf(amountMinor: bigint, currency: string): string | null {
  if (currency !== 'CNY' || amountMinor < 0n) return null;
  return `人民币${amountInWords(amountMinor)}`;
}

/** An amount on the page: red and with a minus when negative, 0.00 when zero. */
export function Amount({
  minor,
  currency,
  withCurrency = false,
}: {
  minor: string | bigint;
  currency: string;
  withCurrency?: boolean;
}) {
  const amountMinor = BigInt(minor);
  return (
    <span className={amountMinor < 0n ? 'money negative' : 'money'}>
      {amountText(amountMinor, currency)}
      {withCurrency && ` ${currency}`}
    </span>
  );
}
