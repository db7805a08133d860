import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoPassword } from '../../../runtime/demo/people.ts';
import { type ServedBank, serveBank } from '../../served-bank/testing.ts';
import { newKey, signInAs } from '../../testing.ts';
import { uploadBytesMax } from './upload.ts';

let bank: ServedBank;
beforeAll(async () => {
  bank = await serveBank([]);
}, 60_000);
afterAll(async () => await bank.close());

/** Sends bytes as a file, as somebody. */
async function send(login: string, path: string, body: Uint8Array | string, key?: string) {
  const token = await signInAs(bank.address, login, demoPassword);
  const answer = await fetch(`${bank.address}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/octet-stream',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  return { status: answer.status, body: await answer.json() };
}

const owner = 'luo.min';
const head = '业务编号,环节,开始时间,完成时间,柜员号,网点';
const rows = Array.from({ length: 30 }, (_, i) => {
  const day = String(1 + (i % 28)).padStart(2, '0');
  return [
    `A${i},受理,2026-03-${day} 09:00:00,2026-03-${day} 09:10:00,t1,${i % 2 === 0 ? '东' : '西'}`,
    `A${i},复核,2026-03-${day} 10:00:00,2026-03-${day} 10:05:00,t2,${i % 2 === 0 ? '东' : '西'}`,
  ];
}).flat();
const table = [head, ...rows].join('\n');
const mapping = new URLSearchParams({
  ...{ name: '网点业务', case: '业务编号', activity: '环节', start: '开始时间' },
  ...{ time: '完成时间', resource: '柜员号' },
});

describe('a table from another system', () => {
  test('MOD-04 is looked at: columns with samples, what is what, how times are written', async () => {
    const { status, body } = await send(owner, '/api/insight/logs/look', table);
    expect(status).toBe(200);
    expect(body).toMatchObject({ form: 'text', mapped: true, encoding: 'utf-8', delimiter: ',' });
    expect(body.guessed).toMatchObject({
      ...{ case: '业务编号', activity: '环节', start: '开始时间', time: '完成时间' },
    });
    expect(body.timeFormat).toBe('iso');
    expect(body.columns[5]).toEqual({ name: '网点', samples: ['东', '东', '西', '西', '东'] });
  });

  test('a packed one in a Chinese encoding is looked at too', async () => {
    // 案件,活动,时间 in GB18030.
    const chinese = Buffer.from('b0b8bcfe2cbbeeb6af2ccab1bce40a', 'hex');
    const packed = gzipSync(Buffer.concat([chinese, Buffer.from('1,a,20260301093000\n')]));
    const { body } = await send(owner, '/api/insight/logs/look', packed);
    expect(body).toMatchObject({ form: 'gzip', encoding: 'gb18030', timeFormat: 'compact' });
    expect(body.columns.map((one: { name: string }) => one.name)).toEqual(['案件', '活动', '时间']);
  });

  test('MOD-04 is imported and analysed as the own cases are, filters and all', async () => {
    const key = newKey(bank.clock.now);
    const path = `/api/insight/logs?${mapping}`;
    const { status, body } = await send(owner, path, table, key);
    expect(status).toBe(200);
    expect(body).toMatchObject({ cases: 30, events: 60, activities: 2, badRows: 0, mine: true });
    // Times without a zone are those of the bank's clock, eight hours before UTC.
    expect(body.fromAt).toBe(Date.UTC(2026, 2, 1, 1));
    expect((await send(owner, path, table, key)).body.id).toBe(body.id);
    expect((await send(owner, path, `${table}\n`, key)).body.code).toBe(
      'idempotency_key_used_otherwise',
    );
    const ask = async (query: string) =>
      (await bank.as(owner, 'GET', `/api/insight/${query}`)).body;
    const analysis = await ask(`analysis?log=${body.id}`);
    expect(analysis).toMatchObject({ casesInScope: 30, activityInstances: 60, variants: 1 });
    expect(analysis.caseDuration.medianSeconds).toBe(65 * 60);
    const east = `filter=${encodeURIComponent('attribute:网点=东')}`;
    expect((await ask(`analysis?log=${body.id}&${east}`)).cases).toBe(15);
    const model = await ask(`model?log=${body.id}&algorithm=imf`);
    expect(model).toMatchObject({ sound: true });
    expect(model.elements.map((one: { activity: string }) => one.activity)).toEqual([
      ...['受理', '复核'],
    ]);
    const held = await ask(`conformance?log=${body.id}&model=split`);
    expect(held).toMatchObject({ cases: 30, fittingCases: 30, averageFitness: 1, deviations: [] });
    const dots = await ask(`dots?log=${body.id}&order=duration`);
    expect(dots.cases).toHaveLength(30);
    expect(dots.cases[0].work).toHaveLength(2);
    const report = await bank.as(owner, 'GET', `/api/insight/report?log=${body.id}&model=split`);
    expect(report.status).toBe(200);
    expect(report.text).toContain('网点业务');
    expect(report.text).toContain('30 / 30');
    const causes = await ask(`causes?log=${body.id}&outcome=with:受理`);
    expect(causes.code).toBe('outcome_has_no_contrast');
  });

  test('rows that cannot be read refuse the file, or are left out, counted and listed', async () => {
    const broken = [head, ...rows.slice(0, 4), 'A9,受理,soon,later,t1,东', 'A9'].join('\n');
    const path = `/api/insight/logs?${mapping}`;
    const refused = await send(owner, path, broken);
    expect([refused.status, refused.body.code]).toEqual([422, 'log_time_unreadable']);
    const { body } = await send(owner, `${path}&skipBadRows=yes`, broken);
    expect(body).toMatchObject({ events: 4, badRows: 2 });
    expect(body.badRowsFirst.map((row: { line: string }) => row.line)).toEqual(['6', '7']);
  });

  test('ORG-01 only who may look into its unit sees it; only who brought it deletes it', async () => {
    const { body } = await send(owner, `/api/insight/logs?${mapping}`, table);
    const stranger = await bank.as('deng.chao', 'GET', `/api/insight/analysis?log=${body.id}`);
    expect(stranger.status).toBe(403);
    const listed = await bank.as(owner, 'GET', '/api/insight/logs');
    expect(listed.body.logs.map((one: { id: string }) => one.id)).toContain(body.id);
    const gone = await bank.as(owner, 'DELETE', `/api/insight/logs/${body.id}`);
    expect(gone.body.logs.map((one: { id: string }) => one.id)).not.toContain(body.id);
    const after = await bank.as(owner, 'GET', `/api/insight/analysis?log=${body.id}`);
    expect([after.status, after.body.code]).toEqual([404, 'insight_log_unknown']);
  });
});

test.each<[string, () => Uint8Array | string, string]>([
  ['nothing', () => '', 'log_empty'],
  ['no table', () => 'a\nb\n', 'log_csv_column_missing'],
  ['a cut pack', () => Buffer.from('1f8b080000000000000012345678', 'hex'), 'log_gzip_truncated'],
  ['a bomb', () => gzipSync(Buffer.alloc(80_000_000, 'a')), 'log_csv_line_too_long'],
  ['a document type', () => '<!DOCTYPE log []><log/>', 'log_xml_doctype'],
  ['no workbook', () => Buffer.from('504b030400000000', 'hex'), 'log_zip_damaged'],
])('%s is refused by name', async (_what, file, code) => {
  const { status, body } = await send(owner, '/api/insight/logs?name=x', file());
  expect([status, body.code]).toEqual([422, code]);
});

test.each(['/api/insight/logs/look', '/api/insight/logs?name=x'])(
  '%s without a file',
  async (path) => {
    const { status, body } = await bank.as(owner, 'POST', path);
    expect([status, body.code]).toEqual([422, 'log_empty']);
    const json = await bank.as(owner, 'POST', path, { rows: [] });
    expect([json.status, json.body.code]).toEqual([422, 'log_empty']);
  },
);

test('a file beyond the limit is refused, and nothing is kept of it', async () => {
  const file = Buffer.alloc(uploadBytesMax + 1, 97);
  const { status, body } = await send(owner, '/api/insight/logs?name=x', file);
  expect([status, body.code]).toEqual([413, 'insight_upload_too_large']);
});

test('nothing of all this was an error of the program', () => {
  expect(bank.failures).toEqual([]);
});
