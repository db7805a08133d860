import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Values } from '../../base/data.ts';
import { Driver, draw, programOf } from '../testing.ts';
import {
  abc,
  and,
  boundary,
  classicPatterns,
  formal,
  inSub,
  list,
  many,
  message,
  or,
  type Pattern,
  partial,
  partialMany,
  reached,
  s,
  split,
  tasks,
  threeInto,
  xor,
} from './testing.ts';

const laterPatterns: readonly Pattern[] = [
  {
    number: 21,
    name: 'Structured loop',
    how: 'standard loop, test before or after',
    drawing: `${s}<userTask id="a"><standardLoopCharacteristics>${formal('loopCondition', 'n < 2')}</standardLoopCharacteristics></userTask>\ns -> a -> e`,
    moves: [
      ['', 'a'],
      ['do a', 'a', { n: 1n }],
      ['do a', 'completed', { n: 2n }],
    ],
  },
  {
    number: 22,
    name: 'Recursion',
    how: 'a call activity that calls its own process',
    drawing: `${s}callActivity a calledElement="p"\ns -> a -> e`,
    moves: [
      ['', 'a'],
      ['do a', 'completed'],
    ],
  },
  {
    number: 23,
    name: 'Transient trigger',
    how: 'signals reach who waits now, and nobody later',
    drawing: `${s}${tasks('a')}<intermediateCatchEvent id="g"><signalEventDefinition signalRef="G"/></intermediateCatchEvent>\ns -> a -> g -> e`,
    moves: [
      ['', 'a'],
      ['happen g', 'nothing_awaited'],
      ['do a', 'g'],
      ['happen g', 'completed'],
    ],
  },
  {
    number: 24,
    name: 'Persistent trigger',
    how: 'messages are kept by the runtime until a case waits for them',
    drawing: `${s}${message('m')}s -> m -> e`,
    moves: [
      ['', 'm'],
      ['happen m', 'completed'],
    ],
  },
  {
    number: 25,
    name: 'Cancel region',
    how: 'boundary event of a sub-process',
    drawing: `${s}${inSub(`${and('rf')}${tasks('a', 'b')}endEvent re\nrs -> rf -> a -> re\nrf -> b -> re\n`)}${tasks('c')}${boundary('x', 'r')}s -> r -> e\nx -> c -> e`,
    moves: [
      ['', 'a b'],
      ['happen x', 'c'],
    ],
  },
  {
    number: 26,
    name: 'Cancel multiple instance activity',
    how: 'boundary event of the activity',
    drawing: `${s}${many(list)}${tasks('c')}${boundary('x', 'v')}s -> v -> e\nx -> c -> e`,
    values: abc,
    moves: [
      ['', 'v v v'],
      ['happen x', 'c'],
    ],
  },
  {
    number: 27,
    name: 'Complete multiple instance activity',
    how: 'completionCondition over data',
    drawing: `${s}${many(list, formal('completionCondition', 'stop'))}${tasks('z')}s -> v -> z -> e`,
    values: abc,
    moves: [
      ['', 'v v v'],
      ['do v', 'z', { stop: true }],
    ],
  },
  {
    number: 28,
    name: 'Blocking discriminator',
    how: 'complex gateway: late tokens wait for its reset',
    drawing: `${s}${and('f')}${partial(1)}${tasks('a', 'b', 'c', 'z')}${threeInto}j -> z -> e`,
    moves: [
      ['', 'a b c'],
      ['do a', 'b c z'],
      ['do b', 'c z'],
    ],
  },
  {
    number: 29,
    name: 'Cancelling discriminator',
    how: 'complex gateway and terminate in a sub-process',
    drawing: `${s}${inSub(`${and('f')}${partial(1)}${tasks('a', 'b', 'c')}<endEvent id="t"><terminateEventDefinition/></endEvent>\n${threeInto.replace('s ->', 'rs ->')}j -> t\n`)}${tasks('z')}s -> r -> z -> e`,
    moves: [
      ['', 'a b c'],
      ['do a', 'z'],
    ],
  },
  {
    number: 30,
    name: 'Structured partial join',
    how: 'complex gateway, activationCount >= n',
    drawing: `${s}${and('f')}${partial(2)}${tasks('a', 'b', 'c', 'z')}${threeInto}j -> z -> e`,
    moves: [
      ['', 'a b c'],
      ['do a', 'b c'],
      ['do c', 'b z'],
      ['do b', 'z'],
    ],
  },
  {
    number: 31,
    name: 'Blocking partial join',
    how: 'complex gateway: late tokens wait for its reset',
    drawing: `${s}${and('f')}${partial(2)}${tasks('a', 'b', 'c', 'z')}${threeInto}j -> z -> e`,
    moves: [
      ['', 'a b c'],
      ['do a', 'b c'],
      ['do b', 'c z'],
    ],
  },
  {
    number: 32,
    name: 'Cancelling partial join',
    how: 'complex gateway and terminate in a sub-process',
    drawing: `${s}${inSub(`${and('f')}${partial(2)}${tasks('a', 'b', 'c')}<endEvent id="t"><terminateEventDefinition/></endEvent>\n${threeInto.replace('s ->', 'rs ->')}j -> t\n`)}${tasks('z')}s -> r -> z -> e`,
    moves: [
      ['', 'a b c'],
      ['do a', 'b c'],
      ['do b', 'z'],
    ],
  },
  {
    number: 33,
    name: 'Generalized AND-join',
    how: 'parallel gateway: tokens of later rounds rest on their flow',
    drawing: `${s}${and('f', 'k', 'j')}${xor('m')}${tasks('a', 'b', 'c')}task q\ns -> f -> a -> k -> m -> j\nf -> b -> j\nk -> q -> m\nj -> c -> e`,
    moves: [
      ['', 'a b'],
      ['do a', 'b'],
      ['do b', 'c'],
    ],
  },
  {
    number: 34,
    name: 'Static partial join for multiple instances',
    how: 'complex behaviour: an event after n, the rest goes on',
    drawing: partialMany,
    values: abc,
    moves: [
      ['', 'v v v'],
      ['do v', 'v v'],
      ['do v', 'v z'],
      ['do z', 'v'],
    ],
  },
  {
    number: 35,
    name: 'Cancelling partial join for multiple instances',
    how: 'completionCondition',
    drawing: `${s}${many(list, formal('completionCondition', 'numberOfCompletedInstances >= 2'))}${tasks('z')}s -> v -> z -> e`,
    values: abc,
    moves: [
      ['', 'v v v'],
      ['do v', 'v v'],
      ['do v', 'z'],
    ],
  },
  {
    number: 36,
    name: 'Dynamic partial join for multiple instances',
    how: 'complex behaviour with add_child',
    drawing: partialMany,
    values: { list: ['a'] },
    moves: [
      ['', 'v'],
      ['add v', 'v v'],
      ['add v', 'v v v'],
      ['do v', 'v v'],
      ['do v', 'v z'],
    ],
  },
  {
    number: 37,
    name: 'Local synchronizing merge',
    how: 'inclusive gateway',
    drawing: `${s}${or('f', 'j')}${tasks('a', 'b', 'c')}s -> f\nf -> a : x > 0\nf -> b : x > 1\na -> j\nb -> j\nj -> c -> e`,
    values: { x: 1n },
    moves: [
      ['', 'a'],
      ['do a', 'c'],
    ],
  },
  {
    number: 38,
    name: 'General synchronizing merge',
    how: 'inclusive gateway by reachability, in unstructured models too',
    drawing: `${s}${and('f')}${or('j')}exclusiveGateway x default="x_e2"\n${tasks('a', 'b', 'c')}endEvent e2\ns -> f -> a -> j\nf -> b -> x\nx -> j : stay\nx -> e2\nj -> c -> e`,
    moves: [
      ['', 'a b'],
      ['do a', 'b'],
      ['do b', 'c', { stay: false }],
    ],
  },
  {
    number: 39,
    name: 'Critical section',
    how: 'not supported: BPMN has no lock over parts of several branches; parts that can be sub-processes may stand in one sequential ad-hoc sub-process',
  },
  {
    number: 40,
    name: 'Interleaved routing',
    how: 'sequential ad-hoc sub-process',
    drawing: `${s}adHocSubProcess h ordering="Sequential"\n{\n${tasks('a', 'b')}}adHocSubProcess\ns -> h -> e`,
    moves: [
      ['', 'a'],
      ['do a', 'b'],
      ['do b', 'completed'],
    ],
  },
  {
    number: 41,
    name: 'Thread merge',
    how: 'startQuantity',
    drawing: `${s}${and('f')}${tasks('a', 'b')}userTask c startQuantity="2"\n${split}a -> c\nb -> c\nc -> e`,
    moves: [
      ['', 'a b'],
      ['do a', 'b'],
      ['do b', 'c'],
    ],
  },
  {
    number: 42,
    name: 'Thread split',
    how: 'completionQuantity',
    drawing: `${s}userTask a completionQuantity="2"\n${tasks('b')}s -> a -> b -> e`,
    moves: [
      ['', 'a'],
      ['do a', 'b b'],
    ],
  },
  {
    number: 43,
    name: 'Explicit termination',
    how: 'terminate end event',
    drawing: `startEvent s\n${tasks('a')}<endEvent id="t"><terminateEventDefinition/></endEvent>\ns -> a -> t`,
    moves: [
      ['', 'a'],
      ['do a', 'terminated'],
    ],
  },
];

const patterns = [...classicPatterns, ...laterPatterns];

function act(driver: Driver, order: string, values: Values): string | null {
  const [verb, id = ''] = order.split(' ');
  if (verb === 'do') return driver.complete(id, values);
  if (verb === 'happen') return driver.happen(id, values);
  if (verb === 'change') return driver.give({ type: 'change_data', at: driver.at, values });
  const activityInstance = driver.instanceOf(id);
  return driver.give({ type: 'add_child', at: driver.at, activityInstance, values });
}

describe('workflow control-flow patterns', () => {
  test.each(patterns.filter((one) => one.drawing !== undefined))(
    '$number $name',
    async ({ drawing = '', values = {}, moves = [] }) => {
      const top = `<message id="M" name="m"/>${reached}`;
      const driver = new Driver(await programOf(draw(drawing, top)));
      const came = moves.map(([order, , given]) => {
        const refused = order === '' ? driver.start(values) : act(driver, order, given ?? {});
        return refused ?? driver.waiting();
      });
      expect(came).toEqual(moves.map(([, waits]) => waits));
    },
  );

  test('docs/reference/patterns.md says which are supported and how (vitest -u)', async () => {
    const supported = patterns.filter((one) => one.drawing !== undefined);
    const page = [
      '# The 43 workflow control-flow patterns\n',
      'After workflowpatterns.com (Russell, ter Hofstede, van der Aalst, Mulyar 2006). Each supported',
      `pattern is a model that a test runs. Supported: ${supported.length} of ${patterns.length}.\n`,
      '| no. | pattern | supported | how |',
      '| --- | --- | --- | --- |',
      ...patterns.map(({ number, name, how, drawing }) => {
        return `| ${number} | ${name} | ${drawing === undefined ? 'no' : 'yes'} | ${how} |`;
      }),
      '',
    ].join('\n');
    const file = join(import.meta.dirname, '../../../docs/reference/patterns.md');
    await expect(page).toMatchFileSnapshot(file);
  });
});
