/**
 * The rows that travel between the runtime and the tables of processes. Instants are milliseconds
 * since 1970-01-01 UTC; `data`, `draft`, `facts`, `inputs` … are exact JSON texts (encodeValues).
 */

export type InstanceStatus = 'active' | 'suspended' | 'completed' | 'terminated';

/** One run of one model version; `path` are the instances above it and itself, root first. */
export type InstanceRow = {
  readonly id: string;
  readonly root_id: string;
  readonly parent_id: string | null;
  readonly parent_activity: number | null;
  readonly path: readonly string[];
  readonly model_id: string;
  readonly process_id: string;
  readonly case_number: string;
  readonly unit_code: string;
  readonly line: string | null;
  readonly customer_id: string | null;
  readonly status: InstanceStatus;
  readonly outcome: string | null;
  readonly state: string;
  readonly data: string;
  readonly version: number;
  readonly started_at: number;
  readonly started_login: string;
  readonly started_person: string;
  readonly event_count: number;
  readonly due_at: number | null;
  readonly ended_at: number | null;
  /** Of a child that its body has handed out: its number; null for every other instance. */
  readonly loop_counter: number | null;
};

export type TaskStatus =
  | 'ready'
  | 'reserved'
  | 'in_progress'
  | 'delegated'
  | 'suspended'
  | 'completed'
  | 'cancelled';

export type TaskRow = {
  readonly id: string;
  readonly instance_id: string;
  readonly root_id: string;
  readonly path: readonly string[];
  readonly model_id: string;
  readonly process_id: string;
  readonly case_number: string;
  readonly activity_instance: number;
  readonly element_id: string;
  readonly name: string;
  readonly name_en: string;
  readonly role: string;
  readonly unit_code: string | null;
  readonly customer_id: string | null;
  /** Staff who may fill in a customer's task at the counter: roles, and at which units. */
  readonly counter_roles: readonly string[];
  readonly counter_units: readonly string[];
  readonly line: string | null;
  readonly form: string | null;
  readonly operation: string | null;
  readonly separate_from: readonly string[];
  readonly status: TaskStatus;
  readonly assignee_login: string | null;
  readonly assignee_person: string | null;
  readonly draft: string | null;
  readonly outcome: string | null;
  readonly created_at: number;
  readonly due_at: number | null;
  readonly claimed_at: number | null;
  readonly ended_at: number | null;
};

/** Who holds or has done which user task of a case. */
export type PerformedRow = {
  readonly task_id: string;
  readonly element_id: string;
  readonly login: string;
  readonly person: string;
  readonly separate_from: readonly string[];
};

export type TimerRow = {
  readonly id: string;
  readonly instance_id: string;
  readonly path: readonly string[];
  readonly timer: number;
  readonly element_id: string;
  readonly due_at: number;
};

export type SubscriptionRow = {
  readonly id: string;
  readonly instance_id: string;
  readonly path: readonly string[];
  readonly case_number: string;
  readonly kind: 'message' | 'signal';
  readonly subscription: number;
  readonly element_id: string;
  readonly message_name: string;
  readonly correlation: string;
  readonly created_at: number;
};

export type StepRow = {
  readonly instance_id: string;
  readonly n: number;
  readonly at: number;
  readonly command: string;
  readonly events: string;
};

export type DecisionRow = {
  readonly id: string;
  readonly root_id: string;
  readonly instance_id: string;
  readonly activity_instance: number;
  readonly decision_id: string;
  readonly model_id: string;
  /** The version that decided (decision-versions.ts); null: the file of the model itself. */
  readonly version_id: string | null;
  readonly file_name: string;
  readonly file_hash: string;
  readonly inputs: string;
  readonly matched: string;
  readonly output: string;
  /** Why the output, or a part of it, is null. */
  readonly reasons: string;
  readonly at: number;
};

/** `hash` is 64 hexadecimal digits, the event's own SHA-256 (events.ts). */
export type BusinessEventRow = {
  readonly id: string;
  readonly root_id: string;
  readonly instance_id: string;
  readonly n: number;
  readonly step: number;
  readonly case_number: string;
  readonly kind: string;
  readonly element_id: string | null;
  readonly activity_instance: number | null;
  readonly model_id: string;
  readonly at: number;
  readonly login: string;
  readonly person: string;
  readonly role: string | null;
  readonly unit_code: string | null;
  readonly facts: string;
  readonly hash: string;
};

export type OutboxRow = {
  readonly id: string;
  readonly topic: string;
  readonly message_key: string;
  readonly body: string;
  readonly created_at: number;
};

export type JobRow = {
  readonly id: string;
  readonly kind: string;
  readonly facts: string;
  readonly run_at: number;
  readonly created_at: number;
};

/** A command of a client: who sent it, what it said (SHA-256 in hex), what it was answered. */
export type CommandKeyRow = {
  readonly id: string;
  readonly login: string;
  readonly content_hash: string;
  readonly answer: string;
  readonly at: number;
};

export type DocumentRow = {
  readonly id: string;
  readonly version: number;
  readonly root_id: string;
  readonly kind: string;
  readonly hash: string;
  readonly media_type: string;
  readonly size_bytes: number;
  readonly created_at: number;
  readonly created_login: string;
};
