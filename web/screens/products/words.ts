import type { i18n as I18n, TFunction } from 'i18next';
import { formatAmount } from '../../../src/base/money.ts';
import { formatRatePercent } from '../../../src/base/rates.ts';

/** What a parameter is called; its place in the definition where it has no word of its own. */
export function parameterName(t: TFunction, i18n: I18n, path: string): string {
  const key = `productParameter.${path}`;
  return i18n.exists(key) ? t(key) : path;
}

/** A parameter as people read it: money with its decimals, shares in per cent, yes and no. */
export function parameterText(t: TFunction, i18n: I18n, path: string, text: string | null): string {
  if (text === null || text === '') return '–';
  if (text === 'true') return t('value.yes');
  if (text === 'false') return t('value.no');
  const isWhole = /^-?\d{1,18}$/.test(text);
  if (isWhole && path.endsWith('Minor'))
    return formatAmount(BigInt(text), 'CNY', { grouped: true });
  if (isWhole && path.endsWith('Ppm')) return `${formatRatePercent(BigInt(text))} %`;
  if (/GlCode$|^name/.test(path) || isWhole) return text;
  const words = text.split(' ').map((word) => {
    const key = `productWord.${word}`;
    return i18n.exists(key) ? t(key) : word;
  });
  return words.join(i18n.language === 'en' ? ', ' : '、');
}
