import { openOf, openTotal } from '../../../../product/loan/progressive/instalment.ts';
import { type Account, closedOn, openOfLoan, statusOf } from './account.ts';
import type { Deed, Said } from './stage.ts';
import { dateOfText, minorOfText, textOfMinor } from './texts.ts';

/** The transaction an event tells of. */
const told: Readonly<Record<string, string>> = {
  AccrualTransactionCreated: 'Accrual',
  AccrualAdjustmentTransaction: 'Accrual Adjustment',
  TransactionAccrualActivityPost: 'Accrual Activity',
};

/** A status in words. */
const statuses: Readonly<Record<string, string>> = {
  Approved: 'APPROVED',
  Active: 'ACTIVE',
  Overpaid: 'OVERPAID',
  'Closed (obligations met)': 'CLOSED_OBLIGATIONS_MET',
};

/** Steps that say what must be true of the loan as a whole. */
export const summaries: readonly Deed[] = [
  {
    pattern: /^Loan's all installments have obligations met$/,
    act: ({ account }) => {
      const open = account?.loan.instalments.find(({ met }) => !met);
      return open === undefined ? null : { wrong: `instalment of ${open.due} is open` };
    },
  },
  {
    pattern:
      /^Loan has ([\d.]+) (outstanding|overpaid|total overdue|interest outstanding|total interest overdue|last payment) amount$/,
    act: ({ account, today }, [amount = '', which = '']) => {
      if (account === null) return { wrong: 'no loan' };
      const came = amountOf(account, which, today);
      const wanted = minorOfText(amount);
      if (came === wanted) return null;
      return { wrong: `${which}: wanted ${amount}, came ${textOfMinor(came)}` };
    },
  },
  {
    pattern: /^Loan status (?:will be|has changed to) "([^"]+)"$/,
    act: ({ account }, [said = '']) => {
      const wanted = statuses[said] ?? said;
      const came = account === null ? 'no loan' : statusOf(account);
      return came === wanted ? null : { wrong: `status: wanted ${wanted}, came ${came}` };
    },
  },
  {
    pattern:
      /^Loan(AccrualTransactionCreated|AccrualAdjustmentTransaction|TransactionAccrualActivityPost)BusinessEvent is raised on "([^"]+)"$/,
    act: ({ account }, [event = '', on = '']) => {
      const date = dateOfText(on);
      const type = told[event];
      const there = account?.entries.some((one) => one.type === type && one.date === date);
      return there === true ? null : { wrong: `no ${type} on ${on}` };
    },
  },
  {
    pattern:
      /^Loan Product response contains interestRecognitionOnDisbursementDate flag with value "(true|false)"$/,
    act: ({ account }, [wanted = '']) => {
      if (account === null) return { wrong: 'no loan' };
      const came = String(account.terms.interestFromFirstDay);
      return came === wanted ? null : { wrong: `wanted ${wanted}, came ${came}` };
    },
  },
  {
    pattern: /^Loan is closed with zero outstanding balance and it's all installments have/,
    act: ({ account }) => {
      const came = account === null ? 'no loan' : statusOf(account);
      const wanted = 'CLOSED_OBLIGATIONS_MET';
      return came === wanted ? null : { wrong: `status: wanted ${wanted}, came ${came}` };
    },
  },
  {
    pattern: /^Loan has (\d+) active number of terms$/,
    act: ({ account }, [count = '']) => {
      const regular = account?.loan.instalments.filter(({ kind }) => kind === 'regular') ?? [];
      return sameText(count, String(regular.length), 'terms');
    },
  },
  {
    pattern: /^Loan has (\d+) "([^"]+)" transactions on Transactions tab$/,
    act: ({ account }, [count = '', type = '']) => {
      const there = account?.entries.filter((one) => one.type === type) ?? [];
      return sameText(count, String(there.length), type);
    },
  },
  {
    pattern:
      /^On Loan Transactions tab the "([^"]+)" Transaction with date "([^"]+)" is (NOT )?reverted$/,
    act: ({ account }, [type = '', on = '', not = '']) => {
      const date = dateOfText(on);
      const there = account?.entries.some(
        (one) => one.type === type && one.date === date && one.reverted === (not === ''),
      );
      return there === true ? null : { wrong: `no such ${type} on ${on}` };
    },
  },
  {
    pattern: /^Loan's actualMaturityDate is "([^"]+)"$/,
    act: ({ account }, [on = '']) => {
      const regular = account?.loan.instalments.findLast(({ kind }) => kind === 'regular');
      const came = (account === null ? null : closedOn(account)) ?? regular?.due ?? '';
      return sameText(dateOfText(on) ?? on, came, 'maturity');
    },
  },
];

function sameText(wanted: string, came: string, what: string): Said {
  return came === wanted ? null : { wrong: `${what}: wanted ${wanted}, came ${came}` };
}

function amountOf(account: Account, which: string, today: string): bigint {
  const { instalments } = account.loan;
  const overdue = instalments.filter(({ due }) => due < today);
  switch (which) {
    case 'overpaid':
      return account.loan.overpaidMinor;
    case 'total overdue':
      return overdue.reduce((total, one) => total + openTotal(one), 0n);
    case 'total interest overdue':
      return overdue.reduce((total, one) => total + openOf(one, 'interest'), 0n);
    case 'last payment':
      return lastPaid(account);
    case 'interest outstanding':
      return instalments.reduce((total, one) => total + openOf(one, 'interest'), 0n);
    default:
      return openOfLoan(account);
  }
}

function lastPaid({ events }: Account): bigint {
  let last: (typeof events)[number] | undefined;
  for (const one of events) {
    if (one.kind === 'paid' && (last === undefined || one.date >= last.date)) last = one;
  }
  return last?.kind === 'paid' ? last.amountMinor : 0n;
}
