import { type Code, Frame } from '../frame.ts';
import type { Run } from '../run.ts';
import type { FeelFunction } from '../value/value.ts';
import { type FeelContext, type FeelValue, isContext, memberOf } from '../value/value.ts';

/**
 * What names mean where an expression stands. Each scope is one frame at run time:
 * `root` holds the values given with the evaluation, `locals` the names of a loop, a function or
 * a context, `item` the element a filter looks at, whose own members go before all outer names.
 */
export type Scope =
  | {
      readonly kind: 'root';
      readonly builtins: ReadonlyMap<string, FeelFunction>;
      readonly parent: null;
    }
  | { readonly kind: 'locals'; readonly names: readonly string[]; readonly parent: Scope }
  /** `partial` of a loop: the list that is still growing, so whoever reads it gets a copy. */
  | { readonly kind: 'partial'; readonly parent: Scope }
  | { readonly kind: 'item'; readonly parent: Scope };

/** The scope of the names given with the evaluation. */
export function rootScope(builtins: ReadonlyMap<string, FeelFunction>): Scope {
  return { kind: 'root', builtins, parent: null };
}

/** A scope of names in the order of its frame's slots. */
export function localScope(parent: Scope, names: readonly string[]): Scope {
  return { kind: 'locals', names, parent };
}

/** The scope around a loop, whose slot 0 is the list that grows. */
export function partialScope(parent: Scope): Scope {
  return { kind: 'partial', parent };
}

/** The scope of a filter, whose slot 0 is the element looked at. */
export function itemScope(parent: Scope): Scope {
  return { kind: 'item', parent };
}

function frameAt(frame: Frame, hops: number): Frame {
  let found = frame;
  for (let i = 0; i < hops; i += 1) found = found.parent ?? found;
  return found;
}

function readRoot(name: string, hops: number, builtin: FeelFunction | null, at: number): Code {
  return (frame) => {
    const root = hops === 0 ? frame : frameAt(frame, hops);
    const value = memberOf(root.slots[0] as FeelContext, name);
    if (value !== undefined) return value;
    return builtin ?? frame.run.nothing('feel_name_unknown', at, { name });
  };
}

/** Code that reads a name. An unknown one is null, with its reason. */
export function readName(scope: Scope, name: string, at: number, hops = 0): Code {
  if (scope.kind === 'root') return readRoot(name, hops, scope.builtins.get(name) ?? null, at);
  if (scope.kind === 'locals') {
    const slot = scope.names.lastIndexOf(name);
    if (slot === -1) return readName(scope.parent, name, at, hops + 1);
    if (hops === 0) return (frame) => frame.slots[slot] ?? null;
    return (frame) => frameAt(frame, hops).slots[slot] ?? null;
  }
  if (scope.kind === 'partial') {
    if (name !== 'partial') return readName(scope.parent, name, at, hops + 1);
    return (frame) => {
      const results = frameAt(frame, hops).slots[0] as readonly FeelValue[];
      frame.run.spend(results.length >> 4);
      return results.slice();
    };
  }
  const outer = readName(scope.parent, name, at, hops + 1);
  return (frame) => {
    const item = frameAt(frame, hops).slots[0] ?? null;
    if (isContext(item)) {
      const member = memberOf(item, name);
      if (member !== undefined) return member;
    }
    return name === 'item' ? item : outer(frame);
  };
}

/** Whether a scope between here and the given values declares the name. */
export function isLocal(scope: Scope, name: string): boolean {
  if (scope.kind === 'root') return false;
  if (scope.kind === 'locals' && scope.names.includes(name)) return true;
  return isLocal(scope.parent, name);
}

/** Code that reads a name from the given values; null without a reason if they do not hold it. */
export function ifGiven(scope: Scope, name: string): Code {
  let hops = 0;
  for (let outer = scope; outer.kind !== 'root'; outer = outer.parent) hops += 1;
  return (frame) => memberOf(frameAt(frame, hops).slots[0] as FeelContext, name) ?? null;
}

/** The outermost frame of an evaluation over these values. */
export function rootFrame(run: Run, values: FeelContext): Frame {
  return new Frame(run, null, [values as FeelValue]);
}
