import { describe, expect, test } from 'vitest';
import { assert } from '../../base/assert.ts';
import { read } from '../model/read.ts';
import { draw } from '../testing.ts';
import { verifyModel } from './verify.ts';

const ends = 'endEvent e\nendEvent e2';
const split = (fork: string, join: string) => `startEvent s
  ${fork}Gateway f
  userTask a
  userTask b
  ${join}Gateway j
  endEvent e
  s -> f -> a -> j -> e
  f -> b${fork === 'parallel' ? '' : ' : x = 1'}
  b -> j`;

const models: readonly (readonly [name: string, drawing: string, faults: string])[] = [
  ['a line', 'startEvent s\nuserTask a\nendEvent e\ns -> a -> e', ''],
  ['both, then both', split('parallel', 'parallel'), ''],
  ['one, then one', split('exclusive', 'exclusive'), ''],
  ['some, then those', split('inclusive', 'inclusive'), ''],
  ['one, then both', split('exclusive', 'parallel'), 'optionToComplete'],
  ['both, then one', split('parallel', 'exclusive'), 'properCompletion safe'],
  [
    'two ends',
    `startEvent s\nparallelGateway f\nuserTask a\nuserTask b\n${ends}\ns -> f -> a -> e\nf -> b -> e2`,
    '',
  ],
  [
    'a circle without a way out',
    `startEvent s\nexclusiveGateway m\nuserTask a\nparallelGateway f\nuserTask b\nendEvent e
     s -> m -> a -> f -> m\nf -> b -> e`,
    'optionToComplete properCompletion safe',
  ],
  [
    'a timer beside its task',
    `startEvent s\nuserTask a\n<boundaryEvent id="t" attachedToRef="a" cancelActivity="false"><timerEventDefinition><timeDuration xsi:type="tFormalExpression">P1D</timeDuration></timerEventDefinition></boundaryEvent>
     userTask late\n${ends}\ns -> a -> e\nt -> late -> e2`,
    '',
  ],
  [
    'terminate ends the others',
    `startEvent s\nparallelGateway f\nuserTask a\nuserTask b\nendEvent e
     <endEvent id="x"><terminateEventDefinition/></endEvent>\ns -> f -> a -> e\nf -> b -> x`,
    '',
  ],
];

/** Two pools that speak with each other; `answers` says whether the second one answers. */
const pools = (answers: boolean) =>
  draw(
    `startEvent s
     <sendTask id="ask" messageRef="M"/>
     <receiveTask id="hear" messageRef="N"/>
     endEvent e
     s -> ask -> hear -> e`,
    `<message id="M" name="asked"/><message id="N" name="answered"/>
     <collaboration id="c"><participant id="p1" processRef="p"/><participant id="p2" processRef="q"/>
     <messageFlow id="m1" sourceRef="ask" targetRef="qs"/>
     <messageFlow id="m2" sourceRef="answer" targetRef="hear"/></collaboration>
     <process id="q"><startEvent id="qs"><messageEventDefinition messageRef="M"/></startEvent>
     ${answers ? '' : '<exclusiveGateway id="g" default="f4"/>'}
     <sendTask id="answer" messageRef="N"/><endEvent id="qe"/>
     <sequenceFlow id="f1" sourceRef="qs" targetRef="${answers ? 'answer' : 'g'}"/>
     ${answers ? '' : '<sequenceFlow id="f3" sourceRef="g" targetRef="answer"><conditionExpression xsi:type="tFormalExpression">x = 1</conditionExpression></sequenceFlow><sequenceFlow id="f4" sourceRef="g" targetRef="qe"/>'}
     <sequenceFlow id="f2" sourceRef="answer" targetRef="qe"/></process>`,
  );

/** One pool says M, then N; the other hears N first. */
const wrongWayRound = draw(
  `startEvent s
   <sendTask id="first" messageRef="M"/>
   <sendTask id="second" messageRef="N"/>
   endEvent e
   s -> first -> second -> e`,
  `<message id="M" name="m"/><message id="N" name="n"/>
   <collaboration id="c"><participant id="p1" processRef="p"/><participant id="p2" processRef="q"/>
   <messageFlow id="m1" sourceRef="first" targetRef="late"/>
   <messageFlow id="m2" sourceRef="second" targetRef="early"/></collaboration>
   <process id="q"><startEvent id="qs"/><receiveTask id="early" messageRef="N"/>
   <receiveTask id="late" messageRef="M"/><endEvent id="qe"/>
   <sequenceFlow id="f1" sourceRef="qs" targetRef="early"/>
   <sequenceFlow id="f2" sourceRef="early" targetRef="late"/>
   <sequenceFlow id="f3" sourceRef="late" targetRef="qe"/></process>`,
);

async function faultsOf(xml: string): Promise<string> {
  const model = await read(xml);
  assert(model.ok, 'the model is readable');
  const { status, properties } = verifyModel(model.value);
  assert(status === 'accepted' && properties !== null, 'the model is accepted');
  return Object.entries(properties)
    .filter(([, value]) => value !== true)
    .map(([name]) => name)
    .join(' ');
}

describe('verify', () => {
  test.each(models)('%s', async (_name, drawing, faults) => {
    expect(await faultsOf(draw(drawing))).toBe(faults);
  });

  test('two pools that always answer each other are sound', async () => {
    expect(await faultsOf(pools(true))).toBe('');
  });

  test('a pool that may not answer leaves the other waiting', async () => {
    expect(await faultsOf(pools(false))).toBe('optionToComplete');
  });

  test('a fault comes with a shortest way to it', async () => {
    const model = await read(draw(split('exclusive', 'parallel')));
    assert(model.ok, 'the model is readable');
    const { sound, traces } = verifyModel(model.value);
    expect(sound).toBe(false);
    expect(traces.map(({ rule, elements }) => [rule, elements.at(-1)])).toEqual([
      ['no_option_to_complete', expect.stringMatching(/^[ab]$/)],
    ]);
    expect(traces[0]?.words.at(-1)).toBe('From here no end can be reached.');
  });

  test('a bound that is reached gives no verdict', async () => {
    const model = await read(draw(split('parallel', 'parallel')));
    assert(model.ok, 'the model is readable');
    expect(verifyModel(model.value, { statesMax: 2, reduce: false }).sound).toBe('unknown');
  });

  test.each([
    ['bag', ''],
    ['ordered', 'optionToComplete noDeadActivities'],
  ] as const)('messages as a %s: who listens the other way round', async (messages, faults) => {
    const model = await read(wrongWayRound);
    assert(model.ok, 'the model is readable');
    const bounds = { statesMax: 1_000, reduce: true, messages };
    const { status, properties } = verifyModel(model.value, bounds);
    expect(status).toBe('accepted');
    const found = Object.entries(properties ?? {}).filter(([, value]) => value !== true);
    expect(found.map(([name]) => name).join(' ')).toBe(faults);
    expect(verifyModel(model.value, { ...bounds, reduce: false }).properties).toEqual(properties);
  });

  test.each([
    [
      'a loop that may pass again and again',
      `startEvent s
       <userTask id="a"><standardLoopCharacteristics loopMaximum="2"><loopCondition xsi:type="tFormalExpression">go</loopCondition></standardLoopCharacteristics></userTask>
       endEvent e
       s -> a -> e`,
      '',
    ],
    [
      'two ways to begin, each with work of its own',
      `<startEvent id="s1"><messageEventDefinition messageRef="M"/></startEvent>
       <startEvent id="s2"><messageEventDefinition messageRef="N"/></startEvent>
       userTask a
       userTask b
       exclusiveGateway j
       endEvent e
       s1 -> a -> j -> e
       s2 -> b -> j`,
      '',
    ],
    [
      'a gateway that begins by two messages',
      `<eventBasedGateway id="g" instantiate="true" eventGatewayType="Parallel"/>
       <intermediateCatchEvent id="m1"><messageEventDefinition messageRef="M"/></intermediateCatchEvent>
       <intermediateCatchEvent id="m2"><messageEventDefinition messageRef="N"/></intermediateCatchEvent>
       parallelGateway j
       endEvent e
       g -> m1 -> j -> e
       g -> m2 -> j`,
      '',
    ],
    [
      'a signal to a branch that listens at once',
      `startEvent s
       parallelGateway f
       <intermediateCatchEvent id="c"><signalEventDefinition signalRef="S"/></intermediateCatchEvent>
       <intermediateThrowEvent id="t"><signalEventDefinition signalRef="S"/></intermediateThrowEvent>
       parallelGateway j
       endEvent e
       s -> f -> c -> j -> e
       f -> t -> j`,
      '',
    ],
    [
      'a signal to a branch that listens only after work',
      `startEvent s
       parallelGateway f
       userTask a
       <intermediateCatchEvent id="c"><signalEventDefinition signalRef="S"/></intermediateCatchEvent>
       <intermediateThrowEvent id="t"><signalEventDefinition signalRef="S"/></intermediateThrowEvent>
       parallelGateway j
       endEvent e
       s -> f -> a -> c -> j -> e
       f -> t -> j`,
      'optionToComplete',
    ],
  ])('%s', async (_name, drawing, faults) => {
    const top = '<message id="M" name="m"/><message id="N" name="n"/><signal id="S" name="s"/>';
    expect(await faultsOf(draw(drawing, top))).toBe(faults);
  });

  test('fourteen branches with a deadline each are judged in a few states', async () => {
    const branches = Array.from({ length: 14 }, (_none, at) => {
      const border = `<boundaryEvent id="t${at}" attachedToRef="a${at}"><timerEventDefinition><timeDuration xsi:type="tFormalExpression">P1D</timeDuration></timerEventDefinition></boundaryEvent>`;
      return `userTask a${at}
        ${border}
        exclusiveGateway m${at}
        f -> a${at} -> m${at} -> j
        t${at} -> m${at}`;
    });
    const model = await read(
      draw(`startEvent s
        parallelGateway f
        parallelGateway j
        endEvent e
        s -> f
        j -> e
        ${branches.join('\n')}`),
    );
    assert(model.ok, 'the model is readable');
    const { sound, states } = verifyModel(model.value);
    expect(sound).toBe(true);
    expect(states).toBeLessThan(200);
  });

  test('a bound that is reached is named', async () => {
    const model = await read(draw(split('parallel', 'parallel')));
    assert(model.ok, 'the model is readable');
    const { findings } = verifyModel(model.value, { statesMax: 2, reduce: false });
    expect(findings.map(({ rule }) => rule)).toContain('states_limit_reached');
  });

  test('what breaks a rule is rejected', async () => {
    const model = await read(draw('startEvent s\nendEvent e\nuserTask a\ns -> e'));
    assert(model.ok, 'the model is readable');
    const { status, findings } = verifyModel(model.value);
    expect([status, findings[0]?.rule, findings[0]?.element]).toEqual(['rejected', 'EXT150', 'a']);
  });
});
