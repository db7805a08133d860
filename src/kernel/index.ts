/** What the kernel offers to the floors above. */
export { apply, replay } from './apply.ts';
export { decodeEvents, decodeState, encodeEvents, encodeState } from './codec.ts';
export { compare, type Difference } from './compare.ts';
export { type Compiled, compile } from './compile/compile.ts';
export type { Expression } from './expression.ts';
export { elementIndex, elementInfo } from './info.ts';
export { type Adopted, adopt } from './model/adopt.ts';
export { read, write } from './model/read.ts';
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
export { mergeData, type StepRefusal } from './run/run.ts';
export { step } from './step.ts';
export type {
  ActivityEffect,
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
export {
  type Properties,
  type Verdict,
  type Verification,
  verify,
  verifyModel,
} from './verify/verify.ts';
