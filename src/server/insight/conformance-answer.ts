import { ok, type Result, refuse } from '../../base/result.ts';
import type { InsightConformanceAnswer, Miner } from '../../contract/insight/models.ts';
import { programToNet } from '../../insight/conform/bpmn-net.ts';
import { type Conformance, conformanceOf } from '../../insight/conform/conformance.ts';
import { Markings } from '../../insight/conform/markings.ts';
import { ProcessSpace } from '../../insight/conform/process-space.ts';
import { reduced } from '../../insight/conform/reduce.ts';
import { relabelled } from '../../insight/conform/relabelled.ts';
import type { StateSpace } from '../../insight/conform/space.ts';
import { none } from '../../insight/event-log.ts';
import type { Instances } from '../../insight/instances.ts';
import { onlyActivities, onlyCases } from '../../insight/instances-only.ts';
import { deviationText } from '../../insight/report/deviation-text.ts';
import { compile, elementInfo, type Program, read } from '../../kernel/index.ts';
import { newestModel } from '../../store/process/models.ts';
import { bilingual } from '../shape/insight-answers.ts';
import { casesOf, type Found } from './found-log.ts';
import { modelAnswerOf } from './model-answer.ts';

/** The model to hold the cases against: a deployed process in its newest version, or a miner's. */
export type ConformanceAsked = {
  readonly cellId: number;
  readonly language: 'zh-CN' | 'en';
  readonly model: { readonly processId: string } | { readonly algorithm: Miner };
};

/** Search stops after this; what was not finished is a bound, and says so. */
const searchMs = 20_000;
const [listedMost, worstListed] = [200, 50];

export type Reference = {
  readonly xml: string;
  readonly title: InsightConformanceAnswer['title'];
  readonly version: number | null;
  readonly space: StateSpace;
  /** The ids of an activity's elements, by its name in the log. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
  /** Whether work of called processes is in the log, but not in the model. */
  readonly calls: boolean;
};

/**
 * How well the cases and a model agree, by exact alignments on what the kernel does. Cases of the
 * bank that have not ended are left out. Refusals: insight_no_ended_case, not_found (no such
 * process), those of the kernel and of discovery.
 */
export async function conformanceAnswerOf(
  found: Found,
  asked: ConformanceAsked,
): Promise<Result<InsightConformanceAnswer>> {
  const held = await heldAgainst(found, asked);
  if (!held.ok) return held;
  const { reference, said, cases, leftOut } = held.value;
  const { xml, title, version, ids } = reference;
  const { log } = found.work;
  const number = (code: number) => log.cases.text(code);
  const worst = cases
    .map((code) => {
      const { cost, fitness } = said.variants[said.ofCase[code]!]!;
      return { caseNumber: number(code), cost, fitness };
    })
    .filter(({ cost }) => cost > 0)
    .sort((a, b) => a.fitness - b.fitness);
  return ok({
    ...{ xml, title, version, cases: said.cases, leftOut: [...leftOut] },
    unended: casesOf(found.work).length - said.cases,
    ...{ fittingCases: said.fittingCases, averageFitness: said.averageFitness },
    ...{ logFitness: said.logFitness, averageFitnessMin: said.averageFitnessMin },
    ...{ inexactCases: said.inexactCases, precision: said.precision?.precision ?? null },
    deviations: said.deviations.map((each) => ({
      ...{ kind: each.kind, activity: each.activity, times: each.times, cases: each.cases },
      extraSeconds: each.extraSeconds,
      text: bilingual(deviationText(each)),
      caseNumbers: each.caseCodes.slice(0, listedMost).map(number),
    })),
    marks: said.marks.map((mark) => ({ ...mark, ids: [...(ids.get(mark.activity) ?? [])] })),
    worst: worst.slice(0, worstListed),
  });
}

/** A model, what the alignments with it say, the cases held, and activities left out of it. */
export type HeldCases = {
  readonly reference: Reference;
  readonly said: Conformance;
  readonly cases: readonly number[];
  readonly leftOut: readonly string[];
};

/** Holds the ended cases against a model; refusals as of `conformanceAnswerOf`. */
export async function heldAgainst(
  found: Found,
  asked: ConformanceAsked,
): Promise<Result<HeldCases>> {
  const reference = await referenceOf(found, asked);
  if (!reference.ok) return reference;
  const { space, ids, calls } = reference.value;
  const ended = endedOnly(found.work);
  const { log } = found.work;
  const kept = new Uint8Array(log.activities.size).fill(1);
  const leftOut: string[] = [];
  if (calls) {
    for (let code = 0; code < kept.length; code++) {
      const name = log.activities.text(code);
      if (ids.has(name)) continue;
      kept[code] = 0;
      if (ended.activity.includes(code)) leftOut.push(name);
    }
  }
  const work = onlyActivities(ended, kept);
  const cases = casesOf(work);
  if (cases.length === 0) return refuse('insight_no_ended_case');
  const until = performance.now() + searchMs;
  const said = conformanceOf(work, space, { isOver: () => performance.now() > until });
  return ok({ reference: reference.value, said, cases, leftOut });
}

/** Without the cases that the log says are still under way. */
function endedOnly(work: Instances): Instances {
  const status = work.log.attributes.find(
    ({ name, of }) => name === 'huiliu:status' && of === 'case',
  );
  if (status === undefined) return work;
  const isEnded = (c: number) => {
    const code = status.code[c] ?? none;
    return code !== none && status.values.text(code) === 'completed';
  };
  const rows = new Uint8Array(work.log.cases.size);
  for (let c = 0; c < rows.length; c++) if (isEnded(c)) rows[c] = 1;
  return onlyCases(work, rows);
}

async function referenceOf(found: Found, asked: ConformanceAsked): Promise<Result<Reference>> {
  const { model } = asked;
  if ('processId' in model) return await deployedReference(found, asked, model.processId);
  const made = await modelAnswerOf(found, { algorithm: model.algorithm, noise: null });
  if (!made.ok) return made;
  const program = await programOf(made.value.xml, 'discovered');
  if (!program.ok) return program;
  const names = {
    split: { 'zh-CN': '由日志发现的模型（Split Miner）', en: 'discovered model (split miner)' },
    imf: { 'zh-CN': '由日志发现的模型（归纳挖掘）', en: 'discovered model (inductive mining)' },
  };
  return ok({
    ...{ xml: made.value.xml, title: names[model.algorithm], version: null, calls: false },
    space: spaceOf(program.value),
    ids: new Map(made.value.elements.map(({ activity, ids }) => [activity, ids])),
  });
}

async function deployedReference(
  { work, queries }: Found,
  { cellId, language }: ConformanceAsked,
  processId: string,
): Promise<Result<Reference>> {
  const row = await newestModel(queries, cellId, processId);
  if (row === null) return refuse('not_found');
  const program = await programOf(row.xml, processId);
  if (!program.ok) return program;
  const inLog = new Set<string>();
  const { activities } = work.log;
  for (let code = 0; code < activities.size; code++) inLog.add(activities.text(code));
  const label = new Map<string, string>();
  const ids = new Map<string, string[]>();
  for (const [index, { name, id, work: done }] of program.value.elements.entries()) {
    if (done.kind !== 'task') continue;
    const { nameEn } = elementInfo(program.value, index);
    const plain = (language === 'en' ? nameEn || name : name) || id;
    const apart = `${plain} (${language === 'en' ? row.name_en : row.name})`;
    const named = inLog.has(apart) ? apart : plain;
    label.set(name || id, named);
    ids.set(named, [...(ids.get(named) ?? []), id]);
  }
  return ok({
    ...{ xml: row.xml, title: { 'zh-CN': row.name, en: row.name_en }, version: row.version, ids },
    space: relabelled(spaceOf(program.value), (name) => label.get(name) ?? null),
    calls: program.value.elements.some(({ work: done }) => done.kind === 'call'),
  });
}

async function programOf(xml: string, processId: string): Promise<Result<Program>> {
  const model = await read(xml);
  if (!model.ok) return model;
  const compiled = compile(model.value, processId);
  return compiled.ok ? ok(compiled.value) : compiled;
}

/** A flat process as a net, which is quick and means the same; any other by the kernel's steps. */
function spaceOf(program: Program): StateSpace {
  const net = programToNet(program);
  return net.ok ? new Markings(reduced(net.value)) : new ProcessSpace(program);
}
