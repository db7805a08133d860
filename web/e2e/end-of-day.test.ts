import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

describe.skipIf(!hasBrowser)('the end of day on its screen', () => {
  beforeAll(async () => {
    [bank, browser] = await Promise.all([startConsole(), openBrowser()]);
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await bank.stop();
  });

  const open = async (login: string, look: Look) => {
    const visited = await visit(browser, look);
    await signInAs(visited.page, bank.address, login);
    await visited.page.goto(`${bank.address}/operations/end-of-day`);
    await settled(visited.page);
    return visited;
  };

  test('who may, closes the date and sees every step done and every total tied', async () => {
    const visited = await open('chen.yan', desktop);
    const { page } = visited;
    const date = await page.locator('select').first().inputValue();
    await page.getByRole('button', { name: '执行日终' }).click();
    await expect
      .poll(async () => page.locator('.head').innerText(), { timeout: 60_000 })
      .toMatch(/已日结|→ /);
    await page.goto(`${bank.address}/operations/end-of-day?date=${date}`);
    await expect
      .poll(async () => page.locator('.head').innerText(), { timeout: 60_000 })
      .toContain('已日结');
    await expect.poll(async () => page.locator('.head').innerText()).toMatch(/\d+ 项总分相符/);
    expect(await page.locator('tbody .status.bad').count()).toBe(0);
    const rows = await page.locator('section').first().locator('tbody tr b').allInnerTexts();
    expect(rows).toHaveLength(12);
    await expectClean(visited, 'end of day');
    await visited.close();
  });

  test('who may only look has no order, in English, dark and narrow too', async () => {
    for (const look of [
      { language: 'en', theme: 'dark', size: [1440, 900] },
      { language: 'en', theme: 'light', size: [390, 844] },
    ] as const) {
      const visited = await open('li.na', look);
      expect(await visited.page.getByRole('button', { name: 'Close the day' }).count()).toBe(0);
      await expectClean(visited, `end of day ${look.size[0]}`);
      await visited.close();
    }
  });
});
