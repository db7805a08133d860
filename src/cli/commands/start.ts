import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result, refuse } from '../../base/result.ts';
import { systemClock } from '../../runtime/clock.ts';
import { readSettings, type Settings } from '../../runtime/settings.ts';
import { startServer } from '../../server/start.ts';
import { type Call, type Command, sayRefusal } from '../command.ts';
import { type Holder, holdFolder } from '../holder.ts';
import { projectFolder } from '../project.ts';
import { demoLogins, openBank, openDemo } from '../start/bank.ts';
import { builtConsole } from '../start/console.ts';
import { type RunningDatabase, startDatabase } from '../start/database.ts';
import { startHeart } from '../start/heart.ts';
import { freePort, portTaken } from '../start/port.ts';
import { type StopReason, untilStopped } from '../start/stopping.ts';

export const start: Command = {
  usage: `huiliu start [--profile demo|production] [--no-demo] [--no-demo-cases]
             [--no-console]

Starts the whole system: its database, the migrations, the demo bank, the server and the console.
Ctrl-C or SIGTERM stops all of it in order. The data stays in DATA_DIR; the next start goes on.

  --profile production  no demo bank, and no embedded database: DATABASE_URL must be set
  --no-demo             an empty bank
  --no-demo-cases       the demo bank without the loan cases of its last weeks
  --no-console          serve the API alone

  PORT 8787 · HOST 127.0.0.1 · DATA_DIR .huiliu · DATABASE_URL (role huiliu_app) ·
  DATABASE_OWNER_URL (migrations)`,
  options: {
    profile: { type: 'string', default: 'demo' },
    'no-demo': { type: 'boolean', default: false },
    'no-demo-cases': { type: 'boolean', default: false },
    'no-console': { type: 'boolean', default: false },
  },
  words: { min: 0, max: 0 },
  run: async (call) => {
    const { profile } = call.options;
    if (profile !== 'demo' && profile !== 'production') {
      call.tell(`There is no profile ${profile}: demo or production.`);
      return 2;
    }
    const settings = readSettings(call.environment, call.folder);
    if (!settings.ok) return sayRefusal(call, settings);
    if (profile === 'production' && settings.value.databaseUrl === null) {
      return sayRefusal(call, refuse('embedded_database_in_production'));
    }
    const stopped = untilStopped();
    const held = await holdFolder(settings.value.dataFolder);
    if (!held.ok) return sayRefusal(call, held);
    try {
      const running = await startAll(call, settings.value, held.value);
      if (!running.ok) return sayRefusal(call, running);
      const reason = await stopped;
      call.tell(`Stopping (${reason}) …`);
      await running.value.stop(reason);
      call.tell('Stopped.');
      return 0;
    } finally {
      await held.value.release();
    }
  },
};

type Running = { stop(reason: StopReason): Promise<void> };

async function startAll(call: Call, settings: Settings, holder: Holder): Promise<Result<Running>> {
  const beganAt = Date.now();
  const free = await freePort(settings.host, settings.port);
  if (!free.ok) return free;
  const building =
    call.options['no-console'] === true
      ? Promise.resolve(ok(null))
      : builtConsole(settings.dataFolder, call.tell);
  const [database, console] = await Promise.all([startDatabase(settings, call.tell), building]);
  if (!database.ok) return database;
  const server = console.ok ? await serve(call, settings, database.value, console.value) : console;
  if (!server.ok) {
    await database.value.stop({ keepEmbedded: false });
    return server;
  }
  const { address } = server.value;
  await holder.tellAddress(address);
  announce(call, address, Date.now() - beganAt);
  return ok({
    stop: async (reason) => {
      await server.value.close();
      // `node --watch` starts again at once after a change: the database stays for it.
      const watched = call.environment.WATCH_REPORT_DEPENDENCIES !== undefined;
      await database.value.stop({ keepEmbedded: watched && reason === 'SIGTERM' });
    },
  });
}

function withDemo(call: Call): boolean {
  return call.options.profile === 'demo' && call.options['no-demo'] !== true;
}

type Serving = { readonly address: string; close(): Promise<void> };

async function serve(
  call: Call,
  settings: Settings,
  { database }: RunningDatabase,
  consoleFolder: string | null,
): Promise<Result<Serving>> {
  const runtime = await openBank(database);
  const demo = withDemo(call);
  if (demo) {
    const opened = await openDemo(runtime, call.tell, {
      cases: call.options['no-demo-cases'] !== true,
    });
    if (!opened.ok) return opened;
  }
  const { version } = JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8'));
  const { host, port, dataFolder } = settings;
  try {
    const server = await startServer({
      database,
      runtime,
      settings: { host, port, dataFolder, version, demo },
      consoleFolder,
      clock: systemClock,
    });
    const heart = startHeart(runtime, systemClock, call.tell);
    const close = async () => {
      await server.close();
      await heart.stop();
    };
    return ok({ address: server.address, close });
  } catch (error) {
    const refusal = portTaken(error, host, port);
    if (refusal === null) throw error;
    return refusal;
  }
}

function announce(call: Call, address: string, tookMs: number): void {
  if (call.json) {
    call.print(JSON.stringify({ ok: true, address, pid: process.pid }));
    return;
  }
  call.print('');
  call.print(`  Huiliu 汇流 is ready after ${(tookMs / 1000).toFixed(1)} s:  ${address}`);
  if (withDemo(call)) {
    call.print('');
    call.print('  Some people of the demo bank:');
    for (const line of demoLogins()) call.print(`    ${line}`);
    if (!/\/\/(127\.|localhost|\[::1\])/.test(address)) {
      call.print('  Everybody who reaches this address can sign in as any of them.');
    }
    call.print('');
  }
  call.print('  Ctrl-C stops it in order; the data stays.');
  call.print('');
}
