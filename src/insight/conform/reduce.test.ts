import { expect, test } from 'vitest';
import type { PetriNet, Transition } from '../petri-net.ts';
import { reduced } from './reduce.ts';

const t = (label: string | null, inputs: number[], outputs: number[]): Transition => ({
  label,
  inputs,
  outputs,
});
const net = (places: number, final: number, ...transitions: Transition[]): PetriNet => ({
  places,
  transitions,
  initial: [0],
  final: [final],
});

test.each<[string, PetriNet, Transition[]]>([
  [
    'a chain of silent steps goes',
    net(5, 4, t(null, [0], [1]), t('A', [1], [2]), t(null, [2], [3]), t(null, [3], [4])),
    [t('A', [1], [4])],
  ],
  [
    'a choice keeps its branches and loses its gateways',
    net(
      6,
      5,
      t(null, [0], [1]),
      t(null, [0], [2]),
      t('A', [1], [3]),
      t('B', [2], [4]),
      t(null, [3], [5]),
      t(null, [4], [5]),
    ),
    [t('A', [0], [5]), t('B', [0], [5])],
  ],
  [
    'a way around stays',
    net(2, 1, t('A', [0], [1]), t(null, [0], [1])),
    [t('A', [0], [1]), t(null, [0], [1])],
  ],
  [
    'a way back stays',
    net(3, 2, t('A', [0], [1]), t(null, [1], [0]), t('B', [1], [2])),
    [t('A', [0], [1]), t(null, [1], [0]), t('B', [1], [2])],
  ],
  [
    'splits and joins of parallel work stay',
    net(5, 4, t(null, [0], [1, 2]), t('A', [1], [3]), t(null, [2, 3], [4])),
    [t(null, [0], [1, 2]), t('A', [1], [3]), t(null, [2, 3], [4])],
  ],
])('%s', (_, before, transitions) => {
  expect(reduced(before).transitions).toEqual(transitions);
});
