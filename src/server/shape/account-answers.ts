import type { Account as AccountAnswer } from '../../contract/accounts.ts';
import { type Account, availableMinor } from '../../ledger/account.ts';
import type { Person } from '../../store/people/sessions.ts';
import type { ServerContext } from '../context.ts';
import { unitsInScope } from '../guard/sessions.ts';

/** An account as the client reads it; what is available without limit is shown as the balance. */
export function accountAnswer(account: Account & { readonly name: string }): AccountAnswer {
  return {
    ...{ accountNumber: account.accountNumber, name: account.name },
    ...{ customerNumber: account.customerNumber, bookId: account.bookId },
    ...{ unitId: account.openingUnitCode, glCode: account.glCode },
    ...{ currency: account.currency, status: account.status },
    ledgerBalanceMinor: account.balanceMinor.toString(),
    availableBalanceMinor: (availableMinor(account) ?? account.balanceMinor).toString(),
  };
}

/** Whether a person may look at an account: the customer's own, or one of a unit in scope. */
export async function maySeeAccount(
  context: ServerContext,
  person: Person,
  account: Account,
): Promise<boolean> {
  if (person.kind === 'customer') return account.customerNumber === person.customerNumber;
  const units = await unitsInScope(context, person, 'view_accounts');
  return units.includes(account.openingUnitCode);
}
