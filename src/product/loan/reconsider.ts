import { ok, refuse } from '../../base/result.ts';
import { textOf, wholeOrZero } from '../../ledger/operation-values.ts';
import type { ServiceOperation } from '../../ledger/service-operation.ts';

/** How often a committee may be asked to reconsider one application (复议一次). */
const reconsiderationsMax = 1n;

/**
 * The proposer asks the committee to reconsider (复议), or lets the refusal stand. It may be asked
 * once in a case, and with new grounds (handbook 24b). Writes `reconsiderations`, and keeps the
 * votes that declined as `earlierVotes`: the next ones take their place.
 */
export const askReconsideration: ServiceOperation = {
  name: 'loan.ask_reconsideration',
  needs: () => ({}),
  decide({ values }) {
    if (values.reconsiderationDecision !== 'ask') {
      return ok({ values: {}, postings: [], records: [] });
    }
    const asked = wholeOrZero(values, 'reconsiderations');
    if (asked >= reconsiderationsMax) return refuse('reconsideration_used');
    if (!textOf(values, 'newGrounds').ok) return refuse('new_grounds_missing');
    const kept = { reconsiderations: asked + 1n, earlierVotes: values.votes ?? null };
    return ok({ values: kept, postings: [], records: [] });
  },
};
