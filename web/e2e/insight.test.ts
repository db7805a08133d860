import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loanUntil, Staff } from './drive.ts';
import {
  desktop,
  expectClean,
  hasBrowser,
  type Look,
  openBrowser,
  type RunningConsole,
  settled,
  signInAs,
  startConsole,
  visit,
} from './testing.ts';

let bank: RunningConsole;
let browser: Browser;

describe.skipIf(!hasBrowser)('the insight page', () => {
  beforeAll(async () => {
    [bank, browser] = await Promise.all([startConsole(), openBrowser()]);
    const staff = new Staff(bank.address);
    await loanUntil(staff, 'vote');
    await loanUntil(staff, null);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await bank?.stop();
  });

  const open = async (login: string, look: Look, query = '') => {
    const visited = await visit(browser, look);
    await signInAs(visited.page, bank.address, login);
    await visited.page.goto(`${bank.address}/insight${query}`);
    await visited.page.locator('.insight .figure, .insight .empty').first().waitFor();
    await settled(visited.page);
    return visited;
  };

  test('a figure says what it means, opens its cases, and every part obeys a filter', async () => {
    const visited = await open('luo.min', desktop);
    const { page } = visited;
    const cases = page.locator('.figure').first();
    expect(await cases.locator('b').innerText()).toBe('2');
    await cases.locator('.term').focus();
    await expect.poll(() => page.locator('.meaning').innerText()).toContain('案件编号');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.meaning').isVisible()).toBe(false);
    await cases.locator('b button').press('Enter');
    const rows = page.locator('.cases-behind tbody tr');
    await expect.poll(() => rows.count()).toBe(2);
    const link = await rows.first().locator('a').getAttribute('href');
    expect(link).toMatch(/^\/cases\//);
    await page.getByLabel('添加筛选').selectOption({ label: '最慢的一成案件' });
    await expect.poll(() => cases.locator('b').innerText()).toBe('1');
    expect(await page.locator('.chip').count()).toBe(1);
    expect(page.url()).toContain('filter=duration');
    expect(await page.locator('.process-map a').count()).toBeGreaterThan(5);
    await page.locator('.process-map a').first().press('Enter');
    await expect.poll(() => rows.count()).toBe(1);
    await page.locator('.chip button').press('Enter');
    await expect.poll(() => cases.locator('b').innerText()).toBe('2');
    await expectClean(visited, 'insight');
    await visited.close();
  });

  test.each<Look>([
    { language: 'zh-CN', theme: 'light', size: [1440, 900] },
    { language: 'en', theme: 'light', size: [390, 844] },
    { language: 'en', theme: 'dark', size: [1440, 900] },
    { language: 'zh-CN', theme: 'light', size: [390, 844] },
  ])('is clean in $language, $theme, $size', async (look) => {
    const visited = await open('luo.min', look);
    const { page } = visited;
    await expectClean(visited, 'insight');
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(beyond).toBeLessThanOrEqual(0);
    await visited.close();
  });

  test('time, people, rules and forecasts are tabs that a rule or a limit is kept in', async () => {
    const visited = await open('luo.min', desktop, '?tab=time');
    const { page } = visited;
    const tab = async (name: string, shows: string) => {
      await page.getByRole('link', { name, exact: true }).click();
      await page.getByRole('heading', { name: shows, exact: true }).waitFor();
      await settled(page);
      await expectClean(visited, name);
    };
    await tab('时间', '隐藏的定时器');
    await tab('人员', '工作交接');
    expect(await page.locator('.matrix tbody tr').count()).toBeGreaterThan(5);
    await tab('规则', '案件须遵守的规则');
    await page.getByRole('button', { name: '加入规则' }).press('Enter');
    await expect.poll(() => page.locator('.rule-result').count()).toBe(1);
    expect(page.url()).toContain('four_eyes');
    await tab('预测', '在办案件');
    await page.getByLabel('办结时限（小时）').fill('1000');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).toContain('limit=1000');
    await settled(page);
    await expect.poll(() => page.locator('.pane tbody tr').count()).toBe(2);
    await visited.close();
  });

  test('a process without cases says so; who may not look has no such page in the frame', async () => {
    const empty = await open('luo.min', desktop, '?process=no_such_process');
    expect(await empty.page.locator('.empty').innerText()).toContain('还没有可分析的案件');
    await expectClean(empty, 'insight, empty');
    await empty.close();
    const visited = await visit(browser, desktop);
    await signInAs(visited.page, bank.address, 'li.na');
    expect(await visited.page.locator('nav a[href="/insight"]').count()).toBe(0);
    await visited.close();
  });
});
