/**
 * A compiled process: every element and sequence flow has a number, and all that `step` needs to
 * know of it stands in tables under that number. Element 0 is the process itself.
 */
import type { Expression } from './expression.ts';

/** What people and the runtime need to know of an element; `index` is its number in the program. */
export type ElementInfo = {
  readonly index: number;
  readonly id: string;
  readonly name: string | null;
  readonly nameEn: string | null;
  /** The BPMN name as in the XML: 'userTask', 'exclusiveGateway', 'process' … */
  readonly type: string;
  /** Name of the innermost lane that holds the element, its role, and the unit (own, branch …). */
  readonly lane: string | null;
  readonly role: string | null;
  readonly unit: string | null;
  /** Attributes in the namespace urn:huiliu:bpmn:1, without prefix. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly documentation: string | null;
};

export type Program = {
  readonly format: 1;
  /** Hash of the tables below; every stored state and event names it. */
  readonly hash: string;
  readonly processId: string;
  readonly elements: readonly Node[];
  readonly flows: readonly Flow[];
  /** How a new instance may begin besides the none start event: for the runtime to subscribe to. */
  readonly startTriggers: readonly StartTrigger[];
  /** Pools of the model's collaboration, for display and for running it as a whole. */
  readonly messageFlows: readonly MessageFlow[];
  /** Elements whose join looks at the rest of the scope (inclusive and complex gateways). */
  readonly lookingJoins: readonly number[];
  /** True when a conditional event exists anywhere: data must be looked at after each change. */
  readonly hasConditions: boolean;
};

export type StartTrigger = {
  readonly element: number;
  readonly trigger: Trigger;
};

export type MessageFlow = {
  readonly source: string;
  readonly target: string;
  readonly messageName: string | null;
};

export type Flow = {
  readonly index: number;
  readonly id: string;
  readonly name: string | null;
  readonly source: number;
  readonly target: number;
  readonly condition: Expression | null;
  readonly isDefault: boolean;
};

export type Node = ElementInfo & {
  /** The scope it stands in: 0 for the process, -1 for the process itself. */
  readonly parent: number;
  readonly incoming: readonly number[];
  readonly outgoing: readonly number[];
  readonly work: Work;
};

export type Work = ScopeWork | TaskWork | CallWork | EventWork | BoundaryWork | GatewayWork;

/** What all activities share. */
export type Activity = {
  readonly loop: Loop | null;
  readonly startQuantity: number;
  readonly completionQuantity: number;
  /** Boundary events attached, in document order. */
  readonly boundaries: readonly number[];
  /** Handler reached by a compensation boundary event. */
  readonly compensationHandler: number | null;
  readonly isForCompensation: boolean;
  /** Data that goes in and out by associations. */
  readonly inputs: readonly DataMove[];
  readonly outputs: readonly DataMove[];
  readonly defaultFlow: number | null;
};

export type DataMove = { readonly target: string; readonly value: Expression };

export type ScopeWork = {
  readonly kind: 'scope';
  readonly variant: 'process' | 'sub' | 'event_sub' | 'transaction' | 'ad_hoc';
  /** Null for the process. */
  readonly activity: Activity | null;
  /** Where a plain start puts its first tokens: none start events, or what has no incoming flow. */
  readonly starts: readonly number[];
  /** Event sub-processes directly inside. */
  readonly eventSubs: readonly number[];
  /** The event sub-process that answers compensation of this scope, if any. */
  readonly compensationSub: number | null;
  /** Variables that live in this scope (data objects and properties). */
  readonly variables: readonly string[];
  readonly adHoc: AdHoc | null;
};

export type AdHoc = {
  readonly sequential: boolean;
  readonly cancelRemaining: boolean;
  readonly completionCondition: Expression | null;
};

export type TaskWork = {
  readonly kind: 'task';
  readonly task: TaskKind;
  readonly activity: Activity;
  /** receive: what is awaited; send: what is sent. */
  readonly message: Trigger | null;
  readonly instantiate: boolean;
  readonly script: Script | null;
  readonly decision: string | null;
  readonly result: string | null;
  readonly assignee: Expression | null;
};

export type TaskKind =
  | 'user'
  | 'service'
  | 'send'
  | 'receive'
  | 'script'
  | 'rule'
  | 'manual'
  | 'none';

/** A script: FEEL is evaluated here, anything else is an effect the shell (or a suite) runs. */
export type Script = {
  readonly text: string;
  readonly expression: Expression | null;
  readonly resultVariable: string | null;
};

export type CallWork = {
  readonly kind: 'call';
  readonly activity: Activity;
  readonly calledElement: string;
  readonly inVariables: readonly string[] | 'all';
  readonly outVariables: readonly string[] | 'all';
};

export type EventWork = {
  readonly kind: 'start' | 'end' | 'catch' | 'throw';
  readonly triggers: readonly Trigger[];
  readonly parallelMultiple: boolean;
  /** Start of an event sub-process: does it end what it interrupts? */
  readonly interrupting: boolean;
  /** End events: the outcome the process ends with. */
  readonly outcome: string | null;
  readonly outputs: readonly DataMove[];
};

export type BoundaryWork = {
  readonly kind: 'boundary';
  readonly attachedTo: number;
  readonly triggers: readonly Trigger[];
  readonly parallelMultiple: boolean;
  readonly interrupting: boolean;
  readonly outputs: readonly DataMove[];
};

export type GatewayWork = {
  readonly kind: 'gateway';
  readonly gateway: 'exclusive' | 'parallel' | 'inclusive' | 'complex' | 'event';
  readonly defaultFlow: number | null;
  readonly activationCondition: Expression | null;
  readonly instantiate: boolean;
  /** Event-based: all events must occur (only when it starts an instance). */
  readonly parallelEvents: boolean;
  /**
   * Inclusive and complex joins: for each incoming flow, the flows and the elements from which a
   * token can still reach the gateway by that flow without passing the gateway.
   */
  readonly upstream: readonly Upstream[];
};

export type Upstream = {
  readonly flow: number;
  readonly flows: ReadonlySet<number>;
  readonly elements: ReadonlySet<number>;
};

export type Loop =
  | {
      readonly kind: 'multi';
      readonly sequential: boolean;
      readonly cardinality: Expression | null;
      readonly collection: Expression | null;
      readonly elementVariable: string | null;
      readonly outputVariable: string | null;
      readonly outputElement: Expression | null;
      readonly completionCondition: Expression | null;
      readonly behavior: 'none' | 'one' | 'all' | 'complex';
      /** Signals thrown to the boundary by behaviour none, one and complex. */
      readonly noneEvent: Trigger | null;
      readonly oneEvent: Trigger | null;
      readonly complex: readonly ComplexBehavior[];
      /** More children than this are handed out (run/children.ts); unset: the usual number. */
      readonly inlineMax?: number;
    }
  | {
      readonly kind: 'standard';
      readonly testBefore: boolean;
      readonly condition: Expression | null;
      /** Null: no maximum. */
      readonly maximum: Expression | null;
    };

export type ComplexBehavior = { readonly condition: Expression; readonly event: Trigger };

export type Trigger =
  | {
      readonly kind: 'message';
      readonly name: string;
      readonly correlation: Expression | null;
    }
  | { readonly kind: 'signal'; readonly name: string }
  | {
      readonly kind: 'timer';
      readonly timer: 'date' | 'duration' | 'cycle';
      readonly value: Expression;
    }
  /** A null code catches (or, thrown, is) an error without code: catches all. */
  | { readonly kind: 'error'; readonly code: string | null }
  | { readonly kind: 'escalation'; readonly code: string | null }
  | { readonly kind: 'conditional'; readonly condition: Expression }
  /** A throwing link goes to `target`; a catching one has target null. */
  | { readonly kind: 'link'; readonly name: string; readonly target: number | null }
  | {
      readonly kind: 'compensation';
      readonly activity: number | null;
      readonly waitForCompletion: boolean;
    }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'terminate' };
