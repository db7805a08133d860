import { mkdir } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loanUntil, Staff } from './drive.ts';
import {
  desktop,
  expectClean,
  hasBrowser,
  openBrowser,
  type RunningConsole,
  reached,
  settled,
  signInAs,
  startConsole,
  visit,
} from './testing.ts';

const pictures = process.env['CONSOLE_PICTURES'];

let bank: RunningConsole;
let browser: Browser;

describe.skipIf(!hasBrowser)('the page of a loan note', () => {
  beforeAll(async () => {
    [bank, browser] = await Promise.all([startConsole(), openBrowser()]);
    const staff = new Staff(bank.address);
    await loanUntil(staff, null);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await bank?.stop();
  });

  test('from the customer to the plan, and what a prepayment would come to', async () => {
    const seen = await visit(browser, desktop);
    const { page } = seen;
    await signInAs(page, bank.address, 'li.na');
    await page.goto(`${bank.address}/customers/10000001`);
    await page.locator('a[href^="/loans/"]').first().click();
    await reached(page, /loans\//);
    await settled(page);
    const head = await page.locator('.head').innerText();
    expect(head).toMatch(/借据 JJ-/);
    expect(head).toContain('3,000,000.00 CNY');
    const plan = page.getByRole('region', { name: '还款计划' }).first();
    expect(await plan.locator('tbody tr').count()).toBeGreaterThan(1);
    expect(await plan.locator('tbody tr').last().innerText()).toContain('0.00');
    const quote = page.getByRole('region', { name: '提前还款试算' }).first();
    await quote.locator('input').fill('1000000');
    await quote.getByRole('button', { name: '试算' }).click();
    await quote.locator('table').waitFor();
    const text = await quote.innerText();
    expect(text).toMatch(/缩短期限\s*减少期供/);
    expect(text).toContain('2,000,000.00');
    await expectClean(seen, 'the page of a note');
    await keep(page, 'loan-note-zh');
  });

  test('a refusal is said in words, in English too', async () => {
    const seen = await visit(browser, { ...desktop, language: 'en' });
    const { page } = seen;
    await signInAs(page, bank.address, 'li.na');
    await page.goto(`${bank.address}/customers/10000001`);
    await page.locator('a[href^="/loans/"]').first().click();
    await settled(page);
    const quote = page.getByRole('region', { name: 'What a prepayment would come to' }).first();
    await quote.locator('input').fill('1.00');
    await quote.getByRole('button', { name: 'Quote' }).click();
    await expect.poll(async () => quote.innerText()).toContain('minor units at least');
    await keep(page, 'loan-note-en');
  });
});

async function keep(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}/${name}.png` });
}
