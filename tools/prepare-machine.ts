import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What of the machine the tests can use. */
export type MachineNeeds = {
  readonly browser: boolean;
  /** The folder of `initdb` and `postgres` of a PostgreSQL that the system brought, or null. */
  readonly postgresFolder: string | null;
};

/** Debian's and Ubuntu's names of what is missing. */
const packages = {
  browser: 'chromium',
  font: 'fonts-noto-cjk',
  postgres: 'postgresql',
};

/**
 * Installs, as root on a system with apt-get, what the tests need and is missing: a browser, a
 * font with Chinese characters (pictures without it show boxes) and another PostgreSQL. Says what
 * cannot be had; the tests of it are then skipped.
 */
export async function prepareMachine(say: (line: string) => void): Promise<MachineNeeds> {
  const missing: string[] = [];
  if (!hasBrowser()) missing.push(packages.browser);
  if (!(await hasChineseFont())) missing.push(packages.font);
  if (findPostgres() === null) missing.push(packages.postgres);
  if (missing.length > 0) await install(missing, say);
  if (!(await hasChineseFont())) {
    say('No font with Chinese characters is here; screens are tested without.');
  }
  return { browser: hasBrowser(), postgresFolder: findPostgres() };
}

async function install(missing: readonly string[], say: (line: string) => void): Promise<void> {
  const named = missing.join(', ');
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    say(`Not here: ${named}. Only root on a system with apt-get installs them; going on without.`);
    return;
  }
  say(`Installing for the tests: ${named} …`);
  const update = await run('apt-get', ['-q', 'update']);
  if (update !== null) say(`apt-get update: ${update}`);
  // One by one: that one cannot be had must not keep the others away.
  for (const name of missing) {
    const problem = await run('apt-get', ['-qy', 'install', '--no-install-recommends', name]);
    if (problem !== null) say(`${name} cannot be had: ${problem}`);
  }
}

function hasBrowser(): boolean {
  return existsSync('/usr/bin/chromium');
}

async function hasChineseFont(): Promise<boolean> {
  return (await output('fc-list', [':lang=zh', 'family'])).trim() !== '';
}

function findPostgres(): string | null {
  const folder = '/usr/lib/postgresql';
  if (!existsSync(folder)) return null;
  const found = readdirSync(folder)
    .map((version) => join(folder, version, 'bin'))
    .filter((bin) => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres')));
  return found[0] ?? null;
}

/** Minutes, because a slow line must not hold the tests for ever. */
const installLimitMs = 5 * 60_000;

/** null when it went well, else the last line of its complaint. */
async function run(program: string, values: string[]): Promise<string | null> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return await new Promise((resolve) => {
    execFile(program, values, { env, timeout: installLimitMs }, (error, _out, complaint) => {
      const lastLine = complaint.trim().split('\n').at(-1) ?? '';
      resolve(error === null ? null : lastLine || error.message);
    });
  });
}

/** What a program prints; '' when it is not there or fails. */
async function output(program: string, values: string[]): Promise<string> {
  return await new Promise((resolve) => {
    execFile(program, values, (error, out) => resolve(error === null ? out : ''));
  });
}
