import type { Analysis, LogSource, WaitingCauses } from '../analysis.ts';
import type { FilterStep } from '../filter.ts';
import { type Definition, definitions } from './definitions.ts';
import { dataNotes, filterNotes } from './notes.ts';
import { script } from './script.ts';
import {
  activityTable,
  amountTable,
  bottleneckSection,
  map,
  spreadSection,
  summary,
  tiles,
  variantTable,
} from './sections.ts';
import { style } from './style.ts';
import { waitingSection } from './waiting-section.ts';
import { html, safe } from './words.ts';

/** What the page is made of; `fileName` is the log's own name, without its folder. */
export type ReportInput = {
  readonly fileName: string;
  readonly analysis: Analysis;
  readonly source: LogSource;
  readonly filters: readonly FilterStep[];
  readonly waitingCauses: WaitingCauses | null;
};

/**
 * The report as one HTML file that needs nothing else: Chinese and English, light and dark, A4 in
 * print. It holds no time of making, so the same log gives the same bytes.
 */
export function reportPage(input: ReportInput): string {
  const { fileName, analysis, source, filters } = input;
  const title = { zh: `流程分析报告 · ${fileName}`, en: `Process analysis · ${fileName}` };
  return `<!doctype html>
<html lang="zh-CN" data-language="zh-CN" data-theme="light" data-title-zh="${safe(title.zh)}" data-title-en="${safe(title.en)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${safe(title.zh)}</title><style>${style}</style></head>
<body><main>
${header(fileName, analysis)}
${filterLine(filters)}
${tiles(analysis)}
${summary(analysis)}
${bottleneckSection(analysis)}
${waitingSection(input.waitingCauses)}
${map(analysis)}
${activityTable(analysis)}
${amountTable(analysis)}
${variantTable(analysis)}
${spreadSection(analysis)}
${papers(analysis, source)}
</main><script>${script}</script></body></html>
`;
}

function header(fileName: string, { period, lifecycle }: Analysis): string {
  const from = period.from.slice(0, 10);
  const to = period.to.slice(0, 10);
  const rules = {
    instances: {
      zh: '按活动执行（开始与完成配对）',
      en: 'by executions (start and completion paired)',
    },
    complete: { zh: '只看完成事件', en: 'completions only' },
    all: { zh: '按全部事件', en: 'every event' },
  };
  const facts = `${safe(fileName)} · ${from} – ${to} · ${html(rules[lifecycle])}`;
  const choice = (group: string, to: string, label: string, on: boolean) =>
    `<button type="button" data-${group}-to="${to}" aria-pressed="${on}">${label}</button>`;
  return `<header><div><h1>${html({ zh: '流程分析报告', en: 'Process analysis' })}</h1><div class="muted">${facts}</div></div>
<div class="controls">${choice('language', 'zh-CN', '中文', true)}${choice('language', 'en', 'English', false)}</div>
<div class="controls">${choice('theme', 'light', html({ zh: '浅色', en: 'Light' }), true)}${choice('theme', 'dark', html({ zh: '深色', en: 'Dark' }), false)}</div></header>`;
}

/** Which cases the whole report speaks of, when they are not all; nothing otherwise. */
function filterLine(filters: readonly FilterStep[]): string {
  if (filters.length === 0) return '';
  const notes = filterNotes(filters).map((note) => html(note));
  return `<p class="paper filter"><b>${html({ zh: '筛选', en: 'Filter' })}</b> ${notes.join(' → ')}</p>`;
}

/** Definitions of all figures, and how the data were read: the end of the report. */
function papers(analysis: Analysis, source: LogSource): string {
  const terms = Object.values<Definition>(definitions).map(
    ({ term, text }) => `<dt>${html(term)}</dt><dd>${html(text)}</dd>`,
  );
  const notes = dataNotes(analysis, source).map((note) => `<li>${html(note)}</li>`);
  return `<h2>${html({ zh: '指标定义', en: 'What each figure means' })}</h2><div class="paper"><dl>${terms.join('')}</dl></div>
<h2>${html({ zh: '数据说明', en: 'How the data were read' })}</h2><div class="paper"><ul class="notes">${notes.join('')}</ul></div>
<footer>${html({ zh: '汇流 Huiliu · 由 huiliu analyze 生成', en: 'Huiliu · made by huiliu analyze' })}</footer>`;
}
