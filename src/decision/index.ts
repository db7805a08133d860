export {
  type Judgement,
  judgeDecisions,
  mayGoLive,
  obstacle,
  type Waiver,
} from './before-going-live.ts';
export {
  type Case,
  type CaseOutcome,
  type CasesReport,
  type Coverage,
  readDecisionCases,
  runDecisionCases,
} from './cases/cases.ts';
export { checkDecisions } from './check/check.ts';
export type { Finding, FindingCode } from './check/finding.ts';
export { compareDecisions, type DecisionChange, type RowChange } from './compare.ts';
export { type CompileOptions, type CompileRefusal, compileDecisions } from './compile/graph.ts';
export { type Decided, decide, decideValues, type Matched } from './decide.ts';
export { type DatedFile, inForce, oneInForce } from './in-force.ts';
export type { Boxed, DecisionModel, DecisionTable, Variable } from './model/model.ts';
export { type ReadRefusal, readDecisions } from './model/read.ts';
export type { DecisionProgram } from './program.ts';
export {
  type Change,
  type Direction,
  levelsOf,
  type Redecided,
  redecide,
  type Taken,
  type WhatIf,
  WhatIfCount,
} from './redecide.ts';
export { constantTexts } from './table/constant.ts';
