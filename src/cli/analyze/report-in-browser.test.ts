import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runAnalyze, sampleXes } from './testing.ts';

const browserFile = '/usr/bin/chromium';
let folder = '';
let browser: Browser;
let page: Page;
const complaints: string[] = [];

/** A log with detours and a rare short cut, so that the map has more than one level of detail. */
function windingXes(): string {
  const others = [
    sampleXes(3)
      .replaceAll(/"c(\d)/g, '"d$1')
      .replaceAll('Decide', 'Ask again'),
    sampleXes(2)
      .replaceAll(/"c(\d)/g, '"e$1')
      .replaceAll(/<event><string key="concept:name" value="Decide"\/>.*?<\/event>/g, ''),
  ];
  const traces = others.map((xes) => xes.slice(xes.indexOf('<trace>'), xes.lastIndexOf('</log>')));
  return sampleXes(30).replace('</log>', `${traces.join('')}</log>`);
}

describe.skipIf(!existsSync(browserFile))('the report in a browser', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huiliu-report-'));
    const log = join(folder, 'winding.xes');
    await writeFile(log, windingXes());
    const ended = await runAnalyze([log, '--out', join(folder, 'report')]);
    expect([ended.code, ended.complaint]).toEqual([0, '']);
    browser = await chromium.launch({ executablePath: browserFile, args: ['--no-sandbox'] });
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(pathToFileURL(join(folder, 'report/report.html')).href);
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('one language at a time, and both are whole', async () => {
    const heading = page.locator('h1');
    await page.getByRole('button', { name: 'English' }).click();
    expect(await heading.innerText()).toBe('Process analysis');
    const shown = await page.locator('main').innerText();
    expect(shown.replaceAll(/受理|放款|中文/g, '')).not.toMatch(/\p{Script=Han}/u);
    await page.getByRole('button', { name: '中文' }).click();
    expect(await heading.innerText()).toBe('流程分析报告');
    expect(await page.title()).toContain('流程分析报告');
  });

  test('the slider shows one level of the map at a time', async () => {
    const slider = page.locator('#detail');
    const levels = page.locator('.level');
    expect(await levels.count()).toBeGreaterThan(1);
    for (const value of [await slider.getAttribute('max'), '0']) {
      await slider.fill(value ?? '');
      expect(await page.locator('.level:visible').count()).toBe(1);
      const covered = await page.locator('.level.on').getAttribute('data-covered');
      expect(await page.locator('#covered').innerText()).toBe(covered);
    }
  });

  test('the map tells time or counts, and what is around an activity', async () => {
    await page.getByRole('button', { name: '次数' }).click();
    expect(await page.locator('.level.on .by-time').first().isVisible()).toBe(false);
    await page.getByRole('button', { name: '时间' }).click();
    expect(await page.locator('.level.on .by-count').first().isVisible()).toBe(false);
    await page.locator('.level.on .node').first().hover();
    expect(await page.locator('.level.on svg.focus .arc.on').count()).toBeGreaterThan(0);
  });

  test('a table sorts by a click on its head', async () => {
    const head = page.locator('table[data-sortable] th').nth(1);
    const column = async () =>
      (await page.locator('table[data-sortable] tbody tr td:nth-child(2)').allInnerTexts()).map(
        Number,
      );
    await head.click();
    expect(await column()).toEqual((await column()).toSorted((a, b) => b - a));
    await head.click();
    expect(await column()).toEqual((await column()).toSorted((a, b) => a - b));
  });

  test.each(['浅色', '深色'])('%s: nothing serious for axe', async (theme) => {
    await page.getByRole('button', { name: theme }).click();
    const axe = await readFile(
      createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
      'utf8',
    );
    await page.evaluate(axe);
    const found = await page.evaluate(async () => {
      const run = (globalThis as unknown as { axe: { run(): Promise<AxeResult> } }).axe.run;
      return (await run()).violations;
    });
    const serious = found.filter((each) => ['serious', 'critical'].includes(each.impact));
    expect(serious.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  });

  test('on A4 the map fits one page and nothing is cut off at the side', async () => {
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 695, height: 1000 });
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wide).toBeLessThanOrEqual(0);
    await page.emulateMedia({ media: 'screen' });
  });

  test('the console stayed silent', () => {
    expect(complaints).toEqual([]);
  });
});

type AxeResult = {
  violations: { id: string; impact: string; nodes: { html: string }[] }[];
};
