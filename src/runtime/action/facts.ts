import { workingDayOnOrAfter } from '../../base/calendar.ts';
import type { Value } from '../../base/data.ts';
import { isCalendarDate } from '../../base/dates.ts';
import { isCounterFact } from '../../ledger/counter/requests.ts';
import { isDepositFact } from '../../ledger/deposit-requests.ts';
import { isMarketFact } from '../../ledger/market/requests.ts';
import type { FactRequest, Facts } from '../../ledger/service-operation.ts';
import { marketFactOf } from '../../store/bills/market.ts';
import { counterFactOf } from '../../store/counter/counter.ts';
import { nextAccountNumber } from '../../store/ledger/accounts.ts';
import { readCalendar } from '../../store/ledger/calendars.ts';
import {
  accountFact,
  customerFact,
  internalAccountFact,
  roleHolders,
} from '../../store/process/operation-facts.ts';
import { accountBalanceOf, postedEventOf } from '../../store/products/account-facts.ts';
import { depositFactOf } from '../../store/products/deposit-facts.ts';
import {
  contractOfCase,
  contractToDrawOn,
  marginHeldOf,
} from '../../store/products/loan-contracts.ts';
import {
  collateralHeldOf,
  contractNumberOfNote,
  creditLineOf,
  groupExposureOf,
  inspectionsBegun,
  instalmentsOf,
  loanApprovalOf,
  loanNoteOf,
} from '../../store/products/loan-facts.ts';
import { noteHistoryWithProduct } from '../../store/products/loan-history.ts';
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
  if (isDepositFact(request)) return await depositFactOf(queries, { cellId, date }, request);
  if (isCounterFact(request)) return await counterFactOf(queries, { cellId, date }, request);
  if (isMarketFact(request)) return await marketFactOf(queries, cellId, request);
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
    case 'contract_of_case':
      return await contractOfCase(queries, cellId, request.caseNumber);
    case 'contract_drawn':
      return await ofContract(burst, request, (number) =>
        contractToDrawOn(queries, cellId, number),
      );
    case 'contract_margin':
      return await ofContract(burst, request, (number) => marginHeldOf(queries, cellId, number));
    case 'collateral_held': {
      const { imageKind } = request;
      return await ofContract(burst, request, (contractNumber) =>
        collateralHeldOf(queries, { cellId, contractNumber, imageKind }),
      );
    }
    case 'loan_note':
      return await loanNoteOf(queries, { cellId, ...request });
    case 'note_history':
      return await noteHistoryWithProduct(queries, { cellId, date, ...request });
    case 'note_plan':
      return await instalmentsOf(queries, { cellId, ...request });
    case 'inspections_begun':
      return await inspectionsBegun(queries, { cellId, ...request });
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
    case 'working_day':
      return await workingDayOf(burst, date, request.date);
    default: {
      const never: never = request;
      return never;
    }
  }
}

/** Looks something up for a contract that is named by its own number or by one of its notes. */
async function ofContract(
  { transaction, parts }: Burst,
  of: { readonly contractNumber: string } | { readonly noteNumber: string },
  look: (contractNumber: string) => Promise<Value>,
): Promise<Value> {
  const number =
    'contractNumber' in of
      ? of.contractNumber
      : await contractNumberOfNote(transaction, parts.cellId, of.noteNumber);
  return number === null ? null : await look(number);
}

/** Persons who hold or have done any of these user tasks in the case. */
function actedOn(burst: Burst, activities: string): string[] {
  const ids = new Set(namesIn(activities));
  const persons = burst.performed.filter((one) => ids.has(one.element_id)).map((one) => one.person);
  return [...new Set(persons)].sort();
}

/** The next working day of the bank's calendar; null: it has none, or does not know the day. */
async function workingDayOf(burst: Burst, today: string, date: string): Promise<Value> {
  const { transaction: queries, parts } = burst;
  const { cellId } = parts;
  if (!isCalendarDate(date)) return null;
  const code = await parameterOn(queries, { cellId, name: 'day.calendar', date: today });
  const calendar = typeof code === 'string' ? await readCalendar(queries, cellId, code) : null;
  const day = calendar && workingDayOnOrAfter(calendar, date);
  return day?.ok ? day.value : null;
}
