import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { amountInWords } from '../../src/base/amount-in-words.ts';
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
  type Visit,
  visit,
} from './testing.ts';

const account = '11010100000000011';

let bank: RunningConsole;
let browser: Browser;
let voting: { caseNumber: string; taskId: string };
let applying: { caseNumber: string; taskId: string };
let posted: { caseNumber: string; taskId: string };

const looks: readonly Look[] = [
  { language: 'zh-CN', theme: 'light', size: [1440, 900] },
  { language: 'en', theme: 'light', size: [390, 844] },
  { language: 'en', theme: 'dark', size: [1440, 900] },
];

const staffPages = (): readonly string[] => [
  '/desk',
  '/desk?filter=mine',
  ...['diagram', 'papers', 'decisions', 'entries', 'signers'].map(
    (view) => `/cases/${posted.caseNumber}?view=${view}`,
  ),
  `/cases/${voting.caseNumber}`,
  '/cases',
  '/customers',
  '/customers/10000001',
  `/accounts/${account}`,
  '/processes',
  '/processes/corporate_loan_sub_branch',
  '/operations/trial-balance',
  '/operations/controls',
  '/operations/salaries',
  '/operations/cash',
  '/operations/bills',
  '/operations/fx',
  '/operations/fee-waivers',
  '/settings',
  ...['approval', 'note', 'vouchers'].map((paper) => `/print/${paper}/${posted.caseNumber}`),
  '/no/such/page',
];

const customerPages = (): readonly string[] => [
  '/my',
  `/my/tasks/${applying.taskId}`,
  `/my/cases/${posted.caseNumber}`,
];

describe.skipIf(!hasBrowser)('every screen', () => {
  beforeAll(async () => {
    [bank, browser] = await Promise.all([startConsole(), openBrowser()]);
    const staff = new Staff(bank.address);
    // In this order: with a loan paid out, the next one may be beyond the sub-branch's authority.
    voting = await loanUntil(staff, 'vote');
    posted = await loanUntil(staff, null);
    applying = await loanUntil(staff, 'apply');
    await staff.call('deng.chao', 'POST', `/api/tasks/${voting.taskId}/claim`, {});
  }, 180_000);

  afterAll(async () => {
    await browser?.close();
    await bank?.stop();
  });

  test.each(looks)(
    'is clean in $language, $theme, $size: axe, console, width',
    async (look) => {
      const seen = await visit(browser, look);
      await seen.page.goto(`${bank.address}/sign-in`);
      await settled(seen.page);
      await expectClean(seen, '/sign-in');
      await signInAs(seen.page, bank.address, 'li.na');
      for (const path of staffPages()) await lookAt(seen, path);
      await seen.page.context().clearCookies();
      await signInAs(seen.page, bank.address, 'deng.chao');
      await lookAt(seen, `/tasks/${voting.taskId}`);
      await seen.page.context().clearCookies();
      await signInAs(seen.page, bank.address, 'qiheng.110101');
      for (const path of customerPages()) await lookAt(seen, path);
      await seen.page.context().clearCookies();
      await signInAs(seen.page, bank.address, 'fang.zhihua');
      await lookAt(seen, '/operations/exports');
      await seen.close();
    },
    180_000,
  );

  /** Who lacks a right, or works beside the outlet whose case this is. */
  test.each(['fang.zhihua', 'chen.yan', 'luo.min', 'gao.wei', 'liu.fang'])(
    'nothing that %s is shown is refused',
    async (login) => {
      const { page, messages, close } = await visit(browser);
      const refused: string[] = [];
      page.on('response', (answer) => {
        if (answer.status() >= 400) refused.push(`${answer.status()} ${answer.url()}`);
      });
      await signInAs(page, bank.address, login);
      const views = ['diagram', 'decisions', 'entries'].map((view) => `?view=${view}`);
      const paths = ['/desk', ...views.map((view) => `/cases/${posted.caseNumber}${view}`)];
      const links = new Set<string>();
      for (const path of paths) {
        await page.goto(bank.address + path);
        await settled(page);
        for (const link of await linksOf(page)) links.add(link);
      }
      for (const link of links) {
        await page.goto(bank.address + link);
        await settled(page);
      }
      expect.soft(refused).toEqual([]);
      expect.soft(messages).toEqual([]);
      await close();
    },
  );

  test('CUST-14 the customer sees steps done, the present one and the expected end, no staff', async () => {
    const { page, close } = await visit(browser);
    await signInAs(page, bank.address, 'qiheng.110101');
    await page.goto(`${bank.address}/my/cases/${voting.caseNumber}`);
    await settled(page);
    await page.locator('.steps .now').first().waitFor();
    expect(await page.locator('.steps .done').allTextContents()).toContainEqual(
      expect.stringMatching(/^贷款申请/),
    );
    expect(await page.locator('.steps .now').allTextContents()).toEqual(['会审进行中']);
    const words = (await page.locator('main').textContent()) ?? '';
    expect(words).toMatch(/预计完成\d{4}-\d{2}-\d{2}/);
    for (const hidden of ['李娜', '王磊', '信用评级', '会审意见']) {
      expect(words).not.toContain(hidden);
    }
    await close();
  });

  test.each([
    ['note', 1],
    ['vouchers', 1],
    ['approval', 2],
  ] as const)(
    '%s prints on A4, %i sheets at most, figures and capitals agreeing',
    async (...row) => {
      const [paper, sheetsMax] = row;
      const { page, close } = await visit(browser);
      await signInAs(page, bank.address, 'li.na');
      await page.goto(`${bank.address}/print/${paper}/${posted.caseNumber}`);
      await page.locator('.sheet').waitFor();
      await settled(page);
      const words = (await page.locator('.sheet').first().textContent()) ?? '';
      expect(words).toContain('3,000,000.00');
      expect(words).toContain(`人民币${amountInWords(300_000_000n)}`);
      const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
      const sheets = pdf.match(/\/Type \/Page\b/g) ?? [];
      expect(sheets.length).toBeGreaterThan(0);
      expect(sheets.length).toBeLessThanOrEqual(sheetsMax);
      const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? [];
      expect(Math.round(Number(width))).toBe(595);
      expect(Math.round(Number(height))).toBe(842);
      await close();
    },
  );

  test('the mark of bpmn.io is visible on a diagram, 40 px wide or more, in both themes', async () => {
    for (const theme of ['light', 'dark'] as const) {
      const { page, close } = await visit(browser, {
        language: 'zh-CN',
        theme,
        size: [1440, 900],
      });
      await signInAs(page, bank.address, 'li.na');
      await page.goto(`${bank.address}/cases/${voting.caseNumber}`);
      await settled(page);
      const mark = page.locator('.bjs-powered-by svg');
      expect((await mark.boundingBox())?.width).toBeGreaterThanOrEqual(40);
      const [ink, paper] = await mark.evaluate((svg) => [
        getComputedStyle(svg.querySelector('path') ?? svg).fill,
        getComputedStyle(svg.closest('.diagram') ?? svg).backgroundColor,
      ]);
      expect(contrast(ink ?? '', paper ?? '')).toBeGreaterThanOrEqual(4.5);
      await close();
    }
  });
});

/** Addresses of what a page shows by a link: accounts, customers, processes. */
function linksOf(page: Page): Promise<string[]> {
  const linked = ['accounts', 'customers', 'processes'].map((kind) => `main a[href^="/${kind}/"]`);
  return page
    .locator(linked.join())
    .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
}

async function lookAt(seen: Visit, path: string): Promise<void> {
  await seen.page.goto(bank.address + path);
  await settled(seen.page);
  await expectClean(seen, path);
  const beyond = await seen.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(beyond, `${path} is wider than the window`).toBeLessThanOrEqual(0);
}

/** Contrast of two colours given as 'rgb(1, 2, 3)'. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}
