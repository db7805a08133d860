import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { zipEntries } from '../insight/log/office/zip.ts';
import { demoPassword } from '../runtime/demo/people.ts';
import { type ServedBank, serveBank } from './served-bank/testing.ts';
import { signInAs } from './testing.ts';

const accountNumber = '11010100000000011';
const figure = 'bookId=110101&glCode=2011&currency=CNY';
const dates = 'from=2026-10-01&to=2026-11-20';

let bank: ServedBank;
const tokens = new Map<string, string>();
beforeAll(async () => {
  bank = await serveBank([]);
});
afterAll(async () => {
  expect(bank.failures).toEqual([]);
  await bank.close();
});

/** A file as it came, byte by byte. */
async function fileOf(login: string, path: string): Promise<{ bytes: Buffer; rows: number }> {
  const token = tokens.get(login) ?? (await signInAs(bank.address, login, demoPassword));
  tokens.set(login, token);
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${bank.address}/api/exports/${path}`, { headers });
  expect([path, answer.status]).toEqual([path, 200]);
  const rows = Number(answer.headers.get('x-row-count'));
  return { bytes: Buffer.from(await answer.arrayBuffer()), rows };
}

/** The text of one file in a workbook. */
function partOf(workbook: Buffer, name: string): string {
  const found = zipEntries(workbook);
  const entries = found.ok ? found.value : [];
  const entry = present(
    entries.find((one) => one.name === name),
    name,
  );
  return inflateRawSync(entry.packed).toString('utf8');
}

const tables = [
  ['chen.yan', 'trial-balance', ''],
  ['li.na', 'gl-accounts', figure],
  ['li.na', 'entries', `${figure}&${dates}`],
  ['li.na', 'statement', `accountNumber=${accountNumber}&${dates}`],
  ['li.na', 'cases', ''],
  ['li.na', 'accounts', 'customerNumber=10000001'],
  ['li.na', 'customers', 'kind=corporate'],
] as const;

test.each(tables)('%s takes %s as CSV and as a workbook: the same rows', async (...row) => {
  const [login, table, query] = row;
  const csv = await fileOf(login, `${table}.csv?${query}`);
  const workbook = await fileOf(login, `${table}.xlsx?${query}`);
  expect(csv.bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  expect(workbook.rows).toBe(csv.rows);
  const lines = csv.bytes.toString('utf8').trimEnd().split('\r\n');
  expect(lines).toHaveLength(csv.rows + 2);
  expect(lines.at(-1)).toMatch(new RegExp(`^行数,${csv.rows},`));
  const sheet = partOf(workbook.bytes, 'xl/worksheets/sheet1.xml');
  expect(sheet.match(/<row /g)).toHaveLength(csv.rows + 2);
  const last = sheet.slice(sheet.lastIndexOf('<row '));
  expect(last).toContain('行数');
  expect(last).toContain(`<v>${csv.rows}</v>`);
});

test('amounts in a workbook are numbers that still add up to the cent', async () => {
  const { bytes } = await fileOf('chen.yan', 'trial-balance.xlsx?language=en');
  expect(partOf(bytes, 'xl/workbook.xml')).toContain('name="Trial balance"');
  const sheet = partOf(bytes, 'xl/worksheets/sheet1.xml');
  const balances = [...sheet.matchAll(/<c r="H\d+" s="8"><v>(-?\d+\.\d\d)<\/v>/g)];
  expect(balances.length).toBeGreaterThan(20);
  const sum = balances.reduce(
    (all, [, digits]) => all + BigInt((digits ?? '').replace('.', '')),
    0n,
  );
  expect(sum).toBe(0n);
});

test('every file that leaves is recorded with its hash, and only audit reads the record', async () => {
  const before = (await bank.as('fang.zhihua', 'GET', '/api/exports?limit=1')).body.total;
  bank.clock.now += 1_000;
  const path = `statement.xlsx?accountNumber=${accountNumber}&${dates}`;
  const { bytes, rows } = await fileOf('qiheng.110101', path);
  const refused = await bank.as('jiahe.110101', 'GET', `/api/exports/${path}`);
  expect(refused.status).toBe(404);
  const { body } = await bank.as('fang.zhihua', 'GET', '/api/exports?limit=1');
  expect(body.total).toBe(before + 1);
  expect(body.exports).toEqual([
    {
      exportId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      ...{ exportedAt: bank.clock.now, login: 'qiheng.110101', name: expect.any(String) },
      ...{ unitId: '110101', table: 'statement', format: 'xlsx', rows },
      filter: { accountNumber, from: '2026-10-01', to: '2026-11-20', language: 'zh-CN' },
      contentHash: createHash('sha256').update(bytes).digest('hex'),
    },
  ]);
  const own = await bank.as(
    'fang.zhihua',
    'GET',
    '/api/exports?table=statement&login=qiheng.110101',
  );
  expect(own.body.total).toBe(1);
  expect((await bank.as('li.na', 'GET', '/api/exports')).status).toBe(403);
  const taken = 'update export_record set row_count = 0';
  await expect(bank.database.query(taken)).rejects.toThrow('permission denied');
});
