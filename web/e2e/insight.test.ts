import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loanUntil, Staff } from './drive.ts';
import {
  desktop,
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
/** Where pictures of the pages are left for a person to look at; unset: none are taken. */
const pictures = process.env['CONSOLE_PICTURES'];

describe.skipIf(!hasBrowser)('the insight page', () => {
  beforeAll(async () => {
    [bank, browser] = await Promise.all([startConsole(), openBrowser()]);
    const staff = new Staff(bank.address);
    await loanUntil(staff, 'vote');
    await loanUntil(staff, null);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await bank?.stop();
  });

  const open = async (login: string, look: Look, query = '') => {
    const visited = await visit(browser, look);
    await signInAs(visited.page, bank.address, login);
    await visited.page.goto(`${bank.address}/insight${query}`);
    await visited.page.locator('.insight .figure, .insight .empty').first().waitFor();
    await settled(visited.page);
    return visited;
  };

  test('a figure says what it means, opens its cases, and every part obeys a filter', async () => {
    const visited = await open('luo.min', desktop);
    const { page } = visited;
    const cases = page.locator('.figure').first();
    expect(await cases.locator('b').innerText()).toBe('2');
    await cases.locator('.term').focus();
    await expect.poll(() => page.locator('.meaning').innerText()).toContain('案件编号');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.meaning').isVisible()).toBe(false);
    await cases.locator('b button').press('Enter');
    const rows = page.locator('.cases-behind tbody tr');
    await expect.poll(() => rows.count()).toBe(2);
    const link = await rows.first().locator('a').getAttribute('href');
    expect(link).toMatch(/^\/cases\//);
    await page.getByLabel('添加筛选').selectOption({ label: '最慢的一成案件' });
    await expect.poll(() => cases.locator('b').innerText()).toBe('1');
    expect(await page.locator('.chip').count()).toBe(1);
    expect(page.url()).toContain('filter=duration');
    expect(await page.locator('.process-map a').count()).toBeGreaterThan(5);
    await page.locator('.process-map a').first().press('Enter');
    await expect.poll(() => rows.count()).toBe(1);
    await page.locator('.chip button').press('Enter');
    await expect.poll(() => cases.locator('b').innerText()).toBe('2');
    await expectClean(visited, 'insight');
    await visited.close();
  });

  test.each<Look>([
    { language: 'zh-CN', theme: 'light', size: [1440, 900] },
    { language: 'en', theme: 'light', size: [390, 844] },
    { language: 'en', theme: 'dark', size: [1440, 900] },
    { language: 'zh-CN', theme: 'light', size: [390, 844] },
  ])('is clean in $language, $theme, $size', async (look) => {
    const visited = await open('luo.min', look);
    const { page } = visited;
    await expectClean(visited, 'insight');
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(beyond).toBeLessThanOrEqual(0);
    await visited.close();
  });

  test('time, people, rules and forecasts are tabs that a rule or a limit is kept in', async () => {
    const visited = await open('luo.min', desktop, '?tab=time');
    const { page } = visited;
    const tab = async (name: string, shows: string) => {
      await page.getByRole('link', { name, exact: true }).click();
      await page.getByRole('heading', { name: shows, exact: true }).waitFor();
      await settled(page);
      await expectClean(visited, name);
    };
    await tab('时间', '隐藏的定时器');
    await tab('人员', '工作交接');
    expect(await page.locator('.matrix tbody tr').count()).toBeGreaterThan(5);
    await tab('规则', '案件须遵守的规则');
    await page.getByRole('button', { name: '加入规则' }).press('Enter');
    await expect.poll(() => page.locator('.rule-result').count()).toBe(1);
    expect(page.url()).toContain('four_eyes');
    await tab('预测', '在办案件');
    await page.getByLabel('办结时限（小时）').fill('1000');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).toContain('limit=1000');
    await settled(page);
    await expect.poll(() => page.locator('.pane tbody tr').count()).toBe(2);
    await visited.close();
  });

  test('MOD-04 a table is brought, mapped and looked at; every tab of it is clean', {
    timeout: 120_000,
  }, async () => {
    const visited = await open('luo.min', desktop);
    const { page } = visited;
    await page.getByRole('button', { name: '导入日志' }).press('Enter');
    const table = [
      '编号,环节,开始时间,完成时间,经办人,网点',
      ...Array.from({ length: 24 }, (_, i) =>
        ['受理', '复核', ...(i % 3 === 0 ? ['复核'] : []), '放款']
          .map((step, k) => {
            const at = new Date(Date.UTC(2026, 2, 1 + i, k * (i % 3 === 0 ? 9 : 3)));
            const end = new Date(at.getTime() + 600_000);
            return `A${i},${step},${at.toISOString()},${end.toISOString()},u${k},${i % 2}`;
          })
          .join('\n'),
      ),
    ].join('\n');
    const file = { name: '业务.csv', mimeType: 'text/csv', buffer: Buffer.from(table) };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByLabel('“编号”是什么').selectOption('case');
    await expectClean(visited, 'insight, import');
    await page
      .getByRole('button', { name: '导 入' })
      .or(page.getByRole('button', { name: '导入', exact: true }))
      .press('Enter');
    await expect.poll(() => page.url()).toContain('log=');
    const cases = page.locator('.figure').first();
    await expect.poll(() => cases.locator('b').innerText()).toBe('24');
    for (const tab of ['模型', '案件', '符合', '原因']) {
      await page.locator('nav.views a', { hasText: new RegExp(`^${tab}$`) }).press('Enter');
      await page.locator('section.pane[aria-busy=false]').waitFor();
      await settled(page);
      await expectClean(visited, `insight, ${tab}`);
    }
    await visited.close();
  });

  test('a process without cases says so; who may not look has no such page in the frame', async () => {
    const empty = await open('luo.min', desktop, '?process=no_such_process');
    expect(await empty.page.locator('.empty').innerText()).toContain('还没有可分析的案件');
    await expectClean(empty, 'insight, empty');
    await empty.close();
    const visited = await visit(browser, desktop);
    await signInAs(visited.page, bank.address, 'li.na');
    expect(await visited.page.locator('nav a[href="/insight"]').count()).toBe(0);
    await visited.close();
  });

  const seen = async ({ page }: Awaited<ReturnType<typeof visit>>, name: string) => {
    if (pictures === undefined) return;
    await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
  };

  test('KPI-12 a value opens its cases, is frozen by its owner, and gets a target and a light', async () => {
    const visited = await open('luo.min', desktop, '?tab=kpi&counted=all');
    const { page } = visited;
    const tile = page.locator('.kpi-tile').filter({ hasText: '流程周期总时长' }).first();
    await tile.locator('.kpi-value').press('Enter');
    await expect.poll(() => page.locator('.cases-behind tbody tr').count()).toBe(2);
    await tile.getByRole('button', { name: '冻结基线' }).press('Enter');
    await tile.locator('.kpi-form').getByRole('button', { name: '冻结基线' }).press('Enter');
    await expect.poll(() => tile.innerText()).toContain('基线');
    await tile.getByRole('button', { name: '设定目标' }).press('Enter');
    await tile.getByLabel('目标日期').fill('2099-12-31');
    await tile.locator('.kpi-form').getByRole('button', { name: '设定目标' }).press('Enter');
    await expect.poll(() => tile.locator('.status').innerText()).toContain('推进中');
    await expect.poll(() => tile.innerText()).toContain('-20.0%');
    await expectClean(visited, 'indicators');
    await seen(visited, 'kpi-zh-1440');
    await visited.close();
  });

  test('MOD-11 the views of the loan process are one press apart', async () => {
    const visited = await open('luo.min', desktop, '?tab=views');
    const { page } = visited;
    for (const [name, shows] of [
      ['环节说明', '初审'],
      ['流程程序图', '移动'],
      ['服务蓝图', '可视线'],
      ['数据矩阵', '申请金额'],
      ['责任矩阵', '客户经理'],
      ['审批节点', '有权审批'],
      ['重复录入', '意见'],
      ['模型缺漏', '办理时限'],
    ] as const) {
      await page.getByRole('button', { name, exact: true }).press('Enter');
      await expect.poll(() => page.locator('.pane').last().innerText()).toContain(shows);
      await settled(page);
      await expectClean(visited, name);
      await seen(visited, `view-${name}-1440`);
    }
    await visited.close();
  });

  test.each<Look & { readonly query: string; readonly name: string }>([
    {
      language: 'en',
      theme: 'dark',
      size: [1440, 900],
      query: '?tab=kpi&counted=all',
      name: 'kpi-en-dark',
    },
    {
      language: 'en',
      theme: 'light',
      size: [390, 844],
      query: '?tab=kpi&counted=all',
      name: 'kpi-en-390',
    },
    {
      language: 'zh-CN',
      theme: 'light',
      size: [390, 844],
      query: '?tab=views&view=blueprint',
      name: 'view-zh-390',
    },
  ])('is clean and nothing runs off the page: $name', async ({ query, name, ...look }) => {
    const visited = await open('luo.min', look, query);
    await visited.page.locator('.kpi-tile, .blueprint').first().waitFor();
    await expectClean(visited, name);
    const beyond = await visited.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(beyond).toBeLessThanOrEqual(0);
    await seen(visited, name);
    await visited.close();
  });
});
