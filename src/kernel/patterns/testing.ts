/** For tests: the pieces that patterns are drawn from, and the twenty classic patterns. */
import type { Values } from '../../base/data.ts';

/**
 * What is done, and what waits after it. `do x`, `happen x`, `fail x`, `add x`, `change` (data).
 */
export type Move = readonly [act: string, waits: string, values?: Values];

export type Pattern = {
  readonly number: number;
  readonly name: string;
  readonly how: string;
  readonly drawing?: string;
  readonly values?: Values;
  /** The first says what waits after the start. */
  readonly moves?: readonly Move[];
};

export const s = 'startEvent s\nendEvent e\n';
export const tasks = (...names: string[]) =>
  `${names.map((name) => `userTask ${name}`).join('\n')}\n`;
export const message = (id: string) =>
  `<intermediateCatchEvent id="${id}"><messageEventDefinition messageRef="M"/></intermediateCatchEvent>\n`;
export const boundary = (id: string, at: string, cancel = 'true') =>
  `<boundaryEvent id="${id}" attachedToRef="${at}" cancelActivity="${cancel}"><messageEventDefinition messageRef="M"/></boundaryEvent>\n`;
export const many = (attributes: string, inside = '') =>
  `<userTask id="v"><multiInstanceLoopCharacteristics ${attributes}>${inside}</multiInstanceLoopCharacteristics></userTask>\n`;
export const formal = (tag: string, text: string) =>
  `<${tag} xsi:type="tFormalExpression">${text.replace('<', '&lt;')}</${tag}>`;
export const condition = (id: string, text: string) =>
  `<intermediateCatchEvent id="${id}"><conditionalEventDefinition>${formal('condition', text)}</conditionalEventDefinition></intermediateCatchEvent>\n`;
export const and = (...names: string[]) =>
  names.map((name) => `parallelGateway ${name}\n`).join('');
export const xor = (...names: string[]) =>
  names.map((name) => `exclusiveGateway ${name}\n`).join('');
export const or = (...names: string[]) =>
  names.map((name) => `inclusiveGateway ${name}\n`).join('');
export const list = 'huiliu:collection="list" huiliu:elementVariable="x"';
export const abc: Values = { list: ['a', 'b', 'c'] };
export const split = `s -> f -> a\nf -> b\n`;
export const partial = (need: number) =>
  `<complexGateway id="j">${formal('activationCondition', `activationCount >= ${need}`)}</complexGateway>\n`;
export const threeInto = 's -> f\nf -> a -> j\nf -> b -> j\nf -> c -> j\n';
export const inSub = (inside: string) => `subProcess r\n{\nstartEvent rs\n${inside}}subProcess\n`;
export const reached = '<signal id="G" name="g"/>';
export const enough = `<complexBehaviorDefinition>${formal('condition', 'numberOfCompletedInstances = 2')}<event id="en"><signalEventDefinition id="ed" signalRef="G"/></event></complexBehaviorDefinition>`;
export const goOn = `<boundaryEvent id="g" attachedToRef="v" cancelActivity="false"><signalEventDefinition signalRef="G"/></boundaryEvent>\n`;
export const partialMany = `${s}${many(`behavior="Complex" ${list}`, enough)}${goOn}${tasks('z')}endEvent e2\ns -> v -> e2\ng -> z -> e`;

/** Patterns 1 to 20, the classic ones. */
export const classicPatterns: readonly Pattern[] = [
  {
    number: 1,
    name: 'Sequence',
    how: 'sequence flow',
    drawing: `${s}${tasks('a', 'b')}s -> a -> b -> e`,
    moves: [
      ['', 'a'],
      ['do a', 'b'],
      ['do b', 'completed'],
    ],
  },
  {
    number: 2,
    name: 'Parallel split',
    how: 'parallel gateway',
    drawing: `${s}${and('f')}${tasks('a', 'b')}${split}a -> e\nb -> e`,
    moves: [['', 'a b']],
  },
  {
    number: 3,
    name: 'Synchronization',
    how: 'parallel gateway',
    drawing: `${s}${and('f', 'j')}${tasks('a', 'b', 'c')}${split}a -> j\nb -> j\nj -> c -> e`,
    moves: [
      ['', 'a b'],
      ['do a', 'b'],
      ['do b', 'c'],
    ],
  },
  {
    number: 4,
    name: 'Exclusive choice',
    how: 'exclusive gateway',
    drawing: `${s}exclusiveGateway f default="f_b"\n${tasks('a', 'b')}s -> f\nf -> a : x = 1\nf -> b\na -> e\nb -> e`,
    values: { x: 1n },
    moves: [['', 'a']],
  },
  {
    number: 5,
    name: 'Simple merge',
    how: 'exclusive gateway',
    drawing: `${s}exclusiveGateway f default="f_b"\n${xor('j')}${tasks('a', 'b', 'c')}s -> f\nf -> a : x = 1\nf -> b\na -> j\nb -> j\nj -> c -> e`,
    values: { x: 2n },
    moves: [
      ['', 'b'],
      ['do b', 'c'],
    ],
  },
  {
    number: 6,
    name: 'Multi-choice',
    how: 'inclusive gateway',
    drawing: `${s}${or('f')}${tasks('a', 'b')}s -> f\nf -> a : x > 0\nf -> b : x > 1\na -> e\nb -> e`,
    values: { x: 2n },
    moves: [['', 'a b']],
  },
  {
    number: 7,
    name: 'Structured synchronizing merge',
    how: 'inclusive gateway',
    drawing: `${s}${or('f', 'j')}${tasks('a', 'b', 'c')}s -> f\nf -> a : x > 0\nf -> b : x > 1\na -> j\nb -> j\nj -> c -> e`,
    values: { x: 2n },
    moves: [
      ['', 'a b'],
      ['do b', 'a'],
      ['do a', 'c'],
    ],
  },
  {
    number: 8,
    name: 'Multi-merge',
    how: 'exclusive gateway behind a parallel split',
    drawing: `${s}${and('f')}${xor('j')}${tasks('a', 'b', 'c')}${split}a -> j\nb -> j\nj -> c -> e`,
    moves: [
      ['', 'a b'],
      ['do a', 'b c'],
      ['do b', 'c c'],
    ],
  },
  {
    number: 9,
    name: 'Structured discriminator',
    how: 'complex gateway, activationCount >= 1',
    drawing: `${s}${and('f')}${partial(1)}${tasks('a', 'b', 'c', 'z')}${threeInto}j -> z -> e`,
    moves: [
      ['', 'a b c'],
      ['do b', 'a c z'],
      ['do a', 'c z'],
      ['do c', 'z'],
    ],
  },
  {
    number: 10,
    name: 'Arbitrary cycles',
    how: 'flows back to any element',
    drawing: `${s}exclusiveGateway x default="x_e"\n${tasks('a', 'b')}s -> a -> b -> x\nx -> a : again = 1\nx -> b : again = 2\nx -> e`,
    moves: [
      ['', 'a'],
      ['do a', 'b'],
      ['do b', 'b', { again: 2n }],
      ['do b', 'a', { again: 1n }],
    ],
  },
  {
    number: 11,
    name: 'Implicit termination',
    how: 'ends when no token is left',
    drawing: `${s}${and('f')}${tasks('a', 'b')}endEvent e2\n${split}a -> e\nb -> e2`,
    moves: [
      ['', 'a b'],
      ['do a', 'b'],
      ['do b', 'completed'],
    ],
  },
  {
    number: 12,
    name: 'Multiple instances without synchronization',
    how: 'a loop that starts an instance and goes on',
    drawing: `${s}${and('f')}exclusiveGateway m default="m_e"\n${tasks('a', 'n')}endEvent e2\ns -> n -> m\nm -> f : more\nm -> e\nf -> a -> e2\nf -> n`,
    moves: [
      ['', 'n'],
      ['do n', 'a n', { more: true }],
      ['do n', 'a a n', { more: true }],
    ],
  },
  {
    number: 13,
    name: 'Multiple instances, number known at design time',
    how: 'loopCardinality as a literal',
    drawing: `${s}${many('', formal('loopCardinality', '3'))}${tasks('z')}s -> v -> z -> e`,
    moves: [
      ['', 'v v v'],
      ['do v', 'v v'],
      ['do v', 'v'],
      ['do v', 'z'],
    ],
  },
  {
    number: 14,
    name: 'Multiple instances, number known at run time',
    how: 'collection or loopCardinality as an expression',
    drawing: `${s}${many(list)}${tasks('z')}s -> v -> z -> e`,
    values: abc,
    moves: [['', 'v v v']],
  },
  {
    number: 15,
    name: 'Multiple instances, number not known before',
    how: 'command add_child while it runs',
    drawing: `${s}${many(list)}${tasks('z')}s -> v -> z -> e`,
    values: { list: ['a'] },
    moves: [
      ['', 'v'],
      ['add v', 'v v'],
      ['do v', 'v'],
      ['do v', 'z'],
    ],
  },
  {
    number: 16,
    name: 'Deferred choice',
    how: 'event-based gateway',
    drawing: `${s}eventBasedGateway g\n${message('m')}${condition('n', 'late')}${tasks('a', 'b')}s -> g -> m -> a -> e\ng -> n -> b -> e`,
    moves: [
      ['', 'g'],
      ['happen m', 'a'],
    ],
  },
  {
    number: 17,
    name: 'Interleaved parallel routing',
    how: 'sequential ad-hoc sub-process with flows inside',
    drawing: `${s}adHocSubProcess h ordering="Sequential"\n{\n${tasks('a', 'b', 'c')}a -> b\n}adHocSubProcess\ns -> h -> e`,
    moves: [
      ['', 'a'],
      ['do a', 'b'],
      ['do b', 'c'],
      ['do c', 'completed'],
    ],
  },
  {
    number: 18,
    name: 'Milestone',
    how: 'event-based gateway over conditions: reached, or passed',
    drawing: `${s}eventBasedGateway g\n${condition('m', 'reached = true')}${condition('n', 'passed = true')}${tasks('a')}s -> g -> m -> a -> e\ng -> n -> e`,
    moves: [
      ['', 'g'],
      ['change', 'a', { reached: true }],
    ],
  },
  {
    number: 19,
    name: 'Cancel activity',
    how: 'interrupting boundary event',
    drawing: `${s}${tasks('a', 'b')}${boundary('x', 'a')}s -> a -> e\nx -> b -> e`,
    moves: [
      ['', 'a'],
      ['happen x', 'b'],
    ],
  },
  {
    number: 20,
    name: 'Cancel case',
    how: 'terminate end event, or command terminate',
    drawing: `${s}${and('f')}${tasks('a', 'b')}<endEvent id="t"><terminateEventDefinition/></endEvent>\n${split}a -> e\nb -> t`,
    moves: [
      ['', 'a b'],
      ['do b', 'terminated'],
    ],
  },
];
