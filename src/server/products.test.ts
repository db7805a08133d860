import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ServedBank, serveBank } from './served-bank/testing.ts';
import { newKey } from './testing.ts';

let bank: ServedBank;
const [owner, head, manager] = ['luo.min', 'shen.yi', 'li.na'];
const path = '/api/products/loan/working_capital';

beforeAll(async () => {
  bank = await serveBank([]);
});
afterAll(async () => await bank.close());

const as: ServedBank['as'] = (...values) => bank.as(...values);

/** What the owner drafts unless a test says otherwise. */
const wanted = {
  effectiveFrom: '2027-01-01',
  note: '降低提前还款门槛，统一宽限期',
  parameters: [
    { path: 'prepayment.leastMinor', text: '500000' },
    { path: 'graceDays', text: '3' },
  ],
};
const differences = [
  { path: 'graceDays', before: '0', after: '3' },
  { path: 'prepayment.leastMinor', before: '1000000', after: '500000' },
];

test('the catalogue holds loans and deposits with the version in force', async () => {
  const { status, body } = await as(manager, 'GET', '/api/products');
  expect(status).toBe(200);
  const families = body.products.map(({ family }: { family: string }) => family);
  expect(families.filter((one: string) => one === 'loan')).toHaveLength(5);
  expect(families.filter((one: string) => one === 'deposit').length).toBeGreaterThan(5);
  const found = body.products.find(({ code }: { code: string }) => code === 'working_capital');
  expect(found).toMatchObject({
    ...{ family: 'loan', kind: 'working_capital', versions: 1, pending: 0, isToCome: false },
    name: { 'zh-CN': '流动资金贷款', en: 'Working capital loan' },
  });
  const one = await as(manager, 'GET', path);
  expect(one.body.versions).toHaveLength(1);
  expect(one.body.versions[0]).toMatchObject({ state: 'in_force', differences: [] });
  const unknown = await as(manager, 'GET', '/api/products/loan/none_such');
  expect([unknown.status, unknown.body.code]).toEqual([404, 'product_unknown']);
});

test.each([
  [{ note: ' ' }, 'product_note_missing'],
  [{ effectiveFrom: '2027-02-30' }, 'product_day_not_valid'],
  [{ effectiveFrom: '2026-11-20' }, 'product_day_past'],
  [{ parameters: [{ path: 'nothing', text: '1' }] }, 'product_parameter_unknown'],
  [{ parameters: [{ path: 'graceDays', text: 'three' }] }, 'product_parameter_not_valid'],
  [{ parameters: [] }, 'product_change_empty'],
  [{ parameters: [{ path: 'graceDays', text: '0' }] }, 'product_change_empty'],
  [{ parameters: [{ path: 'methods', text: 'by_barter' }] }, 'loan_product_not_valid'],
] as const)('a draft with %o is refused with %s, and nothing is kept', async (differs, code) => {
  const refused = await as(owner, 'POST', `${path}/changes`, { ...wanted, ...differs });
  expect(refused.body.code).toBe(code);
  expect(refused.body.message['zh-CN']).toMatch(/\p{Script=Han}/u);
  expect((await as(owner, 'GET', path)).body.changes).toEqual([]);
});

test('a change holds from its day on, and only after another person has approved it', async () => {
  expect((await as(manager, 'POST', `${path}/changes`, wanted)).body.code).toBe('not_permitted');
  const key = newKey(bank.clock.now);
  const drafted = await bank.as(owner, 'POST', `${path}/changes`, wanted, key);
  expect(drafted.status).toBe(200);
  const again = await bank.as(owner, 'POST', `${path}/changes`, wanted, key);
  expect(again.body).toEqual(drafted.body);
  const other = { ...wanted, note: '别的原因' };
  const otherwise = await bank.as(owner, 'POST', `${path}/changes`, other, key);
  expect(otherwise.body.code).toBe('idempotency_key_used_otherwise');

  const close = `/api/products/changes/${drafted.body.id}/close`;
  const approval = { kind: 'approved', reason: '' };
  expect((await as(owner, 'POST', close, approval)).body.code).toBe('not_permitted');
  const waiting = await as(head, 'GET', path);
  expect(waiting.body.changes).toMatchObject([{ state: 'drafted', draftedBy: owner, differences }]);
  expect(waiting.body.versions).toHaveLength(1);
  const refusal = await as(head, 'POST', close, { kind: 'refused', reason: '' });
  expect(refusal.body.code).toBe('product_reason_missing');
  const both = await Promise.all([1, 2].map(() => as(head, 'POST', close, approval)));
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  const { body } = await as(manager, 'GET', path);
  expect(body.versions).toMatchObject([
    { effectiveFrom: '2027-01-01', state: 'to_come', madeBy: owner, checkedBy: head, differences },
    { state: 'in_force', differences: [] },
  ]);
  expect(body.changes).toMatchObject([{ state: 'approved', closedBy: head }]);
  const late = await as(owner, 'POST', close, { kind: 'withdrawn', reason: '' });
  expect(late.body.code).toBe('product_change_closed');
  const taken = await as(owner, 'POST', `${path}/changes`, {
    ...wanted,
    parameters: [{ path: 'graceDays', text: '5' }],
  });
  expect(taken.body.code).toBe('product_day_taken');
});

test('who drafts does not approve, even with the right to; a refusal says why', async () => {
  const change = { ...wanted, effectiveFrom: '2027-02-01' };
  const grace = { ...change, parameters: [{ path: 'graceDays', text: '4' }] };
  const { body } = await as(head, 'POST', `${path}/changes`, grace);
  const close = `/api/products/changes/${body.id}/close`;
  const own = await as(head, 'POST', close, { kind: 'approved', reason: '' });
  expect(own.body.code).toBe('product_drafter_may_not_decide');
  const others = await as(owner, 'POST', close, { kind: 'withdrawn', reason: '' });
  expect(others.body.code).toBe('product_only_drafter_withdraws');
  const gone = await as(head, 'POST', close, { kind: 'withdrawn', reason: '' });
  expect(gone.body).toEqual({ id: body.id, state: 'withdrawn' });
});

test('a change that stands on a version since followed by another is drafted anew', async () => {
  const deposit = '/api/products/deposit';
  const list = (await as(manager, 'GET', '/api/products')).body.products;
  const { code } = list.find(({ family }: { family: string }) => family === 'deposit');
  const draft = async (effectiveFrom: string, text: string) => {
    const parameters = [{ path: 'nameEn', text }];
    const body = { effectiveFrom, note: '改名', parameters };
    return (await as(owner, 'POST', `${deposit}/${code}/changes`, body)).body.id as string;
  };
  const [later, sooner] = [await draft('2027-03-01', 'Later'), await draft('2027-02-01', 'Sooner')];
  const approve = async (id: string) =>
    await as(head, 'POST', `/api/products/changes/${id}/close`, { kind: 'approved', reason: '' });
  expect((await approve(sooner)).status).toBe(200);
  expect((await approve(later)).body.code).toBe('product_changed_meanwhile');
  const refused = { kind: 'refused', reason: '请按 2 月 1 日的版本重拟' };
  const closed = await as(head, 'POST', `/api/products/changes/${later}/close`, refused);
  expect(closed.body.state).toBe('refused');
});
