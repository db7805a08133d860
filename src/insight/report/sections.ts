import { formatAmount } from '../../base/money.ts';
import type { ActivityStat, Analysis } from '../analysis.ts';
import { type DefinitionKey, definitions } from './definitions.ts';
import { drawnPart, firstLevel, mapLevels } from './map-levels.ts';
import { mapSvg } from './map-svg.ts';
import { bottleneckText, findings } from './sentences.ts';
import { type Both, count, duration, html, percent, safe } from './words.ts';

/** A term with its definition on hover or focus. */
function tip(key: DefinitionKey, label: Both = definitions[key].term): string {
  return `<span class="tip" tabindex="0">${html(label)}<span class="explain">${html(definitions[key].text)}</span></span>`;
}

type Tile = { readonly label: Both; readonly value: string; readonly what: Both };

/** The six figures a reader takes away, each with its definition under it. */
export function tiles(analysis: Analysis): string {
  const { caseDuration, time, cases, variants, reworkCases } = analysis;
  const list: readonly Tile[] = [
    {
      label: { zh: '案件', en: 'Cases' },
      value: count(cases),
      what: { zh: `${count(analysis.events)} 个事件`, en: `${count(analysis.events)} events` },
    },
    {
      label: { zh: '周期时长，中位数', en: 'Cycle time, median' },
      value: html(duration(caseDuration.medianSeconds)),
      what: {
        zh: '首项开始到末项结束；半数案件不超过此值',
        en: 'first start to last end; half of cases take no longer',
      },
    },
    {
      label: { zh: '周期时长，九成界', en: 'Cycle time, p90' },
      value: html(duration(caseDuration.p90Seconds)),
      what: { zh: '九成案件不超过此值', en: 'nine in ten cases take no longer' },
    },
    {
      label: { zh: '有人办理的时间', en: 'Time worked' },
      value: time.measured ? percent(time.workingSeconds / (time.cycleSeconds || 1)) : '—',
      what: time.measured
        ? { zh: '占周期时长；其余是等待', en: 'of the cycle time; the rest is waiting' }
        : { zh: '日志没有记录处理时长', en: 'the log tells no handling times' },
    },
    {
      label: { zh: '变体', en: 'Variants' },
      value: count(variants),
      what: { zh: '不同的活动顺序', en: 'different sequences of activities' },
    },
    {
      label: { zh: '返工率', en: 'Rework rate' },
      value: percent(reworkCases / cases),
      what: { zh: '有活动重复执行的案件占比', en: 'cases in which an activity is done again' },
    },
  ];
  const one = ({ label, value, what }: Tile) =>
    `<div class="paper tile"><div class="label">${html(label)}</div><div class="value">${value}</div><div class="what">${html(what)}</div></div>`;
  return `<div class="tiles">${list.map(one).join('')}</div>`;
}

/** What stands out, in sentences. */
export function summary(analysis: Analysis): string {
  const items = findings(analysis).map((sentence) => `<li>${html(sentence)}</li>`);
  return `<h2>${html({ zh: '要点', en: 'What stands out' })}</h2><div class="paper"><ol class="findings">${items.join('')}</ol></div>`;
}

/** The process map with its controls: measure, detail, legend. */
export function map(analysis: Analysis): string {
  const graph = drawnPart(analysis.graph);
  const levels = mapLevels(graph);
  const first = firstLevel(levels, graph.nodes.length);
  const drawn = new Set(graph.nodes.map((node) => node.activity));
  const stats = analysis.activityStats.filter((stat) => drawn.has(stat.activity));
  const drawings = levels.map((level, i) => {
    const on = i === first ? ' on' : '';
    const covered = percent(level.coverage);
    const svg = mapSvg(level, stats, `m${i}`);
    return `<div class="level${on}" data-covered="${safe(covered)}"><div class="scroll">${svg}</div></div>`;
  });
  const button = (to: string, label: Both, on: boolean) =>
    `<button type="button" data-measure-to="${to}" aria-pressed="${on}">${html(label)}</button>`;
  const detail = html({ zh: '显示比例', en: 'Coverage' });
  const covered = percent(levels[first]!.coverage);
  const slider = `<label><span class="tip" tabindex="0">${detail}<span class="explain">${html(definitions.coverage.text)}</span></span><input class="control" id="detail" type="range" min="0" max="${levels.length - 1}" step="1" value="${first}" aria-valuetext="${safe(covered)}"><output id="covered" for="detail">${covered}</output></label>`;
  const loop =
    '<svg width="34" height="10" aria-hidden="true"><path class="arc back" d="M2 5H32" stroke-width="2"/></svg>';
  return `<section class="onepage"><h2>${tip('map')}</h2>
<p class="note">${html({
    zh: '从上到下是案件的主要走向，线越粗步数越多，虚线是往回走。移到活动上可只看它的前后步骤。',
    en: 'Cases mainly run from top to bottom; thicker lines are more frequent, dashed lines go back. Point at an activity to see only the steps around it.',
  })}${drawnNote(stats.length, analysis.activities)}</p>
<div class="paper mapbox" id="map" data-measure="time"><div class="bar">
<span class="control controls">${button('time', { zh: '时间', en: 'Time' }, true)}${button('count', { zh: '次数', en: 'Count' }, false)}</span>
${levels.length > 1 ? slider : ''}
<span class="legend by-time"><i class="w"></i>${html({ zh: '占全部等待的比例；线上为间隔时间中位数', en: 'share of all waiting; on lines the median time between' })}</span>
<span class="legend by-count"><i class="c"></i>${html({ zh: '执行次数；线上为步数', en: 'executions; on lines the number of steps' })}</span>
<span class="legend">${loop}${html({ zh: '往回走', en: 'going back' })}</span>
</div>${drawings.join('')}</div></section>`;
}

/** Says that a list or a map holds only the most frequent of many activities. */
function drawnNote(shown: number, all: number): string {
  if (shown === all) return '';
  return ` ${html({
    zh: `共 ${count(all)} 种活动，只列出最常见的 ${count(shown)} 种。`,
    en: `Of ${count(all)} activities the ${count(shown)} most frequent are shown.`,
  })}`;
}

/** The worst bottlenecks in words, with their share. */
export function bottleneckSection(analysis: Analysis): string {
  const title = `<h2>${html({ zh: '最大的瓶颈', en: 'The worst bottlenecks' })}</h2>`;
  const note = `<p class="note">${html(definitions.bottleneck.text)}</p>`;
  if (analysis.bottlenecks.length === 0) {
    const nothing = html({ zh: '没有任何等待。', en: 'There is no waiting at all.' });
    return `${title}<div class="paper">${nothing}</div>`;
  }
  const items = analysis.bottlenecks.map((each) => {
    const width = Math.max(0.5, each.share * 100).toFixed(1);
    return `<div class="worst"><div class="rank">${each.rank}</div><div><h3>${safe(each.activity)}</h3><p>${html(
      bottleneckText(each),
    )}</p></div><div class="side"><div class="share">${percent(each.share)}</div><div class="muted" style="text-align:right;font-size:12px">${html(
      { zh: '占全部等待', en: 'of all waiting' },
    )}</div><div class="meter"><i style="width:${width}%"></i></div></div></div>`;
  });
  return `${title}${note}<div class="paper" style="padding-top:2px;padding-bottom:2px">${items.join('')}</div>`;
}

type Column = {
  readonly head: string;
  readonly sort: 'number' | 'text';
  readonly value: (stat: ActivityStat) => number | string;
  readonly cell: (stat: ActivityStat) => string;
};

const orDash = (seconds: number | null): string =>
  seconds === null ? '—' : html(duration(seconds));

function activityColumns(): readonly Column[] {
  const number = (
    head: string,
    value: (stat: ActivityStat) => number | null,
    cell: Column['cell'],
  ) => ({ head, sort: 'number', value: (stat: ActivityStat) => value(stat) ?? -1, cell }) as const;
  return [
    {
      head: html({ zh: '活动', en: 'Activity' }),
      sort: 'text',
      value: (stat) => stat.activity,
      cell: (stat) => safe(stat.activity),
    },
    number(
      html({ zh: '执行次数', en: 'Executions' }),
      (s) => s.instances,
      (s) => count(s.instances),
    ),
    number(
      html({ zh: '案件', en: 'Cases' }),
      (s) => s.cases,
      (s) => count(s.cases),
    ),
    number(
      tip('rework', { zh: '返工次数', en: 'Rework' }),
      (s) => s.reworkEvents,
      (s) => count(s.reworkEvents),
    ),
    number(
      tip('handling', { zh: '处理，平均', en: 'Handling, mean' }),
      (s) => s.meanProcessingSeconds,
      (s) => orDash(s.meanProcessingSeconds),
    ),
    number(
      html({ zh: '中位数', en: 'median' }),
      (s) => s.medianProcessingSeconds,
      (s) => orDash(s.medianProcessingSeconds),
    ),
    number(
      tip('waiting', { zh: '等待，平均', en: 'Waiting, mean' }),
      (s) => s.meanWaitingSeconds,
      (s) => html(duration(s.meanWaitingSeconds)),
    ),
    number(
      html({ zh: '中位数', en: 'median' }),
      (s) => s.medianWaitingSeconds,
      (s) => html(duration(s.medianWaitingSeconds)),
    ),
    number(
      html({ zh: '九成界', en: 'p90' }),
      (s) => s.p90WaitingSeconds,
      (s) => html(duration(s.p90WaitingSeconds)),
    ),
    number(
      html({ zh: '占全部等待', en: 'Share of waiting' }),
      (s) => s.waitingShare,
      (s) => percent(s.waitingShare),
    ),
  ];
}

/** Activities in the table; report.json has all of them. */
const activitiesListed = 500;

/** The activities with their counts and times, the most frequent first; columns sort on click. */
export function activityTable(analysis: Analysis): string {
  const columns = activityColumns();
  const side = (column: Column) => (column.sort === 'number' ? 'n' : 'wide');
  const head = columns.map(
    (column) =>
      `<th class="${side(column)}" data-sort="${column.sort}" scope="col">${column.head}</th>`,
  );
  const listed = analysis.activityStats.slice(0, activitiesListed);
  const rows = listed.map((stat) => {
    const cells = columns.map(
      (column) =>
        `<td class="${side(column)}" data-value="${safe(String(column.value(stat)))}">${column.cell(stat)}</td>`,
    );
    return `<tr>${cells.join('')}</tr>`;
  });
  const note = drawnNote(listed.length, analysis.activities);
  return `<h2>${html({ zh: '活动', en: 'Activities' })}</h2>${note && `<p class="note">${note}</p>`}
<div class="paper table"><table data-sortable><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

/** Variants shown at most; how many activities of a long one are written out. */
const variantsShown = 10;
const stepsShown = 24;

/** The most frequent paths; an activity that was there before is marked. */
export function variantTable(analysis: Analysis): string {
  let running = 0;
  const rows = analysis.variantStats.slice(0, variantsShown).map((variant) => {
    running += variant.share;
    const width = (variant.share * 100).toFixed(1);
    return `<tr><td class="n">${variant.rank}</td><td class="n">${count(variant.cases)}</td><td class="n wide">${percent(
      variant.share,
    )}<div class="meter often"><i style="width:${width}%"></i></div></td><td class="n">${percent(
      running,
    )}</td><td class="n">${html(duration(variant.medianSeconds))}</td><td>${pathOf(variant.activities)}</td></tr>`;
  });
  const shown = Math.min(variantsShown, analysis.variants);
  return `<h2>${tip('variant', { zh: '最常见的变体', en: 'Most frequent variants' })}</h2>
<p class="note">${html({
    zh: `共 ${count(analysis.variants)} 种，列出前 ${shown} 种；再次出现的活动用另一颜色标出。`,
    en: `${count(analysis.variants)} in all, the first ${shown} are shown; activities that come again are in another colour.`,
  })}</p>
<div class="paper table"><table><thead><tr><th class="n">#</th><th class="n">${html({ zh: '案件', en: 'Cases' })}</th><th class="n">${html({ zh: '占比', en: 'Share' })}</th><th class="n">${html({ zh: '累计', en: 'Running' })}</th><th class="n">${html({ zh: '周期，中位数', en: 'Cycle, median' })}</th><th>${html({ zh: '活动顺序', en: 'Sequence' })}</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function pathOf(activities: readonly string[]): string {
  const seen = new Set<string>();
  const steps = activities.slice(0, stepsShown).map((activity) => {
    const again = seen.has(activity);
    seen.add(activity);
    return `<span>${again ? `<b>${safe(activity)}</b>` : safe(activity)}</span>`;
  });
  const more = activities.length - stepsShown;
  if (more > 0) steps.push(`<span>${html({ zh: `另 ${more} 步`, en: `${more} more` })}</span>`);
  return `<div class="path">${steps.join('')}</div>`;
}

/** How long cases take, and which activities come again, side by side. */
export function spreadSection(analysis: Analysis): string {
  const most = Math.max(...analysis.durationBuckets.map((bucket) => bucket.cases));
  let from: Both | null = null;
  const rows = analysis.durationBuckets.map((bucket) => {
    const until = duration(bucket.untilSeconds);
    const label: Both = from
      ? { zh: `${from.zh} – ${until.zh}`, en: `${from.en} – ${until.en}` }
      : { zh: `至 ${until.zh}`, en: `up to ${until.en}` };
    from = until;
    return bars(label, bucket.cases, most, percent(bucket.cases / analysis.cases));
  });
  const again = analysis.activityStats
    .filter((stat) => stat.reworkEvents > 0)
    .sort((a, b) => b.reworkEvents - a.reworkEvents)
    .slice(0, 8);
  const rework = again.map((stat) =>
    bars(
      { zh: safe(stat.activity), en: safe(stat.activity) },
      stat.reworkEvents,
      again[0]!.reworkEvents,
      `${count(stat.reworkCases)}`,
    ),
  );
  const none = `<tr><td>${html({ zh: '没有返工。', en: 'No rework.' })}</td></tr>`;
  return `<div class="two"><section><h2>${tip('cycle', { zh: '案件用时', en: 'How long cases take' })}</h2><div class="paper table"><table><thead><tr><th>${html(definitions.cycle.term)}</th><th></th><th class="n">${html({ zh: '案件', en: 'Cases' })}</th><th class="n">${html({ zh: '占比', en: 'Share' })}</th></tr></thead><tbody>${rows.join('')}</tbody></table></div></section>
<section><h2>${tip('rework', { zh: '返工最多的活动', en: 'Activities done again most' })}</h2><div class="paper table"><table><thead><tr><th>${html({ zh: '活动', en: 'Activity' })}</th><th></th><th class="n">${html({ zh: '返工次数', en: 'Rework' })}</th><th class="n">${html({ zh: '涉及案件', en: 'In cases' })}</th></tr></thead><tbody>${rework.join('') || none}</tbody></table></div></section></div>`;
}

function bars(label: Both, value: number, most: number, side: string): string {
  const width = ((value / (most || 1)) * 100).toFixed(1);
  return `<tr><td>${html(label)}</td><td style="width:38%"><div class="meter often" style="margin:0"><i style="width:${width}%"></i></div></td><td class="n">${count(value)}</td><td class="n">${side}</td></tr>`;
}

/** Money by activity, for logs that carry it; nothing otherwise. */
export function amountTable(analysis: Analysis): string {
  if (analysis.amounts.length === 0) return '';
  const rows = analysis.amounts.map((each) => {
    const shown = (minor: string) =>
      `${each.currency} ${formatAmount(BigInt(minor), each.currency, { grouped: true })}`;
    return `<tr><td>${safe(each.activity)}</td><td class="n">${count(each.instances)}</td><td class="n">${count(each.cases)}</td><td class="n">${shown(each.totalMinor)}</td><td class="n">${shown(each.largestMinor)}</td></tr>`;
  });
  const heads: readonly Both[] = [
    { zh: '笔数', en: 'Number' },
    { zh: '案件', en: 'Cases' },
    { zh: '金额合计', en: 'Amount' },
    { zh: '最大一笔', en: 'Largest' },
  ];
  const head = heads.map((each) => `<th class="n">${html(each)}</th>`).join('');
  return `<h2>${tip('amount')}</h2>
<div class="paper table"><table><thead><tr><th>${html({ zh: '活动', en: 'Activity' })}</th>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}
