import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countMouse, fillByKeys, fillByMouse, tabTo } from './hands.ts';
import { inEnglish } from './in-english.ts';
import { applicants, type Step, straightPath } from './loan-steps.ts';
import {
  desktop,
  hasBrowser,
  openBrowser,
  type RunningConsole,
  reached,
  signInAs,
  startConsole,
  visit,
} from './testing.ts';

let bank: RunningConsole;
let browser: Browser;

describe.skipIf(!hasBrowser)('a corporate loan through real people', () => {
  beforeAll(async () => {
    [bank, browser] = await Promise.all([startConsole(), openBrowser()]);
  });

  afterAll(async () => {
    await browser?.close();
    await bank?.stop();
  });

  test('T1 by mouse: from the application to the money in the account', async () => {
    const seen = await visit(browser, desktop);
    const { page } = seen;
    let caseNumber = '';
    let who = '';
    for (const step of straightPath(applicants[0])) {
      if (who !== step.login) await signInByMouse(page, step.login, who);
      who = step.login;
      caseNumber = await doByMouse(page, step, caseNumber);
    }
    await expectPosted(page, caseNumber);
    expect(seen.messages).toEqual([]);
    await seen.close();
  }, 240_000);

  test('T1 in English with 0 mouse events', async () => {
    const seen = await visit(browser, { ...desktop, language: 'en' });
    const { page } = seen;
    const mouseEvents = await countMouse(page);
    let who = '';
    for (const step of straightPath(applicants[1]).map(inEnglish)) {
      if (who !== step.login) {
        if (who !== '') await signOutByKeys(page, who);
        await signInAs(page, bank.address, step.login);
      }
      who = step.login;
      await doByKeys(page, step);
    }
    const caseNumber = /cases\/(\w+)/.exec(page.url())?.[1] ?? '';
    await expectPostedInEnglish(page, caseNumber);
    expect(await mouseEvents()).toBe(0);
    expect(seen.messages).toEqual([]);
    await seen.close();
  }, 240_000);
});

const isCustomer = (login: string) => applicants.some((applicant) => applicant.login === login);

async function signInByMouse(page: Page, login: string, before: string): Promise<void> {
  if (before !== '') {
    if (!isCustomer(before)) await page.locator('header .menu-anchor > button').click();
    await page.getByRole('button', { name: '退出登录' }).click();
  } else {
    await page.goto(`${bank.address}/sign-in`);
  }
  await page.locator('.demo-people input').fill(login);
  await page.locator('.demo-people li button').first().click();
  await reached(page, /\/(desk|my)/);
}

/** Does one task and gives the number of its case. */
async function doByMouse(page: Page, step: Step, caseNumber: string): Promise<string> {
  if (isCustomer(step.login)) await openAsCustomer(page, step, caseNumber);
  else {
    await page.goto(`${bank.address}/desk?case=${caseNumber}`);
    await page.getByRole('gridcell').getByRole('link', { name: step.task, exact: true }).click();
    await page.getByRole('button', { name: '认领' }).click();
  }
  await page.locator('.form :enabled, .decision:enabled').first().waitFor();
  await fillByMouse(page, step.filled);
  await reached(page, /cases\/\w+/);
  return /cases\/(\w+)/.exec(page.url())?.[1] ?? '';
}

async function openAsCustomer(page: Page, step: Step, caseNumber: string): Promise<void> {
  if (caseNumber === '') {
    await page.getByRole('button', { name: /^申请：公司业务贷款/ }).click();
    return;
  }
  await page.goto(`${bank.address}/my/cases/${caseNumber}`);
  await page.getByRole('link', { name: step.task }).click();
}

async function doByKeys(page: Page, step: Step): Promise<void> {
  if (isCustomer(step.login)) {
    const applying = step.task === 'Loan application';
    if (!page.url().endsWith('/my')) await goHomeByKeys(page);
    const words = applying ? /^Apply: Corporate loan approval, sub/ : new RegExp(`^${step.task}`);
    await page.locator('.card-link, .ant-btn').filter({ hasText: words }).first().waitFor();
    await tabToWords(page, words);
    await page.keyboard.press('Enter');
  } else {
    if (!page.url().includes('/desk')) await pressPair(page, 'g', 'd');
    await page.locator('.grid-row.active').waitFor();
    await page.keyboard.press('n');
    await reached(page, /tasks\//);
    await page.getByRole('heading', { level: 1, name: step.task, exact: true }).waitFor();
  }
  await page.locator('.form :enabled, .decision:enabled').first().waitFor();
  await fillByKeys(page, step.filled);
  await reached(page, /cases\/\w+/);
}

async function pressPair(page: Page, first: string, second: string): Promise<void> {
  await page.keyboard.press(first);
  await page.keyboard.press(second);
}

async function goHomeByKeys(page: Page): Promise<void> {
  await tabToWords(page, /汇流/);
  await page.keyboard.press('Enter');
  await reached(page, /\/my$/);
}

async function tabToWords(page: Page, words: RegExp): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) {
    const text = await page.evaluate(() => document.activeElement?.textContent ?? '');
    const onBody = await page.evaluate(() => document.activeElement === document.body);
    if (!onBody && words.test(text)) return;
    await page.keyboard.press('Tab');
  }
  expect.fail(`Tab never comes to ${words}`);
}

async function signOutByKeys(page: Page, who: string): Promise<void> {
  if (isCustomer(who)) await tabTo(page, 'Sign out');
  else {
    await page.keyboard.press('F8');
    await page.keyboard.type('Sign out');
    await page.locator('.suggestions [aria-selected="true"]').waitFor();
  }
  await page.keyboard.press('Enter');
  await reached(page, /sign-in/);
}

/** The disbursement stands on the case as 借 and 贷, and every book proves. */
async function expectPosted(page: Page, caseNumber: string): Promise<void> {
  const shown = await entriesOf(page, caseNumber);
  expect(shown.some((row) => /^借.*1303.*3,000,000\.00/.test(row))).toBe(true);
  expect(shown.some((row) => /^贷.*2011.*3,000,000\.00/.test(row))).toBe(true);
  await page.goto(`${bank.address}/operations/trial-balance`);
  await page.getByText('各账套借贷平衡').waitFor();
  await page.getByText('系统内往来合计 0.00 CNY').waitFor();
}

async function expectPostedInEnglish(page: Page, caseNumber: string): Promise<void> {
  const shown = await entriesOf(page, caseNumber);
  expect(shown.some((row) => /^Dr.*1303.*3,000,000\.00/.test(row))).toBe(true);
  expect(shown.some((row) => /^Cr.*2011.*3,000,000\.00/.test(row))).toBe(true);
  await page.goto(`${bank.address}/operations/trial-balance`);
  await page.getByText('every book balances').waitFor();
}

async function entriesOf(page: Page, caseNumber: string): Promise<readonly string[]> {
  await page.goto(`${bank.address}/cases/${caseNumber}?view=entries`);
  const rows = page.locator('.pane table tbody tr');
  await rows.first().waitFor();
  return rows.allTextContents();
}
