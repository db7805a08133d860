/** Tasks that call operations or speak by messages: their data must be what the messages carry. */
import { child, children, is, isElement } from '../model/xml.ts';
import type { XmlElement } from '../types.ts';
import { of, type Rule, type Seen, sameItem } from './rule.ts';

export const operationRules: readonly Rule[] = [
  taskRule(
    'EXT042',
    'serviceTask',
    'A service task with an operation has one input set.',
    (task) => {
      const operation = child(task, 'operationRef');
      return operation === null || setsOf(task, 'inputSets').length === 1;
    },
  ),
  taskRule(
    'EXT043',
    'serviceTask',
    'A service task whose operation answers has one output set.',
    (task) => {
      const answer = child(child(task, 'operationRef'), 'outMessageRef');
      return answer === null || setsOf(task, 'outputSets').length === 1;
    },
  ),
  taskRule(
    'EXT044',
    'serviceTask',
    'The data input of a service task is what the operation takes.',
    (task) => fits(task, 'dataInputs', child(child(task, 'operationRef'), 'inMessageRef')),
  ),
  taskRule(
    'EXT045',
    'serviceTask',
    'The data output of a service task is what the operation gives.',
    (task) => fits(task, 'dataOutputs', child(child(task, 'operationRef'), 'outMessageRef')),
  ),
  taskRule('EXT046', 'sendTask', 'A send task has at most one input set.', (task) => {
    return setsOf(task, 'inputSets').length <= 1;
  }),
  taskRule('EXT047', 'sendTask', 'A send task has at most one data input.', (task) => {
    return setsOf(task, 'dataInputs').length <= 1;
  }),
  taskRule(
    'EXT048',
    'sendTask',
    'The data input of a send task is what its message carries.',
    (task) => fits(task, 'dataInputs', child(task, 'messageRef')),
  ),
  taskRule('EXT050', 'receiveTask', 'A receive task has at most one output set.', (task) => {
    return setsOf(task, 'outputSets').length <= 1;
  }),
  taskRule('EXT051', 'receiveTask', 'A receive task has at most one data output.', (task) => {
    return setsOf(task, 'dataOutputs').length <= 1;
  }),
  taskRule(
    'EXT052',
    'receiveTask',
    'The data output of a receive task is what its message carries.',
    (task) => fits(task, 'dataOutputs', child(task, 'messageRef')),
  ),
  {
    code: 'EXT064',
    says: 'What supports an interface binds its data to the operations.',
    holds: 'always',
    broken: (seen) =>
      callables(seen).filter(
        (one) =>
          children(one, 'supportedInterfaceRef').length > 0 &&
          children(one, 'ioBinding').length === 0,
      ),
  },
  {
    code: 'EXT065',
    says: 'Bound data are of the kind of the messages of the operation.',
    holds: 'always',
    broken: (seen) =>
      callables(seen).flatMap((one) =>
        children(one, 'ioBinding').some((binding) => !bindsRight(one, binding)) ? [one] : [],
      ),
  },
];

function taskRule(
  code: string,
  type: string,
  says: string,
  fine: (task: XmlElement) => boolean,
): Rule {
  return {
    code,
    says,
    holds: 'always',
    broken: (seen) => of(seen, type).filter((task) => !fine(task)),
  };
}

function setsOf(task: XmlElement, property: string): readonly XmlElement[] {
  return children(child(task, 'ioSpecification'), property);
}

/** Data and message are both there: then the kinds must agree. */
function fits(task: XmlElement, property: string, message: XmlElement | null): boolean {
  const [data] = setsOf(task, property);
  if (data === undefined || message === null) return true;
  return sameItem(data.itemSubjectRef, message.itemRef);
}

function callables(seen: Seen): XmlElement[] {
  return of(
    seen,
    'process',
    'globalTask',
    'globalUserTask',
    'globalScriptTask',
    'globalManualTask',
    'globalBusinessRuleTask',
  );
}

function bindsRight(callable: XmlElement, binding: XmlElement): boolean {
  const operation = child(binding, 'operationRef');
  if (operation === null) return true;
  const input = dataOf(callable, binding, 'inputDataRef', 'dataInputs');
  const output = dataOf(callable, binding, 'outputDataRef', 'dataOutputs');
  const agrees = (data: XmlElement | null, message: XmlElement | null) =>
    data === null || message === null || sameItem(data.itemSubjectRef, message.itemRef);
  return (
    agrees(input, child(operation, 'inMessageRef')) &&
    agrees(output, child(operation, 'outMessageRef'))
  );
}

/** The standard's text lets a binding name a data element, its schema a set of them. */
function dataOf(
  callable: XmlElement,
  binding: XmlElement,
  reference: string,
  property: string,
): XmlElement | null {
  const named = child(binding, reference);
  if (named === null) return null;
  if (is(named, 'dataInput', 'dataOutput')) return named;
  const references = property === 'dataInputs' ? 'dataInputRefs' : 'dataOutputRefs';
  const declared = children(child(callable, 'ioSpecification'), property);
  return children(named, references)[0] ?? declared.filter(isElement)[0] ?? null;
}
