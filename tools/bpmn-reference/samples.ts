/**
 * A smallest model for each element of BPMN 2.0, in the drawing language of src/kernel/testing.ts.
 */

/** What stands in the model beside the process, for all samples. */
export const top = `<message id="M" name="m"/><signal id="S" name="s"/><error id="E" errorCode="e"/>
<escalation id="X" escalationCode="x"/><process id="q"><startEvent id="qs"/><endEvent id="qe"/>
<sequenceFlow id="qf" sourceRef="qs" targetRef="qe"/></process>`;

export type Sample = {
  readonly element: string;
  readonly group: string;
  readonly drawing: string;
  /** What execution means, in a few words. */
  readonly means: string;
};

function alone(line: string): string {
  return `startEvent s\n${line}\nendEvent e\ns -> n -> e`;
}

function scope(tag: string, attributes = ''): string {
  return alone(`${tag} n ${attributes}\n{\nstartEvent i\ntask t\nendEvent o\ni -> t -> o\n}${tag}`);
}

const twoWays = 'task a\ntask b\ntask c\nn -> a\nn -> b : true\na -> j\nb -> j\nj -> c -> e';

function gateway(tag: string): string {
  return `startEvent s\n${tag} n\n${tag} j\nendEvent e\ns -> n\n${twoWays}`;
}

const eventBased = `startEvent s\neventBasedGateway n\n${wait('a')}\n${wait('b')}\nendEvent e
s -> n -> a -> e\nn -> b -> e`;

function wait(id: string): string {
  return `<intermediateCatchEvent id="${id}"><timerEventDefinition><timeDuration xsi:type="tFormalExpression">PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent>`;
}

function looping(characteristics: string): string {
  return alone(`<userTask id="n">${characteristics}</userTask>`);
}

const multi = (attributes: string) =>
  looping(`<multiInstanceLoopCharacteristics ${attributes} huiliu:collection="list"/>`);

export const samples: readonly Sample[] = [
  sample('tasks', 'task', alone('task n'), 'passes at once'),
  sample('tasks', 'userTask', alone('userTask n'), 'waits for a person'),
  sample('tasks', 'manualTask', alone('manualTask n'), 'passes at once'),
  sample('tasks', 'serviceTask', alone('serviceTask n'), 'waits for a service operation'),
  sample(
    'tasks',
    'businessRuleTask',
    alone('businessRuleTask n huiliu:decision="d"'),
    'waits for a decision',
  ),
  sample(
    'tasks',
    'scriptTask',
    alone('<scriptTask id="n" scriptFormat="feel"><script>1 + 1</script></scriptTask>'),
    'FEEL is evaluated, other scripts are left to the shell',
  ),
  sample(
    'tasks',
    'sendTask',
    alone('sendTask n messageRef="M"'),
    'sends a message, passes at once',
  ),
  sample(
    'tasks',
    'receiveTask',
    alone('receiveTask n messageRef="M"'),
    'waits for a message; may begin a process',
  ),
  sample(
    'activities',
    'callActivity',
    alone('callActivity n calledElement="q"'),
    'waits for a process or global task of its own',
  ),
  sample('activities', 'subProcess', scope('subProcess'), 'a scope inside the process'),
  sample(
    'activities',
    'transaction',
    scope('transaction'),
    'a scope that can be cancelled and compensated',
  ),
  sample(
    'activities',
    'adHocSubProcess',
    alone('adHocSubProcess n\n{\nuserTask t\nuserTask u\n}adHocSubProcess'),
    'its activities at once or one by one, until the completion condition holds',
  ),
  sample(
    'activities',
    'event sub-process',
    `${alone('task n')}\nsubProcess x triggeredByEvent="true"\n{\n<startEvent id="i"><signalEventDefinition signalRef="S"/></startEvent>\nendEvent o\ni -> o\n}subProcess`,
    'begins by its event, interrupting or beside',
  ),
  sample(
    'loops',
    'standardLoopCharacteristics',
    looping(
      '<standardLoopCharacteristics><loopCondition xsi:type="tFormalExpression">false</loopCondition></standardLoopCharacteristics>',
    ),
    'again while the condition holds, up to the maximum',
  ),
  sample(
    'loops',
    'multiInstanceLoopCharacteristics, sequential',
    multi('isSequential="true"'),
    'one child after another',
  ),
  sample('loops', 'multiInstanceLoopCharacteristics, parallel', multi(''), 'all children at once'),
  sample(
    'loops',
    'startQuantity, completionQuantity',
    alone('task n startQuantity="1" completionQuantity="2"'),
    'tokens taken and given',
  ),
  sample(
    'gateways',
    'exclusiveGateway',
    gateway('exclusiveGateway').replace('n -> a\n', 'n -> a : false\n'),
    'the first flow whose condition holds, else the default',
  ),
  sample(
    'gateways',
    'parallelGateway',
    gateway('parallelGateway').replace(' : true', ''),
    'all flows; waits for all',
  ),
  sample(
    'gateways',
    'inclusiveGateway',
    gateway('inclusiveGateway'),
    'every flow whose condition holds; waits while another token can still come',
  ),
  sample(
    'gateways',
    'complexGateway',
    gateway('complexGateway'),
    'by its activation condition, then waits for the rest',
  ),
  sample(
    'gateways',
    'eventBasedGateway',
    eventBased,
    'the first event that occurs; may begin a process',
  ),
  sample(
    'data',
    'dataObject',
    `${alone('task n')}\ndataObject do1\ndataObjectReference dr1 dataObjectRef="do1"`,
    'a variable of its scope',
  ),
  sample('data', 'property', `<property id="v"/>\n${alone('task n')}`, 'a variable of its scope'),
  sample(
    'flows',
    'conditional sequenceFlow',
    `startEvent s\nuserTask n\nendEvent e\nendEvent o\ns -> n\nn -> e : true\nn -> o`,
    'taken when its condition holds',
  ),
  sample(
    'flows',
    'default sequenceFlow',
    `startEvent s\nuserTask n default="n_o"\nendEvent e\nendEvent o\ns -> n\nn -> e : true\nn -> o`,
    'taken when no condition holds',
  ),
];

function sample(group: string, element: string, drawing: string, means: string): Sample {
  return { group, element, drawing, means };
}

/** Elements that change nothing in a run: with or without them the program is the same. */
export const decorations: readonly (readonly [element: string, xml: string, top: string])[] = [
  ['textAnnotation', '<textAnnotation id="z"><text>note</text></textAnnotation>', ''],
  ['group', '<group id="z"/>', ''],
  ['association', '<association id="z" sourceRef="n" targetRef="e"/>', ''],
  ['dataStoreReference', '<dataStoreReference id="z"/>', ''],
  ['itemDefinition', '', '<itemDefinition id="z" structureRef="String"/>'],
  [
    'interface, operation',
    '',
    '<interface id="z" name="i"><operation id="zo" name="o"><inMessageRef>M</inMessageRef></operation></interface>',
  ],
  ['resource', '', '<resource id="z" name="r"/>'],
  ['category', '', '<category id="z"/>'],
  ['partnerRole, partnerEntity', '', '<partnerRole id="z"/><partnerEntity id="z2"/>'],
  [
    'participant (pool)',
    '',
    '<collaboration id="c"><participant id="z" processRef="p"/></collaboration>',
  ],
];

export const plainDrawing = alone('task n');

// --- events ------------------------------------------------------------------------------------

/** Event definitions as XML. */
export const definitions: readonly (readonly [trigger: string, xml: string])[] = [
  ['none', ''],
  ['message', '<messageEventDefinition messageRef="M"/>'],
  [
    'timer',
    '<timerEventDefinition><timeDuration xsi:type="tFormalExpression">PT1H</timeDuration></timerEventDefinition>',
  ],
  ['error', '<errorEventDefinition errorRef="E"/>'],
  ['escalation', '<escalationEventDefinition escalationRef="X"/>'],
  ['cancel', '<cancelEventDefinition/>'],
  ['compensation', '<compensateEventDefinition/>'],
  [
    'conditional',
    '<conditionalEventDefinition><condition xsi:type="tFormalExpression">a > 1</condition></conditionalEventDefinition>',
  ],
  ['link', '<linkEventDefinition name="l"/>'],
  ['signal', '<signalEventDefinition signalRef="S"/>'],
  ['terminate', '<terminateEventDefinition/>'],
  ['multiple', '<signalEventDefinition signalRef="S"/><messageEventDefinition messageRef="M"/>'],
];

export type Place = {
  readonly place: string;
  readonly drawing: (xml: string, trigger: string) => string;
};

/** Each place an event can stand (BPMN 2.0.2, table 10.93). */
export const places: readonly Place[] = [
  {
    place: 'start',
    drawing: (xml) => `<startEvent id="n">${xml}</startEvent>\ntask t\nendEvent e\nn -> t -> e`,
  },
  { place: 'event sub-process, interrupting', drawing: (xml) => eventSub(xml, 'true') },
  { place: 'event sub-process, beside', drawing: (xml) => eventSub(xml, 'false') },
  {
    place: 'intermediate catch',
    drawing: (xml, trigger) =>
      trigger === 'link'
        ? `startEvent s\n<intermediateThrowEvent id="t">${xml}</intermediateThrowEvent>\n<intermediateCatchEvent id="n">${xml}</intermediateCatchEvent>\nendEvent e\ns -> t\nn -> e`
        : alone(`<intermediateCatchEvent id="n">${xml}</intermediateCatchEvent>`),
  },
  { place: 'boundary, interrupting', drawing: (xml, trigger) => boundary(xml, trigger, 'true') },
  { place: 'boundary, beside', drawing: (xml, trigger) => boundary(xml, trigger, 'false') },
  {
    place: 'intermediate throw',
    drawing: (xml, trigger) =>
      trigger === 'link'
        ? `startEvent s\n<intermediateThrowEvent id="n">${xml}</intermediateThrowEvent>\n<intermediateCatchEvent id="c">${xml}</intermediateCatchEvent>\nendEvent e\ns -> n\nc -> e`
        : alone(`<intermediateThrowEvent id="n">${xml}</intermediateThrowEvent>`),
  },
  {
    place: 'end',
    drawing: (xml, trigger) => {
      const inside = `startEvent i\n<endEvent id="n">${xml}</endEvent>\ni -> n`;
      return trigger === 'cancel'
        ? alone(`transaction n0\n{\n${inside}\n}transaction`).replaceAll(
            's -> n -> e',
            's -> n0 -> e',
          )
        : inside;
    },
  },
];

function eventSub(xml: string, interrupting: string): string {
  return `${plainDrawing}\nsubProcess x triggeredByEvent="true"\n{\n<startEvent id="i" isInterrupting="${interrupting}">${xml}</startEvent>\nendEvent o\ni -> o\n}subProcess`;
}

function boundary(xml: string, trigger: string, cancel: string): string {
  const tag = trigger === 'cancel' ? 'transaction' : 'subProcess';
  const host = `${tag} h\n{\nstartEvent i\nendEvent o\ni -> o\n}${tag}`;
  const event = `<boundaryEvent id="n" attachedToRef="h" cancelActivity="${cancel}">${xml}</boundaryEvent>`;
  const around = `startEvent s\n${host}\nendEvent e\ns -> h -> e\n${event}`;
  return trigger === 'compensation'
    ? `${around}\ntask u isForCompensation="true"\n<association id="as" sourceRef="n" targetRef="u"/>`
    : `${around}\nendEvent e2\nn -> e2`;
}
