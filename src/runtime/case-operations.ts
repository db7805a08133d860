import { ok, refuse } from '../base/result.ts';
import type { ServiceOperation } from '../ledger/service-operation.ts';
import { factsHash, namesIn } from './task/task-rules.ts';

/**
 * Fixes facts of the case under one hash: `facts` names the variables, `result` the variable that
 * keeps the hash, `documents` the kinds of papers that are fixed with them. What was signed can be
 * compared with what stands there later, to the letter.
 */
const hashFacts: ServiceOperation = {
  name: 'case.hash_facts',
  needs: ({ context }) => {
    const kinds = context.attributes.documents ?? '';
    const { caseNumber } = context;
    return kinds === '' ? {} : { papers: { kind: 'documents', caseNumber, kinds } };
  },
  decide({ values, context }, found) {
    const { facts, result = '' } = context.attributes;
    const names = namesIn(facts);
    if (names.length === 0 || result === '') {
      return refuse('facts_missing', { element: context.activity });
    }
    const hash = factsHash(names, values, found.papers);
    return ok({ values: { [result]: hash }, postings: [], records: [] });
  },
};

/** What a process may ask of its own case. */
export const caseOperations: readonly ServiceOperation[] = [hashFacts];
