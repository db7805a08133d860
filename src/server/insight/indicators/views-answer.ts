import { ok, type Result, refuse } from '../../../base/result.ts';
import { type RequirementViews, requirementViews } from '../../../insight/view/views.ts';
import { compile, read } from '../../../kernel/index.ts';
import { viewModelOf } from '../../../runtime/kpi/view-model.ts';
import { modelFiles, newestModel } from '../../../store/process/models.ts';
import type { Found } from '../found-log.ts';

export type ViewsAsked = { readonly cellId: number; readonly processId: string };

/**
 * The requirement views of a deployed process in its newest version, over the cases that the
 * filters left. Refusals: not_found, those of the kernel.
 */
export async function viewsAnswerOf(
  { work, queries }: Found,
  { cellId, processId }: ViewsAsked,
): Promise<Result<RequirementViews>> {
  const row = await newestModel(queries, cellId, processId);
  if (row === null) return refuse('not_found');
  const model = await read(row.xml);
  if (!model.ok) return model;
  const compiled = compile(model.value, processId);
  if (!compiled.ok) return compiled;
  const files = await modelFiles(queries, cellId, row.id);
  return ok(requirementViews(await viewModelOf(compiled.value, files), work));
}
