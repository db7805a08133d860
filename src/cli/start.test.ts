import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isRunning } from '../store/embedded/postmaster-file.ts';
import { type TestDatabase, testDatabase } from '../store/testing.ts';
import { projectFolder } from './project.ts';

/** The real program with the real Node, on a data folder of its own and any free port. */
type Server = {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; out: string; complaint: string }>;
  /** Resolves with the address once it serves; rejects when it ends before. */
  readonly address: Promise<string>;
};

let folder: string;
let servers: Server[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiliu-cli-'));
  await chmod(folder, 0o755);
  servers = [];
});

afterEach(async () => {
  for (const { child, ended } of servers) {
    child.kill('SIGTERM');
    await ended;
  }
  const pid = await postgresPid();
  if (pid !== null && (await isRunning(pid))) process.kill(pid, 'SIGQUIT');
  while (pid !== null && (await isRunning(pid))) await pause(20);
  await rm(folder, { recursive: true, force: true });
});

function start(words: string[] = [], env: Record<string, string> = {}): Server {
  const child = spawn(
    process.execPath,
    ['src/cli/main.ts', 'start', '--no-console', '--json', ...words],
    {
      cwd: projectFolder,
      env: { ...process.env, LANG: 'C', DATA_DIR: folder, PORT: '0', ...env },
    },
  );
  let [out, complaint] = ['', ''];
  child.stderr?.on('data', (part) => {
    complaint += part;
  });
  const ended = new Promise<{ code: number | null; out: string; complaint: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, out, complaint })),
  );
  const address = new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (part) => {
      out += part;
      const found = /"address":"([^"]+)","pid"/.exec(out)?.[1];
      if (found !== undefined) resolve(found);
    });
    void ended.then((end) => reject(new Error(`ended: ${JSON.stringify(end)}`)));
  });
  address.catch(() => undefined); // Whoever waits for it hears of it.
  const server = { child, ended, address };
  servers.push(server);
  return server;
}

const pause = (waitMs: number) => new Promise((resolve) => setTimeout(resolve, waitMs));

async function postgresPid(): Promise<number | null> {
  const text = await readFile(join(folder, 'postgres/postmaster.pid'), 'utf8').catch(() => null);
  return text === null ? null : Number(text.split('\n')[0]);
}

async function untilGone(pid: number): Promise<void> {
  for (let turn = 0; turn < 500 && (await isRunning(pid)); turn += 1) await pause(20);
  expect(await isRunning(pid)).toBe(false);
}

const ready = async (address: string) => (await fetch(`${address}/health/ready`)).status;

test('comes up, stops in order at SIGTERM, and goes on with the data', async () => {
  const first = start();
  expect(await ready(await first.address)).toBe(200);
  const postgres = (await postgresPid()) ?? 0;
  expect(await isRunning(postgres)).toBe(true);
  first.child.kill('SIGTERM');
  first.child.kill('SIGTERM'); // An echo, as Ctrl-C makes them, is no hurry.
  const { code, complaint } = await first.ended;
  expect(code).toBe(0);
  expect(complaint).toContain('Migrations run');
  expect(complaint).toContain('Stopped.');
  expect(await isRunning(postgres)).toBe(false);
  const second = start();
  expect(await ready(await second.address)).toBe(200);
  second.child.kill('SIGINT');
  expect((await second.ended).complaint).not.toContain('Migrations run');
});

test('a second start on the same data names the process that holds it', async () => {
  const first = start();
  const address = await first.address;
  const { code, out } = await start().ended;
  expect(code).toBe(1);
  expect(JSON.parse(out)).toEqual({
    ok: false,
    code: 'data_folder_in_use',
    facts: { folder, pid: String(first.child.pid), address },
  });
  expect(await ready(address)).toBe(200);
});

test('after kill -9 the next start takes over lock and database', async () => {
  const killed = start();
  await killed.address;
  const postgres = (await postgresPid()) ?? 0;
  killed.child.kill('SIGKILL');
  await killed.ended;
  expect(await isRunning(postgres)).toBe(true);
  const next = start();
  expect(await ready(await next.address)).toBe(200);
  expect(await postgresPid()).toBe(postgres);
  next.child.kill('SIGTERM');
  expect((await next.ended).complaint).toContain('Took over the database');
  expect(await isRunning(postgres)).toBe(false);
});

test('when its PostgreSQL is killed it starts it again and serves on', async () => {
  const server = start();
  const address = await server.address;
  process.kill((await postgresPid()) ?? 0, 'SIGKILL');
  for (let turn = 0; turn < 100 && (await ready(address)) !== 200; turn += 1) await pause(100);
  expect(await ready(address)).toBe(200);
});

test('when its parent is killed it stops in order', async () => {
  const words = JSON.stringify(['src/cli/main.ts', 'start', '--no-console']);
  const program = `require('node:child_process').spawn(process.execPath, ${words}, { stdio: 'inherit' })`;
  const parent = spawn(process.execPath, ['--eval', program], {
    cwd: projectFolder,
    env: { ...process.env, DATA_DIR: folder, PORT: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await new Promise((resolve) => parent.stdout.once('data', resolve));
  const lock = JSON.parse(await readFile(join(folder, 'server.lock'), 'utf8'));
  const postgres = (await postgresPid()) ?? 0;
  parent.kill('SIGKILL');
  await untilGone(lock.pid);
  await untilGone(postgres);
});

describe('refused before anything is begun', () => {
  test.each([
    [['--profile', 'production'], {}, 1, 'embedded_database_in_production'],
    [[], { HUILIU_PORT: '1' }, 1, 'setting_unknown'],
    [[], { PORT: 'many' }, 1, 'setting_invalid'],
    [[], { DATABASE_URL: 'mysql://x' }, 1, 'setting_invalid'],
    [['--profile', 'play'], {}, 2, ''],
  ])('%o %o', async (words, env, code, refusal) => {
    const end = await start(words, env).ended;
    expect(end.code).toBe(code);
    expect(end.out).toContain(refusal);
    expect(await postgresPid()).toBeNull();
  });

  test('a taken port', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const port = String((taken.address() as { port: number }).port);
    const end = await start([], { PORT: port }).ended;
    taken.close();
    expect(end.code).toBe(1);
    expect(JSON.parse(end.out)).toEqual({
      ok: false,
      code: 'port_taken',
      facts: { host: '127.0.0.1', port },
    });
  });
});

describe('with DATABASE_URL', () => {
  let given: TestDatabase;
  beforeEach(async () => {
    given = await testDatabase();
  });
  afterEach(async () => {
    await given.drop();
  });

  test('production serves on a database that is given', async () => {
    const env = { DATABASE_URL: given.url, DATABASE_OWNER_URL: given.ownerUrl };
    const server = start(['--profile', 'production'], env);
    expect(await ready(await server.address)).toBe(200);
    expect(await postgresPid()).toBeNull();
    server.child.kill('SIGTERM');
    expect((await server.ended).code).toBe(0);
  });

  test('one that nobody migrated is refused, unless its owner is given', async () => {
    await given.ownerDatabase.query('delete from schema_migrations where number = 1');
    const { code, out } = await start([], { DATABASE_URL: given.url }).ended;
    expect([code, JSON.parse(out).code]).toEqual([1, 'database_not_migrated']);
  });
});
