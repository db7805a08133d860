import type { Value } from '../../base/data.ts';
import type { FactRequest, Facts } from '../../ledger/service-operation.ts';
import { nextAccountNumber } from '../../store/ledger/accounts.ts';
import {
  accountFact,
  customerFact,
  internalAccountFact,
  roleHolders,
} from '../../store/process/operation-facts.ts';
import { accountBalanceOf, postedEventOf } from '../../store/products/account-facts.ts';
import {
  collateralHeldOf,
  collateralOf,
  creditLineOf,
  groupExposureOf,
  loanApprovalOf,
  loanContractOf,
  loanNoteOf,
} from '../../store/products/loan-facts.ts';
import { parameterOn } from '../../store/products/parameters.ts';
import { namesIn, paperHashes } from '../task/task-rules.ts';
import type { Burst } from './burst.ts';

/** Looks up what an operation says it needs, in the action's transaction. */
export async function loadFacts(
  burst: Burst,
  accountingDate: string,
  requests: { readonly [name: string]: FactRequest },
): Promise<Facts> {
  const facts: { [name: string]: Value } = {};
  for (const [name, request] of Object.entries(requests)) {
    facts[name] = await loadFact(burst, accountingDate, request);
  }
  return facts;
}

async function loadFact(burst: Burst, date: string, request: FactRequest): Promise<Value> {
  const { transaction: queries, parts } = burst;
  const { cellId } = parts;
  switch (request.kind) {
    case 'account':
      return await accountFact(queries, cellId, request.accountNumber);
    case 'account_balance':
      return await accountBalanceOf(queries, cellId, request.accountNumber);
    case 'next_account_number':
      return await nextAccountNumber(queries, request.unitId);
    case 'posted_event':
      return await postedEventOf(queries, cellId, request.postingId);
    case 'internal_account': {
      const { unitId: unitCode, glCode, currency } = request;
      return await internalAccountFact(queries, cellId, { unitCode, glCode, currency });
    }
    case 'customer':
      return await customerFact(queries, cellId, request.customerNumber);
    case 'group_exposure':
      return await groupExposureOf(queries, { cellId, date, ...request });
    case 'credit_line':
      return await creditLineOf(queries, { cellId, date, ...request });
    case 'loan_approval':
      return await loanApprovalOf(queries, { cellId, ...request });
    case 'loan_contract':
      return await loanContractOf(queries, { cellId, ...request });
    case 'collateral':
      return await collateralOf(queries, { cellId, ...request });
    case 'collateral_held':
      return await collateralHeldOf(queries, { cellId, ...request });
    case 'loan_note':
      return await loanNoteOf(queries, { cellId, ...request });
    case 'role_holders': {
      const { role, unitId: unitCode } = request;
      return await roleHolders(queries, cellId, { role, unitCode, date });
    }
    case 'acted':
      return actedOn(burst, request.activities);
    case 'documents':
      return await paperHashes(queries, cellId, request.caseNumber, namesIn(request.kinds));
    case 'parameter':
      return await parameterOn(queries, { cellId, name: request.name, date });
    default: {
      const never: never = request;
      return never;
    }
  }
}

/** Persons who hold or have done any of these user tasks in the case. */
function actedOn(burst: Burst, activities: string): string[] {
  const ids = new Set(namesIn(activities));
  const persons = burst.performed.filter((one) => ids.has(one.element_id)).map((one) => one.person);
  return [...new Set(persons)].sort();
}
