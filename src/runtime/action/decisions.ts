import { encodeValue, encodeValues } from '../../base/data.ts';
import { dateInChina } from '../../base/dates.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { decide, inForce } from '../../decision/index.ts';
import type { Effect } from '../../kernel/index.ts';
import { momentAtBank } from '../clock.ts';
import { type Burst, elementId, type Live, type Order, say } from './burst.ts';
import { canonicalText } from './canonical.ts';
import { valuesAt } from './values-at.ts';

/**
 * Decides a business rule task by the decision table of the instance's own version that is in force
 * on the day, and keeps what was asked, which rows fired and what came out, so that it can be
 * decided again the same way.
 */
export function takeDecision(
  burst: Burst,
  live: Live,
  effect: Extract<Effect, { type: 'decide' }>,
): Result<Order[]> {
  const element = elementId(live, effect.element);
  const file = inForce(live.model.decisions, effect.decision, dateInChina(burst.at));
  if (file === null) return refuse('decision_missing', { element, decision: effect.decision });
  const inputs = valuesAt(live.state, live.data, effect.activityInstance);
  const decided = decide(file.program, effect.decision, inputs, {
    now: momentAtBank(burst.at),
  });
  if (!decided.ok) return decided;
  const { output, matched } = decided.value;
  const rows = matched.map((one) => ({ decision: one.decision, rows: one.rows.map(BigInt) }));
  const event = say(burst, live, {
    kind: 'decision_taken',
    elementId: element,
    activityInstance: effect.activityInstance,
    facts: {
      decision: effect.decision,
      fileHash: file.hash,
      modelVersion: BigInt(live.model.row.version),
      matched: rows,
    },
  });
  burst.written.decisions.push({
    id: event.id,
    root_id: live.row.root_id,
    instance_id: live.row.id,
    activity_instance: effect.activityInstance,
    decision_id: effect.decision,
    model_id: live.row.model_id,
    file_name: file.name,
    file_hash: file.hash,
    inputs: encodeValues(inputs),
    matched: canonicalText(rows),
    output: encodeValue(output),
    at: burst.at,
  });
  const command = {
    type: 'complete_activity',
    at: burst.at,
    activityInstance: effect.activityInstance,
    values: { [effect.result]: output },
  } as const;
  return ok([{ instanceId: live.row.id, command }]);
}
