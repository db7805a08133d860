import { ok, type Result, refuse } from '../../base/result.ts';
import { type Finding, read, verifyModel } from '../../kernel/index.ts';
import { type Actor, systemActor } from '../actor.ts';

/** A named person takes it upon themselves that a model is deployed although it can go wrong. */
export type Waiver = { readonly actor: Actor; readonly reason: string };

/** What stands in the way of deploying a model, and who waived it: null when nothing does. */
export type Waived = { readonly waiver: Waiver; readonly findings: readonly Finding[] } | null;

/** Length of a reason, in characters. */
const reasonMax = 500;

/**
 * Goes through the states of a model before it is deployed. Refuses `model_unsound` with the first
 * fault and the way to it, unless it is waived; `waiver_reason_missing` for a waiver without reason
 * or too long a one, `waiver_without_person` for one that no person gives. What breaks a rule of
 * the standard is refused by `compile` and cannot be waived. A verdict that the bound left open
 * stops nothing.
 */
export async function judgeSoundness(
  xml: string,
  waiver: Waiver | undefined,
): Promise<Result<Waived>> {
  const model = await read(xml);
  if (!model.ok) return model;
  const { sound, findings, traces, properties } = verifyModel(model.value);
  if (sound !== false) return ok(null);
  const broken = Object.entries(properties ?? {}).filter(([, verdict]) => verdict === false);
  const property = broken.map(([name]) => name).join(', ');
  const [trace] = traces;
  const way = trace?.words.join(' > ') ?? '';
  const faults = findings.filter((one) => one.severity === 'warning');
  const at = trace?.elements.at(-1) ?? faults.find((one) => one.element !== null)?.element ?? '';
  if (waiver === undefined) return refuse('model_unsound', { property, element: at, way });
  const reason = waiver.reason.trim();
  if (reason === '' || reason.length > reasonMax) {
    return refuse('waiver_reason_missing', { lengthMax: String(reasonMax) });
  }
  if (waiver.actor.person === systemActor.person) return refuse('waiver_without_person');
  return ok({ waiver: { ...waiver, reason }, findings: faults });
}
