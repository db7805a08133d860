import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { loanUntil, Staff } from './drive.ts';
import {
  desktop,
  hasBrowser,
  openBrowser,
  type RunningConsole,
  reached,
  settled,
  signInAs,
  startConsole,
  type Visit,
  visit,
} from './testing.ts';

let bank: RunningConsole;
let browser: Browser;
let staff: Staff;
let open: Visit[] = [];

async function begin(login: string, look = desktop): Promise<Page> {
  const seen = await visit(browser, look);
  open.push(seen);
  await signInAs(seen.page, bank.address, login);
  return seen.page;
}

const focused = (page: Page) =>
  page.evaluate(
    () => document.activeElement?.getAttribute('role') ?? document.activeElement?.tagName,
  );

describe.skipIf(!hasBrowser)('the frame', () => {
  beforeAll(async () => {
    [bank, browser] = await Promise.all([startConsole(), openBrowser()]);
    staff = new Staff(bank.address);
  });

  afterEach(async () => {
    await Promise.all(open.map((seen) => seen.close()));
    open = [];
  });

  afterAll(async () => {
    await browser?.close();
    await bank?.stop();
  });

  test.each([
    ['zh-CN', 'light', '登录', '用户名或密码不正确'],
    ['en', 'dark', 'Sign in', 'The login or the password is not correct'],
  ] as const)('signs in in %s, %s, and says in words when it does not', async (...row) => {
    const [language, theme, title, refusal] = row;
    const { page, close } = await visit(browser, { language, theme, size: [1440, 900] });
    await page.goto(`${bank.address}/tasks`);
    await page.goto(`${bank.address}/desk?filter=mine`);
    await page.getByRole('heading', { name: title }).waitFor();
    await page.keyboard.type('li.na');
    await page.keyboard.press('Tab');
    await page.keyboard.type('wrong-password');
    await page.keyboard.press('Enter');
    const notice = page.getByRole('alert');
    await expect.poll(() => notice.textContent()).toContain(refusal);
    expect(await notice.textContent()).toContain('sign_in_refused');
    await page.locator('input[name="password"]').fill('huiliu-demo');
    await page.keyboard.press('Enter');
    await reached(page, /desk\?filter=mine/);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe(theme);
    await close();
  });

  test('the code box opens pages by code, by pinyin initials, by words, and runs commands', async () => {
    const page = await begin('li.na');
    for (const [key, typed, path] of [
      ['F8', '0410', '/operations/trial-balance'],
      ['F8', 'khyzh', '/customers'],
      ['/', '流程', '/processes'],
      ['F8', '云泽启恒', '/customers/'],
    ] as const) {
      await page.locator('#page').focus();
      await page.keyboard.press(key);
      expect(await focused(page)).toBe('combobox');
      await page.keyboard.type(typed);
      await page.locator('.suggestions [aria-selected="true"]').waitFor();
      await page.keyboard.press('Enter');
      await expect.poll(() => new URL(page.url()).pathname).toContain(path);
    }
    await page.keyboard.press('F8');
    await page.keyboard.type('language');
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: 'Workspaces' }).waitFor();
  });

  test('G and a letter open a workspace, ? shows the keys, letters can be switched off', async () => {
    const page = await begin('li.na');
    await page.keyboard.press('g');
    await page.keyboard.press('o');
    await expect.poll(() => page.url()).toContain('trial-balance');
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('显示按键').waitFor();
    expect(await page.locator('.frame').getAttribute('inert')).not.toBeNull();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.frame').getAttribute('inert')).toBeNull();
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await expect.poll(() => page.url()).toContain('settings');
    await page.getByLabel('启用字母按键').uncheck();
    await page.locator('#page').focus();
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.waitForTimeout(200);
    expect(page.url()).toContain('/settings');
  });

  test('pages stay open over a reload; Delete on a tab closes it', async () => {
    const page = await begin('li.na');
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await expect.poll(() => page.url()).toContain('processes');
    await settled(page);
    await page.reload();
    await settled(page);
    const tabs = page.locator('.tabs .tab');
    await expect.poll(() => tabs.count()).toBe(2);
    await tabs.nth(1).locator('a').focus();
    await page.keyboard.press('Delete');
    await expect.poll(() => tabs.count()).toBe(1);
    await expect.poll(() => page.url()).toContain('desk');
  });

  test('a change elsewhere appears by itself: nobody reloads', async () => {
    const page = await begin('li.na');
    const { caseNumber } = await loanUntil(staff, 'eligibility_review');
    await page.getByRole('link', { name: caseNumber }).first().waitFor({ timeout: 5_000 });
  });

  test('a task that was ended elsewhere is refused in words, with code and reference', async () => {
    const { taskId } = await loanUntil(staff, 'first_review');
    await staff.call('wang.lei', 'POST', `/api/tasks/${taskId}/claim`, {});
    const page = await begin('wang.lei');
    await page.goto(`${bank.address}/tasks/${taskId}`);
    await settled(page);
    // The page does not hear of what happens next.
    await page.route(`**/api/tasks/${taskId}`, (route) => route.abort());
    const values = { firstReviewDecision: 'agree', firstReviewOpinion: '同意' };
    await staff.call('wang.lei', 'POST', `/api/tasks/${taskId}/complete`, { values });
    await page.locator('.form textarea').fill('同意');
    await page.keyboard.press('Alt+Enter');
    const notice = page.locator('.refusal');
    await notice.waitFor();
    const words = await notice.textContent();
    for (const part of ['未能办理', '怎么办', '谁能办', 'task_not_open']) {
      expect(words).toContain(part);
    }
    expect(await page.locator('.form textarea').inputValue()).toBe('同意');
  });

  test('a task goes back with a reason, by keys; keys of the page behind do nothing meanwhile', async () => {
    const { taskId, caseNumber } = await loanUntil(staff, 'first_review');
    await staff.call('wang.lei', 'POST', `/api/tasks/${taskId}/claim`, {});
    const page = await begin('wang.lei');
    await page.goto(`${bank.address}/tasks/${taskId}`);
    await settled(page);
    await page.getByRole('button', { name: '退回…' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').locator('textarea').waitFor();
    await page.keyboard.press('Alt+Enter');
    await expect.poll(() => focused(page)).toBe('TEXTAREA');
    await page.keyboard.type('请补充近两年报表');
    await page.keyboard.press('Alt+Enter');
    await reached(page, new RegExp(`cases/${caseNumber}`));
    await page.locator('.rail').getByText('征信查询').first().waitFor();
  });

  test('a draft is kept as typed, Enter sends nothing, a missing field is named', async () => {
    const { taskId } = await loanUntil(staff, 'first_review');
    await staff.call('wang.lei', 'POST', `/api/tasks/${taskId}/claim`, {});
    const page = await begin('wang.lei');
    await page.goto(`${bank.address}/tasks/${taskId}`);
    await settled(page);
    await page.locator('.decision').first().focus();
    await page.keyboard.press('Enter');
    expect(page.url()).toContain(taskId);
    await page.keyboard.press('Alt+Enter');
    await page.getByText('必填').waitFor();
    expect(await focused(page)).toBe('TEXTAREA');
    await page.keyboard.type('材料不全，');
    await page.waitForTimeout(100);
    await page.reload();
    const opinion = page.locator('.form textarea');
    await expect.poll(() => opinion.inputValue()).toBe('材料不全，');
  });

  test('an ended session asks to sign in over the page; what was typed is still there', async () => {
    const { taskId } = await loanUntil(staff, 'first_review');
    await staff.call('wang.lei', 'POST', `/api/tasks/${taskId}/claim`, {});
    const page = await begin('wang.lei');
    await page.goto(`${bank.address}/tasks/${taskId}`);
    await settled(page);
    await page.locator('.form textarea').fill('同意进入贷前调查');
    await page.context().clearCookies();
    await page.keyboard.press('Alt+Enter');
    await page.getByRole('dialog').getByText('登录已超时').waitFor();
    await page.keyboard.type('wang.lei');
    await page.keyboard.press('Tab');
    await page.keyboard.type('huiliu-demo');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.frame').getAttribute('inert')).toBeNull();
    expect(await page.locator('.form textarea').inputValue()).toBe('同意进入贷前调查');
    await page.keyboard.press('Alt+Enter');
    await reached(page, /cases\//);
  });

  test('Enter that an input method composes does not move on', async () => {
    const { taskId } = await loanUntil(staff, 'eligibility_review');
    await staff.call('li.na', 'POST', `/api/tasks/${taskId}/claim`, {});
    const page = await begin('li.na');
    await page.goto(`${bank.address}/tasks/${taskId}`);
    const months = page.getByLabel('成立月数');
    await months.focus();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Input.imeSetComposition', {
      text: 'jiu',
      selectionStart: 3,
      selectionEnd: 3,
    });
    await page.keyboard.press('Enter');
    expect(await months.evaluate((field) => field === document.activeElement)).toBe(true);
    await devtools.send('Input.insertText', { text: '9' });
    await page.keyboard.press('Enter');
    expect(await months.evaluate((field) => field === document.activeElement)).toBe(false);
  });

  test('a lost line is said, and since when', async () => {
    const page = await begin('li.na');
    await bank.stop();
    const notice = page.locator('.notice');
    await expect.poll(() => notice.textContent(), { timeout: 15_000 }).toMatch(/中断|暂不可用/);
  });
});
