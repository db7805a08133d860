import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect, onTestFailed } from 'vitest';

const projectFolder = join(import.meta.dirname, '../..');
const browserFile = '/usr/bin/chromium';

/** Without a browser these tests are skipped, and the run says so. */
export const hasBrowser = existsSync(browserFile);

/** The password of every login of the demo bank. */
export const demoPassword = 'huiliu-demo';

export type RunningConsole = {
  readonly address: string;
  readonly stop: () => Promise<void>;
};

/** The whole system as a person starts it, with its demo bank and no case yet, on a free port. */
export async function startConsole(): Promise<RunningConsole> {
  const folder = await mkdtemp(join(tmpdir(), 'huiliu-console-'));
  await chmod(folder, 0o755);
  const server = spawn(
    process.execPath,
    ['src/cli/main.ts', 'start', '--no-demo-cases', '--json'],
    {
      cwd: projectFolder,
      env: { ...process.env, DATA_DIR: folder, PORT: '0', HOST: '127.0.0.1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const address = await addressOf(server);
  const stop = async () => {
    const gone = new Promise((resolve) => server.on('close', resolve));
    if (server.exitCode === null) {
      server.kill('SIGTERM');
      await gone;
    }
    await rm(folder, { recursive: true, force: true });
  };
  return { address, stop };
}

/** Resolves when the server says where it serves; rejects with its words when it ends before. */
function addressOf(server: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    server.stdout?.on('data', (part) => {
      said += part;
      const found = /"address":"([^"]+)"/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    server.stderr?.on('data', (part) => {
      said += part;
    });
    server.on('close', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
}

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: browserFile,
    args: [
      '--disable-dev-shm-usage',
      '--force-color-profile=srgb',
      '--font-render-hinting=none',
      '--hide-scrollbars',
    ],
  });
}

export type Look = {
  readonly language: 'zh-CN' | 'en';
  readonly theme: 'light' | 'dark';
  readonly size: readonly [width: number, height: number];
};

export const desktop: Look = { language: 'zh-CN', theme: 'light', size: [1440, 900] };

/** One person's browser: its page, and every message of the console or fault of a script. */
export type Visit = {
  readonly page: Page;
  readonly messages: string[];
  readonly close: () => Promise<void>;
};

export async function visit(browser: Browser, look: Look = desktop): Promise<Visit> {
  const [width, height] = look.size;
  const context = await browser.newContext({
    viewport: { width, height },
    locale: look.language,
    reducedMotion: 'reduce',
    timezoneId: 'Asia/Shanghai',
  });
  const page = await context.newPage();
  const messages: string[] = [];
  page.on('console', (message) => {
    // A refusal is an answer; that the browser also lists its status is no fault of the page.
    if (/status of 4\d\d|Clear-Site-Data/.test(message.text())) return;
    messages.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => messages.push(`fault: ${error}`));
  const { language, theme } = look;
  await page.addInitScript(
    (settings) => {
      if (localStorage.getItem('huiliu.settings') !== null) return;
      localStorage.setItem('huiliu.settings', JSON.stringify(settings));
    },
    { language, theme },
  );
  onTestFailed(() => console.error(messages.join('\n')));
  return { page, messages, close: () => context.close() };
}

/** Waits until the page's address is like this; pages change without loading anew. */
export async function reached(page: Page, address: RegExp): Promise<void> {
  await expect.poll(() => page.url(), { timeout: 30_000 }).toMatch(address);
}

/** Signs in by keyboard and waits for the first page of that person. */
export async function signInAs(page: Page, address: string, login: string): Promise<void> {
  await page.goto(`${address}/sign-in`);
  await page.locator('input[name="login"]').waitFor();
  await page.keyboard.type(login);
  await page.keyboard.press('Tab');
  await page.keyboard.type(demoPassword);
  await page.keyboard.press('Enter');
  await reached(page, /\/(desk|my)/);
  // The keys of a page work from its first effects on, a moment after it is drawn.
  await settled(page);
}

/** Waits until nothing on the page is still being read or drawn. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1, .sheet, .empty').first().waitFor();
  await page.waitForFunction(
    () =>
      document.querySelector('[aria-busy="true"]') === null &&
      [...document.querySelectorAll('.diagram')].every(
        (diagram) => (diagram as HTMLElement).dataset['ready'] === 'true',
      ),
  );
  await page.waitForTimeout(120);
}

const axeFile = createRequire(import.meta.url).resolve('axe-core');

/** Findings of axe that are serious or critical, as one line each. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(await readFile(axeFile, 'utf8'));
  return page.evaluate(async () => {
    type Found = {
      id: string;
      impact: string;
      nodes: { target: string[]; failureSummary: string }[];
    };
    const { axe } = window as unknown as {
      axe: { run(options: object): Promise<{ violations: Found[] }> };
    };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const { violations } = await axe.run({ runOnly: { type: 'tag', values: tags } });
    return violations
      .filter((found) => found.impact === 'serious' || found.impact === 'critical')
      .flatMap((found) =>
        found.nodes.map((node) => `${found.id} ${node.target.join(' ')}: ${node.failureSummary}`),
      );
  });
}

/** No message on the console, no serious finding. */
export async function expectClean({ page, messages }: Visit, where: string): Promise<void> {
  expect.soft(await seriousFindings(page), where).toEqual([]);
  expect.soft(messages.splice(0), where).toEqual([]);
}
