import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loanUntil, Staff } from './drive.ts';
import {
  desktop,
  expectClean,
  hasBrowser,
  type Look,
  openBrowser,
  type RunningConsole,
  reached,
  settled,
  signInAs,
  startConsole,
  visit,
} from './testing.ts';

let bank: RunningConsole;
let browser: Browser;
let caseNumber: string;

/** The digits of an amount as it is shown. */
const minorOf = (text: string) => BigInt(text.replace('−', '-').replace(/[^\d-]/g, ''));

/** The amounts in a column of the first table of the page. */
async function column(page: Page, n: number): Promise<bigint[]> {
  const cells = await page.locator(`tbody tr td:nth-child(${n})`).allInnerTexts();
  return cells.filter((text) => text.trim() !== '').map(minorOf);
}

const sum = (amounts: readonly bigint[]) => amounts.reduce((all, one) => all + one, 0n);

describe.skipIf(!hasBrowser)('the ledger from a figure to its entries', () => {
  beforeAll(async () => {
    [bank, browser] = await Promise.all([startConsole(), openBrowser()]);
    ({ caseNumber } = await loanUntil(new Staff(bank.address), null));
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await bank?.stop();
  });

  const open = async (login: string, path: string, look: Look = desktop) => {
    const visited = await visit(browser, look);
    await signInAs(visited.page, bank.address, login);
    await visited.page.goto(`${bank.address}${path}`);
    await settled(visited.page);
    return visited;
  };

  test('a figure opens its accounts, an amount its entries, an entry its case, by keyboard', async () => {
    const visited = await open('li.na', '/operations/trial-balance?book=110101');
    const { page } = visited;
    const row = page.locator('tbody tr', { has: page.getByText('2011', { exact: true }) }).first();
    const balance = row.locator('td:nth-child(6) a');
    const figure = minorOf(await balance.innerText());
    await balance.focus();
    await page.keyboard.press('Enter');
    await reached(page, /operations\/ledger.*show=accounts/);
    await settled(page);
    await expect.poll(async () => sum(await column(page, 6))).toBe(figure);
    await expectClean(visited, 'accounts under a figure');
    await page.goBack();
    await settled(page);
    const credit = row.locator('td:nth-child(4) a');
    const turnover = minorOf(await credit.innerText());
    await credit.focus();
    await page.keyboard.press('Enter');
    await reached(page, /show=entries.*side=credit/);
    await settled(page);
    await expect.poll(async () => sum(await column(page, 8))).toBe(turnover);
    await expectClean(visited, 'entries under a figure');
    await page.getByRole('link', { name: caseNumber }).first().focus();
    await page.keyboard.press('Enter');
    await reached(page, new RegExp(`/cases/${caseNumber}`));
    await visited.close();
  });

  test('a book beyond the reader’s scope is refused in words', async () => {
    const path = '/operations/ledger?book=120101&gl=2011&currency=CNY';
    const { page, close } = await open('li.na', path);
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain('不在您的数据范围内');
    await close();
  });

  test('E saves what is shown as a file, every row in it', async () => {
    const visited = await open('li.na', '/accounts/11010100000000011');
    const { page } = visited;
    await page.getByText('余额证明').waitFor();
    await expect.poll(() => page.locator('main').innerText()).toContain('相符，逐笔余额连续');
    const shown = await page.locator('section[aria-label="交易明细"] tbody tr').count();
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('e')]);
    expect(file.suggestedFilename()).toBe('statement-11010100000000011.csv');
    const text = await readFile(await file.path(), 'utf8');
    expect(text.startsWith('\ufeff会计日期,')).toBe(true);
    // The opening balance is a row of the page, not of the file; the file has a head and an end.
    expect(text.trimEnd().split('\r\n')).toHaveLength(shown - 1 + 2);
    await expectClean(visited, 'account');
    await visited.close();
  });

  test('the customer’s page lists the customer’s cases', async () => {
    const { page, close } = await open('li.na', '/customers/10000001');
    await page.getByRole('link', { name: caseNumber }).first().waitFor();
    await close();
  });

  test('in English, dark and narrow', async () => {
    for (const look of [
      { language: 'en', theme: 'dark', size: [1440, 900] },
      { language: 'en', theme: 'light', size: [390, 844] },
    ] as const) {
      const figure = 'book=110101&gl=2011&currency=CNY&from=2026-01-01';
      const visited = await open('li.na', `/operations/ledger?${figure}&show=entries`, look);
      await expectClean(visited, `ledger ${look.size[0]}`);
      await visited.close();
    }
  });
});
