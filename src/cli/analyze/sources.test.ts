import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeObjectLog } from '../../store/foreign/testing.ts';
import { type ReadLogOptions, readLog } from './read-log.ts';
import {
  ocelEvents,
  ocelJson,
  ocelObjects,
  ocelXml,
  sampleXlsx,
  zipOf,
} from './samples/testing.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiliu-sources-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function told(
  name: string,
  content: string | Uint8Array | null,
  options: ReadLogOptions = {},
) {
  const file = content === null ? name : join(folder, name);
  if (content !== null) await writeFile(file, content);
  const read = await readLog(file, 'utf-8', { attributes: true, ...options });
  if (!read.ok) return { code: read.code, facts: read.facts };
  const { log, source } = read.value;
  const lines: string[] = [];
  for (let c = 0; c < log.cases.size; c++) {
    for (let i = log.firstOfCase[c]!; i < log.firstOfCase[c + 1]!; i++) {
      const more = log.attributes.map(({ name: key, of, code, values }) => {
        const value = code[of === 'case' ? c : i]!;
        return value < 0 ? '' : ` ${key}=${values.text(value)}`;
      });
      const at = new Date(log.atMs[i]!).toISOString();
      lines.push(
        `${log.cases.text(c)} ${log.activities.text(log.activity[i]!)} ${at}${more.join('')}`,
      );
    }
  }
  return { lines, source };
}

describe('a workbook', () => {
  test('its first sheet, with shared and inline texts, dates by their format and numbers', async () => {
    const { lines, source } = await told('book.xlsx', sampleXlsx());
    expect(lines).toEqual([
      'c1 受理 & check 2026-01-05T08:30:00.000Z amount=12.5',
      'c1 Decide 2026-01-06T00:00:00.000Z amount=7',
      'c2 受理 & check 2026-01-05T08:31:00.000Z',
    ]);
    expect(source).toMatchObject({ format: 'xlsx', zone: 'none', timeFormat: 'iso' });
  });

  test('another sheet by its name, or the names there are', async () => {
    expect(await told('named.xlsx', sampleXlsx(), { sheet: 'Other' })).toMatchObject({
      code: 'log_csv_column_missing',
    });
    expect(await told('named.xlsx', sampleXlsx(), { sheet: 'None' })).toMatchObject({
      code: 'log_xlsx_sheet',
      facts: { sheets: 'Log, Other' },
    });
  });
});

describe('Parquet', () => {
  test.each(['snappy', 'gzip', 'zstd'])('packed by %s', async (packing) => {
    const file = join(import.meta.dirname, 'samples', `small-${packing}.parquet`);
    const { lines, source } = await told(file, null);
    expect(lines).toHaveLength(120);
    expect(lines?.[0]).toBe('c0 受理 2026-01-01T09:05:05.123Z amount=0 urgent=true');
    expect(source).toMatchObject({ format: 'parquet', zone: 'given' });
  });
});

describe('object-centric logs', () => {
  const orders = [
    'o1 create 2026-01-01T08:00:00.000Z channel=web amount=100',
    'o1 pay 2026-01-02T08:00:00.000Z amount=100',
    'o2 create 2026-01-01T09:00:00.000Z amount=70',
    'o2 pay 2026-01-02T08:00:00.000Z amount=70',
  ];
  const flattened = { objectType: 'order', eventsLeftOut: 1, eventsRepeated: 1 };

  test.each([
    ['json', ocelJson()],
    ['xml', ocelXml()],
  ])('in %s', async (form, content) => {
    const found = await told(`log.${form}`, content, { objectType: 'order' });
    expect(found.lines).toEqual(orders);
    expect(found.source).toMatchObject({ format: `ocel-${form}`, flattened });
  });

  test('in SQLite', async () => {
    const file = join(folder, 'log.sqlite');
    writeObjectLog(file, ocelEvents, ocelObjects);
    const found = await told(file, null, { objectType: 'order' });
    expect(found.lines).toEqual(orders);
    expect(found.source).toMatchObject({ format: 'ocel-sqlite', flattened });
  });

  test('which objects are the cases must be said', async () => {
    const found = await told('asked.json', ocelJson());
    expect(found).toMatchObject({ code: 'log_ocel_type', facts: { types: 'item (2), order (2)' } });
  });

  test('a view in the place of a table is not read', async () => {
    const file = join(folder, 'view.sqlite');
    writeObjectLog(file, ocelEvents, ocelObjects);
    const database = new DatabaseSync(file);
    database.exec(
      'drop table event; create view event as with recursive c(n) as (select 1 union all select n + 1 from c) select n as ocel_id, n as ocel_type from c',
    );
    database.close();
    expect(await told(file, null)).toMatchObject({ code: 'log_ocel_damaged' });
  });
});

describe('bombs are refused at once', () => {
  const large = Buffer.alloc(300_000_000, '<a>');
  const deflated = deflateRawSync(large, { level: 9 });
  const blank = deflateRawSync(Buffer.alloc(100_000_000, ' '), { level: 9 });
  const workbook = '<workbook><sheets><sheet name="S" r:id="r1"/></sheets></workbook>';
  const tiny = deflateRawSync(Buffer.alloc(200_000_000));

  test.each<[string, () => Uint8Array, string]>([
    [
      'a workbook that grows a thousandfold',
      () => zipOf({ 'xl/workbook.xml': { packed: deflated, bytes: large.length } }),
      'log_zip_bomb',
    ],
    [
      'one that lies about it',
      () => zipOf({ 'xl/workbook.xml': { packed: blank, bytes: 200_000 } }),
      'log_zip_bomb',
    ],
    [
      'files that lie over one another',
      () =>
        zipOf({ 'xl/workbook.xml': workbook, a: { packed: tiny, bytes: 1 } }, { overlap: true }),
      'log_zip_bomb',
    ],
    [
      'a million files',
      () => zipOf(Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`f${i}`, '']))),
      'log_zip_bomb',
    ],
    [
      'entities of its own',
      () =>
        zipOf({
          'xl/workbook.xml': '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        }),
      'log_xml_doctype',
    ],
    [
      'elements inside elements without end',
      () => zipOf({ 'xl/workbook.xml': '<a>'.repeat(100_000) }),
      'log_xml_too_deep',
    ],
  ])('%s', async (name, make, code) => {
    const file = join(folder, `${name.replaceAll(' ', '-')}.xlsx`);
    await writeFile(file, make());
    await readLog(file, 'utf-8', {});
    const from = process.cpuUsage();
    const read = await readLog(file, 'utf-8', {});
    const { user, system } = process.cpuUsage(from);
    expect(read).toMatchObject({ ok: false, code });
    expect((user + system) / 1000).toBeLessThan(100);
  });
});
