import type { Values } from '../../base/data.ts';
import type { ProcessData, State } from '../../kernel/index.ts';

/**
 * All variables that an item of an instance sees: the process's, then those of each scope on the
 * way in, the innermost last.
 */
export function valuesAt(state: State | null, data: ProcessData, item: number): Values {
  const layers: Values[] = [];
  for (let at = state?.items.get(item); at !== undefined && at.id !== 0; ) {
    const own = data.scopes[at.id];
    if (own !== undefined) layers.push(own);
    if (at.loopCounter > 0) layers.push({ loopCounter: BigInt(at.loopCounter) });
    at = state?.items.get(at.parent);
  }
  return Object.assign({}, data.root, ...layers.reverse());
}
