import { basename, resolve } from 'node:path';
import { type Result, refuse } from '../../base/result.ts';
import type { Analysis, LogSource } from '../../insight/analysis.ts';
import { type BusinessTimes, businessTimes } from '../../insight/calendar/business-times.ts';
import type { EventLog } from '../../insight/event-log.ts';
import { filtered } from '../../insight/filter.ts';
import { type LifecycleView, lifecycleViews } from '../../insight/instances.ts';
import { type ColumnRole, columnRoles } from '../../insight/log/csv-columns.ts';
import { timeFormats } from '../../insight/log/times.ts';
import { analyse } from '../../insight/perform/analyse.ts';
import { reportPage } from '../../insight/report/page.ts';
import { bottleneckText } from '../../insight/report/sentences.ts';
import { count, duration, percent, plain } from '../../insight/report/words.ts';
import { calendarOf, calendarOptions, calendarUsage } from '../analyze/calendar-option.ts';
import { filterOptions, filtersOf, filterUsage } from '../analyze/filter-options.ts';
import { languages, readLiveLog, wantedLog } from '../analyze/live-log.ts';
import { encodings, objectOptions, type ReadLogOptions, readLog } from '../analyze/read-log.ts';
import { waitingInThread } from '../analyze/waiting/in-thread.ts';
import { writeReport } from '../analyze/write-report.ts';
import { type Call, type Command, languageOf, sayRefusal } from '../command.ts';

const delimiters = [',', ';', '|', 'tab'] as const;

export const analyze: Command = {
  usage: `huiliu analyze FILE [--out FOLDER] [--lifecycle instances|complete|all] [--json]
huiliu analyze --live [--process ID] …

Reads an event log (XES or CSV, plain or gzip; xlsx, Parquet, or OCEL 2.0 as JSON, XML or SQLite) and
says how the work really flowed: cases, variants, the process map, cycle, handling and waiting times, rework and the worst bottlenecks. Every figure
is exact, and the same file gives the same bytes.

  --out FOLDER       write report.html (one page, Chinese and English) and report.json there
  --lifecycle VIEW   instances (default): a start and its completion are one execution;
                     complete: only completions; all: every event as it stands
  --json             print the figures as one JSON object
  --live             this bank's own cases, beside a running server or without one; of one process
                     with --process ID, activities named in --names zh-CN or en

For CSV, xlsx and Parquet, when the usual names of columns do not do:
  --case COLUMN --activity COLUMN --time COLUMN [--start COLUMN] [--resource COLUMN]
  [--transition COLUMN]       the lifecycle (start, complete …)
  [--amount COLUMN --currency COLUMN]   money that moved with a row, such as 1234.50 and CNY
  --time-format FORMAT        ${timeFormats.join(', ')}
  --delimiter CHARACTER       , ; | or tab
  --encoding ENCODING         ${encodings.join(', ')}
  --skip-bad-rows             leave out and count rows that cannot be read; else the first refuses the file
  --sheet NAME                of a workbook; else the first
  --object-type TYPE          of an object-centric log: which objects are the cases
  --workers N                 threads to work in, 1 (default) to 64; two are of use, for what waiting
                              was for is told in one of its own; the bytes are the same for any number

${calendarUsage}

${filterUsage}`,
  options: {
    out: { type: 'string' },
    live: { type: 'boolean', default: false },
    process: { type: 'string' },
    names: { type: 'string' },
    lifecycle: { type: 'string', default: 'instances' },
    case: { type: 'string' },
    activity: { type: 'string' },
    time: { type: 'string' },
    start: { type: 'string' },
    resource: { type: 'string' },
    transition: { type: 'string' },
    amount: { type: 'string' },
    currency: { type: 'string' },
    'time-format': { type: 'string' },
    delimiter: { type: 'string' },
    encoding: { type: 'string', default: 'utf-8' },
    'skip-bad-rows': { type: 'boolean', default: false },
    sheet: { type: 'string' },
    'object-type': { type: 'string' },
    workers: { type: 'string', default: '1' },
    ...calendarOptions,
    ...filterOptions,
  },
  words: { min: 0, max: 1 },
  run: async (call) => {
    const filters = filtersOf(call);
    const wrong = typeof filters === 'string' ? filters : wrongChoice(call);
    if (wrong !== null || typeof filters === 'string') {
      call.tell(String(wrong));
      return 2;
    }
    const attributes = filters.some(({ kind }) => kind === 'attribute');
    const read = await readWhat(call, attributes);
    if (!read.ok) return sayRefusal(call, read);
    const { log, source } = read.value;
    const left = filtered(log, call.options.lifecycle as LifecycleView, filters);
    if (!left.ok) return sayRefusal(call, left);
    const { work, steps } = left.value;
    if (work.size === 0) return sayRefusal(call, refuse('log_without_completions'));
    const waiting = waitingInThread(work, Number(call.options.workers));
    const analysis = analyse(work);
    const fileName = call.words[0] === undefined ? 'huiliu' : basename(call.words[0]);
    const causes = await waiting;
    const place = await calendarOf(call);
    if (!place.ok) return sayRefusal(call, place);
    const business = place.value === null ? null : businessTimes(work, place.value);
    if (business?.ok === false) return sayRefusal(call, business);
    const figures = {
      ...{ file: fileName, source, filters: steps, ...analysis, waitingCauses: causes },
      ...(business === null ? {} : { businessTimes: business.value }),
    };
    if (typeof call.options.out === 'string') {
      const written = await writeReport(resolve(call.folder, call.options.out), {
        'report.html': reportPage({
          fileName,
          analysis,
          source,
          filters: steps,
          waitingCauses: causes,
        }),
        'report.json': `${JSON.stringify(figures, null, 1)}\n`,
      });
      if (!written.ok) return sayRefusal(call, written);
    }
    if (call.json) call.print(JSON.stringify(figures));
    else {
      for (const line of summaryLines(call, analysis, source)) call.print(line);
      if (business !== null) call.print(businessLine(call, business.value));
    }
    return 0;
  },
};

async function readWhat(
  call: Call,
  attributes: boolean,
): Promise<Result<{ log: EventLog; source: LogSource }>> {
  const [file] = call.words;
  if (file === undefined) return await readLiveLog(call, wantedLog(call));
  const encoding = encodings.find((each) => each === call.options.encoding) ?? 'utf-8';
  const options = { ...readOptions(call), attributes };
  return await readLog(resolve(call.folder, file), encoding, options);
}

/** A sentence about an option whose value is none of its choices, or null. */
function wrongChoice({ options, words }: Call): string | null {
  if (options.live === (words.length === 1)) return 'It takes either a FILE or --live.';
  if (!/^([1-9]|[1-5]\d|6[0-4])$/.test(String(options.workers))) {
    return '--workers is a number from 1 to 64.';
  }
  const choices: Readonly<Record<string, readonly string[]>> = {
    lifecycle: lifecycleViews,
    encoding: encodings,
    'time-format': timeFormats,
    delimiter: delimiters,
    names: languages,
  };
  for (const [name, allowed] of Object.entries(choices)) {
    const value = options[name];
    if (value === undefined || allowed.includes(String(value))) continue;
    return `--${name} is one of ${allowed.join(', ')}.`;
  }
  return null;
}

function readOptions({ options }: Call): ReadLogOptions {
  const columns: Partial<Record<ColumnRole, string>> = {};
  for (const role of columnRoles) {
    const value = options[role === 'lifecycle' ? 'transition' : role];
    if (typeof value === 'string') columns[role] = value;
  }
  const format = timeFormats.find((each) => each === options['time-format']);
  const delimiter = options.delimiter === 'tab' ? '\t' : options.delimiter;
  return {
    columns,
    ...(format ? { timeFormat: format } : {}),
    ...(typeof delimiter === 'string' ? { delimiter } : {}),
    skipBadRows: options['skip-bad-rows'] === true,
    ...objectOptions(options),
  };
}

/** The figures for a terminal, in its language. */
function summaryLines(call: Call, analysis: Analysis, source: LogSource): string[] {
  const zh = languageOf(call.environment) === 'zh-CN';
  const say = (chinese: string, english: string) => (zh ? chinese : english);
  const long = (seconds: number) => duration(seconds)[zh ? 'zh' : 'en'];
  const { caseDuration, cases } = analysis;
  const row = (label: string, value: string) => `${label}${zh ? '：' : ': '}${value}`;
  const columns = source.columns.map(
    ({ role, name, guessed }) => `${role} = ${name}${guessed ? say('（推断）', ' (guessed)') : ''}`,
  );
  const share = percent(analysis.reworkCases / cases);
  return [
    ...(columns.length > 0 ? [row(say('列', 'columns'), columns.join(', '))] : []),
    ...(source.badRows ? [row(say('略过的行', 'rows left out'), count(source.badRows.count))] : []),
    row(say('案件', 'cases'), count(cases)),
    row(say('事件', 'events'), count(analysis.events)),
    row(say('活动执行', 'executions'), count(analysis.activityInstances)),
    row(say('活动', 'activities'), count(analysis.activities)),
    row(say('操作员', 'resources'), count(analysis.resources)),
    row(say('变体', 'variants'), count(analysis.variants)),
    row(say('相邻步骤', 'directly-follows pairs'), count(analysis.directlyFollowsPairs)),
    row(say('返工案件', 'cases with rework'), `${count(analysis.reworkCases)} (${share})`),
    row(say('返工次数', 'rework executions'), count(analysis.reworkEvents)),
    row(
      say('周期时长', 'cycle time'),
      say(
        `中位数 ${long(caseDuration.medianSeconds)}，平均 ${long(caseDuration.meanSeconds)}，九成界 ${long(caseDuration.p90Seconds)}`,
        `median ${long(caseDuration.medianSeconds)}, mean ${long(caseDuration.meanSeconds)}, p90 ${long(caseDuration.p90Seconds)}`,
      ),
    ),
    ...analysis.bottlenecks.map((each) =>
      plain(
        `${each.rank}. ${each.activity} ${percent(each.share)}${say('：', ': ')}${bottleneckText(each)[zh ? 'zh' : 'en']}`,
      ),
    ),
  ];
}

/** Times that count only the working hours of a place. */
function businessLine(call: Call, times: BusinessTimes): string {
  const zh = languageOf(call.environment) === 'zh-CN';
  const long = (seconds: number) => duration(seconds)[zh ? 'zh' : 'en'];
  const { calendar, caseDuration, closedShare } = times;
  const [median, mean] = [long(caseDuration.medianSeconds), long(caseDuration.meanSeconds)];
  return zh
    ? `工作时间（${calendar}）：周期中位数 ${median}，平均 ${mean}；等待中非工作时间占 ${percent(closedShare)}`
    : `working hours (${calendar}): cycle median ${median}, mean ${mean}; ${percent(closedShare)} of the waiting was outside them`;
}
