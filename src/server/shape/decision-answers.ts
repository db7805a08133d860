import { encodeValue, isValues, type Value, type Values } from '../../base/data.ts';
import type {
  DecisionCatalogue,
  DecisionFile,
  DecisionFinding,
  DecisionInput,
  DecisionVersion,
  WhatIfAnswer,
} from '../../contract/decisions.ts';
import { refusalText } from '../../contract/refusals/index.ts';
import type { Bilingual } from '../../contract/shapes.ts';
import {
  type Boxed,
  constantTexts,
  type DecisionModel,
  type Finding,
  type Judgement,
} from '../../decision/index.ts';
import type {
  FileLine,
  FileRef,
  FileView,
  VersionView,
} from '../../runtime/model/decision-catalogue.ts';
import type { WhatIfReport } from '../../runtime/model/redecide.ts';
import { boxAnswer } from './decision-boxes.ts';

/** A reference as the address of a page carries it. */
export function refText(ref: FileRef): string {
  return ref.kind === 'version' ? ref.versionId : `${ref.modelId}/${ref.fileName}`;
}

/** The inverse of refText, for a text that has its shape. */
export function refOf(text: string): FileRef {
  const at = text.indexOf('/');
  if (at === -1) return { kind: 'version', versionId: text };
  return { kind: 'deployed', modelId: text.slice(0, at), fileName: text.slice(at + 1) };
}

/** What a refusal's code says in both languages. */
export function inBoth(code: string, facts: Readonly<Record<string, string>>): Bilingual {
  return { 'zh-CN': refusalText(code, 'zh-CN', facts), en: refusalText(code, 'en', facts) };
}

/** A finding with its sentence in both languages. */
export function findingAnswer(finding: Finding): DecisionFinding {
  const { code, severity, decision, table, rows, facts, example } = finding;
  return {
    ...{ code, severity, decision, table, rows: [...rows] },
    example: example === null ? null : (facts.example ?? null),
    message: inBoth(code, facts),
  };
}

/** The owner's words `权限 · Authority`, in Chinese before the dot and in English after it. */
function namesOf(name: string, description: string | null) {
  const [zh = '', en = ''] = (description ?? '').split(' · ').map((part) => part.trim());
  const own = zh === '' ? name : zh;
  return { name: own, nameEn: en === '' ? name : en };
}

type Element = DecisionModel['decisions'][number] | DecisionModel['knowledge'][number];

function elementAnswer(element: Element): DecisionFile['decisions'][number] {
  const { id, name, variable, requirements, logic } = element;
  return {
    id,
    ...namesOf(name, 'description' in element ? element.description : null),
    type: variable.typeRef,
    requires: requirements.map((one) => one.id),
    box: logic === null ? null : boxAnswer(logic),
  };
}

const knownTypes = ['number', 'string', 'boolean', 'date', 'time', 'date and time'] as const;

function inputAnswers(model: DecisionModel): DecisionInput[] {
  return model.inputs.map(({ id, variable }) => {
    const { name, typeRef } = variable;
    const base = (typeRef ?? '').replace(/^feel[.:]/, '');
    const columns = model.decisions.flatMap(({ logic }) => columnsAbout(logic, name));
    const label = columns[0]?.label ?? name;
    const type = knownTypes.find((one) => one === base) ?? 'other';
    const found = columns.flatMap((column) => column.tests.flatMap((test) => constantTexts(test)));
    return { id, name, label, type, choices: [...new Set(found)].slice(0, 50) };
  });
}

function columnsAbout(logic: Boxed | null, name: string) {
  if (logic?.kind !== 'table') return [];
  return logic.inputs.flatMap((input, i) => {
    if (input.text.trim() !== name) return [];
    const tests = [...(input.values === null ? [] : [input.values])];
    return [{ label: input.label, tests: [...tests, ...logic.rules.map((r) => r.tests[i] ?? '')] }];
  });
}

function casesAnswer({ report }: Judgement): Pick<DecisionFile, 'cases' | 'coverage'> {
  return {
    cases: report.outcomes.map(({ decision, line, inputs, expected, output, rows, why }) => ({
      ...{ decision, line, rows: [...rows], holds: why === null },
      inputs: Object.keys(inputs).map((name) => {
        return { name, value: encodeValue(inputs[name] ?? null) };
      }),
      ...{ expected: encodeValue(expected), output: encodeValue(output) },
    })),
    coverage: report.coverage.map(({ decision, rows }) => ({ decision, rows: [...rows] })),
  };
}

/** A text of a decision file; `ref` null: one that is stored nowhere. */
export function fileAnswer(
  view: Omit<FileView, 'ref'> & { readonly ref: FileRef | null },
): DecisionFile {
  const { ref, process, file, xml, judgement, effectiveFrom } = view;
  const { model } = file.program;
  return {
    ref: ref === null ? null : refText(ref),
    ...{ processId: process.process_id, processName: process.name },
    ...{ processNameEn: process.name_en, fileName: file.name, title: model.name },
    ...{ effectiveFrom, hash: file.hash, xml, casesText: file.cases ?? '' },
    inputs: inputAnswers(model),
    decisions: model.decisions.map(elementAnswer),
    knowledge: model.knowledge.map(elementAnswer),
    services: model.services.map((service) => ({
      ...{ id: service.id, name: service.name },
      outputs: service.outputDecisions.map((one) => one.id),
      encapsulated: service.encapsulatedDecisions.map((one) => one.id),
      inputs: [...service.inputData, ...service.inputDecisions].map((one) => one.id),
    })),
    findings: judgement.findings.map(findingAnswer),
    ...casesAnswer(judgement),
  };
}

/** One line of the catalogue. */
export function catalogueLine(line: FileLine, day: string): DecisionCatalogue['files'][number] {
  const { view, versions } = line;
  const { process, file, judgement } = view;
  const { findings, report } = judgement;
  const present = versions.find((one) => refText(one.ref) === refText(line.inForce));
  const rows = report.coverage.flatMap((one) => one.rows);
  const bySeverity = (severity: Finding['severity']): number =>
    findings.filter((one) => one.severity === severity).length;
  return {
    ...{ processId: process.process_id, processName: process.name },
    ...{ processNameEn: process.name_en, catalogue: process.catalogue },
    ...{ fileName: file.name, title: file.program.model.name },
    ...{ state: present?.state ?? 'deployed', version: present?.version ?? process.version },
    effectiveFrom: view.effectiveFrom,
    decisions: file.program.model.decisions.map(({ id, name, description, logic }) => ({
      ...{ id, ...namesOf(name, description), kind: logic?.kind ?? null },
      hitPolicy: logic?.kind === 'table' ? logic.hitPolicy : null,
      aggregation: logic?.kind === 'table' ? logic.aggregation : null,
      rows: logic?.kind === 'table' ? logic.rules.length : 0,
    })),
    ...{ errors: bySeverity('error'), warnings: bySeverity('warning') },
    cases: report.outcomes.length,
    casesFailed: report.outcomes.filter((one) => one.why !== null).length,
    ...{ rows: rows.length, rowsReached: rows.filter((count) => count > 0).length },
    waiting: versions.filter((one) => one.state === 'drafted').length,
    upcoming: versions.filter((one) => one.state === 'approved' && (one.effectiveFrom ?? '') > day)
      .length,
  };
}

function figuresOf(whatIf: Value): DecisionVersion['events'][number]['whatIf'] {
  if (!isValues(whatIf)) return [];
  return Object.keys(whatIf).map((decision) => {
    const own = whatIf[decision] ?? null;
    const count = (name: string): number => (isValues(own) ? Number(own[name] ?? 0) : 0);
    return {
      ...{ decision, decided: count('decided'), same: count('same') },
      ...{ lower: count('lower'), higher: count('higher'), risky: count('risky') },
    };
  });
}

const textIn = (facts: Values, name: string): string =>
  typeof facts[name] === 'string' ? facts[name] : '';

/** A version with its life; `names` are those of the logins in it. */
export function versionAnswer(
  version: VersionView,
  inForce: FileRef,
  names: ReadonlyMap<string, string>,
): DecisionVersion {
  const ref = refText(version.ref);
  return {
    ...{ ref, version: version.version, state: version.state },
    ...{ isInForce: ref === refText(inForce), effectiveFrom: version.effectiveFrom },
    note: version.note,
    events: version.events.map(({ kind, at, login, facts }) => ({
      ...{ kind, at, login, name: names.get(login) ?? login },
      reason: textIn(facts, 'reason'),
      waivedGap: textIn(facts, 'waivedGap') === '' ? null : textIn(facts, 'waivedGap'),
      whatIf: figuresOf(facts.whatIf ?? null),
    })),
  };
}

/** A report of what a change would do. */
export function whatIfAnswerOf(
  report: WhatIfReport,
  period: { readonly from: string; readonly to: string },
): WhatIfAnswer {
  const { decided, same, lower, higher, risky, changes } = report;
  return {
    ...{ ...period, decided, same, lower, higher, risky },
    missingInputs: [...report.missingInputs],
    changes: changes.map(({ before, after, direction, cases }) => ({
      ...{ before, after, direction },
      cases: cases.map(({ caseNumber, at, rowsBefore, rowsAfter, signs }) => ({
        ...{ caseNumber, at, rowsBefore: [...rowsBefore], rowsAfter: [...rowsAfter] },
        signs: [...signs],
      })),
    })),
  };
}
