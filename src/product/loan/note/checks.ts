import { present } from '../../../base/assert.ts';
import type { Values } from '../../../base/data.ts';
import { daysBetween } from '../../../base/dates.ts';
import { ok, type Result } from '../../../base/result.ts';
import { amountOf } from '../../../ledger/operation-values.ts';
import type { Facts, OperationInput, ServiceOperation } from '../../../ledger/service-operation.ts';
import { checkOpen } from './decide.ts';
import { decideRecovery } from './loss.ts';
import { daysOverdue, type NoteState } from './state.ts';
import { extensionOf, type FoundNote, findNote, noteNeeds, restructuringOf } from './tasks.ts';

/** A look at what an order would come to: what it writes; nothing moves and nothing is kept. */
function noteCheck(
  name: string,
  look: (found: FoundNote, input: OperationInput, facts: Facts) => Result<Values>,
): ServiceOperation {
  return {
    name,
    needs: noteNeeds,
    decide(input, facts) {
      const found = findNote(facts, input.values);
      if (!found.ok) return found;
      const looked = look(found.value, input, facts);
      return looked.ok ? ok({ values: looked.value, postings: [], records: [] }) : looked;
    },
  };
}

/** What every table of authority asks of a note. */
function standing(state: NoteState, date: string): Values {
  return {
    productCode: state.terms.productCode,
    outstandingMinor: state.outstandingMinor,
    noteMaturity: state.maturity,
    fiveLevelClass: state.level,
    daysOverdue: BigInt(daysOverdue(state, date)),
  };
}

/**
 * Whether a note may be extended as asked (展期试算): `newMaturity` and a rate or none. Refused as
 * the extension itself. Writes how the note stands and `extensionDays`.
 */
export const checkExtension = noteCheck('loan.check_extension', (found, input, facts) => {
  const decided = extensionOf(found, input, facts);
  if (!decided.ok) return decided;
  const { state } = found;
  return ok({
    ...standing(state, input.context.accountingDate),
    extensionDays: BigInt(daysBetween(state.maturity, decided.value.maturity)),
  });
});

/**
 * What new terms would come to (重组试算): `newMethod`, `newMonths` and a rate. Refused as the
 * restructuring itself. Writes how the note stands, `newMaturity`, the first instalment, and the
 * class that it will be no better than while it is watched.
 */
export const checkRestructuring = noteCheck('loan.check_restructuring', (found, input, facts) => {
  const decided = restructuringOf(found, input, facts);
  if (!decided.ok) return decided;
  const { maturity, level, rows } = decided.value;
  const first = present(rows[0], 'the first row of the new plan');
  return ok({
    ...standing(found.state, input.context.accountingDate),
    newMaturity: maturity,
    firstDueDate: first.dueDate,
    firstInstalmentMinor: first.principalMinor + first.interestMinor,
    observedClass: level,
  });
});

/**
 * What a write-off would take (核销核查). Refused for a note that is not open. Writes how the note
 * stands, `writeOffMinor`, the allowance and what it lacks: the conditions are a decision table's.
 */
export const checkWriteOff = noteCheck('loan.check_write_off', ({ state }, { context }) => {
  const { accountingDate: date } = context;
  const open = checkOpen(state, date);
  if (!open.ok) return open;
  const { allowanceMinor } = state;
  const writeOffMinor = state.outstandingMinor + state.receivableMinor;
  const missing = writeOffMinor - allowanceMinor;
  return ok({
    ...standing(state, date),
    ...{ writeOffMinor, allowanceMinor, allowanceMissingMinor: missing > 0n ? missing : 0n },
  });
});

/**
 * Whether so much may come back on a note written off: `recoveredMinor`. Refused as the recovery
 * itself. Writes `writtenOffMinor`, and what is `stillWrittenOffMinor` after it.
 */
export const checkRecovery = noteCheck('loan.check_recovery', ({ state }, input) => {
  const amount = amountOf(input.values, 'recoveredMinor');
  if (!amount.ok) return amount;
  const order = { date: input.context.accountingDate, amountMinor: amount.value };
  const decided = decideRecovery(state, order);
  if (!decided.ok) return decided;
  const { writtenOffMinor, recoveredMinor } = state;
  return ok({
    productCode: state.terms.productCode,
    writtenOffMinor,
    stillWrittenOffMinor: writtenOffMinor - recoveredMinor - amount.value,
  });
});
