import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert } from '../../base/assert.ts';
import { systemRandom } from '../../runtime/clock.ts';
import { openDemoBank } from '../../runtime/demo/open-demo-bank.ts';
import { demoPassword } from '../../runtime/demo/people.ts';
import { createRuntime, type Runtime } from '../../runtime/runtime.ts';
import { testOfficer } from '../../runtime/testing.ts';
import { type TestDatabase, testDatabase } from '../../store/testing.ts';
import { startServer } from '../start.ts';
import { type Answer, call, newKey, signInAs, testPasswordCost } from '../testing.ts';

/** The demo bank, served over HTTP on a fresh database, with a clock of the test's own. */
export type ServedBank = TestDatabase & {
  readonly runtime: Runtime;
  readonly address: string;
  readonly clock: { now: number };
  /** Errors that only a wrong program causes; a test expects none. */
  readonly failures: readonly unknown[];
  /** Calls as one of the demo people, signed in once; a write has a new key unless one is given. */
  as(login: string, method: string, path: string, json?: unknown, key?: string): Promise<Answer>;
  close(): Promise<void>;
};

/** 2026-11-20 10:00 at the bank, a Friday. */
const bankMorning = Date.UTC(2026, 10, 20, 2);

/** A process as text, with its forms and tables by file name. */
export type TestProcess = {
  readonly xml: string;
  readonly files?: { readonly [name: string]: string };
};

/** Opens and serves the demo bank with these processes; `close` it afterwards. */
export async function serveBank(processes: readonly TestProcess[]): Promise<ServedBank> {
  const store = await testDatabase({ connectionsMax: 20 });
  const { database } = store;
  const clock = { now: bankMorning };
  const runtime = createRuntime({ database, clock: () => clock.now, random: systemRandom });
  const order = { database, now: clock.now, passwordCost: testPasswordCost };
  const opened = await openDemoBank(order);
  assert(opened.ok, `the demo bank opens: ${JSON.stringify(opened)}`);
  for (const process of processes) await deploy(runtime, process);
  const failures: unknown[] = [];
  const server = await startServer({
    ...{ database, runtime, consoleFolder: null, clock: () => clock.now },
    settings: { port: 0, passwordCost: testPasswordCost, demo: true },
    failed: (error) => failures.push(error),
  });
  const { address } = server;
  const tokens = new Map<string, string>();
  return {
    ...{ ...store, runtime, address, clock, failures },
    as: async (login, method, path, json, key = newKey(clock.now)) => {
      const token = tokens.get(login) ?? (await signInAs(address, login, demoPassword));
      tokens.set(login, token);
      const headers = { 'idempotency-key': key };
      return await call(address, method, path, { token, json, headers });
    },
    close: async () => {
      await server.close();
      await store.drop();
    },
  };
}

async function deploy(runtime: Runtime, { xml, files = {} }: TestProcess): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'huiliu-process-'));
  try {
    for (const [name, text] of Object.entries({ 'process.bpmn': xml, ...files })) {
      await writeFile(join(folder, name), text);
    }
    const deployed = await runtime.deployProcess({ actor: testOfficer, folder });
    assert(deployed.ok, `the process is deployed: ${JSON.stringify(deployed)}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}
