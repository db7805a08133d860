import { expect, test } from 'vitest';
import { block, type ProcessTree, silent } from '../process-tree.ts';
import { soundByParts } from './parts.ts';

const leaf = (activity: number): ProcessTree => ({ kind: 'activity', activity });

test('a model of very many states is sound because each of its blocks is', async () => {
  const loops = Array.from({ length: 12 }, (_, i) => ({
    kind: 'loop' as const,
    body: block('sequence', [leaf(i * 3), leaf(i * 3 + 1)]),
    redo: block('choice', [leaf(i * 3 + 2), silent]),
  }));
  const found = await soundByParts(block('parallel', loops));
  expect(found.sound).toBe(true);
  expect(found.states).toBeLessThan(20_000);
});
