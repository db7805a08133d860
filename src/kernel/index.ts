/** What the kernel offers to the floors above. */
export { apply, replay } from './apply.ts';
export { decodeEvents, decodeState, encodeEvents, encodeState } from './codec.ts';
export { compare, type Difference } from './compare.ts';
export { type Compiled, compile } from './compile/compile.ts';
export type { Expression } from './expression.ts';
export { elementIndex, elementInfo } from './info.ts';
export { type Adopted, adopt } from './model/adopt.ts';
export { read, write, xmlLengthMax } from './model/read.ts';
export { type OutlineLine, outline, outlineText } from './outline.ts';
export type {
  Activity,
  ElementInfo,
  Flow,
  Node,
  Program,
  StartTrigger,
  Trigger,
} from './program.ts';
export { countChild, outerNames } from './run/children.ts';
export { mayBeCaught } from './run/errors.ts';
export { mergeData, type StepRefusal } from './run/run.ts';
export { nextStartAt, startDueAt } from './run/timer.ts';
export { step } from './step.ts';
export type {
  ActivityEffect,
  ChildNews,
  Command,
  Compensable,
  Effect,
  Event,
  Finding,
  InstanceStatus,
  Item,
  ItemRole,
  Model,
  ProcessData,
  ReadProblem,
  State,
  Stepped,
  Wait,
  XmlElement,
} from './types.ts';
export { type Bounds, usualBounds } from './verify/explore.ts';
export {
  type Properties,
  type Verdict,
  type Verification,
  verify,
  verifyModel,
} from './verify/verify.ts';
