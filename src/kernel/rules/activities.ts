/** Activities, call activities and sub-processes. */
import { child, children, is, isElement, text } from '../model/xml.ts';
import type { XmlElement } from '../types.ts';
import {
  activityTypes,
  choreographyTypes,
  incomingOf,
  isEventSub,
  of,
  type Rule,
  type Seen,
  sameItem,
  subProcessTypes,
  taskTypes,
} from './rule.ts';

export const activityRules: readonly Rule[] = [
  {
    code: 'EXT036',
    says: 'A process holds no choreography activities.',
    holds: 'always',
    broken: (seen) =>
      of(seen, ...choreographyTypes).filter((one) => is(one.$parent ?? null, 'process')),
  },
  {
    code: 'EXT056',
    says: 'A sub-process holds no choreography activities.',
    holds: 'always',
    broken: (seen) =>
      of(seen, ...choreographyTypes).filter((one) => is(one.$parent ?? null, ...subProcessTypes)),
  },
  {
    code: 'EXT037',
    says: 'startQuantity is 1 or more.',
    holds: 'always',
    broken: (seen) => of(seen, ...activityTypes).filter((one) => below(one.startQuantity)),
  },
  {
    code: 'EXT038',
    says: 'completionQuantity is 1 or more.',
    holds: 'always',
    broken: (seen) => of(seen, ...activityTypes).filter((one) => below(one.completionQuantity)),
  },
  {
    code: 'EXT039',
    says: 'A role names a resource or has an assignment expression, not both.',
    holds: 'always',
    broken: (seen) =>
      rolesOf(seen).filter(
        (role) => isElement(role.resourceRef) && isElement(role.resourceAssignmentExpression),
      ),
  },
  {
    code: 'EXT040',
    says: 'Parameters are bound only for a resource that is named.',
    holds: 'always',
    broken: (seen) =>
      rolesOf(seen).filter(
        (role) =>
          !isElement(role.resourceRef) && children(role, 'resourceParameterBindings').length > 0,
      ),
  },
  {
    code: 'EXT041',
    says: 'An activity has one kind of loop.',
    holds: 'always',
    broken: (seen) => doubled(seen, activityTypes),
  },
  {
    code: 'EXT054',
    says: 'A sub-process has one kind of loop.',
    holds: 'always',
    broken: (seen) => doubled(seen, subProcessTypes),
  },
  {
    code: 'EXT055',
    says: 'An ad-hoc sub-process has one kind of loop.',
    holds: 'always',
    broken: (seen) => doubled(seen, ['adHocSubProcess']),
  },
  {
    code: 'EXT058',
    says: 'An event sub-process has exactly one start event.',
    holds: 'always',
    broken: (seen) =>
      of(seen, ...subProcessTypes).filter(
        (sub) => isEventSub(sub) && inside(sub, 'startEvent').length !== 1,
      ),
  },
  {
    code: 'EXT061',
    says: 'An ad-hoc sub-process holds at least one activity.',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'adHocSubProcess').filter((sub) => inside(sub, ...activityTypes).length === 0),
  },
  {
    code: 'EXT062',
    says: 'An ad-hoc sub-process has no start or end events and no choreography or conversation.',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'adHocSubProcess').flatMap((sub) =>
        inside(sub, 'startEvent', 'endEvent', 'conversation', ...choreographyTypes),
      ),
  },
  {
    code: 'EXT049',
    says: 'A receive task that instantiates has no incoming sequence flow.',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'receiveTask').filter(
        (task) => task.instantiate === true && incomingOf(seen, task).length > 0,
      ),
  },
  {
    code: 'EXT053',
    says: 'A script task with a script says its format.',
    holds: 'executable',
    inProfile: false,
    broken: (seen) =>
      of(seen, 'scriptTask').filter(
        (task) => text(task, 'script') !== null && text(task, 'scriptFormat') === null,
      ),
  },
  {
    code: 'EXT063',
    says: 'A call activity gives and takes the data that the called element declares.',
    holds: 'always',
    broken: (seen) => of(seen, 'callActivity').filter((call) => !fitsCalled(seen, call)),
  },
  {
    code: 'EXT079',
    says: 'A sub-process has no data inputs and outputs of its own.',
    holds: 'always',
    broken: (seen) => of(seen, ...subProcessTypes).filter((sub) => isElement(sub.ioSpecification)),
  },
];

function below(quantity: unknown): boolean {
  return typeof quantity === 'number' && quantity < 1;
}

function inside(scope: XmlElement, ...types: string[]): XmlElement[] {
  return children(scope, 'flowElements').filter((one) => is(one, ...types));
}

function rolesOf(seen: Seen): XmlElement[] {
  return of(seen, ...taskTypes, ...subProcessTypes, 'callActivity', 'process').flatMap((one) => [
    ...children(one, 'resources'),
  ]);
}

function doubled(seen: Seen, types: readonly string[]): XmlElement[] {
  const ids = seen.model.problems
    .filter((one) => one.kind === 'doubled_child')
    .map((one) => one.element);
  return of(seen, ...types).filter((one) => one.id !== undefined && ids.includes(one.id));
}

function fitsCalled(seen: Seen, call: XmlElement): boolean {
  const name = text(call, 'calledElement')?.replace(/^[^:]*:/, '');
  const called = children(seen.model.root, 'rootElements').find((root) => root.id === name);
  const declared = child(called ?? null, 'ioSpecification');
  const given = child(call, 'ioSpecification');
  if (declared === null) return true;
  const equal = (property: string) => {
    const left = children(declared, property);
    const right = children(given, property);
    if (left.length !== right.length) return false;
    return left.every((one, at) => sameItem(one.itemSubjectRef, right[at]?.itemSubjectRef));
  };
  return equal('dataInputs') && equal('dataOutputs');
}
