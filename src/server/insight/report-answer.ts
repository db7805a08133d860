import { ok, type Result } from '../../base/result.ts';
import { diagnosisOf } from '../../runtime/log/diagnosis/chapters.ts';
import type { ReportLanguage } from '../../runtime/log/diagnosis/document.ts';
import type { Held } from '../../runtime/log/diagnosis/findings.ts';
import { diagnosisPage } from '../../runtime/log/diagnosis/page.ts';
import { diagnosisSheets } from '../../runtime/log/diagnosis/sheets.ts';
import { xlsxFile } from '../../runtime/paper/workbook.ts';
import { type ConformanceAsked, heldAgainst } from './conformance-answer.ts';
import type { Found } from './found-log.ts';

/**
 * The report to write: what the log is called, and the model to hold it against. `ownCases`: the
 * cases have pages in this console.
 */
export type ReportAsked = {
  readonly language: ReportLanguage;
  readonly name: string;
  readonly format: 'html' | 'xlsx';
  readonly model: ConformanceAsked | null;
  readonly ownCases: boolean;
};

/** The bank keeps its hours by China's clock, eight hours before UTC. */
const bankOffsetMs = 8 * 3_600_000;

/** The diagnosis report as the bytes of a file. Where no case has ended, no model is held. */
export async function reportAnswerOf(
  found: Found,
  { language, name, format, model, ownCases }: ReportAsked,
): Promise<Result<Uint8Array>> {
  const held = model === null ? null : await heldOf(found, model);
  if (held !== null && !held.ok) return held;
  const told = diagnosisOf({
    ...{ language, name, work: found.work, source: found.source, filters: found.steps },
    ...{ held: held?.value ?? null, offsetMs: bankOffsetMs },
  });
  if (format === 'xlsx') return ok(new Uint8Array(await xlsxFile(diagnosisSheets(told))));
  return ok(new TextEncoder().encode(diagnosisPage(told, ownCases ? '/cases/' : null)));
}

async function heldOf(found: Found, model: ConformanceAsked): Promise<Result<Held | null>> {
  const held = await heldAgainst(found, model);
  if (!held.ok) return held.code === 'insight_no_ended_case' ? ok(null) : held;
  const { reference, said } = held.value;
  const { cases, fittingCases, averageFitness, inexactCases, deviations } = said;
  const precision = said.precision?.precision ?? null;
  const figures = { cases, fittingCases, averageFitness, inexactCases, deviations, precision };
  return ok({ model: reference.title[model.language], ...figures });
}
