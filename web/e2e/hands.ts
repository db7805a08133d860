import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Filled } from './loan-steps.ts';

const labelled = (label: string) =>
  new RegExp(`^\\*?${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);

/** Fills a form and ends it with the mouse, as people do who have one. */
export async function fillByMouse(page: Page, filled: Filled): Promise<void> {
  const form = page.locator('.form');
  const field = (label: string) => form.getByLabel(labelled(label));
  for (const [label, value] of Object.entries(filled.choices ?? {})) {
    await field(label).selectOption({ label: value });
  }
  for (const [label, value] of Object.entries(filled.fields ?? {})) await field(label).fill(value);
  for (const label of filled.ticks ?? []) await field(label).click();
  await addPictures(page, filled);
  await button(page, filled.decision ?? '提交').click();
}

/** The least that a file must be to be taken for a picture. */
const picture = Buffer.from('iVBORw0KGgo=', 'base64');

/** Puts pictures into the field for papers, as the machine's own file dialogue would. */
async function addPictures(page: Page, { pictures = 0 }: Filled): Promise<void> {
  for (let nth = 1; nth <= pictures; nth += 1) {
    const name = `权证影像-${nth}.png`;
    const file = { name, mimeType: 'image/png', buffer: picture };
    await page.locator('.form input[type="file"]').first().setInputFiles(file);
    await page.locator('.form').getByText(name).waitFor();
  }
}

const button = (page: Page, words: string): Locator =>
  page.locator('button.decision').filter({ has: page.getByText(words, { exact: true }) });

/** What has the focus: its label, or its own words. */
function focusedLabel(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (focused === null) return '';
    const labels = (focused as HTMLInputElement).labels;
    const text = labels?.[0]?.textContent ?? focused.querySelector('span')?.textContent;
    return (text ?? focused.textContent ?? '').replace(/^\*/, '').trim();
  });
}

/** Walks with Tab until the focus stands where it is wanted. */
export async function tabTo(page: Page, wanted: string): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) {
    if ((await focusedLabel(page)) === wanted) return;
    await page.keyboard.press('Tab');
  }
  expect.fail(`Tab never comes to ${wanted}`);
}

/** The same with no mouse at all: Tab, digits, arrows, Space, and Alt+Enter in the end. */
export async function fillByKeys(page: Page, filled: Filled): Promise<void> {
  await page.locator('.form').waitFor();
  await addPictures(page, filled);
  const { fields = {}, choices = {}, ticks = [] } = filled;
  const wanted = new Set([...Object.keys(fields), ...Object.keys(choices), ...ticks]);
  await focusForm(page);
  for (let turn = 0; turn < 60 && wanted.size > 0; turn += 1) {
    const label = await focusedLabel(page);
    if (wanted.delete(label)) {
      if (fields[label] !== undefined) await typeOver(page, fields[label]);
      else if (choices[label] !== undefined) await chooseByArrows(page, choices[label]);
      else await page.keyboard.press('Space');
    }
    await page.keyboard.press('Tab');
  }
  expect([...wanted], 'fields that Tab never came to').toEqual([]);
  await tabTo(page, filled.decision ?? '提交');
  await page.keyboard.press('Alt+Enter');
}

/** A page puts the focus into its form; where it has not done so yet, Tab goes there. */
async function focusForm(page: Page): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) {
    const inside = await page.evaluate(
      () =>
        document.activeElement?.closest('.form') !== null ||
        document.activeElement?.closest('.decision') !== null,
    );
    if (inside) return;
    await page.keyboard.press('Tab');
  }
  expect.fail('Tab never comes to the form');
}

async function typeOver(page: Page, value: string): Promise<void> {
  await page.keyboard.press('Control+A');
  await page.keyboard.type(value);
}

async function chooseByArrows(page: Page, label: string): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    const chosen = await page.evaluate(() => {
      const list = document.activeElement as HTMLSelectElement;
      return list.selectedOptions[0]?.textContent ?? '';
    });
    if (chosen === label) return;
    await page.keyboard.press('ArrowDown');
  }
  expect.fail(`no option ${label}`);
}

/** Counts what only a mouse, a finger or a wheel does, over all pages of a browser context. */
export async function countMouse(page: Page): Promise<() => Promise<number>> {
  let count = 0;
  await page.context().exposeFunction('mouseWasUsed', () => {
    count += 1;
  });
  await page.context().addInitScript(() => {
    const told = () => (window as unknown as { mouseWasUsed: () => void }).mouseWasUsed();
    for (const kind of ['pointerdown', 'mousedown', 'touchstart', 'wheel']) {
      window.addEventListener(kind, (event) => event.isTrusted && told(), { capture: true });
    }
  });
  return async () => count;
}
