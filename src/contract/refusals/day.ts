import type { RefusalTable } from './table.ts';

/** Refusals of the end of day. */
export const dayRefusals = {
  day_runs_elsewhere: {
    'zh-CN': '会计日期 {date} 的日终正在由另一进程执行，请稍后查看进度。',
    en: 'Another program is closing the accounting date {date} in this moment. Look at its progress.',
  },
  day_transactions_pending: {
    'zh-CN':
      '日切前开始的 {count} 笔交易尚未结束，日终暂停。请查明后重新执行，已完成的步骤不会重做。',
    en: '{count} transactions that began before the cut-off have not ended. Find out why, then begin again; what is done is not done twice.',
  },
  day_halted: {
    'zh-CN': '系统停机，会计日期 {date} 的日终已暂停，下次启动后继续。',
    en: 'The system stops, so the closing of {date} has paused; it goes on after the next start.',
  },
  day_does_not_tie: {
    'zh-CN':
      '会计日期 {date} 有 {count} 项总分不符（如 {rule} {place}），未日结。请查明差异后重新执行。',
    en: 'On the accounting date {date} {count} totals differ, such as {rule} {place}; it is not closed. Find the difference, then begin again.',
  },
} as const satisfies RefusalTable;
