import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isRunning } from '../store/embedded/postmaster-file.ts';
import { type TestDatabase, testDatabase } from '../store/testing.ts';
import { projectFolder } from './project.ts';
import { isGoneSoon, type ServerFolder, type StartedServer, serverFolder } from './testing.ts';

let servers: ServerFolder;

beforeAll(async () => {
  servers = await serverFolder();
});

afterAll(async () => {
  await servers.clear();
});

/** An empty bank is enough here. */
const begin = (words: readonly string[] = [], env: Readonly<Record<string, string>> = {}) =>
  servers.start(['--no-demo', ...words], env);

const pause = (waitMs: number) => new Promise((resolve) => setTimeout(resolve, waitMs));

/** Whether it serves, now or, on a busy machine, soon. */
async function ready(address: string): Promise<boolean> {
  for (let turn = 0; turn < 100; turn += 1) {
    const { status } = await fetch(`${address}/health/ready`);
    if (status === 200) return true;
    await pause(100);
  }
  return false;
}

/** In this order on one data folder: making a database is what takes long. */
describe('one bank, through its days', () => {
  let postgres: number;
  let address: string;
  let server: StartedServer;

  test('it comes up', async () => {
    server = begin();
    address = await server.address;
    expect(await ready(address)).toBe(true);
    postgres = (await servers.postgresPid()) ?? 0;
    expect(await isRunning(postgres)).toBe(true);
  });

  test('a second start on the same data names the process that holds it', async () => {
    const { code, out } = await begin().ended;
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      ok: false,
      code: 'data_folder_in_use',
      facts: { folder: servers.folder, pid: String(server.child.pid), address },
    });
    expect(await ready(address)).toBe(true);
  });

  test('when its PostgreSQL is killed it starts it again and serves on', async () => {
    process.kill(postgres, 'SIGKILL');
    const isAnother = async () => ![null, postgres].includes(await servers.postgresPid());
    for (let turn = 0; turn < 200 && !(await isAnother()); turn += 1) await pause(100);
    expect(await isAnother()).toBe(true);
    expect(await ready(address)).toBe(true);
    postgres = (await servers.postgresPid()) ?? 0;
  });

  test('after kill -9 the next start takes over lock and database', async () => {
    server.child.kill('SIGKILL');
    expect((await server.ended).complaint).toContain('Migrations run');
    expect(await isRunning(postgres)).toBe(true);
    server = begin();
    expect(await ready(await server.address)).toBe(true);
    expect(await servers.postgresPid()).toBe(postgres);
  });

  test('at SIGTERM it stops in order, and an echo of the signal is no hurry', async () => {
    server.child.kill('SIGTERM');
    server.child.kill('SIGTERM');
    const { code, complaint } = await server.ended;
    expect(code).toBe(0);
    expect(complaint).toContain('Took over the database');
    expect(complaint).toContain('Stopped.');
    expect(await isRunning(postgres)).toBe(false);
  });

  test('the next start goes on with the data, and Ctrl-C stops it', async () => {
    server = begin();
    expect(await ready(await server.address)).toBe(true);
    server.child.kill('SIGINT');
    const { code, complaint } = await server.ended;
    expect(code).toBe(0);
    expect(complaint).not.toContain('Migrations run');
  });

  test('when its parent is killed it stops in order', async () => {
    const words = JSON.stringify(['src/cli/main.ts', 'start', '--no-console', '--no-demo']);
    const program = `require('node:child_process').spawn(process.execPath, ${words}, { stdio: 'inherit' })`;
    const parent = spawn(process.execPath, ['--eval', program], {
      cwd: projectFolder,
      env: { ...process.env, DATA_DIR: servers.folder, PORT: '0' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await new Promise((resolve) => parent.stdout.once('data', resolve));
    const lock = JSON.parse(await readFile(join(servers.folder, 'server.lock'), 'utf8'));
    const postgres = (await servers.postgresPid()) ?? 0;
    parent.kill('SIGKILL');
    expect([await isGoneSoon(lock.pid), await isGoneSoon(postgres)]).toEqual([true, true]);
  });
});

describe('refused before anything is begun', () => {
  test.each([
    [['--profile', 'production'], {}, 1, 'embedded_database_in_production'],
    [[], { HUILIU_PORT: '1' }, 1, 'setting_unknown'],
    [[], { PORT: 'many' }, 1, 'setting_invalid'],
    [[], { DATABASE_URL: 'mysql://x' }, 1, 'setting_invalid'],
    [['--profile', 'play'], {}, 2, ''],
  ])('%o %o', async (words, env, code, refusal) => {
    const end = await begin(words, env).ended;
    expect(end.code).toBe(code);
    expect(end.out).toContain(refusal);
    expect(await servers.postgresPid()).toBeNull();
  });

  test('a taken port', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const port = String((taken.address() as { port: number }).port);
    const end = await begin([], { PORT: port }).ended;
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
    const server = begin(['--profile', 'production'], env);
    expect(await ready(await server.address)).toBe(true);
    expect(await servers.postgresPid()).toBeNull();
    server.child.kill('SIGTERM');
    expect((await server.ended).code).toBe(0);
  });

  test('one that nobody migrated is refused, unless its owner is given', async () => {
    await given.ownerDatabase.query('delete from schema_migrations where number = 1');
    const { code, out } = await begin([], { DATABASE_URL: given.url }).ended;
    expect([code, JSON.parse(out).code]).toEqual([1, 'database_not_migrated']);
  });
});
