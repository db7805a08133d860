import { mkdir } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loanUntil, Staff } from './drive.ts';
import { fillByMouse } from './hands.ts';
import type { Filled } from './loan-steps.ts';
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

const customer = 'qiheng.110101';
const account = '11010100000000011';
const phone: Look = { ...desktop, size: [390, 844] };
/** Where pictures of the screens go, for a person to look at; nowhere unless it is named. */
const pictures = process.env['CONSOLE_PICTURES'];

let bank: RunningConsole;
let browser: Browser;
let loan: string;

/** What the bank does about a drawdown, by whom. */
const bankSteps: readonly { login: string; task: string; filled: Filled }[] = [
  {
    login: 'song.yu',
    task: '放款审批',
    filled: {
      ticks: [
        '合同在提款有效期内',
        '押品登记有效、权证在库',
        '用途证明齐备',
        '前期款项按约定使用',
        '评级有效',
      ],
      decision: '同意放款',
    },
  },
  { login: 'gao.wei', task: '放款审核', filled: { decision: '无误' } },
  {
    login: 'tang.jie',
    task: '办理放款',
    filled: { ticks: ['核对借据与出账通知书一致'], decision: '放款' },
  },
];

describe.skipIf(!hasBrowser)('a second drawdown under the same contract', () => {
  beforeAll(async () => {
    [bank, browser] = await Promise.all([startConsole(), openBrowser()]);
    const staff = new Staff(bank.address);
    const differs = { request_drawdown: { drawdownAmountMinor: 100_000_000 } };
    loan = (await loanUntil(staff, null, differs)).caseNumber;
    const told = { messageName: 'funds_received' };
    await staff.call(customer, 'POST', `/api/cases/${loan}/messages`, told);
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await bank?.stop();
  });

  test('the customer draws on the phone, the bank pays out, the customer confirms', async () => {
    const seen = await visit(browser, phone);
    const { page } = seen;
    await signInAs(page, bank.address, customer);
    const card = page.locator('.loan-card').first();
    await card.waitFor();
    expect(await card.innerText()).toMatch(/可提金额\s*2,000,000\.00 CNY/);
    await expectClean(seen, 'the customer’s home with a contract');
    await keep(page, 'my-loans-zh');
    await card.getByRole('button', { name: '提款' }).click();
    await reached(page, /my\/tasks\//);
    await page.locator('.form .field-box').first().waitFor();
    const text = await page.locator('main').innerText();
    expect(text).toMatch(/可提金额\s*2,000,000\.00 CNY/);
    await expectClean(seen, 'the drawdown request');
    await keep(page, 'my-drawdown-zh');
    await fillByMouse(page, { ...request('2000001'), decision: '提交' });
    const refused = page.locator('.refusal');
    await refused.waitFor();
    expect(await refused.innerText()).toContain('提款金额超过合同剩余可提金额');
    await fillByMouse(page, request('1500000'));
    await reached(page, /my\/cases\//);
    const drawdown = numberIn(page);
    expect(drawdown).toMatch(/^TK/);
    for (const step of bankSteps) await doAsStaff(step, drawdown);
    await page.goto(`${bank.address}/my/cases/${drawdown}`);
    await page.getByRole('button', { name: '确认：收到款项' }).click();
    await page.getByText('已放款').waitFor();
    await keep(page, 'my-drawdown-done-zh');
    await page.goto(`${bank.address}/my`);
    await card.waitFor();
    expect(await card.innerText()).toMatch(/可提金额\s*500,000\.00 CNY/);
    expect(await page.locator('.loan-note').count()).toBe(2);
    expect(seen.messages).toEqual([]);
    await seen.close();
  }, 120_000);

  test('a teller draws for the customer who is there, and confirms with them', async () => {
    const seen = await visit(browser, desktop);
    const { page } = seen;
    await signInAs(page, bank.address, 'zhao.ting');
    await page.goto(`${bank.address}/customers/10000001`);
    await page.getByRole('button', { name: '代客户提款' }).waitFor();
    await settled(page);
    await expectClean(seen, 'the customer’s loans');
    await keep(page, 'customer-loans-zh');
    await page.getByRole('button', { name: '代客户提款' }).click();
    await reached(page, /\/tasks\//);
    const claim = page.getByRole('button', { name: '认领' });
    await claim.waitFor();
    expect(await claim.isDisabled()).toBe(true);
    await page.getByLabel('客户本人在场，已核对身份').check();
    await claim.click();
    await page.locator('.form .field-box:enabled').first().waitFor();
    await page.getByLabel('客户本人在场，已核对身份').check();
    await expectClean(seen, 'a customer’s task at the counter');
    await keep(page, 'counter-task-zh');
    await fillByMouse(page, request('500000'));
    await reached(page, /cases\//);
    const drawdown = numberIn(page);
    for (const step of bankSteps) await doAsStaff(step, drawdown);
    await page.goto(`${bank.address}/cases/${drawdown}`);
    await page.getByLabel('客户本人在场，已核对身份').check();
    await keep(page, 'counter-case-zh');
    await page.getByRole('button', { name: '确认：收到款项' }).click();
    await page.getByText('已办结 · 已放款').waitFor();
    expect(await page.locator('.timeline').innerText()).toContain('客户在场，代为办理 · 赵婷');
    expect(seen.messages).toEqual([]);
    await seen.close();
  }, 120_000);

  test.each([
    [phone, 'en', '/my', customer],
    [{ ...desktop, theme: 'dark' }, 'en', '/customers/10000001', 'li.na'],
    [desktop, 'zh-CN', '/desk?filter=counter', 'li.na'],
    [phone, 'en', '/print/note/LOAN', 'li.na'],
  ] as const)('%o %s %s is clean', async (look, language, path, login) => {
    const seen = await visit(browser, { ...look, language });
    await signInAs(seen.page, bank.address, login);
    await seen.page.goto(bank.address + path.replace('LOAN', loan));
    await settled(seen.page);
    await expectClean(seen, path);
    await keep(seen.page, `${path.replaceAll(/\W/g, '-')}-${language}-${look.size[0]}`);
    await seen.close();
  });
});

const request = (amount: string): Filled => ({
  fields: {
    提款金额: amount,
    用途: '支付第二批钢材货款',
    购销合同或发票号: 'FP-2026-204',
    入账账号: account,
  },
});

const numberIn = (page: Page): string => /cases\/(\w+)/.exec(page.url())?.[1] ?? '';

/** One step of the bank in a browser of the person's own. */
async function doAsStaff(step: (typeof bankSteps)[number], caseNumber: string): Promise<void> {
  const { page, messages, close } = await visit(browser, desktop);
  await signInAs(page, bank.address, step.login);
  await page.goto(`${bank.address}/desk?case=${caseNumber}`);
  await page.getByRole('gridcell').getByRole('link', { name: step.task, exact: true }).click();
  await page.getByRole('button', { name: '认领' }).click();
  await page.locator('.form :enabled, .decision:enabled').first().waitFor();
  await fillByMouse(page, step.filled);
  await reached(page, /cases\/\w+/);
  expect(messages).toEqual([]);
  await close();
}

async function keep(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}/${name}.png` });
}
