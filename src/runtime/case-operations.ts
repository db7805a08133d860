import { ok, refuse } from '../base/result.ts';
import type { ServiceOperation } from '../ledger/service-operation.ts';
import { factsHash, namesIn } from './task/task-rules.ts';

/**
 * Fixes facts of the case under one hash: `facts` names the variables, `result` the variable that
 * keeps the hash. What was signed can be compared with what stands there later, to the letter.
 */
const hashFacts: ServiceOperation = {
  name: 'case.hash_facts',
  needs: () => ({}),
  decide({ values, context }) {
    const { facts, result = '' } = context.attributes;
    const names = namesIn(facts);
    if (names.length === 0 || result === '') {
      return refuse('facts_missing', { element: context.activity });
    }
    return ok({ values: { [result]: factsHash(names, values) }, postings: [], records: [] });
  },
};

/** What a process may ask of its own case. */
export const caseOperations: readonly ServiceOperation[] = [hashFacts];
