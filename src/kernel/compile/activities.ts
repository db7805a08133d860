/** Activities: tasks, calls and sub-processes with their loops, boundaries and data. */
import { present } from '../../base/assert.ts';
import { type Expression, feel, literal, variable } from '../expression.ts';
import { bodyOf, child, children, flag, is, localType, text } from '../model/xml.ts';
import type { Activity, CallWork, DataMove, Loop, Script, TaskKind, TaskWork } from '../program.ts';
import type { XmlElement } from '../types.ts';
import {
  attributesOf,
  type Building,
  bodyExpression,
  dataName,
  expressionOf,
  find,
  indexOf,
} from './building.ts';
import { definitionsOf, messageTrigger, triggerOf } from './triggers.ts';

const taskKinds: Readonly<Record<string, TaskKind>> = {
  task: 'none',
  userTask: 'user',
  serviceTask: 'service',
  sendTask: 'send',
  receiveTask: 'receive',
  scriptTask: 'script',
  businessRuleTask: 'rule',
  manualTask: 'manual',
  globalTask: 'none',
  globalUserTask: 'user',
  globalScriptTask: 'script',
  globalBusinessRuleTask: 'rule',
  globalManualTask: 'manual',
};

/** The kind of a task or global task; null for other elements. */
export function taskKindOf(element: XmlElement): TaskKind | null {
  return taskKinds[localType(element)] ?? null;
}

/** A task with what it says, asks, decides or runs. */
export function taskWork(building: Building, element: XmlElement, task: TaskKind): TaskWork {
  const attributes = attributesOf(building, element);
  const speaks = task === 'send' || task === 'receive';
  if (task === 'rule' && attributes.decision === undefined) {
    find(building, element, 'decision_missing', 'a business rule task names its decision');
  }
  return {
    kind: 'task',
    task,
    activity: activityPart(building, element),
    message: speaks ? messageTrigger(building, element, element) : null,
    instantiate: flag(element, 'instantiate', false),
    script: task === 'script' ? scriptOf(building, element) : null,
    decision: attributes.decision ?? null,
    result: attributes.result ?? attributes.decision ?? null,
    assignee: expressionOf(building, element, attributes.assignee ?? null),
  };
}

/** FEEL scripts are evaluated by the kernel, others by whoever runs it. */
function scriptOf(building: Building, element: XmlElement): Script {
  const source = text(element, 'script') ?? '';
  const attributes = attributesOf(building, element);
  const isFeel = /feel/i.test(text(element, 'scriptFormat') ?? '');
  const expression = isFeel ? expressionOf(building, element, source) : null;
  return { text: source.trim(), expression, resultVariable: attributes.result ?? null };
}

/** A call activity: what it calls, and which variables go in and come out. */
export function callWork(building: Building, element: XmlElement): CallWork {
  const attributes = attributesOf(building, element);
  const called = text(element, 'calledElement') ?? attributes.calledElement ?? '';
  if (called === '') {
    find(building, element, 'called_element_missing', 'a call activity names what it calls');
  }
  return {
    kind: 'call',
    activity: activityPart(building, element),
    calledElement: called.replace(/^[^:]*:/, ''),
    inVariables: namesOf(attributes.in),
    outVariables: namesOf(attributes.out),
  };
}

function namesOf(list: string | undefined): readonly string[] | 'all' {
  if (list?.trim() === 'all') return 'all';
  return (list ?? '').split(/\s+/).filter((name) => name !== '');
}

/** What all activities share. */
export function activityPart(building: Building, element: XmlElement): Activity {
  const boundaries = building.boundaries.get(element) ?? [];
  const isCompensation = (event: XmlElement) =>
    definitionsOf(event).some((one) => is(one, 'compensateEventDefinition'));
  const handled = boundaries.find(isCompensation) ?? null;
  const defaultFlow = child(element, 'default');
  return {
    loop: loopOf(building, element),
    startQuantity: quantity(element, 'startQuantity'),
    completionQuantity: quantity(element, 'completionQuantity'),
    boundaries: boundaries
      .filter((event) => !isCompensation(event))
      .map((event) => indexOf(building, event)),
    compensationHandler: handled === null ? null : handlerOf(building, handled),
    isForCompensation: flag(element, 'isForCompensation', false),
    inputs: inputsOf(building, element),
    outputs: outputsOf(building, element),
    defaultFlow: defaultFlow === null ? null : (building.flowIndexOf.get(defaultFlow) ?? null),
  };
}

function quantity(element: XmlElement, property: string): number {
  const value = element[property];
  return typeof value === 'number' ? value : 1;
}

/** The activity that an association leads to from a compensation boundary event. */
function handlerOf(building: Building, boundary: XmlElement): number | null {
  const artifacts = children(present(boundary.$parent, 'scope of an event'), 'artifacts');
  for (const artifact of artifacts) {
    if (!is(artifact, 'association')) continue;
    if (child(artifact, 'sourceRef') !== boundary) continue;
    const target = indexOf(building, child(artifact, 'targetRef'));
    if (target >= 0) return target;
  }
  find(building, boundary, 'compensation_handler_missing', 'no association to a handler');
  return null;
}

// --- loops -------------------------------------------------------------------------------------

function loopOf(building: Building, element: XmlElement): Loop | null {
  const loop = child(element, 'loopCharacteristics');
  if (loop === null) return null;
  return is(loop, 'standardLoopCharacteristics')
    ? standardLoop(building, element, loop)
    : multiLoop(building, element, loop);
}

function standardLoop(building: Building, element: XmlElement, loop: XmlElement): Loop {
  const maximum = loop.loopMaximum;
  return {
    kind: 'standard',
    testBefore: flag(loop, 'testBefore', false),
    condition: bodyExpression(building, element, loop.loopCondition),
    maximum: maximum === undefined ? null : numberOf(maximum),
  };
}

/** A maximum is a number in the standard's schema; moddle may give it as text. */
function numberOf(value: unknown): Expression {
  const compiled = feel(String(value));
  return compiled.ok ? compiled.value : literal(String(value));
}

function multiLoop(building: Building, element: XmlElement, loop: XmlElement): Loop {
  const attributes = attributesOf(building, loop);
  const collection = expressionOf(building, element, attributes.collection ?? null);
  const cardinality = bodyExpression(building, element, loop.loopCardinality);
  const dataInput = dataName(child(loop, 'loopDataInputRef'));
  const event = (property: string) => {
    const definition = child(loop, property);
    return definition === null ? null : triggerOf(building, element, definition);
  };
  const list = collection ?? (dataInput === null ? null : variable(dataInput));
  if (list === null && cardinality === null) {
    find(building, element, 'multi_instance_without_count', 'needs a collection or a cardinality');
  }
  const item = dataName(child(loop, 'inputDataItem'));
  return {
    kind: 'multi',
    sequential: flag(loop, 'isSequential', false),
    cardinality,
    collection: list,
    elementVariable: attributes.elementVariable ?? item,
    outputVariable: attributes.outputVariable ?? dataName(child(loop, 'loopDataOutputRef')),
    outputElement: expressionOf(building, element, outputText(attributes, loop)),
    completionCondition: bodyExpression(building, element, loop.completionCondition),
    behavior: behaviorOf(loop),
    noneEvent: event('noneBehaviorEventRef'),
    oneEvent: event('oneBehaviorEventRef'),
    complex: complexOf(building, element, loop),
    // Left out when it is not written, so that models without it keep their hash.
    ...(/^\d+$/.test(attributes.inlineMax ?? '')
      ? { inlineMax: Number(attributes.inlineMax) }
      : {}),
  };
}

function outputText(attributes: Record<string, string>, loop: XmlElement): string | null {
  return attributes.outputElement ?? dataName(child(loop, 'outputDataItem'));
}

function behaviorOf(loop: XmlElement): 'none' | 'one' | 'all' | 'complex' {
  const behavior = (text(loop, 'behavior') ?? 'All').toLowerCase();
  return behavior === 'none' || behavior === 'one' || behavior === 'complex' ? behavior : 'all';
}

function complexOf(
  building: Building,
  element: XmlElement,
  loop: XmlElement,
): Extract<Loop, { kind: 'multi' }>['complex'] {
  return children(loop, 'complexBehaviorDefinition').flatMap((definition) => {
    const condition = bodyExpression(building, element, definition.condition);
    const thrown = definitionsOf(child(definition, 'event') ?? definition)[0];
    const event = thrown === undefined ? null : triggerOf(building, element, thrown);
    return condition === null || event === null ? [] : [{ condition, event }];
  });
}

// --- data --------------------------------------------------------------------------------------

/** What the data input associations of an element copy. */
export function inputsOf(building: Building, element: XmlElement): readonly DataMove[] {
  return children(element, 'dataInputAssociations').flatMap((one) =>
    moveOf(building, element, one),
  );
}

/** What the data output associations of an element copy. */
export function outputsOf(building: Building, element: XmlElement): readonly DataMove[] {
  return children(element, 'dataOutputAssociations').flatMap((one) =>
    moveOf(building, element, one),
  );
}

/** An association copies its source, what its transformation gives, or what its assignments say. */
function moveOf(building: Building, element: XmlElement, association: XmlElement): DataMove[] {
  const assignments = children(association, 'assignment');
  if (assignments.length > 0) {
    return assignments.flatMap((assignment) => {
      const value = bodyExpression(building, element, assignment.from);
      const target = bodyOf(child(assignment, 'to'));
      return value === null || target === null ? [] : [{ target, value }];
    });
  }
  const target = dataName(child(association, 'targetRef'));
  const source = dataName(children(association, 'sourceRef')[0] ?? null);
  const transformed = bodyExpression(building, element, association.transformation);
  const value = transformed ?? (source === null ? null : variable(source));
  return target === null || value === null ? [] : [{ target, value }];
}
