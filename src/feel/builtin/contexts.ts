import type { Run } from '../run.ts';
import {
  type Call,
  contextOf,
  type FeelContext,
  type FeelFunction,
  type FeelValue,
  isContext,
  isList,
  memberOf,
} from '../value/value.ts';
import { define, unfit } from './define.ts';

function entriesOf(context: FeelContext, run: Run): [string, FeelValue][] {
  const names = Object.keys(context);
  run.makeList(names.length);
  return names.map((name) => [name, context[name] ?? null]);
}

const getValue = define(
  'get value',
  ['m: context, key', 'context: context, keys: list'],
  ([context = null, key = null], call) => {
    const path = isList(key) ? key : [key];
    let found: FeelValue = context;
    for (const name of path) {
      if (typeof name !== 'string') return unfit('get value', 'key', name, call);
      const next: FeelValue | undefined = isContext(found) ? memberOf(found, name) : undefined;
      if (next === undefined) {
        return call.run.nothing('feel_member_unknown', call.at, { name, found: 'context' });
      }
      found = next;
    }
    return path.length === 0 ? unfit('get value', 'keys', key, call) : found;
  },
);

const getEntries = define('get entries', ['m: context'], ([context], { run }) =>
  entriesOf(context as FeelContext, run).map(([key, value]) =>
    contextOf([
      ['key', key],
      ['value', value],
    ]),
  ),
);

const context = define('context', ['entries: list'], ([entries], call) => {
  const result = new Map<string, FeelValue>();
  for (const entry of entries as readonly FeelValue[]) {
    call.run.spend(1);
    if (!isContext(entry)) return unfit('context', 'entries', entry, call);
    const key = memberOf(entry, 'key');
    const value = memberOf(entry, 'value');
    if (typeof key !== 'string' || value === undefined) {
      return unfit('context', 'entries', entry, call);
    }
    if (result.has(key)) {
      return call.run.nothing('feel_context_key_duplicate', call.at, { name: key });
    }
    result.set(key, value);
  }
  return contextOf(result);
});

function put(
  into: FeelValue,
  path: readonly FeelValue[],
  value: FeelValue,
  call: Call,
): FeelContext | null {
  const [name, ...rest] = path;
  if (typeof name !== 'string') return unfit('context put', 'keys', name ?? null, call);
  if (!isContext(into)) return unfit('context put', 'keys', into, call);
  const inner = rest.length === 0 ? value : put(memberOf(into, name) ?? null, rest, value, call);
  if (rest.length > 0 && inner === null) return null;
  return contextOf([...entriesOf(into, call.run), [name, inner]]);
}

const contextPut = define(
  'context put',
  ['context: context, key: string, value', 'context: context, keys: list, value'],
  ([into = null, key = null, value = null], call, form) => {
    if (form === 0) return put(into, [key], value, call);
    call.run.enter((key as readonly FeelValue[]).length);
    const result = put(into, key as readonly FeelValue[], value, call);
    call.run.leave((key as readonly FeelValue[]).length);
    return result;
  },
);

const contextMerge = define('context merge', ['contexts: list'], ([contexts], call) => {
  const entries: [string, FeelValue][] = [];
  for (const one of contexts as readonly FeelValue[]) {
    if (!isContext(one)) return unfit('context merge', 'contexts', one, call);
    entries.push(...entriesOf(one, call.run));
  }
  return contextOf(entries);
});

export const CONTEXT_FUNCTIONS: readonly FeelFunction[] = [
  getValue,
  getEntries,
  context,
  contextPut,
  contextMerge,
];
