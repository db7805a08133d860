import { ok, type Result, refuse } from '../../base/result.ts';
import type { Paper } from '../../contract/prints.ts';
import { readJournal } from '../../store/ledger/journal.ts';
import { printingsOf } from '../../store/process/events.ts';
import { act } from '../action/action.ts';
import { type Burst, type Live, liveOf, say } from '../action/burst.ts';
import type { Actor } from '../actor.ts';
import type { Parts } from '../parts.ts';

/** Someone prints a paper of a case. */
export type PrintOrder = {
  readonly actor: Actor;
  readonly key?: string | undefined;
  readonly caseNumber: string;
  readonly paper: Paper;
};

export type PrintAnswer = {
  readonly paper: Paper;
  readonly copyNumber: number;
  readonly printedAt: number;
  readonly printedBy: string;
};

/**
 * Registers a printing in the business log and gives its number within case and paper: number 1 is
 * the original, whatever follows a copy. The case's lock lets one printing after the other pass, so
 * no number is given twice. A case that has ended may be printed still.
 */
export async function printPaper(parts: Parts, order: PrintOrder): Promise<Result<PrintAnswer>> {
  const { actor, caseNumber, paper } = order;
  const lock = { by: 'case', caseNumber } as const;
  const said = { caseNumber, paper };
  const request = { name: 'print_paper', actor, key: order.key, content: said, lock };
  return await act<PrintAnswer>(parts, request, async (burst, loaded) => {
    const [row] = loaded.instances;
    if (row === undefined) return refuse('case_unknown', { caseNumber });
    const live = liveOf(burst, row.id);
    if (!(await isWritten(burst, live, paper))) {
      return refuse('paper_not_written', { paper, caseNumber });
    }
    const earlier = await printingsOf(burst.transaction, parts.cellId, row.root_id, paper);
    const copyNumber = earlier + 1;
    say(burst, live, { kind: 'paper_printed', facts: { paper, copyNumber: BigInt(copyNumber) } });
    return ok({ paper, copyNumber, printedAt: burst.at, printedBy: actor.login });
  });
}

/** Whether there is anything on the paper yet: an amount applied for, a drawdown, a posting. */
async function isWritten(burst: Burst, live: Live, paper: Paper): Promise<boolean> {
  const { root } = live.data;
  if (paper === 'approval') return typeof root.amountMinor === 'bigint';
  if (paper === 'note') return typeof root.drawdownAmountMinor === 'bigint';
  const { transaction, parts } = burst;
  const filter = { businessReference: live.row.case_number };
  const postings = await readJournal(transaction, parts.cellId, filter);
  return postings.some((posting) => posting.transfers.length > 0);
}
