import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Values } from '../base/data.ts';
import { ok } from '../base/result.ts';
import { writeFxRecord } from '../store/bills/fx-records.ts';
import { writeBillRecord } from '../store/bills/records.ts';
import { type ServedBank, serveBank } from './served-bank/testing.ts';
import { must, newKey } from './testing.ts';

let bank: ServedBank;
beforeAll(async () => {
  bank = await serveBank([]);
  const at = bank.clock.now;
  const place = {
    ...{ cellId: 1, caseNumber: 'TX-2026-000001', accountingDate: '2026-11-20', at },
    ...{ login: 'li.na', newId: () => newKey(at) },
  };
  const bill: Values = {
    ...{ billNumber: 'B1', billKind: 'bank_acceptance', medium: 'electronic', elsewhere: false },
    ...{ drawerName: '江城机电', acceptorName: '江城银行', acceptedHere: false },
    ...{ payeeName: '启恒', currency: 'CNY', faceMinor: 100n, drawerAccountNumber: null },
    ...{ issuedOn: '2026-11-02', maturesOn: '2026-12-18', unitId: '110100' },
  };
  const event: Values = {
    ...{ billNumber: 'B1', event: 'registered', status: 'accepted', holderName: '启恒' },
    ...{ fromName: '江城机电', toName: '启恒', amountMinor: 100n, note: '' },
  };
  const held = { unitId: '110101', quoteId: 'USD-1' };
  await must(bank.database, async (transaction) => {
    await writeBillRecord(transaction, place, { kind: 'bill', values: bill });
    await writeBillRecord(transaction, place, { kind: 'bill_event', values: event });
    const over = {
      ...{ currency: 'GBP', per: 100n, cashBid: 1n, bid: 2n, middle: 3n, ask: 4n },
      ...{ validFromMs: BigInt(at - 120_000), validUntilMs: BigInt(at - 60_000) },
      madeLogin: 'liang.siyuan',
    };
    await writeFxRecord(transaction, place, { kind: 'fx_quote', values: over });
    const values = {
      ...{ ...held, currency: 'USD', positionMinor: 200_000_000n },
      bookedMinor: 1_433_000_000n,
    };
    await writeFxRecord(transaction, place, { kind: 'fx_position', values });
    return ok(true);
  });
});
afterAll(async () => {
  expect(bank.failures).toEqual([]);
  await bank.close();
});

describe('bills and foreign exchange over HTTP', () => {
  test.each([
    ['li.na', 200, 1],
    ['zhao.ting', 200, 1],
    ['xu.lin', 200, 1],
    ['fang.zhihua', 200, 1],
    ['sun.peng', 404, 0],
    ['yang.fan', 404, 0],
  ])('ORG-01 %s opens a bill of another unit or not: %d', async (login, status, total) => {
    const page = await bank.as(login, 'GET', '/api/bills/B1');
    expect(page.status).toBe(status);
    const list = await bank.as(login, 'GET', '/api/bills?status=accepted&search=江城');
    expect(list.body.total).toBe(total);
    if (status !== 200) return;
    expect(page.body.bill).toMatchObject({
      billNumber: 'B1',
      holderName: '启恒',
      faceMinor: '100',
    });
    expect(page.body.events).toMatchObject([{ number: 1, fromName: '江城机电', toName: '启恒' }]);
  });

  test('a customer has no register to look into', async () => {
    expect((await bank.as('qiheng.110101', 'GET', '/api/bills')).status).toBe(403);
    expect((await bank.as('qiheng.110101', 'GET', '/api/fx/position')).status).toBe(403);
  });

  test('FX-02 the board shows four prices with their time, and what is no longer good', async () => {
    const now = await bank.as('zhao.ting', 'GET', '/api/fx/board');
    expect(now.body.quotes.map((quote: { currency: string }) => quote.currency)).toEqual([
      'EUR',
      'GBP',
      'HKD',
      'JPY',
      'USD',
    ]);
    expect(now.body.quotes[4]).toMatchObject({
      ...{ quoteId: 'USD-1', cashBid: '7106600', bid: '7165000', middle: '7180000' },
      ...{ ask: '7195200', per: 100, good: true },
      validFrom: Date.parse('2026-11-20T08:30:00+08:00'),
    });
    const [over] = now.body.quotes.filter((one: { good: boolean }) => !one.good);
    expect(over).toMatchObject({ quoteId: 'GBP-1', validUntil: bank.clock.now - 60_000 });
  });

  test('FX-03 who sees the whole bank sees its position against the limits', async () => {
    const whole = await bank.as('fang.zhihua', 'GET', '/api/fx/position');
    const row = { currency: 'USD', worthMinor: '1436000000', gainMinor: '3000000' };
    expect(whole.body).toMatchObject({
      ...{ whole: true, netOpenMinor: '1436000000' },
      rows: [{ ...row, limitMinor: '1500000000', light: 'near' }],
      total: { limitMinor: '2000000000', light: 'within', shareOfCapitalPpm: '7180' },
    });
    const part = await bank.as('zhao.ting', 'GET', '/api/fx/position');
    expect(part.body).toMatchObject({ whole: false, rows: [{ ...row, light: null }], total: null });
    const none = await bank.as('yang.fan', 'GET', '/api/fx/position');
    expect(none.body).toMatchObject({ rows: [], netOpenMinor: '0', total: null });
  });
});
