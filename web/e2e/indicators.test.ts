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

describe.skipIf(!hasBrowser)('indicators and requirement views', () => {
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

  const open = async (look: Look, query: string) => {
    const visited = await visit(browser, look);
    await signInAs(visited.page, bank.address, 'luo.min');
    await visited.page.goto(`${bank.address}/insight${query}`);
    await visited.page.locator('.kpi-tile, .view-choice').first().waitFor();
    await settled(visited.page);
    return visited;
  };

  const seen = async ({ page }: Awaited<ReturnType<typeof open>>, name: string) => {
    if (pictures === undefined) return;
    await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
  };

  test('KPI-12 a value opens its cases, is frozen by its owner, and gets a target and a light', async () => {
    const visited = await open(desktop, '?tab=kpi&counted=all');
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
    const visited = await open(desktop, '?tab=views');
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
    const visited = await open(look, query);
    await expectClean(visited, name);
    const beyond = await visited.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(beyond).toBeLessThanOrEqual(0);
    await seen(visited, name);
    await visited.close();
  });
});
