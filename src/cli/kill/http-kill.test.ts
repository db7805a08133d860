import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { systemClock, systemRandom } from '../../runtime/clock.ts';
import { mustBe } from '../../runtime/journey/testing.ts';
import { askOracle } from '../../runtime/oracle.ts';
import { createRuntime } from '../../runtime/runtime.ts';
import { readSettings } from '../../runtime/settings.ts';
import { processXml, seededRandom, testOfficer } from '../../runtime/testing.ts';
import { newKey } from '../../server/testing.ts';
import type { Database } from '../../store/database.ts';
import { openToLook } from '../start/database.ts';
import { brokenChains, type MortalServer, pause, startMortalServer } from './testing.ts';

const isLong = process.env.TEST_LENGTH === 'long';
/** Kills of the server while it serves payments over HTTP, and of the PostgreSQL behind it. */
const serverKills = isLong ? 200 : 2;
const postgresKills = isLong ? 50 : 1;
/** A server starts its PostgreSQL again five times in ten minutes; then it is killed as well. */
const postgresKillsAServer = 4;
const clients = 12;
const accountCount = 16;
const seed = `http kill ${Math.floor(Date.now() / 1_000)}`;
const processId = 'kill_payment';
const teller = 'zhao.ting';

type Account = {
  readonly number: string;
  readonly name: string;
  readonly id: string;
  readonly beforeMinor: bigint;
};

let server: MortalServer;
let database: Database;
let accounts: readonly Account[] = [];

beforeAll(async () => {
  server = await startMortalServer();
  const settings = mustBe(readSettings({ DATA_DIR: server.folder }, '/'));
  const look = mustBe(await openToLook(settings));
  database = look.database;
  await deployPayment();
  accounts = await database.query<Account>(
    `select a.account_number as number, a.name, a.account_id as id,
       b.balance_minor as "beforeMinor"
     from account a join account_balance b using (cell_id, account_id)
       join customer c using (cell_id, customer_number)
     where a.kind = 'customer' and c.kind = 'corporate' and a.opening_unit_code in ('110101', '120101')
     order by a.opening_unit_code, b.balance_minor desc limit $1`,
    [accountCount],
  );
  return async () => {
    await look.close();
    await server.stop();
  };
}, 300_000);

/** A payment from one customer to another as a process of one step. */
async function deployPayment(): Promise<void> {
  const xml = processXml({
    id: processId,
    attributes: 'huiliu:casePrefix="KP"',
    lanes: [{ role: 'teller', unit: 'own', nodes: 'start post end' }],
    nodes: `<bpmn:startEvent id="start"/><bpmn:endEvent id="end" huiliu:outcome="done"/>
      <bpmn:serviceTask id="post" name="post" huiliu:operation="deposit.pay"/>`,
    flows: ['start > post > end'],
  });
  const folder = await mkdtemp(join(tmpdir(), 'huiliu-kill-'));
  try {
    await writeFile(join(folder, 'process.bpmn'), xml);
    const runtime = createRuntime({ database, clock: systemClock, random: systemRandom });
    const waiver = { actor: testOfficer, reason: 'a test of something else' };
    mustBe(await runtime.deployProcess({ actor: testOfficer, folder, waiver }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

type Payment = { readonly from: number; readonly to: number; readonly amountMinor: bigint };

/** What was tried under each key, and the case that each acknowledged one was told to be. */
const tried = new Map<string, Payment>();
const acknowledged = new Map<string, string>();
const refused = new Map<string, string>();

function anyPayment(below: (limit: number) => number): Payment {
  const from = below(accountCount);
  const to = (from + 1 + below(accountCount - 1)) % accountCount;
  return { from, to, amountMinor: BigInt(1 + below(100)) };
}

/** Sends a payment until there is an answer; every fourth is sent twice at once with one key. */
async function payOne(below: (limit: number) => number): Promise<void> {
  const key = newKey(Date.now());
  const payment = anyPayment(below);
  tried.set(key, payment);
  const payee = present(accounts[payment.to], 'the payee');
  const values = {
    payerAccountNumber: accounts[payment.from]?.number,
    ...{ payeeAccountNumber: payee.number, payeeName: payee.name },
    amountMinor: payment.amountMinor.toString(),
  };
  const times = below(4) === 0 ? 2 : 1;
  const answers = await Promise.all(
    Array.from({ length: times }, () => answerTo(key, { processId, values })),
  );
  expect(new Set(answers).size).toBe(1);
}

async function answerTo(key: string, json: unknown): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await server.as(teller, 'POST', '/api/cases', { json, key });
    if (answer.status === 200) {
      const { caseNumber } = answer.body as { caseNumber: string };
      acknowledged.set(key, caseNumber);
      return caseNumber;
    }
    const { code } = answer.body as { code: string };
    if (answer.status < 500 && answer.status !== 429) {
      refused.set(key, code);
      return code;
    }
    // The database is down or on its way back; the order is sent again with the same key.
    expect([code, attempt < 2_000]).toEqual([code, true]);
    server.told.sentAgain.push('/api/cases');
    await pause(20);
  }
}

/** Faults found in the end; each list must be empty. */
async function findFaults() {
  const rows = await database.query<{ key: string | null; caseNumber: string; events: bigint }>(
    `select k.id as key, i.case_number as "caseNumber", count(distinct p.event_id) as events
     from process_instance i
       left join command_key k on k.cell_id = i.cell_id
         and k.answer::jsonb ->> 'caseNumber' = i.case_number
       left join posting p on p.cell_id = i.cell_id and p.process_instance_id = i.id
     where i.process_id = $1 group by k.id, i.case_number`,
    [processId],
  );
  const caseOf = new Map(rows.map(({ key, caseNumber }) => [key, caseNumber]));
  const expected = accounts.map(({ beforeMinor }) => beforeMinor);
  for (const [key, { from, to, amountMinor }] of tried) {
    if (!caseOf.has(key)) continue;
    expected[from] = (expected[from] ?? 0n) - amountMinor;
    expected[to] = (expected[to] ?? 0n) + amountMinor;
  }
  const balances = await database.query<{ number: string; balance: bigint }>(
    `select a.account_number as number, b.balance_minor as balance
     from account a join account_balance b using (cell_id, account_id)
     where a.account_number = any($1)`,
    [accounts.map(({ number }) => number)],
  );
  const balanceOf = new Map(balances.map(({ number, balance }) => [number, balance]));
  const unbalanced = await database.query<{ place: string }>(
    `select a.book_id || ' ' || a.currency as place
     from account a join account_balance b using (cell_id, account_id)
     where a.kind <> 'off_balance' group by a.book_id, a.currency
     having sum(case a.normal_side when 'debit' then b.balance_minor
       else -b.balance_minor end) <> 0`,
  );
  return {
    lost: [...acknowledged].filter(([key, caseNumber]) => caseOf.get(key) !== caseNumber),
    doubled: [
      ...rows.filter(({ events }) => events !== 1n).map(({ caseNumber }) => caseNumber),
      ...rows.filter(({ key, caseNumber }) => caseOf.get(key) !== caseNumber),
    ],
    unknown: rows.filter(({ key }) => key === null || !tried.has(key)),
    refused: [...refused],
    unbalanced,
    wrongBalances: accounts.filter((one, n) => balanceOf.get(one.number) !== expected[n]),
    chainBroken: await brokenChains(database, 1),
  };
}

/** Lets all clients pay while `work` kills; then waits for the answers to what was sent. */
async function underLoad(random: (limit: number) => number, work: () => Promise<void>) {
  let goesOn = true;
  const lanes = Array.from({ length: clients }, async () => {
    while (goesOn) await payOne(random);
  });
  try {
    await work();
  } finally {
    goesOn = false;
  }
  await Promise.all(lanes);
}

test(`the server and PostgreSQL killed with -9 while tellers pay over HTTP (${seed})`, async () => {
  const { told } = server;
  expect(accounts).toHaveLength(accountCount);
  const random = seededRandom(seed);
  const below = (limit: number) => new DataView(random(4).slice().buffer).getUint32(0) % limit;
  await underLoad(below, async () => {
    for (let kill = 0; kill < serverKills; kill += 1) {
      await pause(50 + below(400));
      await server.kill({ comingUpMs: null });
    }
    for (let kill = 0; kill < postgresKills; kill += 1) {
      await pause(50 + below(400));
      await server.killPostgres();
      if (kill % postgresKillsAServer === postgresKillsAServer - 1) {
        await server.kill({ comingUpMs: null });
      }
    }
    await pause(500);
  });
  const faults = await findFaults();
  const oracle = await askOracle(database);
  const counts = Object.entries(faults).map(([name, list]) => `${name} ${list.length}`);
  console.log(
    `${told.kills} kills of the server, ${told.postgresKills} of PostgreSQL; ` +
      `${tried.size} payments over HTTP, ${acknowledged.size} acknowledged, ` +
      `${told.sentAgain.length} sent again: ${counts.join(', ')}; ` +
      `${oracle.rules.length} rules of the oracle over ${oracle.instances} cases: ` +
      `${oracle.faults.length} faults`,
  );
  expect(acknowledged.size).toBe(tried.size);
  expect(acknowledged.size).toBeGreaterThanOrEqual(clients);
  for (const [name, list] of Object.entries(faults)) expect([name, list]).toEqual([name, []]);
  expect(oracle.faults).toEqual([]);
}, 5_400_000);
