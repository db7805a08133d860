import { dateOf } from '../../../../base/dates.ts';

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** '01 February 2024' or '1 Feb 2024' as '2024-02-01'; null when it is no date. */
export function dateOfText(text: string): string | null {
  const [, day, word = '', year] = /^(\d{1,2}) ([A-Za-z]{3,}) (\d{4})$/.exec(text.trim()) ?? [];
  const month = months.findIndex((name) => name.startsWith(word.toLowerCase()));
  if (day === undefined || word === '' || month < 0) return null;
  return dateOf({ year: Number(year), month: month + 1, day: Number(day) });
}

/** '1,725.5' as 172550n minor units of a currency with two places; null when it is no amount. */
export function minorOfText(text: string): bigint | null {
  const plain = text.trim().replaceAll(',', '');
  const [, sign, whole, part = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(plain) ?? [];
  if (whole === undefined || /[1-9]/.test(part.slice(2))) return null;
  const minor = BigInt(whole + part.slice(0, 2).padEnd(2, '0'));
  return sign === '-' ? -minor : minor;
}

/** 172550n as '1725.50', for people. */
export function textOfMinor(minor: bigint | null): string {
  if (minor === null) return '(none)';
  const digits = (minor < 0n ? -minor : minor).toString().padStart(3, '0');
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
