import { encodeValue, encodeValues, isValues, type Value, type Values } from '../../base/data.ts';
import { dateInChina } from '../../base/dates.ts';
import { ok, type Refusal, type Result, refuse } from '../../base/result.ts';
import { type Decided, type DecisionProgram, decide } from '../../decision/index.ts';
import { type Effect, elementInfo } from '../../kernel/index.ts';
import { momentAtBank } from '../clock.ts';
import { decisionInForce } from '../model/decision-files.ts';
import { type Burst, elementId, type Live, type Order, say } from './burst.ts';
import { canonicalText } from './canonical.ts';
import { valuesAt } from './values-at.ts';

type Decide = Extract<Effect, { type: 'decide' }>;

/**
 * Decides a business rule task by the table in force on the day: one approved for the process, or
 * one of the instance's own version. What was asked, which rows fired, what came out and why
 * something in it is null is kept, so that it can be decided again the same way. A table that gives
 * no answer stops the action: decision_without_answer, unless the task says mayBeNull.
 */
export async function takeDecision(
  burst: Burst,
  live: Live,
  effect: Decide,
): Promise<Result<Order[]>> {
  const element = elementId(live, effect.element);
  const asked = { decision: effect.decision, day: dateInChina(burst.at) };
  const file = await decisionInForce(burst.parts, burst.transaction, live.model, asked);
  if (file === null) return refuse('decision_missing', { element, decision: effect.decision });
  const inputs = askedOf(file.program, valuesAt(live.state, live.data, effect.activityInstance));
  const decided = decide(file.program, effect.decision, inputs, {
    now: momentAtBank(burst.at),
  });
  if (!decided.ok) return decided;
  const { output, matched, reasons } = decided.value;
  const { attributes } = elementInfo(live.model.program, effect.element);
  const unanswered = attributes.mayBeNull === 'true' ? null : missingAnswer(effect, decided.value);
  if (unanswered !== null) return unanswered;
  const rows = matched.map((one) => ({ decision: one.decision, rows: one.rows.map(BigInt) }));
  const why = reasons.map(({ code, facts }) => ({ code, facts }));
  const event = say(burst, live, {
    kind: 'decision_taken',
    elementId: element,
    activityInstance: effect.activityInstance,
    facts: {
      decision: effect.decision,
      fileHash: file.hash,
      modelVersion: BigInt(live.model.row.version),
      ...(file.version === null ? {} : { tableVersion: BigInt(file.version.version) }),
      matched: rows,
      ...(why.length === 0 ? {} : { reasons: why.map((one) => one.code) }),
    },
  });
  burst.written.decisions.push({
    id: event.id,
    root_id: live.row.root_id,
    instance_id: live.row.id,
    activity_instance: effect.activityInstance,
    decision_id: effect.decision,
    model_id: live.row.model_id,
    version_id: file.version?.id ?? null,
    file_name: file.name,
    file_hash: file.hash,
    inputs: encodeValues(inputs),
    matched: canonicalText(rows),
    output: encodeValue(output),
    reasons: canonicalText(why),
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

/**
 * What the file of tables says it reads, of all that the case holds: a decision sees no more, and
 * no more of the case is kept with it.
 */
function askedOf({ inputs }: DecisionProgram, values: Values): Values {
  const names = new Set<string>();
  for (const node of inputs.values()) {
    if (node.kind === 'input') names.add(node.path[0] ?? node.name);
  }
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name)));
}

/** Names of the output that have no value; the whole of it is called by the decision itself. */
function nullParts(decision: string, output: Value): readonly string[] {
  if (output === null) return [decision];
  if (!isValues(output)) return [];
  return Object.keys(output).filter((name) => output[name] === null);
}

/**
 * The refusal of an answer that is null where a value is needed; null: it is an answer. A part of
 * an output that is null without a reason was written so by the owner of the table.
 */
function missingAnswer(effect: Decide, decided: Decided): Refusal | null {
  const { output, reasons, matched } = decided;
  const missing = nullParts(effect.decision, output);
  if (missing.length === 0 || (output !== null && reasons.length === 0)) return null;
  const [first] = reasons;
  const silent = matched.every((one) => one.rows.length === 0)
    ? 'decision_no_row'
    : 'decision_row_is_null';
  const own = { decision: effect.decision, parts: missing.join(', ') };
  return refuse('decision_without_answer', { ...first?.facts, ...own, why: first?.code ?? silent });
}
