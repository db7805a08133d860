import { useTranslation } from 'react-i18next';
import type { InsightCause } from '../../../../src/contract/insight/causes.ts';

type Named = Pick<InsightCause, 'group' | 'subject' | 'value'>;

/** A factor in words, such as 属性 outlet = East or 路径 A → B. */
export function useCauseName(): (cause: Named) => string {
  const { t } = useTranslation();
  return ({ group, subject, value }) => {
    const word = t(`insightGroup.${group}`);
    if (group === 'load') return `${word} ${value}`;
    if (value === '') return `${word} ${subject}`;
    return group === 'path' ? `${word} ${subject} → ${value}` : `${word} ${subject} = ${value}`;
  };
}

/** A difference of shares in percentage points, with its sign. */
export function pointsText(share: number): string {
  const points = (share * 100).toFixed(1);
  return share > 0 ? `+${points}` : points;
}

/** The filter that leaves the cases of a factor; null where there is none. */
export function filterOfCause({ group, subject, value }: Named): string | null {
  switch (group) {
    case 'attribute':
      return /[|[\]<>]|\.\./.test(value) || / – |–/.test(value)
        ? null
        : `attribute:${subject}=${value}`;
    case 'resource':
      return `resource:${subject}`;
    case 'path':
      return value === '' ? `with:${subject}` : `directly:${subject}>${value}`;
    case 'rework':
      return `rework:${subject}`;
    default:
      return null;
  }
}
