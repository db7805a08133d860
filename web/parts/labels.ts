import i18next from 'i18next';
import type { StatusKind } from './status.tsx';

/** What colour a task's state has. */
export const taskStatusKind = {
  ready: 'wait',
  reserved: 'run',
  in_progress: 'run',
  delegated: 'second',
  suspended: 'wait',
  completed: 'done',
  cancelled: 'bad',
} as const satisfies Record<string, StatusKind>;

export const instanceStatusKind = {
  active: 'run',
  suspended: 'wait',
  completed: 'done',
  terminated: 'bad',
} as const satisfies Record<string, StatusKind>;

/** The bank's word for an outcome; one that is in no list yet is shown as its code. */
export function outcomeText(outcome: string): string {
  const key = `outcome.${outcome}`;
  return i18next.exists(key) ? i18next.t(key) : outcome;
}

/** The bank's word for a kind of event in the log. */
export function eventText(event: string): string {
  const key = `event.${event}`;
  return i18next.exists(key) ? i18next.t(key) : event;
}

/** The bank's name of a kind of paper. */
export function documentKindText(kind: string): string {
  const key = `documentKind.${kind}`;
  return i18next.exists(key) ? i18next.t(key) : kind;
}

/** 摘要: the reason of an entry, from a code list; free text as it stands. */
export function narrativeText(narrative: string): string {
  const key = `narrative.${narrative}`;
  return i18next.exists(key) ? i18next.t(key) : narrative;
}

/** The name of a role where only its code is known. */
export function roleText(role: string): string {
  const key = `role.${role}`;
  return i18next.exists(key) ? i18next.t(key) : role;
}
