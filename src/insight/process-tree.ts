/**
 * A process as a tree of blocks (Leemans 2013): each block begins and ends by itself, so whatever
 * is built of them can always end properly. `loop` does its body, then perhaps its redo and the
 * body again, and so on.
 */
export type ProcessTree =
  | { readonly kind: 'activity'; readonly activity: number }
  | { readonly kind: 'silent' }
  | {
      readonly kind: 'sequence' | 'choice' | 'parallel';
      readonly children: readonly ProcessTree[];
    }
  | { readonly kind: 'loop'; readonly body: ProcessTree; readonly redo: ProcessTree };

export const silent: ProcessTree = { kind: 'silent' };

/**
 * A block of several parts. Blocks of the same kind inside it are dissolved; silent parts say
 * nothing in a sequence or beside others, and one of them says enough in a choice.
 */
export function block(
  kind: 'sequence' | 'choice' | 'parallel',
  parts: readonly ProcessTree[],
): ProcessTree {
  const all = parts.flatMap((part) => (part.kind === kind ? part.children : [part]));
  const loud = all.filter((part) => part.kind !== 'silent');
  const skips = kind === 'choice' && loud.length < all.length;
  const children = skips ? [...loud, silent] : loud;
  const only = children.length === 1 ? children[0] : undefined;
  return children.length === 0 ? silent : (only ?? { kind, children });
}

const signs = { sequence: '->', choice: 'X', parallel: '+' } as const;

/** The tree as PM4Py writes it, such as ->( 'a', X( 'b', tau ) ); a loop is *( body, redo ). */
export function treeText(tree: ProcessTree, name: (activity: number) => string): string {
  switch (tree.kind) {
    case 'activity':
      return `'${name(tree.activity)}'`;
    case 'silent':
      return 'tau';
    case 'loop':
      return `*( ${treeText(tree.body, name)}, ${treeText(tree.redo, name)} )`;
    default: {
      const inner = tree.children.map((child) => treeText(child, name));
      return `${signs[tree.kind]}( ${inner.join(', ')} )`;
    }
  }
}
