import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runAnalyze, sampleCsv, sampleXes } from './testing.ts';

const material = process.env.HUILIU_DATA;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiliu-analyze-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function saved(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

describe.skipIf(material === undefined)('real logs (HUILIU_DATA)', () => {
  const figures = [
    'cases',
    'events',
    'activities',
    'resources',
    'variants',
    'directlyFollowsPairs',
    'reworkCases',
    'reworkEvents',
  ] as const;

  // Counted by others too: papers on the logs, PM4Py 2.7.14, and a plain reading of the raw XML.
  test.each([
    ['bpi2012.xes.gz', 'all', [13_087, 262_200, 24, 68, 4_366, 249_113, 9_658, 155_194]],
    ['bpi2012.xes.gz', 'complete', [13_087, 164_506, 23, 68, 4_336, 151_419, 7_019, 57_556]],
    ['bpi2012.xes.gz', 'instances', [13_087, 235_882, 23, 68, 4_229, 151_419, 7_019, 57_556]],
    ['bpi2012-w.csv.gz', 'instances', [8_616, 59_302, 6, null, 2_115, 50_686, 5_979, 39_221]],
    ['road-traffic-fines.xes.gz', 'all', [150_370, 561_470, 11, null, 231, 411_100, null, null]],
    ['sepsis.xes.gz', 'complete', [1_050, 15_214, 16, 0, 846, 14_164, 744, 5_624]],
    ['receipt.xes.gz', 'complete', [1_434, 8_577, 27, null, 116, 7_143, 91, 245]],
    [
      'synthetic-loan-application.csv.gz',
      'instances',
      [1_000, 11_805, 17, null, 153, 10_805, 392, 2_077],
    ],
  ] as const)('%s as %s', { timeout: 60_000 }, async (name, lifecycle, expected) => {
    const file = join(material!, 'logs', name);
    const { code, out } = await runAnalyze([file, '--lifecycle', lifecycle, '--json']);
    expect(code).toBe(0);
    const analysis = JSON.parse(out);
    for (const [i, figure] of figures.entries()) {
      if (expected[i] !== null) expect([figure, analysis[figure]]).toEqual([figure, expected[i]]);
    }
  });

  test('times of the work items of bpi2012, as published', { timeout: 60_000 }, async () => {
    const { out } = await runAnalyze([join(material!, 'logs/bpi2012.xes.gz'), '--json']);
    const analysis = JSON.parse(out);
    const minutes = (activity: string) => {
      const stat = analysis.activityStats.find(
        (each: { activity: string }) => each.activity === activity,
      );
      const { measuredInstances, meanProcessingSeconds, medianProcessingSeconds } = stat;
      const shown = [meanProcessingSeconds, medianProcessingSeconds].map(
        (s) => +(s / 60).toFixed(1),
      );
      return [measuredInstances, ...shown];
    };
    expect(minutes('W_Completeren aanvraag')).toEqual([23_512, 10.2, 2.7]);
    expect(minutes('W_Nabellen offertes')).toEqual([22_405, 9.3, 1.7]);
    expect(minutes('W_Nabellen incomplete dossiers')).toEqual([11_400, 12.7, 2.1]);
    expect(minutes('W_Valideren aanvraag')).toEqual([7_889, 20.9, 12]);
    expect(minutes('W_Afhandelen leads')).toEqual([5_897, 16.9, 1.9]);
    // To the second by an independent reading with zones; 0.81 and 8.62 days as published.
    expect(analysis.caseDuration.medianSeconds).toBe(69_857.434);
    expect(analysis.caseDuration.meanSeconds).toBeCloseTo(744_144.390277, 5);
    expect(analysis.caseDuration.p90Seconds).toBeCloseTo(2_631_671.9612, 4);
  });

  test('the same bytes for 1, 2 and 4 workers and on three runs', {
    timeout: 180_000,
  }, async () => {
    const out = join(folder, 'report');
    const prints = new Set<string>();
    for (const workers of ['1', '2', '4', '2', '1']) {
      const log = join(material!, 'logs/bpi2012-w.csv.gz');
      const ended = await runAnalyze([log, '--out', out, '--workers', workers, '--json']);
      expect(ended.code).toBe(0);
      const print = createHash('sha256').update(ended.out);
      for (const name of (await readdir(out)).sort()) print.update(await readFile(join(out, name)));
      prints.add(print.digest('hex'));
    }
    expect(prints.size).toBe(1);
  });
});

describe('what cannot be read is refused by name, and nothing is written', () => {
  const xes = Buffer.from(sampleXes(50));
  const csv = sampleCsv(50);
  const packed = gzipSync(xes);
  const damaged = Buffer.from(packed);
  damaged[Math.floor(packed.length / 2)]! ^= 0xff;
  // One line of 1 GB, as a chain of equal gzip members.
  const oneLine = Buffer.concat(Array(64).fill(gzipSync(Buffer.alloc(1 << 24, 'a'))));
  const gbk = Buffer.from([0xb0, 0xb8, 0xbc, 0xfe, 0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0x31, 0x0a]);
  const entity = '<!DOCTYPE log [<!ENTITY a "x">]><log><trace/></log>';

  test.each<[string, string | Uint8Array, string, string[]]>([
    ['truncated.xes.gz', packed.subarray(0, packed.length - 40), 'log_gzip_truncated', ['byte']],
    ['damaged.xes.gz', damaged, 'log_gzip_damaged', ['byte']],
    ['doctype.xes', entity, 'log_xml_doctype', ['line', 'byte']],
    ['entity.xes', sampleXes(1).replace('放款', '&own;'), 'log_xml_entity', ['line', 'byte']],
    ['truncated.xes', xes.subarray(0, 9_000), 'log_xml_truncated', ['line', 'byte']],
    ['gbk.csv', gbk, 'log_not_utf8', ['line', 'byte']],
    [
      'utf16.csv',
      Buffer.from(`\uFEFF${csv}`, 'utf16le'),
      'log_encoding_not_utf8',
      ['line', 'byte'],
    ],
    ['utf16.xes', Buffer.from(sampleXes(1), 'utf16le'), 'log_encoding_not_utf8', ['line', 'byte']],
    ['columns.csv', csv.replace('activity', 'what'), 'log_csv_column_missing', ['line']],
    [
      'time.csv',
      csv.replace('2026-01-02 09', '2026-01-32 09'),
      'log_time_unreadable',
      ['line', 'byte'],
    ],
    [
      'time.xes',
      sampleXes(2).replace('2026-01-02T', 'soon T'),
      'log_time_unreadable',
      ['line', 'byte'],
    ],
    ['fields.csv', `${csv}c1,A\n`, 'log_csv_field_count', ['line']],
    ['line.csv.gz', oneLine, 'log_csv_line_too_long', ['line', 'limit']],
    ['empty.csv', '', 'log_empty', []],
    ['book.xlsx', Buffer.from('PK\x03\x04 book of cells'), 'log_zip_damaged', []],
    ['paper.pdf', '%PDF-1.7 a paper', 'log_format_unknown', []],
    ['starts.xes', sampleXes(3).replaceAll('complete', 'start'), 'log_without_completions', []],
  ])('%s', { timeout: 30_000 }, async (name, content, code, named) => {
    const file = await saved(name, content);
    const out = join(folder, 'never');
    const ended = await runAnalyze([file, '--out', out, '--json']);
    expect(ended.code).toBe(1);
    const said = JSON.parse(ended.out);
    expect(said).toMatchObject({ ok: false, code });
    for (const fact of named) expect(said.facts[fact]).toMatch(/^[1-9][0-9]*$/);
    expect((await readdir(folder)).filter((entry) => entry.includes('never'))).toEqual([]);
  });

  test('no such file, and a folder', async () => {
    for (const file of [join(folder, 'nowhere'), folder]) {
      const ended = await runAnalyze([file, '--json']);
      expect([ended.code, JSON.parse(ended.out).code]).toEqual([1, 'file_not_readable']);
    }
  });

  test.each([
    ['--lifecycle', 'some'],
    ['--encoding', 'ebcdic'],
    ['--time-format', 'soon'],
    ['--delimiter', 'x'],
  ])('%s %s is wrong usage', async (option, value) => {
    const ended = await runAnalyze(['any.csv', option, value]);
    expect(ended.code).toBe(2);
    expect(ended.complaint).toContain(option);
  });
});

describe('what can be read', () => {
  test('encodings by option', async () => {
    const text = sampleCsv(3);
    const plain = await runAnalyze([await saved('plain.csv', text), '--json']);
    const utf16 = await saved('told.csv', Buffer.from(`\uFEFF${text}`, 'utf16le'));
    const told = await runAnalyze([utf16, '--json', '--encoding', 'utf-16le']);
    expect(told.code).toBe(0);
    expect({ ...JSON.parse(told.out), file: 'plain.csv' }).toEqual(JSON.parse(plain.out));
    const wrong = await runAnalyze([utf16, '--json', '--encoding', 'gb18030']);
    expect(wrong.code).toBe(1);
    expect(JSON.parse(wrong.out).code).toBe('log_encoding_wrong');
  });

  test('the terminal shows which columns were guessed', async () => {
    const file = await saved('shown.csv', sampleCsv(3));
    const { out } = await runAnalyze([file, '--start', 'start_time']);
    expect(out).toContain('case = case_id (guessed)');
    expect(out).toContain('start = start_time,');
    expect(out).toContain('cases: 3\n');
    const chinese = await runAnalyze([file], { LANG: 'zh_CN.UTF-8' });
    expect(chinese.out).toContain('案件：3\n');
  });

  test('an earlier report is replaced, anything else is left alone', async () => {
    const file = await saved('small.xes', sampleXes(3));
    const out = join(folder, 'deep/er/report');
    expect((await runAnalyze([file, '--out', out])).code).toBe(0);
    expect((await runAnalyze([file, '--out', out])).code).toBe(0);
    expect((await readdir(out)).sort()).toEqual(['report.html', 'report.json']);
    expect(await readdir(join(out, '..'))).toEqual(['report']);
    await writeFile(join(out, 'mine.txt'), 'mine');
    const ended = await runAnalyze([file, '--out', out, '--json']);
    expect(JSON.parse(ended.out).code).toBe('report_folder_taken');
    expect((await readdir(out)).sort()).toEqual(['mine.txt', 'report.html', 'report.json']);
  });

  test('a link and a file are no folder of ours; a file cannot hold one', async () => {
    const file = await saved('tiny.xes', sampleXes(1));
    await mkdir(join(folder, 'target'));
    await symlink(join(folder, 'target'), join(folder, 'link'));
    for (const [out, code] of [
      [join(folder, 'link'), 'report_folder_taken'],
      [file, 'report_folder_taken'],
      [join(file, 'below'), 'report_folder_not_writable'],
    ] as const) {
      const ended = await runAnalyze([file, '--out', out, '--json']);
      expect(JSON.parse(ended.out).code).toBe(code);
    }
  });
});

describe('filters', () => {
  test('one stack that every figure obeys, told in the report', async () => {
    const file = await saved('filtered.xes', sampleXes(20));
    const out = join(folder, 'filtered');
    const words = ['--from', '2026-01-01', '--to', '2026-01-03', '--with', 'Decide'];
    const more = ['--longer-than', '1h', '--follows', 'Decide>放款', '--variants', '1'];
    const ended = await runAnalyze([file, ...words, ...more, '--out', out, '--json']);
    const analysis = JSON.parse(ended.out);
    expect(analysis.filters.map((step: { filter: { kind: string } }) => step.filter.kind)).toEqual([
      'time',
      'with',
      'duration',
      'follows',
      'variants',
    ]);
    expect(analysis.cases).toBe(analysis.filters.at(-1).casesAfter);
    expect(await readFile(join(out, 'report.html'), 'utf8')).toContain(
      'from 2026-01-01 to 2026-01-03',
    );
  });

  test('every kind of filter, in the order given', { timeout: 60_000 }, async () => {
    const file = await saved('kinds.xes', sampleXes(20));
    const kinds = async (...all: string[]) => {
      const words = all.flatMap((text) => ['--filter', text]);
      const { out } = await runAnalyze([file, ...words, '--json']);
      const said = JSON.parse(out);
      return said.code ?? said.filters.map((step: { casesAfter: number }) => step.casesAfter);
    };
    const all = [
      'time:2026-01-01..2026-01-05',
      'duration:1h..30d',
      'with:Decide',
      'starts:受理 & check',
      'ends:放款|Decide',
      'follows:Decide>放款',
      'directly:Decide>放款',
      'variants:0.9',
    ];
    expect(await kinds(...all)).toEqual(all.map(() => 20));
    const some = ['attribute:amount=0..9', 'attribute:amount=3|4', 'resource:u1'];
    expect(await kinds(...some)).toEqual([10, 2, 1]);
    expect(await kinds('rework')).toBe('filter_leaves_nothing');
    expect(await kinds('without:None')).toBe('filter_activity_unknown');
    expect(await kinds('attribute:none=1')).toBe('filter_attribute_unknown');
    expect(await kinds('resource:nobody')).toBe('filter_resource_unknown');
    expect(await kinds('same_person:Decide>放款', 'gap:Decide>放款=1h..')).toEqual([20, 20]);
    for (const wrong of ['none:x', 'time:1..2', 'gap:A=1h..', 'variants:2', 'with:']) {
      expect((await runAnalyze([file, '--filter', wrong])).code).toBe(2);
    }
  });

  test.each([
    [['--from', 'yesterday'], '--from'],
    [['--longer-than', '3 weeks'], '90min'],
    [['--variants', '0'], '--variants'],
    [['--follows', 'A'], '--follows'],
  ])('%o is wrong usage', async (words, said) => {
    const ended = await runAnalyze(['any.csv', ...words]);
    expect([ended.code, ended.complaint]).toEqual([2, expect.stringContaining(said)]);
  });

  test('an activity nobody knows is refused', async () => {
    const file = await saved('known.xes', sampleXes(2));
    const ended = await runAnalyze([file, '--without', 'Fly', '--json']);
    expect([ended.code, JSON.parse(ended.out).code]).toEqual([1, 'filter_activity_unknown']);
  });
});
