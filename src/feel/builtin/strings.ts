import type { Call, FeelFunction, FeelValue } from '../value/value.ts';
import { define, smallInteger, unfit } from './define.ts';
import { isMatch, replaceAll, splitBy } from './pattern.ts';

/** Start (from 0) and end of a part counted from 1, or from the end if negative; null: outside. */
export function span(
  length: number,
  start: FeelValue,
  count: FeelValue | undefined,
): { from: number; to: number } | null {
  const position = smallInteger(start);
  if (position === null || position === 0 || position < -length) return null;
  const from = position < 0 ? length + position : position - 1;
  if (count === undefined || count === null) return { from, to: length };
  const size = smallInteger(count);
  if (size === null || size < 0) return null;
  return { from, to: Math.min(length, from + size) };
}

const substring = define(
  'substring',
  ['string: string, start position: number, length: number?'],
  ([text, start = null, length], call) => {
    const points = [...(text as string)];
    call.run.spend(points.length >> 6);
    const part = span(points.length, start, length);
    if (part === null) return unfit('substring', 'start position', start, call);
    return points.slice(part.from, part.to).join('');
  },
);

function find(name: string, work: (text: string, match: string) => FeelValue): FeelFunction {
  return define(name, ['string: string, match: string'], ([text, match], call) => {
    call.run.spend((text as string).length >> 8);
    return work(text as string, match as string);
  });
}

const substringBefore = find('substring before', (text, match) => {
  const at = text.indexOf(match);
  return at === -1 ? '' : text.slice(0, at);
});

const substringAfter = find('substring after', (text, match) => {
  const at = text.indexOf(match);
  return at === -1 ? '' : text.slice(at + match.length);
});

const stringLength = define('string length', ['string: string'], ([text], call) => {
  call.run.spend((text as string).length >> 8);
  let count = 0n;
  for (const _ of text as string) count += 1n;
  return count;
});

const upperCase = define('upper case', ['string: string'], ([text], { run }) =>
  run.makeString((text as string).toUpperCase()),
);

const lowerCase = define('lower case', ['string: string'], ([text], { run }) =>
  run.makeString((text as string).toLowerCase()),
);

const matches = define(
  'matches',
  ['input: string, pattern: string, flags: string?'],
  ([input, pattern, flags], call) =>
    isMatch(input as string, { text: pattern as string, flags: (flags ?? '') as string }, call),
);

const replace = define(
  'replace',
  ['input: string, pattern: string, replacement: string, flags: string?'],
  ([input, pattern, replacement, flags], call) =>
    replaceAll(
      input as string,
      { text: pattern as string, flags: (flags ?? '') as string },
      replacement as string,
      call,
    ),
);

const split = define('split', ['string: string, delimiter: string'], ([text, delimiter], call) =>
  splitBy(text as string, { text: delimiter as string, flags: '' }, call),
);

function joined(call: Call, list: FeelValue, delimiter: FeelValue | undefined): FeelValue {
  const parts: string[] = [];
  let length = 0;
  const glue = (delimiter ?? '') as string;
  for (const part of list as readonly FeelValue[]) {
    if (part === null) continue;
    if (typeof part !== 'string') return unfit('string join', 'list', part, call);
    length += part.length + glue.length;
    call.run.spend(1);
    if (length > call.run.limits.stringLength) call.run.reserveString(length);
    parts.push(part);
  }
  return call.run.makeString(parts.join(glue));
}

const stringJoin = define(
  'string join',
  ['list: list, delimiter: string?'],
  ([list = null, delimiter], call) => joined(call, list, delimiter),
);

export const STRING_FUNCTIONS: readonly FeelFunction[] = [
  substring,
  substringBefore,
  substringAfter,
  stringLength,
  upperCase,
  lowerCase,
  find('contains', (text, match) => text.includes(match)),
  find('starts with', (text, match) => text.startsWith(match)),
  find('ends with', (text, match) => text.endsWith(match)),
  matches,
  replace,
  split,
  stringJoin,
];
