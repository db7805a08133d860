import { BUILTINS } from '../../feel/builtin/index.ts';
import { compileTests } from '../../feel/compile/compile.ts';
import { rootFrame, rootScope } from '../../feel/compile/scope.ts';
import { guarded } from '../../feel/expression.ts';
import { Frame } from '../../feel/frame.ts';
import { PLAIN, parseUnaryTests } from '../../feel/syntax/parse.ts';
import type { Vocabulary } from '../../feel/syntax/reader.ts';
import { ANY, builtinType, type FeelType } from '../../feel/value/type.ts';
import type { FeelValue } from '../../feel/value/value.ts';
import type { DecisionModel, ItemDefinition } from '../model/model.ts';

type Allows = ((value: unknown) => boolean) | null;

/** The types of a model and of what it imports, by the names they have there. */
export class TypeTable {
  readonly #types = new Map<string, FeelType>();
  /** Allowed values that cannot be read; each makes a finding. */
  readonly faults: { readonly type: string; readonly text: string }[] = [];

  constructor(model: DecisionModel) {
    this.#addModel(model, '');
  }

  #addModel(model: DecisionModel, prefix: string): void {
    const next = new Map(model.types.map((item) => [item.name, nextOf(item)]));
    for (const item of model.types) {
      if (isCircular(item.name, next)) {
        // A type that is itself says nothing about its values.
        this.faults.push({ type: item.name, text: item.typeRef ?? '' });
        this.#types.set(`${prefix}${item.name}`, ANY);
        continue;
      }
      this.#types.set(`${prefix}${item.name}`, this.#typeOf(item, prefix));
    }
    for (const { name, model: other } of model.imports) this.#addModel(other, `${prefix}${name}.`);
  }

  get names(): readonly string[] {
    return [...this.#types.keys()];
  }

  /** A type by its name: the model's own before the language's. null: nobody knows it. */
  named(name: string): FeelType | null {
    const plain = name.replace(/^feel[.:]/, '');
    return this.#types.get(plain) ?? builtinType(plain);
  }

  /** What a typeRef says: anything if there is none. */
  of(typeRef: string | null): FeelType {
    return typeRef === null ? ANY : (this.named(typeRef) ?? ANY);
  }

  #typeOf(item: ItemDefinition, prefix: string): FeelType {
    const element: FeelType = {
      kind: 'named',
      name: item.name,
      base: once(() => this.#baseOf(item, prefix)),
      allows: this.#allows(item, item.allowedValues),
    };
    if (!item.isCollection && item.typeConstraint === null) return element;
    const whole: FeelType = item.isCollection ? { kind: 'list', element } : element;
    return {
      kind: 'named',
      name: item.name,
      base: () => whole,
      allows: this.#allows(item, item.typeConstraint),
    };
  }

  #baseOf(item: ItemDefinition, prefix: string): FeelType {
    if (item.functionItem !== null) {
      const { parameters, result } = item.functionItem;
      return {
        kind: 'function',
        parameters: parameters.map((parameter) => this.#resolve(parameter.typeRef, prefix)),
        result: this.#resolve(result, prefix),
      };
    }
    if (item.members.length > 0) {
      const members = item.members.map((member) => {
        return [member.name, this.#typeOf(member, prefix)] as const;
      });
      return { kind: 'context', members: new Map(members) };
    }
    return this.#resolve(item.typeRef, prefix);
  }

  #resolve(typeRef: string | null, prefix: string): FeelType {
    if (typeRef === null) return ANY;
    return this.named(`${prefix}${typeRef}`) ?? this.of(typeRef);
  }

  #allows(item: ItemDefinition, text: string | null): Allows {
    if (text === null || text.trim() === '') return null;
    const words: Vocabulary = { ...PLAIN, typeNamed: (name) => this.named(name) };
    const parsed = parseUnaryTests(text, words);
    if (!parsed.ok) {
      this.faults.push({ type: item.name, text });
      return null;
    }
    const code = compileTests(parsed.value, rootScope(BUILTINS));
    return (value) =>
      guarded(undefined, (run) => code(new Frame(run, rootFrame(run, {}), [value as FeelValue])))
        .value === true;
  }
}

/** The type an item only renames, or is a list of; null: it has members or is a function. */
function nextOf(item: ItemDefinition): string | null {
  return item.members.length > 0 || item.functionItem !== null ? null : item.typeRef;
}

function isCircular(name: string, next: ReadonlyMap<string, string | null>): boolean {
  const seen = new Set<string>();
  for (let at: string | null = name; at !== null; at = next.get(at) ?? null) {
    if (seen.has(at)) return true;
    seen.add(at);
  }
  return false;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
