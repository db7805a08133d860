import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
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
  type Visit,
  visit,
} from './testing.ts';

let bank: RunningConsole;
let browser: Browser;
let staff: Staff;
let open: Visit[] = [];

async function begin(login: string, look: Look = desktop): Promise<Visit> {
  const seen = await visit(browser, look);
  open.push(seen);
  await signInAs(seen.page, bank.address, login);
  return seen;
}

/** Presses a key until it has its effect: a page takes its keys a moment after it is drawn. */
async function pressUntil(seen: Visit, key: string, wanted: string): Promise<void> {
  await expect
    .poll(
      async () => {
        await seen.page.keyboard.press(key);
        await seen.page.waitForTimeout(300);
        return await seen.page.locator(wanted).count();
      },
      { timeout: 20_000 },
    )
    .toBeGreaterThan(0);
}

/** A loan at its first review, claimed by the risk manager. */
async function atFirstReview() {
  const at = await loanUntil(staff, 'first_review');
  await staff.call('wang.lei', 'POST', `/api/tasks/${at.taskId}/claim`, {});
  return at;
}

describe.skipIf(!hasBrowser)('orders about a task, in the console', () => {
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

  test('a task is lent by keys, prepared, handed back, and its draft is there again', async () => {
    const { taskId, caseNumber } = await atFirstReview();
    const owner = await begin('wang.lei');
    await owner.page.goto(`${bank.address}/tasks/${taskId}`);
    await settled(owner.page);
    await pressUntil(owner, 'F9', '[role="menu"]');
    await expectClean(owner, 'the menu');
    await pressUntil(owner, 'e', '[role="dialog"] input[type="radio"]');
    await expectClean(owner, 'the dialog');
    await owner.page.getByRole('radio', { name: /严冰/ }).check();
    await owner.page.locator('[role="dialog"] textarea').fill('出差，请代拟');
    await owner.page.keyboard.press('Alt+Enter');
    await reached(owner.page, new RegExp(`cases/${caseNumber}`));
    await owner.page.locator('.rail').getByText('出差，请代拟').waitFor();

    const delegate = await begin('yan.bing', { ...desktop, language: 'en', size: [390, 844] });
    await delegate.page.goto(`${bank.address}/tasks/${taskId}`);
    await settled(delegate.page);
    await delegate.page.getByText('For 王磊').first().waitFor();
    await delegate.page.locator('#task-form textarea').first().fill('材料齐全，拟同意');
    await expectClean(delegate, 'preparing');
    await delegate.page.getByRole('button', { name: 'Hand back' }).click();
    await reached(delegate.page, /\/desk/);

    await owner.page.goto(`${bank.address}/tasks/${taskId}`);
    await settled(owner.page);
    const opinion = owner.page.locator('#task-form textarea').first();
    await expect.poll(() => opinion.inputValue()).toBe('材料齐全，拟同意');
  });

  test('a notice is unread until it is opened, and urging is seen by the holder', async () => {
    const { taskId, caseNumber } = await atFirstReview();
    const note = { to: ['song.yu'], note: '大额，请提前了解' };
    await staff.call('wang.lei', 'POST', `/api/tasks/${taskId}/copy`, note);
    const reader = await begin('song.yu');
    await reader.page.goto(`${bank.address}/desk?filter=copied`);
    await reader.page.getByText('大额，请提前了解').waitFor();
    await reader.page.getByText('未读').waitFor();
    await expectClean(reader, 'the notices');
    await reader.page.locator('.grid').focus();
    await reader.page.keyboard.press('Enter');
    await reached(reader.page, new RegExp(`cases/${caseNumber}`));
    await reader.page.goto(`${bank.address}/desk?filter=copied`);
    await reader.page.getByText('已读').waitFor();

    const manager = await begin('li.na');
    await manager.page.goto(`${bank.address}/cases/${caseNumber}`);
    await manager.page.getByRole('button', { name: /催办/ }).waitFor();
    await pressUntil(manager, 'u', '[role="dialog"] textarea');
    await manager.page.locator('[role="dialog"] textarea').fill('客户在等');
    await manager.page.keyboard.press('Alt+Enter');
    const holder = await begin('wang.lei');
    await holder.page.goto(`${bank.address}/tasks/${taskId}`);
    await holder.page.locator('.words').getByText('客户在等').waitFor();
    await expectClean(holder, 'the words');
  });
});
