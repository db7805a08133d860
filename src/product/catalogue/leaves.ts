import { isValueList, isValues, type Value, type Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';

/** How a parameter is written as text: digits, true or false, words, or several with spaces. */
export type LeafKind = 'whole' | 'truth' | 'text' | 'wholes' | 'texts' | 'none';

/** One parameter of a product: where it stands, `prepayment.feePpm`, and its value as text. */
export type Leaf = { readonly path: string; readonly kind: LeafKind; readonly text: string };

/** The parameters of a definition, in the order in which it names them. */
export function leavesOf(definition: Values, before = ''): Leaf[] {
  return Object.entries(definition).flatMap(([name, value]): Leaf[] => {
    const path = `${before}${name}`;
    if (isValues(value)) return leavesOf(value, `${path}.`);
    return [{ path, kind: kindOf(value), text: textOf(value) }];
  });
}

function kindOf(value: Value): LeafKind {
  if (value === null) return 'none';
  if (isValueList(value)) {
    return value.length > 0 && value.every((one) => typeof one === 'bigint') ? 'wholes' : 'texts';
  }
  if (typeof value === 'boolean') return 'truth';
  return typeof value === 'bigint' ? 'whole' : 'text';
}

function textOf(value: Value): string {
  if (value === null) return '';
  return isValueList(value) ? value.map(String).join(' ') : String(value);
}

/** What a parameter becomes. */
export type LeafChange = { readonly path: string; readonly text: string };

/**
 * A definition with some parameters changed. Refused in order: a path that is not among its
 * parameters, a text that is none of its kind.
 */
export function withLeaves(
  definition: Values,
  changes: readonly LeafChange[],
): Result<Values, 'product_parameter_unknown' | 'product_parameter_not_valid'> {
  const known = leavesOf(definition);
  let changed = definition;
  for (const { path, text } of changes) {
    const leaf = known.find((one) => one.path === path);
    if (leaf === undefined) return refuse('product_parameter_unknown', { path });
    const value = readText(leaf.kind, text.trim());
    if (value === undefined) return refuse('product_parameter_not_valid', { path, text });
    changed = put(changed, path.split('.'), value);
  }
  return ok(changed);
}

/** The value that a text stands for; undefined when it stands for none of the kind. */
function readText(kind: LeafKind, text: string): Value | undefined {
  const isWhole = (word: string): boolean => /^(0|-?[1-9]\d{0,17})$/.test(word);
  const words = text.split(/\s+/).filter((word) => word !== '');
  switch (kind) {
    case 'whole':
      return isWhole(text) ? BigInt(text) : undefined;
    case 'truth':
      return text === 'true' || text === 'false' ? text === 'true' : undefined;
    case 'text':
      return text === '' || text.length > 200 ? undefined : text;
    case 'wholes':
      return words.length > 0 && words.every(isWhole) ? words.map(BigInt) : undefined;
    case 'texts':
      return words;
    case 'none':
      return text === '' ? null : undefined;
    default: {
      const never: never = kind;
      return never;
    }
  }
}

function put(values: Values, [name = '', ...rest]: readonly string[], value: Value): Values {
  const inner = values[name] ?? null;
  if (rest.length === 0) return { ...values, [name]: value };
  return { ...values, [name]: put(isValues(inner) ? inner : {}, rest, value) };
}

/** A parameter that two versions have not alike; null: one of them does not have it. */
export type Difference = {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
};

/** How a version differs from the one before it. */
export function differencesOf(before: Values, after: Values): Difference[] {
  const [old, now] = [before, after].map(
    (one) => new Map(leavesOf(one).map(({ path, text }) => [path, text])),
  );
  const paths = new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])]);
  return [...paths].flatMap((path): Difference[] => {
    const difference = { path, before: old?.get(path) ?? null, after: now?.get(path) ?? null };
    return difference.before === difference.after ? [] : [difference];
  });
}
