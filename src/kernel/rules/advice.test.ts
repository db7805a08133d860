import { expect, test } from 'vitest';
import { assert } from '../../base/assert.ts';
import { read } from '../model/read.ts';
import { draw } from '../testing.ts';
import { advise } from './advice.ts';

const lane =
  '<laneSet id="l"><lane id="k" name="Clerk"><flowNodeRef>a</flowNodeRef></lane></laneSet>';

test.each([
  [`${lane}\nstartEvent s name="s"\nuserTask a name="a"\nendEvent e name="e"\ns -> a -> e`, ''],
  ['startEvent s\ntask a name="a"\nendEvent e name="e"\ns -> a -> e', 'label_missing s'],
  [
    'startEvent s name="s"\nuserTask a name="a"\nendEvent e name="e"\ns -> a -> e',
    'performer_missing a',
  ],
  [
    'startEvent s name="s"\ntask a name="a"\ntask b name="b"\nendEvent e name="e"\ns -> a -> b -> e\na -> e',
    'implicit_split a',
  ],
  [
    'startEvent s name="s"\ntask a name="a"\ntask b name="b"\nendEvent e name="e"\ns -> a -> b -> e\ns -> b',
    'fake_join b, implicit_split s',
  ],
  [
    'startEvent s name="s"\nexclusiveGateway g\ntask a name="a"\nendEvent e name="e"\ns -> g\ng -> a : x = 1\ng -> e\na -> e',
    'label_missing g, answer_missing g_a, answer_missing g_e',
  ],
  [
    'startEvent s name="s"\nparallelGateway g\nendEvent e name="e"\ns -> g -> e',
    'superfluous_gateway g',
  ],
])('advice %#', async (drawing, wanted) => {
  const model = await read(draw(drawing));
  assert(model.ok, 'the model is readable');
  const given = advise(model.value).map(({ rule, element }) => `${rule} ${element}`);
  expect(given.join(', ')).toBe(wanted);
});
