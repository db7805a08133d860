import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import type { Analysis, LogSource } from '../analysis.ts';
import type { FilterStep } from '../filter.ts';
import { reportPage } from './page.ts';

const source: LogSource = {
  format: 'csv',
  columns: [
    { role: 'case', name: 'id', guessed: false },
    { role: 'activity', name: 'step', guessed: true },
  ],
  delimiter: ',',
  timeFormat: 'iso',
  timeFormatGuessed: true,
  zone: 'none',
  joinedTraces: 0,
};

function stat(activity: string, instances: number, wait: number) {
  return {
    activity,
    instances,
    cases: instances,
    resources: 1,
    measuredInstances: 0,
    meanProcessingSeconds: null,
    medianProcessingSeconds: null,
    p90ProcessingSeconds: null,
    totalProcessingSeconds: 0,
    meanWaitingSeconds: wait,
    medianWaitingSeconds: wait,
    p90WaitingSeconds: wait,
    totalWaitingSeconds: wait * instances,
    waitingShare: wait > 0 ? 1 : 0,
    reworkCases: 0,
    reworkEvents: 0,
  };
}

const evil = `</script><img src=x onerror="alert('1')">&`;
const spread = {
  meanSeconds: 60,
  medianSeconds: 60,
  p90Seconds: 60,
  minSeconds: 60,
  maxSeconds: 60,
};

const analysis: Analysis = {
  lifecycle: 'complete',
  cases: 2,
  events: 4,
  activities: 2,
  resources: 0,
  variants: 1,
  directlyFollowsPairs: 2,
  reworkCases: 0,
  reworkEvents: 0,
  activityInstances: 4,
  period: { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' },
  caseDuration: spread,
  time: { cycleSeconds: 120, workingSeconds: 0, waitingSeconds: 120, measured: false },
  activityStats: [stat('受理', 2, 0), stat(evil, 2, 60)],
  bottlenecks: [
    {
      rank: 1,
      activity: evil,
      share: 1,
      totalWaitingSeconds: 120,
      meanWaitingSeconds: 60,
      medianWaitingSeconds: 60,
      p90WaitingSeconds: 60,
      instances: 2,
      waitingInstances: 2,
      waitingCases: 2,
      casesShare: 1,
      mainlyAfter: { activity: '受理', share: 1 },
    },
  ],
  variantStats: [
    { rank: 1, cases: 2, share: 1, activities: ['受理', evil, evil], medianSeconds: 60 },
  ],
  graph: {
    nodes: [
      { activity: '受理', instances: 2, cases: 2, starts: 2, ends: 0 },
      { activity: evil, instances: 2, cases: 2, starts: 0, ends: 2 },
    ],
    edges: [{ from: '受理', to: evil, count: 2, cases: 2, ...spread }],
  },
  amounts: [
    {
      activity: '受理',
      currency: 'CNY',
      instances: 2,
      cases: 2,
      totalMinor: '123456789012345678',
      largestMinor: '100',
    },
  ],
  durationBuckets: [{ untilSeconds: 60, cases: 2 }],
  leftOut: {
    otherEvents: 0,
    unfinishedStarts: 0,
    completionsWithoutStart: 0,
    endsBeforeStart: 3,
  },
};

const filters: readonly FilterStep[] = [
  { filter: { kind: 'time', fromMs: 0, toMs: 86_399_999 }, casesBefore: 9, casesAfter: 8 },
  { filter: { kind: 'with', activity: evil }, casesBefore: 8, casesAfter: 7 },
  { filter: { kind: 'without', activity: evil }, casesBefore: 7, casesAfter: 6 },
  { filter: { kind: 'starts', activities: [evil, '受理'] }, casesBefore: 6, casesAfter: 5 },
  { filter: { kind: 'ends', activities: [evil] }, casesBefore: 5, casesAfter: 4 },
  { filter: { kind: 'duration', leastMs: 60_000, mostMs: null }, casesBefore: 4, casesAfter: 4 },
  { filter: { kind: 'follows', first: evil, second: '受理' }, casesBefore: 4, casesAfter: 3 },
  { filter: { kind: 'same_person', first: evil, second: evil }, casesBefore: 3, casesAfter: 3 },
  { filter: { kind: 'variants', share: 0.8 }, casesBefore: 3, casesAfter: 2 },
];

describe('the report page', () => {
  const page = reportPage({
    fileName: `${evil}.csv`,
    analysis,
    source,
    filters,
    waitingCauses: null,
  });

  test('names of the log never become markup', () => {
    expect(page.match(/<script>/g)).toHaveLength(1);
    expect(page.match(/<img|onerror="/g)).toBeNull();
  });

  test('it needs nothing from outside and says so to the browser', () => {
    expect(page).toContain("default-src 'none'");
    expect(page.match(/(src|href)="/g)).toBeNull();
    expect(page).not.toMatch(/https?:\/\//);
  });

  test('every Chinese text has its English beside it', () => {
    const count = (pattern: RegExp) => page.match(pattern)?.length ?? 0;
    expect(count(/class="zh"/g)).toBe(count(/class="en"/g));
    expect(count(/class="zh"/g)).toBeGreaterThan(60);
    for (const [, text] of page.matchAll(/<span class="en" lang="en">(.*?)<\/span>/g)) {
      expect(text!.replaceAll('受理', '')).not.toMatch(/\p{Script=Han}/u);
    }
  });

  test('it is well formed inside', () => {
    const body = page.slice(page.indexOf('<main>'), page.indexOf('</main>') + 7);
    const parser = new SaxesParser();
    const errors: string[] = [];
    parser.on('error', (error) => errors.push(error.message));
    const named = body
      .replaceAll(/<(meta|input)([^>]*)>/g, '<$1$2/>')
      .replaceAll(/<table data-sortable>/g, '<table>');
    parser.write(named).close();
    expect(errors).toEqual([]);
  });

  test('what was guessed and what was left out is told', () => {
    expect(page).toContain('step (by its name)');
    expect(page).toContain('3 executions end before they start');
    expect(page).toContain('read as UTC');
    expect(page).toContain('2 of 3 cases');
    expect(page).toContain('from 1970-01-01 to 1970-01-01');
  });

  test('money is shown to the last cent', () => {
    expect(page).toContain('CNY 1,234,567,890,123,456.78');
  });
});
