import type { Analysis, Bottleneck } from '../analysis.ts';
import { type Both, count, counted, duration, percent, safe, total } from './words.ts';

/** A name of the log, quoted and safe to stand in HTML. */
function quoted(name: string): Both {
  return { zh: `“${safe(name)}”`, en: `&quot;${safe(name)}&quot;` };
}

/** What a consultant would say first: five or six sentences, each from the figures alone. */
export function findings(analysis: Analysis): readonly Both[] {
  return [
    duringThe(analysis),
    howLong(analysis),
    whereTimeGoes(analysis),
    howVaried(analysis),
    howOftenAgain(analysis),
  ].filter((sentence) => sentence !== null);
}

function duringThe({ period, cases, activityInstances, resources }: Analysis): Both {
  const [from, to] = [period.from.slice(0, 10), period.to.slice(0, 10)];
  const zhBy = resources > 0 ? `，由 ${count(resources)} 个操作员或系统执行` : '';
  const enBy = resources > 0 ? ` by ${count(resources)} people or systems` : '';
  return {
    zh: `${from} 至 ${to} 期间有 <b>${count(cases)} 个案件</b>、${count(activityInstances)} 次活动执行${zhBy}。`,
    en: `From ${from} to ${to} there ${cases === 1 ? 'was' : 'were'} <b>${counted(cases, 'case')}</b> with ${counted(activityInstances, 'execution')}${enBy}.`,
  };
}

function howLong({ caseDuration }: Analysis): Both {
  const { medianSeconds, meanSeconds, p90Seconds } = caseDuration;
  const [median, mean, p90] = [
    duration(medianSeconds),
    duration(meanSeconds),
    duration(p90Seconds),
  ];
  const skewed = meanSeconds > 2 * medianSeconds;
  return {
    zh: `半数案件在 <b>${median.zh}</b> 内办结，一成案件超过 ${p90.zh}；平均 ${mean.zh}${skewed ? '，明显高于中位数，少数长案件拉高了平均值' : ''}。`,
    en: `Half of the cases take up to <b>${median.en}</b>, one in ten more than ${p90.en}; the mean is ${mean.en}${skewed ? ', far above the median: a minority of long cases drives it' : ''}.`,
  };
}

function whereTimeGoes({ time, bottlenecks }: Analysis): Both | null {
  const worst = bottlenecks[0];
  if (!worst || time.cycleSeconds === 0) return null;
  const name = quoted(worst.activity);
  const working = percent(time.workingSeconds / time.cycleSeconds);
  const waiting = percent(time.waitingSeconds / time.cycleSeconds);
  const [zhSplit, enSplit] = time.measured
    ? [
        `周期时长中只有 ${working} 有人办理，<b>${waiting} 是等待</b>；`,
        `Somebody works on a case during ${working} of its cycle time; <b>${waiting} is waiting</b>. `,
      ]
    : [
        '日志没有记录处理时长，步骤之间的时间全部计为等待；',
        'The log tells no handling times, so all time between steps counts as waiting. ',
      ];
  return {
    zh: `${zhSplit}等待的 <b>${percent(worst.share)}</b> 发生在${name.zh}之前。`,
    en: `${enSplit}<b>${percent(worst.share)}</b> of the waiting lies before ${name.en}.`,
  };
}

function howVaried({ variants, variantStats, cases }: Analysis): Both {
  const first = variantStats[0]!;
  const most = percent(first.share);
  const few = variants / cases < 0.05;
  return {
    zh: `案件走过 <b>${count(variants)} 种不同路径</b>（变体），最常见的一种占 ${most}${few ? '，路径比较集中' : '，路径相当分散'}。`,
    en: `Cases took <b>${count(variants)} different paths</b> (variants); the most frequent one covers ${most}${few ? ', so the work is fairly uniform' : ', so the work is quite varied'}.`,
  };
}

function howOftenAgain({ reworkCases, reworkEvents, cases, activityStats }: Analysis): Both {
  if (reworkCases === 0) {
    return {
      zh: '没有任何活动在同一案件中重复执行。',
      en: 'No activity was done twice in a case.',
    };
  }
  const most = activityStats.reduce((a, b) => (b.reworkEvents > a.reworkEvents ? b : a));
  const name = quoted(most.activity);
  const share = percent(reworkCases / cases);
  return {
    zh: `<b>${share} 的案件有返工</b>，共 ${count(reworkEvents)} 次重复执行，其中 ${count(most.reworkEvents)} 次是${name.zh}。`,
    en: `<b>${share} of cases have rework</b>: ${counted(reworkEvents, 'repeated execution')}, ${count(most.reworkEvents)} of them of ${name.en}.`,
  };
}

/** A bottleneck in words: how much, how many, how long, and after what. */
export function bottleneckText(bottleneck: Bottleneck): Both {
  const { totalWaitingSeconds, waitingCases, casesShare, instances } = bottleneck;
  const [all, median, p90] = [
    total(totalWaitingSeconds),
    duration(bottleneck.medianWaitingSeconds),
    duration(bottleneck.p90WaitingSeconds),
  ];
  const after = afterText(bottleneck);
  return {
    zh: `${count(waitingCases)} 个案件（${percent(casesShare)}）在此之前共停留 ${all.zh}。${count(instances)} 次执行中，半数等待不超过 ${median.zh}，一成超过 ${p90.zh}。${after.zh}`,
    en: `${counted(waitingCases, 'case')} (${percent(casesShare)}) stood still before it for ${all.en} in all. Of its ${counted(instances, 'execution')} half wait up to ${median.en}, one in ten more than ${p90.en}. ${after.en}`,
  };
}

function afterText({ mainlyAfter, activity }: Bottleneck): Both {
  if (!mainlyAfter) return { zh: '', en: '' };
  const share = percent(mainlyAfter.share);
  const name = quoted(mainlyAfter.activity);
  return mainlyAfter.activity === activity
    ? {
        zh: `其中 ${share} 的等待发生在该活动自身的两次执行之间：应先查清为何重复。`,
        en: `${share} of this waiting lies between two executions of this very activity: why it is repeated is the first thing to find out.`,
      }
    : {
        zh: `其中 ${share} 的等待从${name.zh}结束后开始。`,
        en: `${share} of this waiting begins after ${name.en}.`,
      };
}
