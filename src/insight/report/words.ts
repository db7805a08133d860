/** A text in both languages of the report. */
export type Both = { readonly zh: string; readonly en: string };

const units = [
  { seconds: 86_400, zh: '天', en: 'd' },
  { seconds: 3_600, zh: '小时', en: 'h' },
  { seconds: 60, zh: '分', en: 'min' },
  { seconds: 1, zh: '秒', en: 's' },
] as const;

/** A whole number with thousands separators. */
export function count(value: number): string {
  return String(Math.round(value)).replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** A number with its English noun, such as 1 case or 2 cases. */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${Math.round(value) === 1 ? '' : 's'}`;
}

/** A share 0 to 1 as a percentage with one decimal; tiny shares are not shown as none. */
export function percent(share: number): string {
  if (share > 0 && share < 0.0005) return '<0.1%';
  if (share < 1 && share > 0.9995) return '>99.9%';
  return `${(share * 100).toFixed(1)}%`;
}

/** A duration in its two largest units, such as 2 天 3 小时 / 2 d 3 h. */
export function duration(seconds: number): Both {
  if (seconds < 60) return oneUnit(seconds);
  const largest = units.findIndex((unit) => seconds >= unit.seconds);
  const [big, small] = [units[largest]!, units[largest + 1]!];
  const inSmall = Math.round(seconds / small.seconds);
  const ratio = big.seconds / small.seconds;
  const [whole, rest] = [Math.floor(inSmall / ratio), inSmall % ratio];
  const only = rest === 0 || whole >= 60;
  const shown = only && rest * 2 >= ratio ? whole + 1 : whole;
  const part = (language: 'zh' | 'en') =>
    only
      ? `${count(shown)} ${big[language]}`
      : `${count(whole)} ${big[language]} ${rest} ${small[language]}`;
  return { zh: part('zh'), en: part('en') };
}

/** A duration in one unit, short enough for an arc of the map: 1.9 天 / 1.9 d. */
export function oneUnit(seconds: number): Both {
  if (seconds === 0) return { zh: '0', en: '0' };
  if (seconds < 0.95) return { zh: '<1 秒', en: '<1 s' };
  const unit = units.find((each) => seconds >= each.seconds * 0.995) ?? units[3];
  const value = seconds / unit.seconds;
  const text = value >= 9.95 ? count(value) : value.toFixed(1).replace(/\.0$/, '');
  return { zh: `${text} ${unit.zh}`, en: `${text} ${unit.en}` };
}

/** Whole days of a long total, such as 71,925 天 / 71,925 days; shorter ones as a duration. */
export function total(seconds: number): Both {
  if (seconds < 60 * 86_400) return duration(seconds);
  const days = count(seconds / 86_400);
  return { zh: `${days} 天`, en: `${days} days` };
}

/** Text that may stand in HTML and in an attribute. */
export function safe(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A sentence made for a page as its mere characters, for a terminal, a cell or the console. */
export function plain(text: string): string {
  return text
    .replaceAll(/<\/?b>/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** Both languages as HTML; the page shows one of them. The texts are HTML already. */
export function html({ zh, en }: Both): string {
  if (zh === en) return zh;
  return `<span class="zh" lang="zh-CN">${zh}</span><span class="en" lang="en">${en}</span>`;
}
