import { ok, type Result } from '../../base/result.ts';
import type { InsightModelAnswer, Miner } from '../../contract/insight/models.ts';
import { discovered, usualNoise } from '../../insight/discover/discovered.ts';
import type { Found } from './found-log.ts';

/** Which miner, and how much counts as noise (null: the usual). */
export type ModelAsked = { readonly algorithm: Miner; readonly noise: number | null };

/** How unlike two orders may be for work to be concurrent: the default of split miner's paper. */
const epsilon = 0.1;

/** The model that the cases themselves draw, verified. Refusals: those of `discovered`. */
export async function modelAnswerOf(
  { work }: Found,
  asked: ModelAsked,
): Promise<Result<InsightModelAnswer>> {
  const { algorithm } = asked;
  const noise = asked.noise ?? usualNoise[algorithm];
  const found = await discovered(work, { algorithm, noise, epsilon }, 'huiliu');
  if (!found.ok) return found;
  const { bpmn, sound, states, size, controlFlow, notConcurrent, elements } = found.value;
  return ok({
    ...{ xml: bpmn, algorithm, noise, sound, states, size, controlFlow },
    notConcurrent: notConcurrent.map(([a, b]): [string, string] => [a, b]),
    elements: [...elements].map(([activity, ids]) => ({ activity, ids: [...ids] })),
  });
}
