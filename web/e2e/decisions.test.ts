import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loanUntil, Staff } from './drive.ts';
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
let lent: { caseNumber: string };

const file = '/decisions/corporate_loan_sub_branch/authority';
const [owner, head] = ['luo.min', 'shen.yi'];

const looks: readonly Look[] = [
  { language: 'zh-CN', theme: 'light', size: [1440, 900] },
  { language: 'zh-CN', theme: 'dark', size: [390, 844] },
  { language: 'en', theme: 'light', size: [390, 844] },
  { language: 'en', theme: 'dark', size: [1440, 900] },
];

const views = ['tables', 'graph', 'cases', 'try', 'versions', 'whatIf', 'change'];

async function at(page: Page, path: string): Promise<void> {
  await page.goto(bank.address + path);
  await settled(page);
}

/** The text of the file in the field of text, each amount replaced by another. */
async function change(page: Page, from: string, to: string): Promise<void> {
  await page.locator('.dmn-editor[data-ready="true"]').waitFor();
  await page.getByText('以文本编辑').click();
  for (const field of ['textarea.xml', '.change-form textarea:not(.xml)']) {
    const area = page.locator(field);
    await area.fill((await area.inputValue()).replaceAll(from, to));
  }
}

describe.skipIf(!hasBrowser)('decisions', () => {
  beforeAll(async () => {
    [bank, browser] = await Promise.all([startConsole(), openBrowser()]);
    lent = await loanUntil(new Staff(bank.address), 'vote');
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await bank?.stop();
  });

  test.each(looks)(
    'every view is clean in $language, $theme, $size',
    async (look) => {
      const seen = await visit(browser, look);
      await signInAs(seen.page, bank.address, owner);
      const committee = '/decisions/corporate_loan_sub_branch/committee?view=change';
      const paths = ['/decisions', ...views.map((view) => `${file}?view=${view}`), committee];
      for (const path of paths) {
        await at(seen.page, path);
        await expectClean(seen, path);
        const beyond = await seen.page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect.soft(beyond, `${path} is wider than the window`).toBeLessThanOrEqual(0);
      }
      await seen.close();
    },
    180_000,
  );

  test('a table is read with its policy, types and cases; trying it marks the row', async () => {
    const { page, close } = await visit(browser);
    await signInAs(page, bank.address, owner);
    await at(page, '/decisions');
    await page.getByRole('link', { name: '审批权限', exact: true }).click();
    const table = page.locator('table.dmn');
    await table.waitFor();
    const words = (await table.textContent()) ?? '';
    for (const said of ['≤ 5,000,000.00', '抵押', '支行级', 'totalExposureMinor', '数字']) {
      expect(words).toContain(said);
    }
    await at(page, `${file}?view=try`);
    const typed = { productCode: 'working_capital', totalExposureMinor: '500000001' };
    for (const [name, value] of Object.entries({ ...typed, creditRating: 'A' })) {
      await page.locator('.try-form .field', { hasText: name }).locator('input').fill(value);
    }
    await page.getByRole('button', { name: '试算' }).click();
    await page.locator('table.dmn tr.fired').waitFor();
    expect(await page.locator('table.dmn tr.fired th').textContent()).toMatch(/4$/);
    expect(await page.locator('.said pre').textContent()).toContain('"tier":"branch"');
    await close();
  });

  test('a case shows the table that decided, the row that fired marked', async () => {
    const { page, messages, close } = await visit(browser);
    await signInAs(page, bank.address, 'li.na');
    await at(page, `/cases/${lent.caseNumber}?view=decisions`);
    const decided = page.locator('section', { hasText: 'authority' }).last();
    await decided.getByText('查看命中的行').click();
    await decided.locator('table.dmn tr.fired').waitFor();
    expect(await decided.locator('table.dmn tr.fired').count()).toBe(1);
    expect(messages).toEqual([]);
    await close();
  });

  test('the editor takes what is typed into a cell, and its mark is visible', async () => {
    for (const theme of ['light', 'dark'] as const) {
      const { page, messages, close } = await visit(browser, {
        ...{ language: 'zh-CN', theme, size: [1440, 900] },
      });
      await signInAs(page, bank.address, owner);
      await at(page, `${file}?view=change`);
      const editor = page.locator('.dmn-editor');
      await page.locator('.dmn-editor[data-ready="true"]').waitFor();
      expect(await editor.textContent()).toContain('命中策略：');
      const [mark, sheet] = await Promise.all([
        page.locator('.dmn-editor .bjs-powered-by:visible').boundingBox(),
        editor.boundingBox(),
      ]);
      expect(mark?.width).toBeGreaterThanOrEqual(40);
      // Where its makers put it: at the bottom right of what it is drawn on.
      const right = (sheet?.x ?? 0) + (sheet?.width ?? 0) - (mark?.x ?? 0) - (mark?.width ?? 0);
      const below = (sheet?.y ?? 0) + (sheet?.height ?? 0) - (mark?.y ?? 0) - (mark?.height ?? 0);
      expect(Math.abs(right)).toBeLessThan(40);
      expect(Math.abs(below)).toBeLessThan(40);
      await editor.locator('td.input-cell', { hasText: '<= 3000000000' }).click();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type('<= 2500000000');
      await page.getByRole('button', { name: '检查' }).click();
      await page.locator('.checked table.dmn').waitFor();
      const checked = (await page.locator('.checked').textContent()) ?? '';
      expect(checked).toContain('≤ 25,000,000.00');
      expect(checked).toContain('12/14 条成立');
      expect(messages).toEqual([]);
      await close();
    }
  });

  test('findings stand on the rows they are about, with an example', async () => {
    const { page, messages, close } = await visit(browser);
    await signInAs(page, bank.address, owner);
    await at(page, `${file}?view=change`);
    await change(page, '3000000000', '400000000');
    await page.getByRole('button', { name: '检查' }).click();
    await page.locator('.checked table.dmn tr.finding').first().waitFor();
    const masked = page.locator('.checked table.dmn tr.error + tr.finding.error').first();
    expect(await masked.textContent()).toMatch(/第 4, \d 行.*totalExposureMinor = /);
    expect(messages).toEqual([]);
    await close();
  });

  test('RA-09 what a change does is seen before it is approved, and not by its drafter', async () => {
    const first = await visit(browser);
    await signInAs(first.page, bank.address, owner);
    await at(first.page, `${file}?view=change`);
    await change(first.page, '500000000', '200000000');
    const cases = first.page.locator('.change-form textarea:not(.xml)');
    const text = (await cases.inputValue()).replaceAll('500000001', '200000001');
    await cases.fill(text);
    await first.page
      .locator('.change-form label', { hasText: '修改原因' })
      .locator('input')
      .fill('收紧支行权限');
    await first.page.getByRole('button', { name: '起草，待他人审批' }).click();
    await first.page.getByRole('link', { name: '查看该版本' }).click();
    await first.page.locator('.figures').waitFor();
    expect(await first.page.getByRole('button', { name: /批准/ }).count()).toBe(0);
    expect(first.messages).toEqual([]);
    await first.close();
    const second = await visit(browser);
    await signInAs(second.page, bank.address, head);
    await at(second.page, '/decisions');
    await second.page.getByRole('link', { name: '1 个待审批' }).click();
    await second.page.getByRole('link', { name: '审阅' }).click();
    const changed = second.page.locator('table.dmn tr.mark.changed').first();
    await changed.waitFor();
    expect(await changed.locator('del').textContent()).toBe('≤ 5,000,000.00');
    expect(await changed.locator('ins').textContent()).toBe('≤ 2,000,000.00');
    const raised = second.page.locator('.figures button', { hasText: '须报更高一级' });
    await raised.waitFor();
    expect(await raised.locator('b').textContent()).toBe('1');
    await raised.click();
    const link = second.page.getByRole('link', { name: lent.caseNumber });
    expect(await link.getAttribute('href')).toBe(`/cases/${lent.caseNumber}?view=decisions`);
    await expectClean(second, 'judging a change');
    await second.page.getByRole('button', { name: /^批准/ }).click();
    await second.page.locator('td', { hasText: '已批准' }).waitFor();
    expect(await second.page.locator('tr', { hasText: '已批准' }).textContent()).toContain('沈毅');
    await at(second.page, file);
    const now = second.page.locator('table.dmn td', { hasText: '≤ 2,000,000.00' });
    expect(await now.count()).toBe(2);
    await second.close();
  });
});
