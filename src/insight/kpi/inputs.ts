import { ok, type Result, refuse } from '../../base/result.ts';

/** Cases that bear something: by attribute (any value, or one of these), activity, or a count. */
export type CaseSign =
  | { readonly kind: 'attribute'; readonly name: string; readonly values: readonly string[] | null }
  | { readonly kind: 'activity'; readonly activities: readonly string[] }
  | { readonly kind: 'count'; readonly count: number };

/** Working time between two instants in ms since epoch, by a calendar that has a name. */
export type WorkingTime = {
  readonly name: string;
  readonly between: (fromMs: number, toMs: number) => number;
};

/**
 * What the indicators need and a log does not hold; null: not given, so what needs it says so.
 * staffRateMinorPerHour, systemCostMinorPerItem: minor units of `currency`. personHours: hours
 * logged for the sample. hoursPerPerson: what one full-time person works in its period.
 */
export type KpiInputs = {
  readonly workingTime: WorkingTime | null;
  readonly currency: string | null;
  readonly staffRateMinorPerHour: bigint | null;
  readonly systemCostMinorPerItem: bigint | null;
  readonly personHours: number | null;
  readonly hoursPerPerson: number | null;
  readonly errors: CaseSign | null;
  readonly complaints: CaseSign | null;
  /** Activities whose execution means a return; null: told by the path itself. */
  readonly returnActivities: readonly string[] | null;
  /** Tasks of people that belong to the straight-through path. */
  readonly straightThrough: readonly string[];
  /** Resources that are machines, and roles (org:role) that are no staff of the bank. */
  readonly systemResources: readonly string[];
  readonly outsideRoles: readonly string[];
};

/** Nothing given; the bank's own machine is `system`, its own customers `customer`. */
export const noInputs: KpiInputs = {
  workingTime: null,
  currency: null,
  staffRateMinorPerHour: null,
  systemCostMinorPerItem: null,
  personHours: null,
  hoursPerPerson: null,
  errors: null,
  complaints: null,
  returnActivities: null,
  straightThrough: [],
  systemResources: ['system'],
  outsideRoles: ['customer'],
};

type Reader = (value: unknown) => unknown;
const wrong = Symbol('wrong');

/** Amounts are digits in a string, so that no number ever holds money. */
const minor: Reader = (value) =>
  typeof value === 'string' && /^(0|[1-9]\d{0,17})$/.test(value) ? BigInt(value) : wrong;
const hours: Reader = (value) =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : wrong;
const names: Reader = (value) =>
  Array.isArray(value) && value.length <= 1_000 && value.every((each) => typeof each === 'string')
    ? value
    : wrong;
const currency: Reader = (value) =>
  typeof value === 'string' && /^[A-Z]{3}$/.test(value) ? value : wrong;

const sign: Reader = (value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong;
  const { attribute, values, activities, count, ...rest } = value as Record<string, unknown>;
  const kinds = [attribute, activities, count].filter((each) => each !== undefined);
  if (kinds.length !== 1 || Object.keys(rest).length > 0) return wrong;
  if (attribute !== undefined) {
    const wanted = values === undefined ? null : names(values);
    if (typeof attribute !== 'string' || wanted === wrong) return wrong;
    return { kind: 'attribute', name: attribute, values: wanted };
  }
  if (values !== undefined) return wrong;
  if (activities !== undefined) {
    const wanted = names(activities);
    return wanted === wrong ? wrong : { kind: 'activity', activities: wanted };
  }
  const isCount = typeof count === 'number' && Number.isSafeInteger(count) && count >= 0;
  return isCount ? { kind: 'count', count } : wrong;
};

const readers: Readonly<Record<Exclude<keyof KpiInputs, 'workingTime'>, Reader>> = {
  currency,
  staffRateMinorPerHour: minor,
  systemCostMinorPerItem: minor,
  personHours: hours,
  hoursPerPerson: hours,
  errors: sign,
  complaints: sign,
  returnActivities: names,
  straightThrough: names,
  systemResources: names,
  outsideRoles: names,
};

/**
 * Inputs as they are written in a file, such as { "currency": "CNY", "staffRateMinorPerHour":
 * "9000", "errors": { "attribute": "error", "values": ["yes"] } }; what is left out is not given.
 * Refused: kpi_inputs_not_read with the member that is unknown, not readable, or an amount without
 * its currency.
 */
export function kpiInputsOf(file: unknown): Result<KpiInputs, 'kpi_inputs_not_read'> {
  const no = (place: string) => refuse('kpi_inputs_not_read', { place });
  if (typeof file !== 'object' || file === null || Array.isArray(file)) return no('{}');
  const found: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(file)) {
    const reader = Object.hasOwn(readers, key) ? readers[key as keyof typeof readers] : null;
    const read = reader === null ? wrong : reader(value);
    if (read === wrong) return no(key.slice(0, 100));
    found[key] = read;
  }
  const inputs = { ...noInputs, ...found } as KpiInputs;
  const hasMoney = inputs.staffRateMinorPerHour !== null || inputs.systemCostMinorPerItem !== null;
  return hasMoney && inputs.currency === null ? no('currency') : ok(inputs);
}
