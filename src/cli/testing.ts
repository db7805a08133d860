import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning } from '../store/embedded/postmaster-file.ts';
import { projectFolder } from './project.ts';

/** The real program, started with the real Node as a person would start it. */
export type StartedServer = {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; out: string; complaint: string }>;
  /** Resolves with the address once it serves; rejects when it ends before. */
  readonly address: Promise<string>;
};

/** Starts servers on one data folder and clears all of it away in the end. */
export type ServerFolder = {
  readonly folder: string;
  /** `huiliu start --json` without console on any free port; `words` such as --no-demo. */
  start(words?: readonly string[], env?: Readonly<Record<string, string>>): StartedServer;
  /** The number of the PostgreSQL that works on the folder, or null. */
  postgresPid(): Promise<number | null>;
  /** Stops what still runs and removes the folder. */
  clear(): Promise<void>;
};

/** A fresh data folder for servers. */
export async function serverFolder(): Promise<ServerFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'huiliu-cli-'));
  await chmod(folder, 0o755);
  const servers: StartedServer[] = [];
  const postgresPid = async () => {
    const file = join(folder, 'postgres/postmaster.pid');
    const text = await readFile(file, 'utf8').catch(() => null);
    return text === null ? null : Number(text.split('\n')[0]);
  };
  return {
    folder,
    start: (words = [], env = {}) => {
      const server = startServerProcess(words, { DATA_DIR: folder, PORT: '0', ...env });
      servers.push(server);
      return server;
    },
    postgresPid,
    clear: async () => {
      for (const { child, ended } of servers) {
        child.kill('SIGTERM');
        await ended;
      }
      const pid = await postgresPid();
      if (pid !== null && (await isRunning(pid))) process.kill(pid, 'SIGQUIT');
      while (pid !== null && (await isRunning(pid))) await pause(20);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until a process is gone; false when it is not within 10 s. */
export async function isGoneSoon(pid: number): Promise<boolean> {
  for (let turn = 0; turn < 500 && (await isRunning(pid)); turn += 1) await pause(20);
  return !(await isRunning(pid));
}

function startServerProcess(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): StartedServer {
  const child = spawn(
    process.execPath,
    ['src/cli/main.ts', 'start', '--no-console', '--no-demo-cases', '--json', ...words],
    { cwd: projectFolder, env: { ...process.env, LANG: 'C', ...env } },
  );
  let [out, complaint] = ['', ''];
  child.stderr.on('data', (part) => {
    complaint += part;
  });
  const ended = new Promise<{ code: number | null; out: string; complaint: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, out, complaint })),
  );
  const address = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (part) => {
      out += part;
      const found = /"address":"([^"]+)","pid"/.exec(out)?.[1];
      if (found !== undefined) resolve(found);
    });
    void ended.then((end) => reject(new Error(`ended: ${JSON.stringify(end)}`)));
  });
  address.catch(() => undefined); // Whoever waits for it hears of it.
  return { child, ended, address };
}

function pause(waitMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, waitMs));
}
