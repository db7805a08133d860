import { dateOfDayNumber } from '../../base/dates.ts';
import type { Analysis, LogSource } from '../analysis.ts';
import type { Filter, FilterStep } from '../filter.ts';
import { lifecycleRule } from './definitions.ts';
import { type Both, count, duration, percent, safe } from './words.ts';

/** How the file was read, every guess and everything left out, one sentence each. */
export function dataNotes(analysis: Analysis, source: LogSource): readonly Both[] {
  const { leftOut, events, lifecycle } = analysis;
  const notes: (Both | null)[] = [
    lifecycleRule[lifecycle],
    {
      zh: `按此规则读取 ${count(events)} 个事件，另有 ${count(leftOut.otherEvents)} 个事件未读取。`,
      en: `Under this rule ${count(events)} events were read; ${count(leftOut.otherEvents)} others were not.`,
    },
    when(leftOut.unfinishedStarts, (n) => ({
      zh: `${n} 个开始没有完成，不计为执行。`,
      en: `${n} starts have no completion and are no executions.`,
    })),
    when(leftOut.completionsWithoutStart, (n) => ({
      zh: `${n} 个完成没有开始，处理时长未知。`,
      en: `${n} completions have no start; their handling time is not known.`,
    })),
    when(leftOut.endsBeforeStart, (n) => ({
      zh: `${n} 次执行的结束早于开始，其处理时长按 0 计。`,
      en: `${n} executions end before they start; their handling time counts as 0.`,
    })),
    when(source.joinedTraces, (n) => ({
      zh: `${n} 条轨迹与先前的轨迹同名，已合并为一个案件。`,
      en: `${n} traces carry the name of an earlier one and were joined with it.`,
    })),
    when(source.badRows?.count ?? 0, (n) => {
      const lines = source.badRows?.first.map(({ line }) => line).join(', ');
      return {
        zh: `${n} 行无法读取，已按要求略过（前几行：${lines}）。`,
        en: `${n} rows could not be read and were left out as asked (the first: lines ${lines}).`,
      };
    }),
    columnsNote(source),
    timeNote(source),
  ];
  return notes.filter((note) => note !== null);
}

function when(number: number, note: (shown: string) => Both): Both | null {
  return number === 0 ? null : note(count(number));
}

const roles: Readonly<Record<string, Both>> = {
  case: { zh: '案件', en: 'case' },
  activity: { zh: '活动', en: 'activity' },
  start: { zh: '开始时间', en: 'start' },
  time: { zh: '时间', en: 'time' },
  resource: { zh: '操作员', en: 'resource' },
  lifecycle: { zh: '生命周期', en: 'lifecycle' },
  amount: { zh: '金额', en: 'amount' },
  currency: { zh: '币种', en: 'currency' },
};

function columnsNote(source: LogSource): Both | null {
  if (source.columns.length === 0) return null;
  const told = (language: 'zh' | 'en') =>
    source.columns
      .map(({ role, name, guessed }) => {
        const how = guessed ? (language === 'zh' ? '（按名称推断）' : ' (by its name)') : '';
        return `${roles[role]?.[language] ?? role} = ${safe(name)}${how}`;
      })
      .join(language === 'zh' ? '，' : ', ');
  return { zh: `列的用途：${told('zh')}。`, en: `Columns: ${told('en')}.` };
}

function timeNote({ zone, timeFormat, timeFormatGuessed }: LogSource): Both {
  const zones: Readonly<Record<LogSource['zone'], Both>> = {
    given: { zh: '均带时区，换算为 UTC', en: 'all carry a zone and are converted to UTC' },
    none: { zh: '均不带时区，按 UTC 读取', en: 'carry no zone and are read as UTC' },
    mixed: {
      zh: '有的带时区，有的不带（按 UTC 读取）',
      en: 'some carry a zone, some do not and are read as UTC',
    },
  };
  const guess = timeFormatGuessed
    ? { zh: `，格式按首个值推断为 ${timeFormat}`, en: `; format by the first value: ${timeFormat}` }
    : { zh: '', en: '' };
  return { zh: `时间${zones[zone].zh}${guess.zh}。`, en: `Times ${zones[zone].en}${guess.en}.` };
}

/** Each filter in words, with how many cases it left of how many. */
export function filterNotes(steps: readonly FilterStep[]): readonly Both[] {
  return steps.map(({ filter, casesBefore, casesAfter }) => {
    const words = filterWords(filter);
    const [left, all] = [count(casesAfter), count(casesBefore)];
    return {
      zh: `${words.zh}（${all} 中的 ${left} 个）`,
      en: `${words.en} (${left} of ${all} cases)`,
    };
  });
}

function filterWords(filter: Filter): Both {
  switch (filter.kind) {
    case 'time': {
      const day = (ms: number | null) =>
        ms === null ? '…' : dateOfDayNumber(Math.floor(ms / 86_400_000));
      const [from, to] = [day(filter.fromMs), day(filter.toMs)];
      return { zh: `${from} 至 ${to} 之间`, en: `from ${from} to ${to}` };
    }
    case 'duration': {
      const words = bounds(filter.leastMs, filter.mostMs);
      return { zh: `用时${words.zh}`, en: `taking ${words.en}` };
    }
    case 'variants': {
      const share = percent(filter.share);
      return { zh: `覆盖 ${share} 的最常见变体`, en: `commonest variants covering ${share}` };
    }
    case 'with':
      return { zh: `含“${safe(filter.activity)}”`, en: `with "${safe(filter.activity)}"` };
    case 'without':
      return { zh: `不含“${safe(filter.activity)}”`, en: `without "${safe(filter.activity)}"` };
    case 'starts':
    case 'ends': {
      const [zh, en] = filter.kind === 'starts' ? ['始于', 'beginning'] : ['终于', 'ending'];
      const zhNames = filter.activities.map((name) => `“${safe(name)}”`).join('或');
      const names = filter.activities.map((name) => `"${safe(name)}"`).join(' or ');
      return { zh: `${zh}${zhNames}`, en: `${en} with ${names}` };
    }
    case 'attribute': {
      const name = safe(filter.attribute);
      const values = filter.values?.map(safe).join(' / ');
      const range = `${filter.least ?? '…'} – ${filter.most ?? '…'}`;
      return { zh: `${name} = ${values ?? range}`, en: `${name} = ${values ?? range}` };
    }
    case 'rework': {
      if (filter.activity === null) return { zh: '有返工', en: 'with rework' };
      const name = safe(filter.activity);
      return { zh: `“${name}”有返工`, en: `with rework of "${name}"` };
    }
    case 'resource': {
      const name = safe(filter.resource);
      return { zh: `${name} 参与办理`, en: `in which ${name} had a hand` };
    }
    default:
      return pairWords(filter);
  }
}

function pairWords(filter: Extract<Filter, { readonly first: string }>): Both {
  const [first, second] = [safe(filter.first), safe(filter.second)];
  switch (filter.kind) {
    case 'follows':
      return { zh: `“${first}”之后有“${second}”`, en: `"${second}" after "${first}"` };
    case 'directly':
      return {
        zh: `“${first}”之后紧接“${second}”`,
        en: `"${second}" directly after "${first}"`,
      };
    case 'gap': {
      const words = bounds(filter.leastMs, filter.mostMs);
      return {
        zh: `“${first}”到“${second}”间隔${words.zh}`,
        en: `from "${first}" to "${second}" ${words.en}`,
      };
    }
    case 'same_person':
      return {
        zh: `“${first}”与“${second}”由同一人办理`,
        en: `one person did "${first}" and "${second}"`,
      };
    case 'four_eyes':
      return {
        zh: `“${first}”与“${second}”由不同的人办理`,
        en: `different people did "${first}" and "${second}"`,
      };
    default: {
      const never: never = filter;
      return never;
    }
  }
}

/** At least, at most, or both. */
function bounds(leastMs: number | null, mostMs: number | null): Both {
  const [least, most] = [leastMs, mostMs].map((ms) => (ms === null ? null : duration(ms / 1000)));
  const zh = [least && `至少 ${least.zh}`, most && `至多 ${most.zh}`];
  const en = [least && `at least ${least.en}`, most && `at most ${most.en}`];
  return { zh: zh.filter(Boolean).join('，'), en: en.filter(Boolean).join(', ') };
}
