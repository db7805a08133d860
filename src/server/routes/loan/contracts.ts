import type { Values } from '../../../base/data.ts';
import { refuse } from '../../../base/result.ts';
import {
  type LoanContract,
  type LoanNote,
  loansAnswer,
  loansQuery,
} from '../../../contract/loans.ts';
import { refusalShape } from '../../../contract/refusal.ts';
import { pageRowsMax } from '../../../contract/shapes.ts';
import { accountingDates } from '../../../store/ledger/books.ts';
import { readCustomer } from '../../../store/people/customers.ts';
import {
  contractsOfCustomer,
  type NoteSummary,
  notesOfCustomer,
} from '../../../store/products/loan-contracts.ts';
import { calendarDate, type ServerContext } from '../../context.ts';
import { signedIn, unitsInScope } from '../../guard/sessions.ts';
import { sendRefusal } from '../../shape/answers.ts';
import type { App } from '../../typed-app.ts';

/** Loans of a customer: contracts, what may still be drawn on them, and their notes. */
export function loanRoutes(app: App, context: ServerContext): void {
  const { database, settings } = context;
  const { cellId } = settings;
  app.get(
    '/api/loans',
    {
      schema: {
        summary: 'Loan contracts of a customer with their notes; a customer: the own ones',
        tags: ['loans'],
        querystring: loansQuery,
        response: { 200: loansAnswer, '4xx': refusalShape, '5xx': refusalShape },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const customerNumber = request.query.customerNumber ?? person.customerNumber ?? '';
      if (person.customerNumber !== customerNumber) {
        const customer = await readCustomer(database, cellId, customerNumber);
        const units = await unitsInScope(context, person, 'view_customers');
        const isSeen = customer !== null && units.includes(customer.unitCode);
        if (!isSeen) return sendRefusal(reply, refuse('not_found'));
      }
      const dates = await accountingDates(database, cellId);
      const today = dates?.accountingDate ?? calendarDate(context);
      const notes = await notesOfCustomer(database, { cellId, customerNumber });
      const of = { cellId, customerNumber, max: pageRowsMax };
      const contracts = await contractsOfCustomer(database, of);
      return { contracts: contracts.map((contract) => contractAnswer(contract, notes, today)) };
    },
  );
}

const digits = (values: Values, name: string): string => String(values[name] ?? 0n);

function contractAnswer(
  contract: Values,
  notes: readonly NoteSummary[],
  today: string,
): LoanContract {
  const text = (name: string): string => String(contract[name] ?? '');
  const closedOn = (contract.closedOn ?? null) as string | null;
  const availableTo = text('availableTo');
  const undrawnMinor = digits(contract, 'undrawnMinor');
  const isFirst = contract.drawnMinor === 0n;
  return {
    ...{ contractNumber: text('contractNumber'), loanCaseNumber: text('loanCaseNumber') },
    ...{ currency: text('currency'), amountMinor: digits(contract, 'amountMinor') },
    drawnMinor: digits(contract, 'drawnMinor'),
    outstandingMinor: digits(contract, 'outstandingMinor'),
    ...{ undrawnMinor, revolving: contract.revolving === true },
    ...{ termMonths: Number(contract.termMonths), ratePpm: digits(contract, 'ratePpm') },
    repaymentMethod: text('repaymentMethod'),
    creditProtection: text('creditProtection'),
    paymentMethod: text('paymentMethod'),
    payeeName: (contract.payeeName ?? null) as string | null,
    ...{ contractDate: text('contractDate'), availableTo, closedOn },
    // The first drawdown is asked for in the case of the loan itself.
    mayDraw: !isFirst && closedOn === null && undrawnMinor !== '0' && availableTo >= today,
    notes: notes
      .filter((note) => note.contractNumber === contract.contractNumber)
      .map((note) => noteAnswer(note)),
  };
}

function noteAnswer(note: NoteSummary): LoanNote {
  const { nextPrincipalMinor, nextInterestMinor, principalMinor, outstandingMinor } = note;
  const isOwed = nextPrincipalMinor !== null && nextInterestMinor !== null;
  return {
    ...{ noteNumber: note.noteNumber, contractNumber: note.contractNumber },
    ...{ caseNumber: note.caseNumber, currency: note.currency },
    principalMinor: principalMinor.toString(),
    outstandingMinor: outstandingMinor.toString(),
    ...{ ratePpm: note.ratePpm.toString(), repaymentMethod: note.repaymentMethod },
    ...{ startDate: note.startDate, maturityDate: note.maturityDate },
    nextDueDate: note.nextDueDate,
    nextAmountMinor: isOwed ? (nextPrincipalMinor + nextInterestMinor).toString() : null,
  };
}
