import { type Both, count, counted, duration, percent, safe } from './words.ts';

/** What a deviation comes to, as `conform/deviations.ts` finds it. */
type Deviation = {
  readonly kind: 'log' | 'model';
  readonly activity: string;
  readonly times: number;
  readonly cases: number;
  readonly extraSeconds: number | null;
  readonly mainly: {
    readonly attribute: string;
    readonly value: string;
    readonly share: number;
  } | null;
};

/**
 * A deviation as a sentence: what, in how many cases, how much longer those take than the others
 * and where most of them are.
 */
export function deviationText(deviation: Deviation): Both {
  const { kind, activity, times, cases, extraSeconds, mainly } = deviation;
  const name = safe(activity);
  const [zhWhat, enWhat] =
    kind === 'model' ? ['跳过', 'skipped'] : ['在模型之外办理', 'done beyond the model'];
  const zhTimes = times > cases ? `（共 ${count(times)} 次）` : '';
  const enTimes = times > cases ? ` (${count(times)} times)` : '';
  const longer = lengthText(extraSeconds);
  const zhMainly = mainly
    ? `；其中 ${percent(mainly.share)} 的 ${safe(mainly.attribute)} 为“${safe(mainly.value)}”`
    : '';
  const enMainly = mainly
    ? `; ${percent(mainly.share)} of them have ${safe(mainly.attribute)} = ${safe(mainly.value)}`
    : '';
  return {
    zh: `“${name}”在 ${count(cases)} 个案件中${zhWhat}${zhTimes}${longer.zh}${zhMainly}。`,
    en: `&quot;${name}&quot; ${enWhat} in ${counted(cases, 'case')}${enTimes}${longer.en}${enMainly}.`,
  };
}

function lengthText(extraSeconds: number | null): Both {
  if (extraSeconds === null || extraSeconds === 0) return { zh: '', en: '' };
  const by = duration(Math.abs(extraSeconds));
  return extraSeconds > 0
    ? { zh: `；平均比其他案件长 ${by.zh}`, en: `; on average ${by.en} longer than other cases` }
    : { zh: `；平均比其他案件短 ${by.zh}`, en: `; on average ${by.en} shorter than other cases` };
}
