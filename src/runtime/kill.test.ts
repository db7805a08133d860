import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { encodeValue, type Value } from '../base/data.ts';
import type { Result } from '../base/result.ts';
import { uuidV7 } from '../base/uuid.ts';
import {
  borrower,
  check,
  type DemoTestBank,
  demoTestBank,
  processFolders,
  readPage,
  travel,
} from './journey/testing.ts';
import { askOracle } from './oracle.ts';
import type { Runtime } from './runtime.ts';
import { seededRandom } from './testing.ts';

/** The full count in `npm run test:long`, else as many as 20 s allow, but some. */
const isLong = process.env.TEST_LENGTH === 'long';
const killsWanted = isLong ? 50 : 8;
const killsMin = isLong ? killsWanted : 3;
const timeMs = isLong ? Number.POSITIVE_INFINITY : 20_000;
const seed = `kill ${Math.floor(Date.now() / 1_000)}`;

const source = new URL('..', import.meta.url).href;

/** A server of orders: one JSON line in, one out, until somebody kills it. */
const serverScript = `
  import { createInterface } from 'node:readline';
  import { decodeValues } from '${source}base/data.ts';
  import { systemRandom } from '${source}runtime/clock.ts';
  import { createRuntime } from '${source}runtime/runtime.ts';
  import { openDatabase } from '${source}store/database.ts';
  const ahead = Number(process.env.BANK_AHEAD);
  const runtime = createRuntime({
    database: openDatabase({ url: process.env.DATABASE_URL }),
    clock: () => Date.now() + ahead,
    random: systemRandom,
  });
  console.log('{"ready":true}');
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, name, order } = decodeValues(line);
    runtime[name](order).then((result) => {
      console.log(JSON.stringify({ id: String(id), result }));
    });
  }`;

/** A server that comes back when it was killed; orders that were under way are sent again. */
function startServer(url: string, aheadMs: number) {
  const waiting = new Map<string, { line: string; answer: (result: Result<unknown>) => void }>();
  let sent = 0;
  let again = 0;
  let stopped = false;
  let child: ChildProcess | null = null;
  let isReady: (() => void) | null = null;
  const begin = (): void => {
    const env = { ...process.env, DATABASE_URL: url, BANK_AHEAD: String(aheadMs) };
    const args = ['--input-type=module', '-e', serverScript];
    const mine = spawn(process.execPath, args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
    child = mine;
    mine.stdin.on('error', () => undefined); // It was killed: 'exit' follows.
    createInterface({ input: mine.stdout }).on('line', (line) => {
      const { ready, id, result } = JSON.parse(line);
      if (ready === true) {
        again += waiting.size;
        for (const one of waiting.values()) mine.stdin.write(`${one.line}\n`);
        isReady?.();
        return;
      }
      const asked = waiting.get(id);
      waiting.delete(id);
      asked?.answer(result);
    });
    mine.on('exit', () => {
      if (!stopped) begin();
    });
  };
  begin();
  return {
    ask: (name: string, order: Value): Promise<Result<unknown>> => {
      sent += 1;
      const id = String(sent);
      const line = encodeValue({ id, name, order });
      return new Promise((answer) => {
        waiting.set(id, { line, answer });
        child?.stdin?.write(`${line}\n`);
      });
    },
    /** Kills it now, and waits until the next one is ready. */
    kill: async (): Promise<void> => {
      const ready = new Promise<void>((resolve) => {
        isReady = resolve;
      });
      child?.kill('SIGKILL');
      await ready;
    },
    ready: () =>
      new Promise<void>((resolve) => {
        isReady = resolve;
      }),
    stop: (): void => {
      stopped = true;
      child?.kill('SIGKILL');
    },
    sentAgain: () => again,
  };
}

let bank: Awaited<ReturnType<typeof demoTestBank>>;

beforeAll(async () => {
  bank = await demoTestBank(seed);
});
afterAll(async () => await bank.drop());

test(`killed again and again while loans run, the bank is whole (${seed})`, async () => {
  const random = seededRandom(seed);
  const below = (limit: number) => new DataView(random(4).slice().buffer).getUint32(0) % limit;
  // The bank's day goes on from 09:00 of its own, at the pace of this machine.
  const aheadMs = bank.clock.now - Date.now();
  const goOn = () => {
    bank.clock.now = Date.now() + aheadMs;
    return bank.clock.now;
  };
  const server = startServer(bank.url, aheadMs);
  await server.ready();
  /** Orders go to the server, each under a key of its own; what is only read is read here. */
  const remote = (name: string) => async (order: object) => {
    const key = uuidV7(goOn(), random(10));
    return (await server.ask(name, { ...order, key } as never)) as never;
  };
  const runtime: Runtime = {
    ...bank.runtime,
    startCase: remote('startCase'),
    claimTask: remote('claimTask'),
    completeTask: remote('completeTask'),
    deliverMessage: remote('deliverMessage'),
    tick: () => bank.runtime.tick(goOn()),
  };
  const served: DemoTestBank = { ...bank, runtime };
  const folder = present(
    processFolders().find((one) => one.endsWith('loan-sub-branch')),
    'the loan',
  );
  const page = readPage(readFileSync(join(folder, 'cases.md'), 'utf8'));
  const runs = page.runs.filter((run) => /^T(1|10) /.test(run.title));
  expect(runs).toHaveLength(2);
  let kills = 0;
  let cases = 0;
  const begun = performance.now();
  const goesOn = () =>
    kills < killsMin || (kills < killsWanted && performance.now() - begun < timeMs);
  const lend = async (slot: number): Promise<void> => {
    while (goesOn()) {
      const run = present(runs[cases % 2], 'a run');
      cases += 1;
      const given = { bank: served, page, run, processId: 'corporate_loan_sub_branch' };
      await check(await travel({ ...given, borrower: await borrower(bank, slot) }));
    }
  };
  const kill = async (): Promise<void> => {
    while (goesOn()) {
      await new Promise((resolve) => setTimeout(resolve, 50 + below(700)));
      await server.kill();
      kills += 1;
    }
  };
  try {
    await Promise.all([kill(), lend(0), lend(1), lend(2)]);
  } finally {
    server.stop();
  }
  const { faults, instances, events } = await askOracle(bank.database);
  const [posted] = await bank.database.query<{ notes: bigint; drawdowns: bigint }>(
    `select (select count(*) from loan_note) as notes,
       (select count(*) from process_instance where process_id = 'corporate_loan_sub_branch')
         as drawdowns`,
  );
  console.log(
    `${kills} kills, ${server.sentAgain()} orders sent again, ${cases} loans, ` +
      `${instances} instances, ${events} events`,
  );
  expect(faults).toEqual([]);
  expect(Number(posted?.notes)).toBe(Number(posted?.drawdowns));
}, 400_000);
