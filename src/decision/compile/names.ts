import { NameTable } from '../../feel/syntax/names.ts';
import { PLAIN } from '../../feel/syntax/parse.ts';
import type { Vocabulary } from '../../feel/syntax/reader.ts';
import type { Boxed, DecisionModel, ItemDefinition } from '../model/model.ts';
import type { TypeTable } from './types.ts';

function namesOfType(item: ItemDefinition): string[] {
  return item.members.flatMap((member) => [member.name, ...namesOfType(member)]);
}

function namesOfBox(box: Boxed | null): string[] {
  if (box === null) return [];
  switch (box.kind) {
    case 'literal':
      return [];
    case 'table':
      return box.outputs.flatMap((output) => output.name ?? []);
    case 'invocation':
      return box.bindings.flatMap((binding) => [binding.name, ...namesOfBox(binding.value)]);
    case 'context':
      return box.entries.flatMap((entry) => [
        ...(entry.variable === null ? [] : [entry.variable.name]),
        ...namesOfBox(entry.value),
      ]);
    case 'list':
      return box.items.flatMap(namesOfBox);
    case 'relation':
      return [...box.columns.map((column) => column.name), ...box.rows.flat().flatMap(namesOfBox)];
    case 'function':
      return [...box.parameters.map((one) => one.name), ...namesOfBox(box.body)];
    case 'conditional':
      return [box.condition, box.consequence, box.otherwise].flatMap(namesOfBox);
    case 'filter':
      return [box.source, box.match].flatMap(namesOfBox);
    case 'for':
    case 'some':
    case 'every':
      return [box.variable, ...namesOfBox(box.source), ...namesOfBox(box.body)];
    default: {
      const never: never = box;
      return never;
    }
  }
}

function namesOfModel(model: DecisionModel): string[] {
  const { inputs, decisions, knowledge, services } = model;
  const nodes = [...inputs, ...decisions, ...knowledge, ...services];
  return [
    ...nodes.flatMap((node) => [node.name, node.variable.name]),
    ...model.types.flatMap(namesOfType),
    ...decisions.flatMap((decision) => namesOfBox(decision.logic)),
    ...knowledge.flatMap((one) => namesOfBox(one.logic)),
    ...model.imports.flatMap((one) => [one.name, ...namesOfModel(one.model)]),
  ];
}

/** What the expressions of a model may refer to: every name and every type in it. */
export function vocabularyOf(model: DecisionModel, types: TypeTable): Vocabulary {
  const names = namesOfModel(model).filter((name) => name !== '');
  return {
    names: new NameTable(names, PLAIN.names),
    typeNamed: (name) => types.named(name),
    typeNames: new NameTable(types.names),
  };
}
