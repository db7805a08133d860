import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
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

const looks: readonly Look[] = [
  { language: 'zh-CN', theme: 'light', size: [390, 844] },
  { language: 'en', theme: 'dark', size: [1440, 900] },
];
const product = '/products/loan/working_capital';

describe.skipIf(!hasBrowser)('the product catalogue', () => {
  beforeAll(async () => {
    [bank, browser] = await Promise.all([startConsole(), openBrowser()]);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await bank?.stop();
  });

  test.each(looks)(
    'is clean in $language, $theme, $size',
    async (look) => {
      const seen = await visit(browser, look);
      const { page } = seen;
      await signInAs(page, bank.address, 'luo.min');
      for (const path of ['/products', product]) {
        await page.goto(bank.address + path);
        await settled(page);
        await expectClean(seen, path);
      }
      await page.getByRole('button', { name: /拟定变更|Draft a change/ }).click();
      await expectClean(seen, 'change');
      expect(seen.messages).toEqual([]);
      await seen.close();
    },
    180_000,
  );

  test('one drafts, another approves, and the version stands beside the one before', async () => {
    const drafter = await visit(browser, looks[1] as Look);
    await signInAs(drafter.page, bank.address, 'luo.min');
    await drafter.page.goto(bank.address + product);
    await drafter.page.getByRole('button', { name: 'Draft a change' }).click();
    await drafter.page.getByLabel('Effective from').fill('2099-01-01');
    await drafter.page.getByLabel('Why').fill('the same grace for all');
    await drafter.page.getByLabel('Days of grace').fill('3');
    await drafter.page.getByRole('button', { name: 'Submit for approval: 1' }).click();
    await drafter.page.getByText('Who drafts a change does not approve it.').waitFor();
    await drafter.close();
    const second = await visit(browser, looks[1] as Look);
    await signInAs(second.page, bank.address, 'shen.yi');
    await second.page.goto(bank.address + product);
    await second.page.getByRole('button', { name: 'Approve, from 2099-01-01' }).click();
    const versions = second.page.getByRole('region', { name: 'Versions' });
    await versions.getByText('To come').waitFor();
    expect(await versions.first().innerText()).toContain('shen.yi');
    expect(second.messages).toEqual([]);
    await second.close();
  }, 180_000);
});
