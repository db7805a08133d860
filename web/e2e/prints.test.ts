import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loanUntil, Staff } from './drive.ts';
import {
  desktop,
  expectClean,
  hasBrowser,
  openBrowser,
  type RunningConsole,
  settled,
  signInAs,
  startConsole,
  visit,
} from './testing.ts';

let bank: RunningConsole;
let browser: Browser;
let caseNumber: string;

describe.skipIf(!hasBrowser)('printing a paper', () => {
  beforeAll(async () => {
    [bank, browser] = await Promise.all([startConsole(), openBrowser()]);
    caseNumber = (await loanUntil(new Staff(bank.address), null)).caseNumber;
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await bank?.stop();
  });

  test.each([
    {
      language: 'zh-CN',
      paper: 'note',
      by: 'Alt+Enter',
      original: '第 1 次打印',
      copy: '副本 · 第 2 次打印',
      unregistered: '未登记打印',
    },
    {
      language: 'en',
      paper: 'approval',
      by: 'button',
      original: 'Printing 1',
      copy: 'Copy · printing 2',
      unregistered: 'Not a registered printing',
    },
  ] as const)('the second printing of $paper is marked as a copy, in $language', async (row) => {
    const seen = await visit(browser, { ...desktop, language: row.language });
    const { page, close } = seen;
    await signInAs(page, bank.address, 'li.na');
    await page.goto(`${bank.address}/print/${row.paper}/${caseNumber}`);
    await settled(page);
    await page.locator('.print-bar button:enabled').waitFor();
    await keepOffPrinter(page);

    // The browser's own printing, without the button: nothing was registered.
    expect(await onPaper(page)).toEqual([row.unregistered]);
    expect(await onScreen(page)).toEqual([]);

    await print(page, row.by, 1);
    expect(await page.locator('.sheet footer').textContent()).toContain(row.original);
    expect(await onPaper(page)).toEqual([]);
    expect(await onScreen(page)).toEqual([]);

    await print(page, row.by, 2);
    for (const marks of [await onPaper(page), await onScreen(page)]) {
      expect(marks).toHaveLength(1);
      expect(marks[0]).toContain(row.copy);
      expect(marks[0]).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d · .+ li\.na/);
    }
    await expectClean(seen, `a copy of ${row.paper}`);

    // What went to the printer is spent: printing once more past the button is not it.
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    expect(await onPaper(page)).toEqual([row.unregistered]);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.sheet footer').innerText()).not.toMatch(/第 \d|Printing \d/);
    await page.emulateMedia({ media: 'screen' });
    expect((await onScreen(page))[0]).toContain(row.copy);
    await close();
  });

  test('a paper on which nothing stands yet is refused in words and not printed', async () => {
    const applying = await loanUntil(new Staff(bank.address), 'apply');
    const { page, close } = await visit(browser);
    await signInAs(page, bank.address, 'li.na');
    await page.goto(`${bank.address}/print/note/${applying.caseNumber}`);
    await page.locator('.print-bar button:enabled').waitFor();
    await keepOffPrinter(page);
    await page.locator('.print-bar button').click();
    expect(await page.locator('.refusal').textContent()).toContain('paper_not_written');
    expect(await printings(page)).toBe(0);
    await close();
  });
});

/** Counts what would go to a printer; a page without a screen has none. */
async function keepOffPrinter(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.print = () => {
      document.body.dataset['printings'] = String(
        Number(document.body.dataset['printings'] ?? 0) + 1,
      );
    };
  });
}

async function printings(page: Page): Promise<number> {
  return await page.evaluate(() => Number(document.body.dataset['printings'] ?? 0));
}

/** Prints and waits until as many sheets went to the printer. */
async function print(page: Page, by: 'Alt+Enter' | 'button', count: number): Promise<void> {
  // While a printing is being registered the key asks for no second one.
  await page.locator('.print-bar button:enabled').waitFor();
  if (by === 'button') await page.locator('.print-bar button').click();
  else await page.keyboard.press('Alt+Enter');
  await expect.poll(() => printings(page), { timeout: 10_000 }).toBe(count);
}

/** Marks that are seen on the screen. */
async function onScreen(page: Page): Promise<readonly string[]> {
  return await page.locator('.sheet .print-mark:visible').allInnerTexts();
}

/** Marks that would stand on the paper. */
async function onPaper(page: Page): Promise<readonly string[]> {
  await page.emulateMedia({ media: 'print' });
  const marks = await onScreen(page);
  await page.emulateMedia({ media: 'screen' });
  return marks;
}
