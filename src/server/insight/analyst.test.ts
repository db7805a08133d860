import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoPassword } from '../../runtime/demo/people.ts';
import { type ServedBank, serveBank } from '../served-bank/testing.ts';
import { signInAs } from '../testing.ts';
import { startAnalyst } from './analyst.ts';

let bank: ServedBank;
let closed = false;
/** A log of six thousand cases that all differ: holding it against a model takes many seconds. */
let log = '';

beforeAll(async () => {
  bank = await serveBank([]);
  const token = await signInAs(bank.address, 'luo.min', demoPassword);
  const answer = await fetch(`${bank.address}/api/insight/logs?name=tangle`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
    body: tangle(6_000, 25, 30),
  });
  log = (await answer.json()).id;
}, 120_000);
afterAll(async () => {
  if (!closed) await bank.close();
});

/** The same random walk on every run (Park and Miller). */
function tangle(cases: number, length: number, activities: number): string {
  let seed = 1;
  const rows = ['case,activity,time'];
  for (let i = 0; i < cases * length; i++) {
    seed = (seed * 48_271) % 2_147_483_647;
    rows.push(`c${i % cases},a${seed % activities},${1_700_000_000 + i * 60}`);
  }
  return rows.join('\n');
}

const about = () => ({
  log: { kind: 'imported', cellId: 1, id: log } as const,
  ...{ units: null, filters: [] },
});

test.each([
  ['time', { timeMs: 1 }, 'insight_took_too_long'],
  ['waiting', { waitingMax: 0 }, 'insight_busy'],
])('beyond the bound of %s it is refused by name, and the next may ask', async (...row) => {
  const [, bound, code] = row;
  const limits = { timeMs: 120_000, memoryMib: 512, waitingMax: 4, ...bound };
  const analyst = startAnalyst(bank.database, { dataFolder: null }, limits);
  try {
    expect(await analyst.ask('causes', about(), { outcome: 'rework' })).toMatchObject({ code });
    expect(await analyst.ask('analysis', about(), null)).toMatchObject({ code });
  } finally {
    await analyst.close();
  }
});

test('a slow analysis stops no other request, and ends with the server', async () => {
  // Both are signed in before, so that the analysis is what is sent first.
  for (const login of ['li.na', 'luo.min']) await bank.as(login, 'GET', '/api/session');
  let ended = false;
  const end = () => {
    ended = true;
  };
  const path = `/api/insight/conformance?log=${log}&model=split`;
  const slow = bank.as('luo.min', 'GET', path).then(end, end);
  for (const asked of ['/api/session', '/api/tasks', '/api/processes', '/api/session']) {
    expect((await bank.as('li.na', 'GET', asked)).status).toBe(200);
  }
  expect(ended).toBe(false);
  closed = true;
  await bank.close();
  await slow;
});
