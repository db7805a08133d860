import { assert } from './assert.ts';
import { ok, type Result, refuse } from './result.ts';
import { divideRounded } from './rounding.ts';

/** ISO 4217 alphabetic code, such as 'CNY'. Whether it exists: `isCurrency`. */
export type Currency = string;

/** amountMinor: minor units of the currency (分 for CNY); the sign is the holder's business. */
export type Money = { readonly amountMinor: bigint; readonly currency: Currency };

/** The largest amount, in minor units, that any one amount or balance may have: 18 digits. */
export const AMOUNT_MINOR_MAX = 999_999_999_999_999_999n;

/** Places after the point where they are not two. Source: ISO 4217:2015, list one. */
const otherExponents: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

const twoPlaces =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD ' +
  'CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL ' +
  'GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR ' +
  'LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD ' +
  'PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC ' +
  'SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD YER ZAR ZMW ZWG';

const exponents: ReadonlyMap<string, number> = new Map([
  ...twoPlaces.split(' ').map((code) => [code, 2] as const),
  ...Object.entries(otherExponents).flatMap(([places, codes]) =>
    codes.split(' ').map((code) => [code, Number(places)] as const),
  ),
]);

/** True for a currency of ISO 4217 that has minor units (no metals, no test codes). */
export function isCurrency(code: string): boolean {
  return exponents.has(code);
}

/** Places after the point: CNY 2, JPY 0, KWD 3. An unknown code is a bug: check it at the door. */
export function currencyExponent(currency: Currency): number {
  const exponent = exponents.get(currency);
  assert(exponent !== undefined, `${currency} is a currency of ISO 4217`);
  return exponent;
}

/** 140950n of CNY as '1409.50', or grouped as '1,409.50'. */
export function formatAmount(
  amountMinor: bigint,
  currency: Currency,
  { grouped = false }: { readonly grouped?: boolean } = {},
): string {
  const places = currencyExponent(currency);
  const negative = amountMinor < 0n;
  const digits = (negative ? -amountMinor : amountMinor).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places);
  const shown = grouped ? whole.replace(/\B(?=(\d{3})+$)/g, ',') : whole;
  return `${negative ? '-' : ''}${shown}${places === 0 ? '' : `.${fraction}`}`;
}

export type AmountRefusal =
  | 'currency_unknown'
  | 'amount_not_number'
  | 'amount_too_precise'
  | 'amount_too_large';

/**
 * What a person writes, such as '1,409.5' or '-3', in minor units. Commas part groups of three.
 * Refusals in this order: unknown currency; not a number; more places than the currency has (never
 * rounded); more than 18 digits of minor units.
 */
export function parseAmount(text: string, currency: Currency): Result<bigint, AmountRefusal> {
  if (!isCurrency(currency)) return refuse('currency_unknown', { currency });
  const parts = /^(-?)(\d{1,30}|\d{1,3}(?:,\d{3}){1,9})(?:\.(\d{1,30}))?$/.exec(text.trim());
  if (parts === null) return refuse('amount_not_number', {});
  const places = currencyExponent(currency);
  const fraction = parts[3] ?? '';
  if (fraction.length > places) return refuse('amount_too_precise', { places: String(places) });
  const size = BigInt(`${parts[2]?.replaceAll(',', '')}${fraction.padEnd(places, '0')}`);
  if (size > AMOUNT_MINOR_MAX) return refuse('amount_too_large', {});
  return ok(parts[1] === '-' ? -size : size);
}

/** Shares of a sum in proportion to weights; the last share takes what rounding leaves. */
export function shareAmount(totalMinor: bigint, weights: readonly bigint[]): bigint[] {
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0n);
  assert(weightSum > 0n && weights.every((weight) => weight >= 0n), 'weights are not negative');
  const shares = weights.map((weight) => divideRounded(totalMinor * weight, weightSum, 'down'));
  const rest = totalMinor - shares.reduce((sum, share) => sum + share, 0n);
  return shares.map((share, index) => (index === shares.length - 1 ? share + rest : share));
}
