import type { Bilingual } from '../../contract/shapes.ts';
import type { IndicatorUnit } from './indicators.ts';

/** A value in millionths as a decimal in its unit, without needless zeros: 1,500,000 is '1.5'. */
export function decimalText(millionths: bigint): string {
  const size = millionths < 0n ? -millionths : millionths;
  const digits = size.toString().padStart(7, '0');
  const text = `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, '');
  return millionths < 0n ? `-${text}` : text;
}

/** A decimal with at most six places as millionths; null when it cannot be read. */
export function millionthsOf(text: string): bigint | null {
  const parts = /^(-?)(0|[1-9]\d{0,11})(?:\.(\d{1,6}))?$/.exec(text);
  if (parts === null) return null;
  const [, sign = '', whole = '', rest = ''] = parts;
  const size = BigInt(whole + rest.padEnd(6, '0'));
  return sign === '-' ? -size : size;
}

/** A value as people read it: 1.9 天, 33.3%, CNY 31.50, 2.50 人. */
export function valueText(
  millionths: bigint,
  unit: IndicatorUnit,
  currency: string | null = null,
): Bilingual {
  const number = Number(millionths) / 1_000_000;
  switch (unit) {
    case 'seconds':
      return durationText(number);
    case 'share':
      return both(`${(number * 100).toFixed(1)}%`);
    case 'per_hour':
      return { 'zh-CN': `${number.toFixed(2)} 笔/工时`, en: `${number.toFixed(2)} an hour` };
    case 'minor':
      return both(`${currency ?? ''} ${moneyText(millionths)}`.trim());
    case 'people':
      return { 'zh-CN': `${number.toFixed(2)} 人`, en: `${number.toFixed(2)} FTE` };
    case 'per_10000':
      return { 'zh-CN': `万分之 ${number.toFixed(2)}`, en: `${number.toFixed(2)} in 10,000` };
    default: {
      const never: never = unit;
      return never;
    }
  }
}

function both(text: string): Bilingual {
  return { 'zh-CN': text, en: text };
}

/** Millionths of a minor unit of a currency with two decimals, rounded half up to the minor. */
function moneyText(millionths: bigint): string {
  const size = millionths < 0n ? -millionths : millionths;
  const minor = ((size + 500_000n) / 1_000_000n).toString().padStart(3, '0');
  const whole = minor.slice(0, -2).replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return `${millionths < 0n ? '-' : ''}${whole}.${minor.slice(-2)}`;
}

const durations = [
  { seconds: 86_400, 'zh-CN': '天', en: 'd' },
  { seconds: 3_600, 'zh-CN': '小时', en: 'h' },
  { seconds: 60, 'zh-CN': '分', en: 'min' },
  { seconds: 1, 'zh-CN': '秒', en: 's' },
] as const;

function durationText(seconds: number): Bilingual {
  const size = Math.abs(seconds);
  if (size > 0 && size < 0.05) return { 'zh-CN': '不到 0.1 秒', en: 'under 0.1 s' };
  const unit = durations.find((each) => size >= each.seconds) ?? durations[3];
  const text = (seconds / unit.seconds).toFixed(1).replace(/\.0$/, '');
  return { 'zh-CN': `${text} ${unit['zh-CN']}`, en: `${text} ${unit.en}` };
}
