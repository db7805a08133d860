import { ok, type Result } from '../../base/result.ts';
import { insightAnswerOf } from '../shape/insight-answers.ts';
import { type CasesAsked, casesAnswerOf } from './cases-answer.ts';
import { causesAnswerOf } from './causes-answer.ts';
import { conformanceAnswerOf } from './conformance-answer.ts';
import { type DotsAsked, dotsAnswerOf } from './dots-answer.ts';
import type { Found } from './found-log.ts';
import { imported, looked } from './imports/files.ts';
import { kpiAnswerOf, kpiCasesAnswerOf } from './indicators/measure-answer.ts';
import { viewsAnswerOf } from './indicators/views-answer.ts';
import { modelAnswerOf } from './model-answer.ts';
import { peopleAnswerOf } from './people-answer.ts';
import { predictAnswerOf } from './predict-answer.ts';
import { reportAnswerOf } from './report-answer.ts';
import { rulesAnswerOf } from './rules-answer.ts';
import { timeAnswerOf } from './time-answer.ts';

/**
 * Every kind of question and its answer, from the cases that were found. Runs in the thread of
 * analyses; details go in and answers come out as plain data (no functions, no classes).
 */
export const answers = {
  analysis: (found: Found, _details: null) => ok(insightAnswerOf(found, found.casesInScope)),
  cases: (found: Found, details: CasesAsked) => ok(casesAnswerOf(found.work, details)),
  dots: (found: Found, details: DotsAsked) => ok(dotsAnswerOf(found, details)),
  model: modelAnswerOf,
  conformance: conformanceAnswerOf,
  causes: causesAnswerOf,
  report: reportAnswerOf,
  kpi: kpiAnswerOf,
  kpi_cases: kpiCasesAnswerOf,
  views: viewsAnswerOf,
  time: timeAnswerOf,
  people: peopleAnswerOf,
  rules: rulesAnswerOf,
  predict: predictAnswerOf,
} satisfies Record<
  string,
  (found: Found, details: never) => Result<unknown> | Promise<Result<unknown>>
>;

/** What the thread does with files, before there is a log to ask about. */
export const fileWorks = { look: looked, import: imported } satisfies Record<
  string,
  (details: never) => Promise<Result<unknown>>
>;

type FileWorks = typeof fileWorks;
export type FileWork = keyof FileWorks;

/** What a work on a file is told, and what comes of it. */
export type FileWorkAsked<Kind extends FileWork> = Parameters<FileWorks[Kind]>[0];
export type FileWorkDone<Kind extends FileWork> = ValueOf<ReturnType<FileWorks[Kind]>>;

type Answers = typeof answers;
export type QuestionKind = keyof Answers;

/** What a kind of question wants to know besides what it is about. */
export type DetailsOf<Kind extends QuestionKind> = Parameters<Answers[Kind]>[1];

/** What it is answered with. */
export type AnswerOf<Kind extends QuestionKind> = ValueOf<ReturnType<Answers[Kind]>>;

/** What a result holds when it is one. */
type ValueOf<R> =
  Awaited<R> extends infer Done
    ? Done extends { readonly ok: true; readonly value: infer Value }
      ? Value
      : never
    : never;
