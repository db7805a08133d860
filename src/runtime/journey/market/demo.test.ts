import { afterAll, beforeAll, expect, test } from 'vitest';
import { workDemoMarket } from '../../demo/market/work-demo-market.ts';
import { askOracle } from '../../oracle.ts';
import { demoNow, demoTestBank, mustBe } from '../testing.ts';

let bank: Awaited<ReturnType<typeof demoTestBank>>;
beforeAll(async () => {
  bank = await demoTestBank('demo market');
}, 60_000);
afterAll(async () => await bank.drop());

test('the demo bank has bills and deals, done and waiting', async () => {
  const { database } = bank;
  expect(mustBe(await workDemoMarket({ database, cellId: 1, now: demoNow }))).toBe(7);
  const bills = await database.query(
    `select b.bill_number as number, e.status from bill b join lateral (select n.status
       from bill_event n where n.bill_number = b.bill_number order by n.number desc limit 1) e
       on true order by 1`,
  );
  expect(bills).toEqual([
    { number: '110120260001', status: 'accepted' },
    { number: '110120260002', status: 'registered' },
    { number: '130520260317', status: 'discounted' },
    { number: '130520260318', status: 'accepted' },
  ]);
  const held = await database.query(
    'select currency, position_minor as held from fx_position order by booked_minor desc',
  );
  expect(held).toEqual([
    { currency: 'USD', held: 1_234_567n },
    { currency: 'EUR', held: 100_000n },
    { currency: 'USD', held: -115_091n },
  ]);
  expect((await askOracle(database)).faults).toEqual([]);
});
