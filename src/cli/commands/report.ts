import { mkdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { ok, type Result, refuse } from '../../base/result.ts';
import { conformanceOf } from '../../insight/conform/conformance.ts';
import type { Instances } from '../../insight/instances.ts';
import { diagnosisOf } from '../../runtime/log/diagnosis/chapters.ts';
import type { ReportLanguage } from '../../runtime/log/diagnosis/document.ts';
import type { Held } from '../../runtime/log/diagnosis/findings.ts';
import { diagnosisPage } from '../../runtime/log/diagnosis/page.ts';
import { diagnosisSheets } from '../../runtime/log/diagnosis/sheets.ts';
import { xlsxFile } from '../../runtime/paper/workbook.ts';
import { readModel } from '../analyze/read-model.ts';
import { readWork, workOptions, workUsage } from '../analyze/read-work.ts';
import { writeWhole } from '../analyze/write-report.ts';
import { type Call, type Command, languageOf, sayRefusal } from '../command.ts';

/** The bank keeps its hours by China's clock, eight hours before UTC. */
const bankOffsetMs = 8 * 3_600_000;
const languages = ['zh-CN', 'en'] as const;

export const report: Command = {
  usage: `huiliu report LOG|live --out FOLDER [--model MODEL] [--lang zh-CN|en]

Writes the diagnosis report of a log, in the order of the operating manual: goal and scope, as-is,
bottlenecks, root causes, risk points, options, expected effect, plan, and what was not measured.
Every count opens its cases; an expected effect is computed from these very cases, never a forecast.

  --out FOLDER    report.html (screen and A4: print it, or save it as PDF, with any browser) and
                  report.xlsx are written there; earlier ones are replaced
  --model MODEL   a BPMN or PNML model to hold the cases against
  --budget SECONDS  the time to search for alignments (default 60); beyond it deviations are a bound
  --lang          zh-CN or en; else the terminal's language
${workUsage}`,
  options: {
    ...workOptions,
    out: { type: 'string' },
    model: { type: 'string' },
    lang: { type: 'string' },
    budget: { type: 'string', default: '60' },
  },
  words: { min: 0, max: 1 },
  run: async (given) => {
    const call = ofLive(given);
    const language = languages.find((each) => each === (call.options.lang ?? usual(call)));
    const { out, budget } = call.options;
    if (typeof out !== 'string' || language === undefined || !(Number(budget) > 0)) {
      call.tell('--out names a folder, --lang is zh-CN or en, --budget a number of seconds.');
      return 2;
    }
    const read = await readWork(call);
    if (typeof read === 'number') return read;
    const { file, work, source, steps } = read;
    const held = await heldOf(call, work);
    if (!held.ok) return sayRefusal(call, held);
    const told = diagnosisOf({
      ...{ language, name: file, work, source, filters: steps },
      ...{ held: held.value, offsetMs: bankOffsetMs },
    });
    const folder = resolve(call.folder, out);
    const written = await writeBoth(folder, {
      'report.html': diagnosisPage(told, null),
      'report.xlsx': await xlsxFile(diagnosisSheets(told)),
    });
    if (!written.ok) return sayRefusal(call, written);
    const files = written.value;
    if (call.json) call.print(JSON.stringify({ ok: true, files, lists: told.lists.length }));
    else for (const each of files) call.print(each);
    return 0;
  },
};

function usual({ environment }: Call): ReportLanguage {
  return languageOf(environment) === 'zh-CN' ? 'zh-CN' : 'en';
}

/** `huiliu report live` is `huiliu report --live`. */
function ofLive(call: Call): Call {
  if (call.words[0] !== 'live') return call;
  return { ...call, words: [], options: { ...call.options, live: true } };
}

async function heldOf({ options, folder }: Call, work: Instances): Promise<Result<Held | null>> {
  if (typeof options.model !== 'string') return ok(null);
  const model = await readModel(resolve(folder, options.model));
  if (!model.ok) return model;
  const until = performance.now() + Number(options.budget) * 1000;
  const isOver = () => performance.now() > until;
  const said = conformanceOf(work, model.value.space, { isOver });
  const { cases, fittingCases, averageFitness, inexactCases, deviations } = said;
  const precision = said.precision?.precision ?? null;
  const figures = { cases, fittingCases, averageFitness, inexactCases, deviations, precision };
  return ok({ model: basename(options.model), ...figures });
}

/** Writes the files into a folder that may exist; each appears whole or not at all. */
async function writeBoth(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<Result<readonly string[]>> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    return refuse('report_folder_not_writable', { folder, reason: String(error) });
  }
  const paths: string[] = [];
  for (const [name, content] of Object.entries(files)) {
    const written = await writeWhole(join(folder, name), content);
    if (!written.ok) return written;
    paths.push(written.value);
  }
  return ok(paths);
}
