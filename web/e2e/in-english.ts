import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { assert } from '../../src/base/assert.ts';
import type { Step } from './loan-steps.ts';

const processes = join(import.meta.dirname, '../../processes');
const submit: readonly [string, string] = ['提交', 'Submit'];

type Labelled = {
  readonly label?: string;
  readonly labelEn?: string;
  readonly properties?: { readonly labelEn?: string };
  readonly values?: readonly Labelled[];
};

/** Task in Chinese -> its name in English, and the labels of its forms in both. */
const tasks = new Map<string, { readonly name: string; readonly labels: Map<string, string> }>();
for (const model of globSync(join(processes, '*/*/process.bpmn'))) {
  for (const [task] of readFileSync(model, 'utf8').matchAll(/<bpmn:userTask [^>]*>/g)) {
    const attribute = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(task)?.[1] ?? '';
    const file = join(dirname(model), attribute('huiliu:form'));
    const labels = file.endsWith('.json') ? formLabels(file) : [];
    const before = tasks.get(attribute('name'))?.labels ?? [submit];
    const name = attribute('huiliu:nameEn');
    tasks.set(attribute('name'), { name, labels: new Map([...before, ...labels]) });
  }
}

function formLabels(file: string): (readonly [string, string])[] {
  const { components } = JSON.parse(readFileSync(file, 'utf8')) as { components: Labelled[] };
  return [...components, ...components.flatMap(({ values }) => values ?? [])].map((one) => [
    one.label ?? '',
    one.properties?.labelEn ?? one.labelEn ?? one.label ?? '',
  ]);
}

/** The same step as the English console names it: task, labels and choices; what is typed stays. */
export function inEnglish({ login, task, filled }: Step): Step {
  const known = tasks.get(task);
  assert(known !== undefined, `a process has the task ${task}`);
  const english = (label: string): string => {
    const text = known.labels.get(label);
    assert(text !== undefined, `the form of ${task} has the label ${label}`);
    return text;
  };
  const { fields = {}, choices = {}, ticks = [], pictures = 0, decision = submit[0] } = filled;
  return {
    ...{ login, task: known.name },
    filled: {
      fields: mapped(fields, ([label, value]) => [english(label), value]),
      choices: mapped(choices, ([label, value]) => [english(label), english(value)]),
      ...{ ticks: ticks.map(english), pictures, decision: english(decision) },
    },
  };
}

function mapped(
  texts: Readonly<Record<string, string>>,
  change: (entry: [string, string]) => [string, string],
): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(change));
}
