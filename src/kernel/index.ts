/** What the kernel offers to the floors above. */
export type { Expression } from './expression.ts';
export type {
  Activity,
  ElementInfo,
  Flow,
  Node,
  Program,
  StartTrigger,
  Trigger,
} from './program.ts';
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
