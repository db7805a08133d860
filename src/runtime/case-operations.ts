import type { Value } from '../base/data.ts';
import { ok, refuse } from '../base/result.ts';
import type { ServiceOperation } from '../ledger/service-operation.ts';
import { contentHash } from './canonical.ts';

/**
 * Fixes facts of the case under one hash: `facts` names the variables, `result` the variable that
 * keeps the hash. What was signed can be compared with what stands there later, to the letter.
 */
const hashFacts: ServiceOperation = {
  name: 'case.hash_facts',
  needs: () => ({}),
  decide({ values, context }) {
    const { facts = '', result = '' } = context.attributes;
    const names = facts.split(/\s+/).filter((name) => name !== '');
    if (names.length === 0 || result === '') {
      return refuse('facts_missing', { element: context.activity });
    }
    const fixed: { [name: string]: Value } = {};
    for (const name of names) fixed[name] = values[name] ?? null;
    return ok({ values: { [result]: contentHash(fixed) }, postings: [], records: [] });
  },
};

/** What a process may ask of its own case. */
export const caseOperations: readonly ServiceOperation[] = [hashFacts];
