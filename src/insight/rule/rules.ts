import { ok, type Result, refuse } from '../../base/result.ts';
import type { Filter } from '../filter.ts';
import { filterOf } from '../filter-text.ts';

/**
 * What a rule asks of a case; activities go by their names.
 * `response`: after each `first` comes a `second`; with withinHours its start lies at most so many
 * hours (working hours, where a calendar is given) after the end of `first`.
 * `precedence`: no `second` begins without a `first` done before it.
 * `four_eyes`: nobody did both. `not_coexistence`: not both in one case.
 * `existence`: done at least `times` times; `absence`: never; `exactly`: `times` times.
 * `duration`: from its first start to its last end, a case takes at most withinHours.
 */
export type RuleDemand =
  | {
      readonly kind: 'response';
      readonly first: string;
      readonly second: string;
      readonly withinHours: number | null;
    }
  | {
      readonly kind: 'precedence' | 'four_eyes' | 'not_coexistence';
      readonly first: string;
      readonly second: string;
    }
  | { readonly kind: 'absence'; readonly activity: string }
  | { readonly kind: 'existence' | 'exactly'; readonly activity: string; readonly times: number }
  | { readonly kind: 'duration'; readonly withinHours: number };

/** id: its name in answers. where: filters; a case they leave out is not concerned. */
export type Rule = {
  readonly id: string;
  readonly demand: RuleDemand;
  readonly where: readonly Filter[];
};

/** Rules in one file. */
export const rulesMax = 200;
const timesMax = 1_000_000;

type NotRead = 'rules_not_read';
type Fields = Readonly<Record<string, unknown>>;

/**
 * The rules of a file: { rules: [{ id, kind, first, second, activity, times, withinHours, where }]
 * } or the list itself. Refused: rules_not_read with the place (rules[3].first) that cannot be.
 */
export function rulesOf(file: unknown): Result<readonly Rule[], NotRead> {
  const list = isFields(file) ? file.rules : file;
  if (!Array.isArray(list) || list.length === 0 || list.length > rulesMax) return no('rules');
  const rules: Rule[] = [];
  for (const [k, each] of list.entries()) {
    const rule = ruleOf(each, k);
    if (!rule.ok) return rule;
    if (rules.some(({ id }) => id === rule.value.id)) return no(`rules[${k}].id`);
    rules.push(rule.value);
  }
  return ok(rules);
}

/** The activities a demand names. */
export function activitiesOf(demand: RuleDemand): readonly string[] {
  if ('first' in demand) return [demand.first, demand.second];
  return 'activity' in demand ? [demand.activity] : [];
}

function ruleOf(value: unknown, k: number): Result<Rule, NotRead> {
  const at = `rules[${k}]`;
  if (!isFields(value)) return no(at);
  if (!Object.hasOwn(wanted, String(value.kind))) return no(`${at}.kind`);
  const known = ['id', 'kind', 'where', ...(wanted[String(value.kind)] ?? [])];
  const stray = Object.keys(value).find((key) => !known.includes(key));
  if (stray !== undefined) return no(`${at}.${stray}`);
  const id = value.id ?? `${String(value.kind)} ${k + 1}`;
  if (typeof id !== 'string' || id === '' || id.length > 120) return no(`${at}.id`);
  const lines = value.where === undefined ? [] : [value.where].flat();
  const where: Filter[] = [];
  for (const line of lines) {
    const filter = typeof line === 'string' ? filterOf(line) : null;
    if (filter === null) return no(`${at}.where`);
    where.push(filter);
  }
  const demand = demandOf(value);
  return typeof demand === 'string' ? no(`${at}.${demand}`) : ok({ id, demand, where });
}

const wanted: Readonly<Record<string, readonly string[]>> = {
  response: ['first', 'second', 'withinHours'],
  precedence: ['first', 'second'],
  four_eyes: ['first', 'second'],
  not_coexistence: ['first', 'second'],
  existence: ['activity', 'times'],
  absence: ['activity'],
  exactly: ['activity', 'times'],
  duration: ['withinHours'],
};

/** The demand, or the name of the field that does not fit. */
function demandOf(fields: Fields): RuleDemand | string {
  const kind = String(fields.kind) as RuleDemand['kind'];
  const [first, second] = [textOf(fields.first), textOf(fields.second)];
  const activity = textOf(fields.activity);
  const hours = fields.withinHours;
  const withinHours = typeof hours === 'number' && hours > 0 && hours < 1e6 ? hours : null;
  switch (kind) {
    case 'response':
    case 'precedence':
    case 'four_eyes':
    case 'not_coexistence': {
      if (first === null) return 'first';
      if (second === null) return 'second';
      if (kind !== 'response') return { kind, first, second };
      if (hours !== undefined && withinHours === null) return 'withinHours';
      return { kind, first, second, withinHours };
    }
    case 'duration':
      return withinHours === null ? 'withinHours' : { kind, withinHours };
    case 'absence':
      return activity === null ? 'activity' : { kind, activity };
    case 'existence':
    case 'exactly': {
      if (activity === null) return 'activity';
      const times = fields.times ?? 1;
      const least = kind === 'existence' ? 1 : 0;
      const fits = Number.isInteger(times) && Number(times) >= least && Number(times) <= timesMax;
      return fits ? { kind, activity, times: Number(times) } : 'times';
    }
    default: {
      const never: never = kind;
      return never;
    }
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value.length <= 1000 ? value : null;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function no(place: string) {
  return refuse('rules_not_read', { place });
}
