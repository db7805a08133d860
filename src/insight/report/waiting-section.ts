import type { WaitClass, WaitingCauses, WaitingOf } from '../analysis.ts';
import { type Both, duration, html, percent, safe } from './words.ts';

/** The five causes of a wait and what each means. */
export const waitClasses: readonly {
  readonly key: WaitClass;
  readonly term: Both;
  readonly text: Both;
}[] = [
  {
    key: 'contention',
    term: { zh: '资源争用', en: 'No free person' },
    text: {
      zh: '办理人忙于更早可办的工作',
      en: 'the person was busy with work that could begin earlier',
    },
  },
  {
    key: 'priority',
    term: { zh: '优先级', en: 'Overtaken' },
    text: {
      zh: '办理人先办了更晚可办的工作',
      en: 'the person did work first that could begin only later',
    },
  },
  {
    key: 'unavailability',
    term: { zh: '资源不在岗', en: 'Off duty' },
    text: { zh: '办理人不在工作时间', en: 'outside the working hours of the person' },
  },
  {
    key: 'batching',
    term: { zh: '攒批', en: 'Batching' },
    text: {
      zh: '办理人空闲，但等同批其余工作到齐',
      en: 'the person was free and waited until the batch was complete',
    },
  },
  {
    key: 'extraneous',
    term: { zh: '外部原因', en: 'Outside cause' },
    text: {
      zh: '办理人空闲却未开始：客户、其他系统或定时',
      en: 'the person was free and did not begin: the customer, another system or a timer',
    },
  },
];

/** What the waiting was for: in all, and before each activity. */
export function waitingSection(causes: WaitingCauses | null): string {
  if (causes === null || causes.waitSeconds === 0) return '';
  const head = waitClasses.map(({ term, text }) => tip(term, text)).join('</th><th class="n">');
  const rows = causes.activities.filter(({ waitSeconds }) => waitSeconds > 0).slice(0, 20);
  return `<h2>${html({ zh: '等待的原因', en: 'What the waiting was for' })}</h2>
<p class="note">${html(explained(causes))}</p>
<div class="paper table"><table><thead><tr><th>${html({ zh: '活动之前', en: 'Before' })}</th><th class="n">${html({ zh: '等待合计', en: 'Waiting in all' })}</th><th class="n">${head}</th></tr></thead>
<tbody>${row(html({ zh: '全部', en: 'All' }), causes)}${rows.map((each) => row(safe(each.activity), each)).join('')}</tbody></table></div>`;
}

function explained({ unnamedShare }: WaitingCauses): Both {
  const share = percent(unnamedShare);
  const unnamed = {
    zh: unnamedShare > 0 ? `没有记录办理人的占 ${share}，计入外部原因。` : '',
    en: unnamedShare > 0 ? ` ${share} names nobody and counts as an outside cause.` : '',
  };
  return {
    zh: `从一项工作可以开始到真正开始，五类之和等于等待；并行的工作不算等待。办理时间由日志推断。${unnamed.zh}`,
    en: `From when a piece of work could begin to when it began; the five add up to the wait, and work side by side holds nothing up. Working hours are read from the log.${unnamed.en}`,
  };
}

function row(label: string, of: WaitingOf): string {
  const parts = waitClasses.map(({ key }) => percent(of.seconds[key] / of.waitSeconds));
  const cells = [html(duration(of.waitSeconds)), ...parts];
  return `<tr><td>${label}</td>${cells.map((each) => `<td class="n">${each}</td>`).join('')}</tr>`;
}

function tip(term: Both, text: Both): string {
  return `<span class="tip" tabindex="0">${html(term)}<span class="explain">${html(text)}</span></span>`;
}
