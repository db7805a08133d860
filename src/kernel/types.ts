/**
 * The words of the kernel: what a model, a program, a state, a command, an event and an effect are.
 * Everything here is plain data (a Program also holds compiled FEEL and is never serialised: it is
 * compiled again from the stored XML and recognised by its hash).
 */
import type { Value, Values } from '../base/data.ts';

export type { ElementInfo, Program, StartTrigger, Trigger } from './program.ts';

/** A BPMN file as read: bpmn-moddle's tree, what it could not resolve, and the text itself. */
export type Model = {
  readonly root: XmlElement;
  readonly problems: readonly ReadProblem[];
  readonly xml: string;
};

/** One element of the XML tree with its BPMN type ('bpmn:UserTask') and its properties by name. */
export type XmlElement = {
  readonly $type: string;
  readonly id?: string;
  readonly $parent?: XmlElement;
  readonly [property: string]: unknown;
};

/** What the XML reader could not make sense of: a reference to nothing, a doubled id, a bad tag. */
export type ReadProblem = {
  readonly kind: 'unresolved_reference' | 'duplicate_id' | 'doubled_child' | 'unparsable';
  readonly element: string | null;
  readonly property: string | null;
  readonly message: string;
};

/** What compile says about a model; one `error` refuses it. `rule` is a code of rules.ts. */
export type Finding = {
  readonly rule: string;
  readonly element: string | null;
  readonly message: string;
  readonly severity: 'error' | 'warning' | 'info';
};

/** Process data: never in the state. Scope 0 is `root`; others are sub-processes and children. */
export type ProcessData = {
  readonly root: Values;
  readonly scopes: { readonly [scope: number]: Values };
};

// --- state -------------------------------------------------------------------------------------

/**
 * A tree of items. Ids come from one counter per instance (`nextId`): an activity instance, a
 * scope,
 * a timer and a subscription never share a number. Item 0 is the process itself.
 */
export type State = {
  readonly format: 1;
  readonly program: string;
  readonly status: InstanceStatus;
  readonly outcome: string | null;
  readonly nextId: number;
  readonly items: ReadonlyMap<number, Item>;
};

export type InstanceStatus = 'active' | 'completed' | 'terminated' | 'failed';

/**
 * scope: process, sub-process, or one pass of them · activity: a task or call that waits · multi
 * and
 * loop: the body around the children of a multi-instance or looping activity · event: a catching
 * event or event-based gateway that waits, or a throwing event that waits for compensation.
 */
export type ItemRole = 'scope' | 'activity' | 'multi' | 'loop' | 'event';

export type Item = {
  readonly id: number;
  readonly element: number;
  readonly parent: number;
  readonly role: ItemRole;
  /** 1… for a child of a multi-instance or loop body, else 0. */
  readonly loopCounter: number;
  /** Tokens resting on flows of this scope: [flow, count, flow, count …] ascending by flow. */
  readonly tokens: readonly number[];
  /** What may wake or interrupt this item. */
  readonly waits: readonly Wait[];
  /** Counters of a body: [planned (-1 unknown), started, completed, cancelled], else empty. */
  readonly counters: readonly number[];
  /**
   * Completed activities of this scope that can still be compensated, oldest first; of an item
   * that compensates: those still to do.
   */
  readonly completed: readonly Compensable[];
  /** Complex gateways of this scope that have fired and wait for their reset: their elements. */
  readonly fired: readonly Fired[];
  /** Ad-hoc sub-process: elements begun in it so far. */
  readonly performed: readonly number[];
  /**
   * active · compensating (a handler is awaited) · cancelling (a transaction on its way out) ·
   * signers_before (加签: it can be completed once those added have signed) · signers_after (it has
   * been answered and leaves once they have).
   */
  readonly phase: 'active' | 'compensating' | 'cancelling' | 'signers_before' | 'signers_after';
  /** For a compensation handler: the item whose compensation it belongs to; else -1. */
  readonly handlerFor: number;
  /** After a return (退回) that goes straight back: the element that follows this one; else -1. */
  readonly returnsTo: number;
};

/** A timer, message, signal or condition that is awaited by an item, on behalf of `element`. */
export type Wait = {
  readonly id: number;
  readonly kind: 'timer' | 'message' | 'signal' | 'condition';
  readonly element: number;
  /** Which of the element's event definitions. */
  readonly trigger: number;
  /**
   * Timers: when (ms since epoch, UTC) and how many more times after that (-1 for ever).
   * Conditions: repeats is 1 while the condition is known to hold, so that it fires on change only.
   */
  readonly dueAt: number;
  readonly repeats: number;
};

export type Fired = { readonly element: number; readonly flows: readonly number[] };

export type Compensable = {
  readonly element: number;
  readonly activityInstance: number;
  /** Of a completed sub-process: what inside it can be compensated. */
  readonly inner: readonly Compensable[];
};

// --- commands ----------------------------------------------------------------------------------

/** What may be asked of an instance. `at` is the instant (ms since epoch, UTC) it is asked. */
export type Command =
  | {
      readonly type: 'start';
      readonly at: number;
      readonly values: Values;
      /** Index of the start event; without it the none start event. */
      readonly startElement?: number;
    }
  | {
      readonly type: 'complete_activity';
      readonly at: number;
      readonly activityInstance: number;
      readonly values: Values;
      readonly outcome?: string;
      /** 后加签: who signs before its token goes on, one task each; the outcome is then not kept. */
      readonly signersAfter?: readonly Value[];
    }
  | {
      readonly type: 'fail_activity';
      readonly at: number;
      readonly activityInstance: number;
      readonly errorCode: string;
    }
  | {
      readonly type: 'escalate_activity';
      readonly at: number;
      readonly activityInstance: number;
      readonly escalationCode: string;
    }
  | { readonly type: 'fire_timer'; readonly at: number; readonly timer: number }
  | {
      readonly type: 'deliver_message';
      readonly at: number;
      readonly subscription: number;
      readonly values: Values;
    }
  | {
      readonly type: 'deliver_signal';
      readonly at: number;
      readonly subscription: number;
      readonly values: Values;
    }
  | { readonly type: 'change_data'; readonly at: number; readonly values: Values }
  | {
      readonly type: 'start_ad_hoc';
      readonly at: number;
      readonly scope: number;
      readonly element: number;
    }
  | {
      readonly type: 'return_to';
      readonly at: number;
      readonly activityInstance: number;
      /** Element the case goes back to (退回). */
      readonly element: number;
      readonly values: Values;
      /** True: what is done there comes straight back here; false: all steps are walked again. */
      readonly straightBack: boolean;
      /**
       * Elements known to have done, since the step returned to, what cannot be done again. Without
       * it every step on the way that might have is counted.
       */
      readonly final?: readonly number[];
      /** Activity instance by which the step returned to was last done: what is older stands. */
      readonly since?: number;
    }
  /** 取回: what followed from a completion is taken back, and the activity begins again. */
  | {
      readonly type: 'recall';
      readonly at: number;
      /** The activity instance that was completed. */
      readonly activityInstance: number;
      /** All events of the instance up to the end of the action that completed it. */
      readonly past: readonly Event[];
    }
  /** 前加签: somebody signs before the holder can complete a waiting user task. */
  | {
      readonly type: 'add_signer';
      readonly at: number;
      readonly activityInstance: number;
      readonly assignee: Value;
    }
  /** 减签 of a signer that add_signer or signersAfter brought in and who has not signed. */
  | { readonly type: 'remove_signer'; readonly at: number; readonly activityInstance: number }
  /** Begins a child that its body has handed out, as a state of its own (`state` is null). */
  | {
      readonly type: 'start_child';
      readonly at: number;
      readonly element: number;
      readonly loopCounter: number;
      /** The child's own variables: its element. */
      readonly values: Values;
    }
  /** What the children that a body has handed out have to tell it. */
  | {
      readonly type: 'report_children';
      readonly at: number;
      /** The body. */
      readonly activityInstance: number;
      readonly news: readonly ChildNews[];
      /** True when the last child is complete, or the rest is no longer wanted. */
      readonly ended: boolean;
      /** What the children gave, in the order of their completion, once the body has ended. */
      readonly outputs: readonly Value[] | null;
    }
  /** 加签: one more child of a running parallel multi-instance activity. */
  | {
      readonly type: 'add_child';
      readonly at: number;
      /** Any waiting child of the activity. */
      readonly activityInstance: number;
      /** Variables of the new child, such as its element variable. */
      readonly values: Values;
    }
  /** 减签: a waiting child is taken away. */
  | { readonly type: 'remove_child'; readonly at: number; readonly activityInstance: number }
  | { readonly type: 'withdraw'; readonly at: number; readonly outcome: string }
  | { readonly type: 'terminate'; readonly at: number; readonly outcome: string }
  /** 终止: ends without an outcome; what was completed with a handler is compensated first. */
  | { readonly type: 'call_off'; readonly at: number };

/** What a handed-out child tells its body besides being complete. */
export type ChildNews =
  | { readonly kind: 'thrown'; readonly boundary: number }
  | { readonly kind: 'error'; readonly code: string }
  | { readonly kind: 'escalation'; readonly code: string | null; readonly element: number };

// --- events ------------------------------------------------------------------------------------

/**
 * What happened, in order; `apply` alone rebuilds the state from them. All carry the command's
 * `at`.
 */
export type Event =
  | { readonly type: 'instance_started'; readonly program: string; readonly element: number }
  /** A token was put on a flow of a scope. */
  | { readonly type: 'flow_taken'; readonly flow: number; readonly scope: number }
  /** A gateway or passing event used up the tokens on `consumed` (a flow once per token). */
  | {
      readonly type: 'gateway_passed';
      readonly element: number;
      readonly scope: number;
      readonly consumed: readonly number[];
      /** Complex gateway: `fired` remembers the flows that have arrived, `reset` forgets them. */
      readonly phase: 'none' | 'fired' | 'reset';
    }
  | {
      readonly type: 'event_occurred';
      readonly element: number;
      readonly scope: number;
      readonly consumed: readonly number[];
    }
  /** An item begins: a task waits, a sub-process opens, a body is planned, an event is awaited. */
  | {
      readonly type: 'activity_scheduled';
      readonly element: number;
      readonly activityInstance: number;
      readonly scope: number;
      readonly role: ItemRole;
      readonly consumed: readonly number[];
      readonly loopCounter: number;
      readonly planned: number;
      readonly handlerFor: number;
      /** Compensation event sub-process: what it may compensate in its turn. */
      readonly inner: readonly Compensable[];
      readonly returnsTo: number;
    }
  | {
      readonly type: 'activity_completed';
      readonly element: number;
      readonly activityInstance: number;
      readonly outcome: string | null;
    }
  | {
      readonly type: 'activity_cancelled';
      readonly element: number;
      readonly activityInstance: number;
    }
  | {
      readonly type: 'activity_failed';
      readonly element: number;
      readonly activityInstance: number;
      readonly errorCode: string;
    }
  | {
      readonly type: 'body_planned';
      readonly activityInstance: number;
      readonly planned: number;
    }
  | {
      readonly type: 'wait_added';
      readonly item: number;
      readonly wait: Wait;
    }
  /** The wait is over: it happened or its owner left. */
  | { readonly type: 'wait_ended'; readonly item: number; readonly wait: number }
  /** It goes on: a cycle timer is due again, a condition has changed (repeats 1 true, 0 false). */
  | {
      readonly type: 'wait_renewed';
      readonly item: number;
      readonly wait: number;
      readonly dueAt: number;
      readonly repeats: number;
    }
  | { readonly type: 'tokens_removed'; readonly scope: number }
  | {
      readonly type: 'phase_changed';
      readonly item: number;
      readonly phase: Item['phase'];
    }
  /** Completed activities move from their scope to the item that has them compensated. */
  | {
      readonly type: 'compensation_started';
      readonly item: number;
      readonly scope: number;
      readonly activities: readonly number[];
    }
  /** The next one is compensated; without a handler of its own, what is inside it comes next. */
  | {
      readonly type: 'compensation_taken';
      readonly item: number;
      readonly activityInstance: number;
    }
  | {
      readonly type: 'instance_completed';
      readonly status: InstanceStatus;
      readonly outcome: string | null;
      readonly errorCode: string | null;
    };

// --- effects -----------------------------------------------------------------------------------

/** What the shell must do in the same transaction. `scope` says which data the element sees. */
export type Effect =
  | ({
      readonly type: 'create_task';
      readonly assignee: Value;
      /** The activity instance an added signer (加签) signs for; null for a task of the model. */
      readonly signsFor: number | null;
    } & ActivityEffect)
  | ({ readonly type: 'call_service' } & ActivityEffect)
  | ({
      readonly type: 'decide';
      readonly decision: string;
      readonly result: string;
    } & ActivityEffect)
  | ({
      readonly type: 'start_call';
      readonly calledElement: string;
      readonly values: Values;
    } & ActivityEffect)
  /** A body hands its children out: one state for each element, begun by `start_child`. */
  | ({ readonly type: 'start_children'; readonly elements: readonly Value[] } & ActivityEffect)
  /** The body is gone: what it has handed out and still runs ends without being complete. */
  | ({ readonly type: 'end_children' } & ActivityEffect)
  /** A handed-out child is complete; `own` are its variables, for the body's conditions. */
  | {
      readonly type: 'child_done';
      readonly element: number;
      readonly loopCounter: number;
      readonly output: Value;
      readonly own: Values;
    }
  | ({ readonly type: 'run_script'; readonly script: string } & ActivityEffect)
  | ({ readonly type: 'cancel_task' } & ActivityEffect)
  | ({ readonly type: 'cancel_service' } & ActivityEffect)
  | ({ readonly type: 'cancel_call' } & ActivityEffect)
  | {
      readonly type: 'schedule_timer';
      readonly timer: number;
      readonly element: number;
      readonly dueAt: number;
    }
  | { readonly type: 'cancel_timer'; readonly timer: number; readonly element: number }
  | {
      readonly type: 'subscribe';
      readonly subscription: number;
      readonly element: number;
      readonly kind: 'message' | 'signal';
      readonly messageName: string;
      /** Value of the correlation expression, null when the element has none. */
      readonly correlation: Value;
      /** Set for a receive task: the activity instance that waits. */
      readonly activityInstance: number | null;
    }
  | { readonly type: 'unsubscribe'; readonly subscription: number; readonly element: number }
  | {
      readonly type: 'send_message';
      readonly element: number;
      readonly messageName: string;
      readonly correlation: Value;
      readonly values: Values;
    }
  | { readonly type: 'send_signal'; readonly element: number; readonly signalName: string }
  | { readonly type: 'escalated'; readonly element: number; readonly escalationCode: string | null }
  | { readonly type: 'write_data'; readonly scope: number; readonly values: Values }
  | { readonly type: 'remove_data'; readonly scope: number }
  | {
      readonly type: 'instance_completed';
      readonly status: InstanceStatus;
      readonly outcome: string | null;
      readonly errorCode: string | null;
    };

export type ActivityEffect = {
  readonly activityInstance: number;
  readonly element: number;
  /** Where the activity's data lives: 0 for the process, else a key of ProcessData.scopes. */
  readonly scope: number;
  readonly loopCounter: number;
};

/** The answer to a command. */
export type Stepped = {
  readonly state: State;
  readonly events: readonly Event[];
  readonly effects: readonly Effect[];
};
