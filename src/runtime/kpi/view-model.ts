import { compileDecisions, type DecisionProgram, readDecisions } from '../../decision/index.ts';
import { type ViewForm, viewFormOf } from '../../insight/view/forms.ts';
import type { ViewModel } from '../../insight/view/steps.ts';
import type { Program } from '../../kernel/index.ts';

/** A file beside a process: a form or decision tables, by its name. */
export type ModelFile = { readonly name: string; readonly content: string };

/**
 * A process with its forms and what its decisions read, for its requirement views. Files that
 * cannot be read as what their name says are left out: the views then show that they are missing.
 */
export async function viewModelOf(
  program: Program,
  files: readonly ModelFile[],
): Promise<ViewModel> {
  const forms = new Map<string, ViewForm>();
  const decisionReads = new Map<string, readonly string[]>();
  for (const { name, content } of files) {
    if (name.endsWith('.form.json')) {
      const form = viewFormOf(name, content);
      if (form !== null) forms.set(name, form);
    }
    if (!name.endsWith('.dmn')) continue;
    const model = await readDecisions(content);
    const compiled = model.ok ? compileDecisions(model.value) : model;
    if (!compiled.ok) continue;
    const reads = readsOf(compiled.value);
    for (const decision of compiled.value.decisions.keys()) decisionReads.set(decision, reads);
  }
  return { program, forms, decisionReads };
}

/** What a file of tables asks of a case. */
export function readsOf({ inputs }: DecisionProgram): readonly string[] {
  const names = [...inputs.values()].flatMap((node) =>
    node.kind === 'input' ? [node.path[0] ?? node.name] : [],
  );
  return [...new Set(names)];
}
