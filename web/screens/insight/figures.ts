import type { Language } from '../../../src/contract/shapes.ts';

const units = [
  { seconds: 86_400, 'zh-CN': '天', en: 'd' },
  { seconds: 3_600, 'zh-CN': '小时', en: 'h' },
  { seconds: 60, 'zh-CN': '分', en: 'min' },
  { seconds: 1, 'zh-CN': '秒', en: 's' },
] as const;

/** A duration in its largest unit with at most one decimal, such as 1.9 天. */
export function durationText(seconds: number | null, language: Language): string {
  if (seconds === null) return '—';
  if (seconds === 0) return '0';
  if (seconds < 0.95) return language === 'en' ? '<1 s' : '<1 秒';
  const unit = units.find((each) => seconds >= each.seconds * 0.995) ?? units[3];
  const value = seconds / unit.seconds;
  const text =
    value >= 9.95 ? Math.round(value).toLocaleString('en') : value.toFixed(1).replace(/\.0$/, '');
  return `${text} ${unit[language]}`;
}

/** The filter of cases that take at least so long, to the millisecond. */
export function atLeast(seconds: number): string {
  return `duration:${Math.floor(seconds * 1000) / 1000}s..`;
}

/** A share 0 to 1 as a percentage; tiny shares are not shown as none. */
export function shareText(share: number): string {
  if (share > 0 && share < 0.0005) return '<0.1%';
  return `${(share * 100).toFixed(1)}%`;
}

/** A whole number with thousands separators. */
export function countText(value: number): string {
  return value.toLocaleString('en');
}
