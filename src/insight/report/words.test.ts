import { expect, test } from 'vitest';
import { count, counted, duration, html, oneUnit, percent, safe, total } from './words.ts';

test.each([
  [0, '0', '0'],
  [0.3, '<1 秒', '<1 s'],
  [9.04, '9 秒', '9 s'],
  [59.4, '59 秒', '59 s'],
  [60, '1 分', '1 min'],
  [92, '1 分 32 秒', '1 min 32 s'],
  [3_599.9, '60 分', '60 min'],
  [3_600, '1 小时', '1 h'],
  [69_857.434, '19 小时 24 分', '19 h 24 min'],
  [86_400 * 2 + 3_600 * 3, '2 天 3 小时', '2 d 3 h'],
  [86_400 * 2 + 3_600 * 23.7, '3 天', '3 d'],
  [86_400 * 342.3, '342 天', '342 d'],
  [86_400 * 342.7, '343 天', '343 d'],
])('%d s is %s, %s', (seconds, zh, en) => {
  expect(duration(seconds)).toEqual({ zh, en });
});

test.each([
  [0, '0'],
  [0.5, '<1 s'],
  [1.31, '1.3 s'],
  [35.2, '35 s'],
  [59.9, '1 min'],
  [58, '58 s'],
  [2_600, '43 min'],
  [15_600, '4.3 h'],
  [181_440, '2.1 d'],
  [86_400 * 81.2, '81 d'],
])('%d s on an arc is %s', (seconds, en) => {
  expect(oneUnit(seconds).en).toBe(en);
});

test.each([
  [0, '0.0%'],
  [0.0001, '<0.1%'],
  [0.64152, '64.2%'],
  [0.9999, '>99.9%'],
  [1, '100.0%'],
])('a share of %d is %s', (share, expected) => {
  expect(percent(share)).toBe(expected);
});

test('long totals are days', () => {
  expect(total(86_400 * 71_925)).toEqual({ zh: '71,925 天', en: '71,925 days' });
  expect(total(90_000).en).toBe('1 d 1 h');
  expect([count(999), count(1_000), count(1_234_567)]).toEqual(['999', '1,000', '1,234,567']);
});

test('nothing of the log becomes markup', () => {
  expect(safe(`<a href="x" onclick='y'>&`)).toBe(
    '&lt;a href=&quot;x&quot; onclick=&#39;y&#39;&gt;&amp;',
  );
  expect(html({ zh: '一', en: 'one' })).toBe(
    '<span class="zh" lang="zh-CN">一</span><span class="en" lang="en">one</span>',
  );
});

test.each([
  [0, '0 cases'],
  [1, '1 case'],
  [1_200, '1,200 cases'],
])('%d has its noun: %s', (value, said) => {
  expect(counted(value, 'case')).toBe(said);
});
