import type { Value, Values } from '../../base/data.ts';
import { type Refusal, refuse } from '../../base/result.ts';
import { elementIndex, type Program, type State } from '../../kernel/index.ts';
import type { Queries } from '../../store/database.ts';
import { documentsOfCase } from '../../store/process/documents.ts';
import type { TaskRow } from '../../store/process/rows.ts';
import type { Burst, Live } from '../action/burst.ts';
import { contentHash } from '../action/canonical.ts';
import { valuesAt } from '../action/values-at.ts';

/** Words of an attribute that lists names separated by blanks. */
export function namesIn(attribute: string | undefined): string[] {
  return (attribute ?? '').split(/\s+/).filter((name) => name !== '');
}

/**
 * Why a task cannot be done as the case stands. `requires` names what must be true first, such as
 * the customer's consent to a credit report. `signs` names a hash of facts: whoever signs must
 * sign what stands there now, so a fact or a paper that was changed after it was fixed refuses the
 * signature. `signature` names the field whose answer "sign" signs: any other answer signs nothing
 * and is free, such as asking that the facts be fixed and signed anew.
 */
export async function refusedByFacts(
  { transaction, parts }: Pick<Burst, 'transaction' | 'parts'>,
  live: Live,
  task: TaskRow,
  given: Values,
): Promise<Refusal | null> {
  const { program } = live.model;
  const attributes = program.elements[elementIndex(program, task.element_id) ?? -1]?.attributes;
  const values = valuesAt(live.state, live.data, task.activity_instance);
  const missing = namesIn(attributes?.requires).find((name) => values[name] !== true);
  if (missing !== undefined) {
    return refuse('task_requires', { task: task.element_id, fact: missing });
  }
  const signed = attributes?.signs;
  const fixing = signed === undefined ? undefined : fixingOf(program, signed);
  if (signed === undefined || fixing === undefined) return null;
  const field = attributes?.signature;
  if (field !== undefined && given[field] !== 'sign') return null;
  const kinds = namesIn(fixing.attributes.documents);
  const papers =
    kinds.length === 0
      ? undefined
      : await paperHashes(transaction, parts.cellId, task.case_number, kinds);
  const now = factsHash(namesIn(fixing.attributes.facts), values, papers);
  return now === values[signed] ? null : refuse('signed_facts_changed', { task: task.element_id });
}

/** The activity that fixes the facts under this hash. */
function fixingOf(program: Program, variable: string) {
  return program.elements.find(
    ({ attributes }) =>
      attributes.operation === 'case.hash_facts' && attributes.result === variable,
  );
}

/** Hashes of the papers of a case of some kinds, in the order in which they came. */
export async function paperHashes(
  queries: Queries,
  cellId: number,
  caseNumber: string,
  kinds: readonly string[],
): Promise<string[]> {
  const papers = await documentsOfCase(queries, cellId, caseNumber);
  return papers.filter((paper) => kinds.includes(paper.kind)).map((paper) => paper.hash);
}

/** One hash over some variables of a case, what is not there as null, and over papers if any. */
export function factsHash(
  names: readonly string[],
  values: Values,
  papers?: Value | undefined,
): string {
  const fixed: { [name: string]: Value } = {};
  for (const name of names) fixed[name] = values[name] ?? null;
  return contentHash(papers === undefined ? fixed : { ...fixed, ' papers': papers });
}

/**
 * Values without what is still sealed: while a multi-instance activity with `sealed` is open, what
 * its members have answered so far is shown to nobody, themselves included.
 */
export function withoutSealed(program: Program, state: State | null, values: Values): Values {
  const shown: { [name: string]: Value } = { ...values };
  for (const item of state?.items.values() ?? []) {
    const element = program.elements[item.element];
    if (item.role !== 'multi' || element?.attributes.sealed !== 'true') continue;
    const loop = element.work.kind === 'task' ? element.work.activity.loop : null;
    if (loop?.kind === 'multi' && loop.outputVariable !== null) delete shown[loop.outputVariable];
  }
  return shown;
}
