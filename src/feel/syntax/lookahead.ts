import { isOperator } from './names.ts';
import type { Reader } from './reader.ts';

/** In `]1..2[` the last sign closes a range; a filter has something to filter by. */
export function isFilter(reader: Reader): boolean {
  const next = reader.peek(1);
  if (next.kind === 'word') return !isOperator(next.text);
  if (next.kind === 'symbol') return !')],}=.*/+'.includes(next.text[0] ?? ')');
  return next.kind !== 'end';
}

/** Whether an argument with its name before a colon stands here. */
export function isNamedArgument(reader: Reader): boolean {
  if (reader.peek().kind !== 'word') return false;
  for (let ahead = 1; ; ahead += 1) {
    const token = reader.peek(ahead);
    if (token.kind === 'symbol' && token.text === ':') return true;
    const inName = token.kind === 'word' || token.kind === 'number';
    const sign = token.kind === 'symbol' && "+-*/.'’".includes(token.text);
    if (!inName && !sign) return false;
  }
}
