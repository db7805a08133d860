import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { ok, type Result, refuse } from '../../../base/result.ts';
import type { Bilingual } from '../../../contract/shapes.ts';
import { filtered } from '../../../insight/filter.ts';
import { type Instances, type LifecycleView, lifecycleViews } from '../../../insight/instances.ts';
import {
  type ProcessCapital,
  processCapital,
  processMoneyOf,
} from '../../../insight/view/capital.ts';
import { type RequirementViews, requirementViews } from '../../../insight/view/views.ts';
import { type ModelFile, viewModelOf } from '../../../runtime/kpi/view-model.ts';
import { jsonFile } from '../../analyze/calendar-option.ts';
import { filterOptions, filtersOf, filterUsage } from '../../analyze/filter-options.ts';
import { objectOptions, readLog } from '../../analyze/read-log.ts';
import { type Call, type Command, languageOf, sayRefusal } from '../../command.ts';
import { readProgramFile } from '../../model-file.ts';

/** Files beside a model that are read, and how large one may be. */
const filesMax = 500;
const fileBytesMax = 4_000_000;

export const views: Command = {
  usage: `huiliu views MODEL [--log LOG] [--json]

The views of a process that a requirement paper asks for: its steps with performer, tool and time limit;
flow process chart (operate, check, move, wait, store); service blueprint; matrix of data by step (CRUD);
responsibilities (RACI); approvals, with those that never refused in the log and the most that their
refusals may be (95 %); fields entered more than once; what the model does not say.

  MODEL        process.bpmn, or the folder of a process; forms and tables beside it are read
  --money FILE with --log: JSON { currency, costMinor, incomeMinor, errorLossMinor } over its cases, as
               digits in strings: what the process is worth, in all and per case
  --log LOG    the event log that tells times and counts; activities bear the names of the steps
  --lifecycle, --sheet, --object-type: as for analyze

${filterUsage}`,
  options: {
    log: { type: 'string' },
    money: { type: 'string' },
    lifecycle: { type: 'string', default: 'instances' },
    sheet: { type: 'string' },
    'object-type': { type: 'string' },
    ...filterOptions,
  },
  words: { min: 1, max: 1 },
  run: async (call) => {
    if (!lifecycleViews.some((each) => each === call.options.lifecycle)) {
      call.tell(`--lifecycle is one of ${lifecycleViews.join(', ')}.`);
      return 2;
    }
    if (call.options.money !== undefined && call.options.log === undefined) {
      call.tell('--money goes with --log, which tells how many cases there were.');
      return 2;
    }
    const word = String(call.words[0]);
    const path = resolve(call.folder, word);
    const isFolder = (await stat(path).catch(() => null))?.isDirectory() === true;
    const program = await readProgramFile(call, isFolder ? join(word, 'process.bpmn') : word);
    if (typeof program === 'number') return program;
    const model = await viewModelOf(program, await filesIn(isFolder ? path : dirname(path)));
    const work = await workOf(call);
    if (typeof work === 'number') return work;
    if (!work.ok) return sayRefusal(call, work);
    const told = requirementViews(model, work.value);
    const capital = await capitalOf(call, program.processId, work.value);
    if (!capital.ok) return sayRefusal(call, capital);
    const amounts = (_: string, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value;
    const all = { ok: true, ...told, capital: capital.value };
    if (call.json) call.print(JSON.stringify(all, amounts));
    else for (const line of lines(told, languageOf(call.environment))) call.print(line);
    return 0;
  },
};

async function filesIn(folder: string): Promise<readonly ModelFile[]> {
  const names = (await readdir(folder))
    .filter((name) => name.endsWith('.form.json') || name.endsWith('.dmn'))
    .sort()
    .slice(0, filesMax);
  const files: ModelFile[] = [];
  for (const name of names) {
    const { size } = await stat(join(folder, name));
    if (size > fileBytesMax) continue;
    files.push({ name, content: await readFile(join(folder, name), 'utf8') });
  }
  return files;
}

async function workOf(call: Call): Promise<Result<Instances | null> | 2> {
  const { log: file, lifecycle } = call.options;
  if (typeof file !== 'string') return ok(null);
  const filters = filtersOf(call);
  if (typeof filters === 'string') {
    call.tell(filters);
    return 2;
  }
  const path = resolve(call.folder, file);
  const read = await readLog(path, 'utf-8', { attributes: true, ...objectOptions(call.options) });
  if (!read.ok) return read;
  const left = filtered(read.value.log, lifecycle as LifecycleView, filters);
  if (!left.ok) return left;
  const { work } = left.value;
  return work.size === 0 ? refuse('log_without_completions') : ok(work);
}

async function capitalOf(
  { options, folder }: Call,
  process: string,
  work: Instances | null,
): Promise<Result<ProcessCapital | null>> {
  if (typeof options.money !== 'string' || work === null) return ok(null);
  const file = resolve(folder, options.money);
  const found = await jsonFile(file, 1 << 20);
  if (found === 'unreadable') return refuse('file_not_readable', { file });
  if (found === 'not_json') return refuse('process_money_not_read', { place: 'JSON' });
  const cases = work.firstOfCase.filter((first, c) => c > 0 && first > work.firstOfCase[c - 1]!);
  const money = processMoneyOf(found.value, process, cases.length);
  return money.ok ? ok(processCapital([money.value])[0] ?? null) : money;
}

function lines(told: RequirementViews, language: 'zh-CN' | 'en'): string[] {
  const say = (zh: string, en: string) => (language === 'zh-CN' ? zh : en);
  const own = (text: Bilingual) => text[language];
  const nameOf = new Map(told.steps.map(({ id, name }) => [id, own(name)]));
  const named = (id: string) => nameOf.get(id) ?? id;
  const laneOf = new Map(told.blueprint.steps.map(({ stepId, lane }) => [stepId, lane]));
  const chart = told.flowChart.lines.map(({ stepId, flowClass, seconds, by }) => {
    const what = by === 'log' ? say('（之前等待）', ' (wait before)') : '';
    const time = seconds === null ? '' : ` ${Math.round(seconds)} s`;
    return `  ${flowClass.padEnd(8)}${named(stepId)}${what}${time} [${laneOf.get(stepId)}]`;
  });
  const approvals = told.approvals.map((each) => {
    const { stepId, decided, refused, refusedAtMost, neverRefuses } = each;
    if (decided === null) return `  ${named(stepId)}`;
    const most = refusedAtMost === null ? '' : ` (≤ ${(refusedAtMost * 100).toFixed(1)}%)`;
    const mark = neverRefuses ? say(' 从不否决', ' never refuses') : '';
    return `  ${named(stepId)}: ${refused} / ${decided}${most}${mark}`;
  });
  const raci = told.raci.rows.map(({ stepId, duties }) => {
    const parts = Object.entries(duties).map(([role, duty]) => `${duty.join('')} ${role}`);
    return `  ${named(stepId)}: ${parts.join(', ')}`;
  });
  const data = told.crud.rows.map(({ name, cells }) => {
    const parts = Object.entries(cells).map(([id, access]) => `${access.join('')} ${named(id)}`);
    return `  ${name}: ${parts.join(', ')}`;
  });
  return [
    ...[say('流程程序图', 'Flow process chart'), ...chart],
    ...[say('审批节点（否决／已决）', 'Approvals (refused / decided)'), ...approvals],
    ...[say('责任矩阵', 'Responsibilities'), ...raci],
    ...[say('数据矩阵', 'Data by step'), ...data],
    say('重复录入', 'Entered again'),
    ...told.repeatedEntries.map(
      ({ label, entries }) =>
        `  ${own(label)}: ${entries.map((each) => named(each.stepId)).join(', ')}`,
    ),
    say('模型未写明', 'Not said by the model'),
    ...told.warnings.map(({ name, code }) => `  ${own(name)}: ${code}`),
  ];
}
