/** Data objects, inputs, outputs, their sets and associations; operations and their messages. */
import { child, children, is, isElement, text } from '../model/xml.ts';
import type { XmlElement } from '../types.ts';
import { of, type Rule, type Seen, sameItem } from './rule.ts';

export const dataRules: readonly Rule[] = [
  {
    code: 'EXT020',
    says: 'A data element is a collection exactly when its item definition is.',
    holds: 'always',
    broken: (seen) => otherCollection(seen, 'dataInput', 'dataOutput', 'dataObject'),
  },
  ...(
    [
      ['EXT077', 'dataObject'],
      ['EXT081', 'dataInput'],
      ['EXT083', 'dataOutput'],
    ] as const
  ).map(
    ([code, type]): Rule => ({
      code,
      says: `A ${type} is a collection exactly when its item definition is.`,
      holds: 'always',
      broken: (seen) => otherCollection(seen, type),
    }),
  ),
  {
    code: 'EXT076',
    says: 'A data object reference is named after its object and its state: name [state].',
    holds: 'always',
    broken: (seen) =>
      of(seen, 'dataObjectReference').filter((one) => {
        const state = text(child(one, 'dataState'), 'name');
        const object = text(child(one, 'dataObjectRef'), 'name');
        return state !== null && text(one, 'name') !== `${object} [${state}]`;
      }),
  },
  {
    code: 'EXT080',
    says: 'No association fills a data input of a process.',
    holds: 'always',
    broken: (seen) => associationsAt(seen, 'targetRef', 'dataInput'),
  },
  {
    code: 'EXT082',
    says: 'No association reads a data output of a process.',
    holds: 'always',
    broken: (seen) => associationsAt(seen, 'sourceRef', 'dataOutput'),
  },
  {
    code: 'EXT084',
    says: 'A data input belongs to an input set.',
    holds: 'always',
    broken: (seen) => outsideSets(seen, 'dataInputs', 'inputSets', 'dataInputRefs'),
  },
  {
    code: 'EXT088',
    says: 'A data output belongs to an output set.',
    holds: 'always',
    broken: (seen) => outsideSets(seen, 'dataOutputs', 'outputSets', 'dataOutputRefs'),
  },
  subsetRule('EXT085', 'inputSet', 'optionalInputRefs', 'dataInputRefs'),
  subsetRule('EXT086', 'inputSet', 'whileExecutingInputRefs', 'dataInputRefs'),
  subsetRule('EXT089', 'outputSet', 'optionalOutputRefs', 'dataOutputRefs'),
  subsetRule('EXT090', 'outputSet', 'whileExecutingOutputRefs', 'dataOutputRefs'),
  {
    code: 'EXT087',
    says: 'Input and output sets that belong together name each other.',
    holds: 'always',
    broken: (seen) => [
      ...oneSided(seen, 'inputSet', 'outputSetRefs', 'inputSetRefs'),
      ...oneSided(seen, 'outputSet', 'inputSetRefs', 'outputSetRefs'),
    ],
  },
  {
    code: 'EXT091',
    says: 'Without transformation, the ends of an association are of one kind.',
    holds: 'always',
    broken: (seen) =>
      plainAssociations(seen).filter((one) => {
        const source = itemAt(children(one, 'sourceRef')[0] ?? null);
        const target = itemAt(child(one, 'targetRef'));
        return source !== undefined && target !== undefined && !sameItem(source, target);
      }),
  },
  {
    code: 'EXT092',
    says: 'Without transformation, an association has one source.',
    holds: 'always',
    broken: (seen) =>
      plainAssociations(seen).filter((one) => children(one, 'sourceRef').length > 1),
  },
  {
    code: 'EXT078',
    says: 'Properties belong to processes, activities and events.',
    holds: 'always',
    broken: (seen) =>
      seen.model.problems.some((one) => /unparsable content <(\w+:)?property>/.test(one.message))
        ? [null]
        : [],
  },
  {
    code: 'EXT067',
    says: 'A multi-instance activity has a cardinality or a data input to go through.',
    holds: 'always',
    inProfile: false,
    broken: (seen) =>
      loops(seen)
        .filter(({ loop }) => !isElement(loop.loopCardinality) && !isElement(loop.loopDataInputRef))
        .map(activityOf),
  },
  {
    code: 'EXT068',
    says: 'The collection of a multi-instance activity is one of its data inputs.',
    holds: 'always',
    broken: (seen) =>
      loops(seen)
        .filter(({ loop, activity }) => {
          const collection = child(loop, 'loopDataInputRef');
          const inputs = children(child(activity, 'ioSpecification'), 'dataInputs');
          const local = is(activity, 'subProcess', 'transaction', 'adHocSubProcess');
          return collection !== null && !local && !inputs.includes(collection);
        })
        .map(activityOf),
  },
  {
    code: 'EXT069',
    says: 'The output item is of the kind of one element of the output collection.',
    holds: 'always',
    broken: (seen) =>
      loops(seen)
        .filter(({ loop }) => !isOneOf(loop, 'outputDataItem', 'loopDataOutputRef'))
        .map(activityOf),
  },
  {
    code: 'EXT070',
    says: 'The input item is of the kind of one element of the input collection.',
    holds: 'always',
    broken: (seen) =>
      loops(seen)
        .filter(({ loop }) => !isOneOf(loop, 'inputDataItem', 'loopDataInputRef'))
        .map(activityOf),
  },
];

function otherCollection(seen: Seen, ...types: string[]): XmlElement[] {
  return of(seen, ...types).filter((one) => {
    const item = child(one, 'itemSubjectRef');
    return item !== null && (item.isCollection === true) !== (one.isCollection === true);
  });
}

function associationsAt(seen: Seen, end: string, type: string): XmlElement[] {
  return of(seen, 'dataInputAssociation', 'dataOutputAssociation').filter((one) => {
    const ends = end === 'sourceRef' ? children(one, end) : [child(one, end)];
    return ends.some((data) => is(data, type) && is(data?.$parent?.$parent ?? null, 'process'));
  });
}

function outsideSets(seen: Seen, data: string, sets: string, references: string): XmlElement[] {
  return of(seen, 'inputOutputSpecification').flatMap((specification) => {
    const listed = children(specification, sets).flatMap((set) => children(set, references));
    return children(specification, data).filter((one) => !listed.includes(one));
  });
}

function subsetRule(code: string, type: string, part: string, whole: string): Rule {
  return {
    code,
    says: `The ${part} of a set are among its ${whole}.`,
    holds: 'always',
    broken: (seen) =>
      of(seen, type).filter((set) =>
        children(set, part).some((one) => !children(set, whole).includes(one)),
      ),
  };
}

function oneSided(seen: Seen, type: string, there: string, back: string): XmlElement[] {
  return of(seen, type).filter((set) =>
    children(set, there).some((other) => !children(other, back).includes(set)),
  );
}

function plainAssociations(seen: Seen): XmlElement[] {
  return of(seen, 'dataInputAssociation', 'dataOutputAssociation').filter(
    (one) => !isElement(one.transformation) && children(one, 'assignment').length === 0,
  );
}

/** The item definition of a data element; undefined when it declares none. */
function itemAt(data: XmlElement | null): unknown {
  const object = child(data, 'dataObjectRef') ?? child(data, 'dataStoreRef') ?? data;
  return object?.itemSubjectRef;
}

type LoopOf = { readonly loop: XmlElement; readonly activity: XmlElement };

function loops(seen: Seen): LoopOf[] {
  return of(seen, 'multiInstanceLoopCharacteristics').flatMap((loop) => {
    const activity = loop.$parent;
    return activity === undefined ? [] : [{ loop, activity }];
  });
}

function activityOf(one: LoopOf): XmlElement {
  return one.activity;
}

function isOneOf(loop: XmlElement, item: string, collection: string): boolean {
  const one = child(child(loop, item), 'itemSubjectRef');
  const whole = child(child(loop, collection), 'itemSubjectRef');
  if (one === null || whole === null) return true;
  const collected = one.isCollection === true;
  return !collected && one.structureRef === whole.structureRef;
}
