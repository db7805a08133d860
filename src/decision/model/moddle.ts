/** The one place that knows dmn-moddle, which brings no types of its own. */
// @ts-expect-error The package has no declarations.
import { DmnModdle } from 'dmn-moddle';
import standard from 'dmn-moddle/resources/dmn/json/dmn13.json' with { type: 'json' };

/** An element of moddle's tree: its properties by name, its type as `dmn:Decision`. */
export type XmlElement = { readonly $type: string; readonly [property: string]: unknown };

type Parsed = {
  readonly rootElement: XmlElement;
  readonly warnings: readonly { readonly message: string }[];
};

/** The namespaces of DMN 1.1 to 1.5; what changed between them is only added, never taken away. */
const NAMESPACES: readonly string[] = [
  'http://www.omg.org/spec/DMN/20151101/dmn.xsd',
  'http://www.omg.org/spec/DMN/20180521/MODEL/',
  'https://www.omg.org/spec/DMN/20191111/MODEL/',
  'https://www.omg.org/spec/DMN/20211108/MODEL/',
  'https://www.omg.org/spec/DMN/20230324/MODEL/',
];

const child = (name: string, type: string) => ({ name, type, xml: { serialize: 'property' } });

/** The boxed expressions of DMN 1.4 and 1.5, which dmn-moddle does not describe yet. */
const LATER = [
  {
    name: 'ChildExpression',
    superClass: ['DMNElement'],
    properties: [{ name: 'value', type: 'Expression' }],
  },
  {
    name: 'TypedChildExpression',
    superClass: ['ChildExpression'],
    properties: [{ name: 'typeRef', isAttr: true, type: 'String' }],
  },
  {
    name: 'Conditional',
    superClass: ['Expression'],
    properties: [
      child('if', 'ChildExpression'),
      child('then', 'ChildExpression'),
      child('else', 'ChildExpression'),
    ],
  },
  {
    name: 'Filter',
    superClass: ['Expression'],
    properties: [child('in', 'ChildExpression'), child('match', 'ChildExpression')],
  },
  {
    name: 'Iterator',
    superClass: ['Expression'],
    properties: [
      { name: 'iteratorVariable', isAttr: true, type: 'String' },
      child('in', 'TypedChildExpression'),
    ],
  },
  { name: 'For', superClass: ['Iterator'], properties: [child('return', 'ChildExpression')] },
  {
    name: 'Quantified',
    superClass: ['Iterator'],
    properties: [child('satisfies', 'ChildExpression')],
  },
  { name: 'Every', superClass: ['Quantified'], properties: [] },
  { name: 'Some', superClass: ['Quantified'], properties: [] },
];

function described(namespace: string): object {
  const types = standard.types.map((type) =>
    type.name === 'ItemDefinition'
      ? { ...type, properties: [...(type.properties ?? []), child('typeConstraint', 'UnaryTests')] }
      : type,
  );
  return { ...standard, uri: namespace, types: [...types, ...LATER] };
}

const readers = new Map<string, { fromXML(xml: string): Promise<Parsed> }>();

/** The namespace of DMN a text is written in, or null if it is no DMN file. */
function namespaceOf(xml: string): string | null {
  return NAMESPACES.find((namespace) => xml.includes(`"${namespace}"`)) ?? null;
}

/** Reads a file into a tree of elements; null: it is not XML, or not DMN. */
export async function readTree(xml: string): Promise<Parsed | null> {
  const namespace = namespaceOf(xml);
  if (namespace === null) return null;
  let reader = readers.get(namespace);
  if (reader === undefined) {
    reader = new DmnModdle({ dmn: described(namespace) }) as {
      fromXML(xml: string): Promise<Parsed>;
    };
    readers.set(namespace, reader);
  }
  try {
    return await reader.fromXML(xml);
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}
