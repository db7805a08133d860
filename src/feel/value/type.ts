/** A FEEL type as written after `instance of`, in a parameter or in an item definition. */
export type FeelType =
  | { readonly kind: 'any' }
  | { readonly kind: 'null' }
  | { readonly kind: 'simple'; readonly name: SimpleType }
  | { readonly kind: 'list'; readonly element: FeelType }
  | { readonly kind: 'range'; readonly element: FeelType }
  | { readonly kind: 'context'; readonly members: ReadonlyMap<string, FeelType> }
  | {
      readonly kind: 'function';
      readonly parameters: readonly FeelType[] | null;
      readonly result: FeelType;
    }
  | {
      /** A type of a model: its base and, if any, the test its values must pass. */
      readonly kind: 'named';
      readonly name: string;
      readonly base: () => FeelType;
      readonly allows: ((value: unknown) => boolean) | null;
      /** A type nobody declared: nothing is an instance of it. */
      readonly unknown?: true;
    };

export type SimpleType =
  | 'boolean'
  | 'string'
  | 'number'
  | 'date'
  | 'time'
  | 'date and time'
  | 'days and time duration'
  | 'years and months duration';

export const ANY: FeelType = { kind: 'any' };

const SIMPLE: ReadonlyMap<string, SimpleType> = new Map([
  ['boolean', 'boolean'],
  ['string', 'string'],
  ['number', 'number'],
  ['date', 'date'],
  ['time', 'time'],
  ['date and time', 'date and time'],
  ['dateTime', 'date and time'],
  ['days and time duration', 'days and time duration'],
  ['dayTimeDuration', 'days and time duration'],
  ['years and months duration', 'years and months duration'],
  ['yearMonthDuration', 'years and months duration'],
]);

/** A type the language itself knows, by its name; null if it is a model's own. */
export function builtinType(name: string): FeelType | null {
  const simple = SIMPLE.get(name);
  if (simple !== undefined) return { kind: 'simple', name: simple };
  switch (name) {
    case 'Any':
      return ANY;
    case 'Null':
      return { kind: 'null' };
    case 'list':
      return { kind: 'list', element: ANY };
    case 'range':
      return { kind: 'range', element: ANY };
    case 'context':
      return { kind: 'context', members: new Map() };
    case 'function':
      return { kind: 'function', parameters: null, result: ANY };
    default:
      return null;
  }
}

/** A type as text, as FEEL writes it. */
export function formatType(type: FeelType): string {
  switch (type.kind) {
    case 'any':
      return 'Any';
    case 'null':
      return 'Null';
    case 'simple':
      return type.name;
    case 'list':
      return `list<${formatType(type.element)}>`;
    case 'range':
      return `range<${formatType(type.element)}>`;
    case 'context': {
      const members = [...type.members].map(([name, member]) => `${name}: ${formatType(member)}`);
      return `context<${members.join(', ')}>`;
    }
    case 'function':
      return `function<${(type.parameters ?? []).map(formatType).join(', ')}> -> ${formatType(type.result)}`;
    case 'named':
      return type.name;
    default: {
      const never: never = type;
      return never;
    }
  }
}
