import { daysBetween } from '../../../../base/dates.ts';
import { openTotal, sumOf } from '../../../../product/loan/progressive/instalment.ts';
import { type Account, type Entry, inDateOrder } from './account.ts';
import { chargeRows } from './charges.ts';
import type { Deed } from './stage.ts';
import { compareRows, includesRows, namesRows, type Row } from './tables.ts';

/** Steps that say what the tables of the loan must show. */
export const checks: readonly Deed[] = [
  {
    pattern: /^Loan Repayment schedule has (\d+) periods, with the following data for periods:$/,
    act: ({ account }, [count = ''], table) => {
      if (account === null) return { wrong: 'no loan' };
      const rows = scheduleRows(account);
      const periods = rows.filter(({ Nr }) => Nr !== null).length;
      if (periods !== Number(count)) return { wrong: `wanted ${count} periods, came ${periods}` };
      return compareRows(table, rows);
    },
  },
  {
    pattern: /^Loan Repayment schedule has the following data in Total row:$/,
    act: ({ account }, _words, table) =>
      account === null ? { wrong: 'no loan' } : compareRows(table, [totalRow(account)]),
  },
  {
    pattern: /^Loan Transactions tab has the following data:$/,
    act: ({ account }, _words, table) =>
      account === null ? { wrong: 'no loan' } : namesRows(table, entryRows(account)),
  },
  {
    pattern: /^Loan Transactions tab has the following data without accruals:$/,
    act: ({ account }, _words, table) => {
      if (account === null) return { wrong: 'no loan' };
      const rows = entryRows(account).filter(
        (row) => !['Accrual', 'Accrual Adjustment'].includes(String(row['Transaction Type'])),
      );
      return namesRows(table, rows);
    },
  },
  {
    pattern:
      /^Loan Transactions tab has a transaction with date: "[^"]+", and with the following data:$/,
    act: ({ account }, _words, table) =>
      account === null ? { wrong: 'no loan' } : includesRows(table, entryRows(account)),
  },
  {
    pattern: /^Loan Charges tab has the following data:$/,
    act: ({ account }, _words, table) =>
      account === null ? { wrong: 'no loan' } : namesRows(table, chargeRows(account)),
  },
  {
    pattern: /^Loan Charges tab has a given charge with the following data:$/,
    act: ({ account }, _words, table) =>
      account === null ? { wrong: 'no loan' } : includesRows(table, chargeRows(account)),
  },
];

/** Disbursements and instalments as the schedule shows them, with the balance after each. */
function scheduleRows(account: Account): Row[] {
  const rows: Row[] = [];
  const paidOut = account.events.filter(({ kind }) => kind === 'disbursed');
  const waiting: { date: string; amountMinor: bigint }[] = paidOut.flatMap((event) =>
    event.kind === 'disbursed' ? [{ date: event.date, amountMinor: event.amountMinor }] : [],
  );
  if (waiting.length === 0) {
    waiting.push({ date: account.expectedOn, amountMinor: account.approvedMinor });
  }
  waiting.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  let balance = 0n;
  const show = (until: (date: string) => boolean): void => {
    for (let next = waiting[0]; next !== undefined && until(next.date); next = waiting[0]) {
      balance += next.amountMinor;
      rows.push(disbursementRow(next.date, next.amountMinor, paidOut.length > 0));
      waiting.shift();
    }
  };
  for (const one of account.loan.instalments) {
    if (one.kind === 'down_payment') {
      // One disbursement, then its own down payment.
      let shown = false;
      show((date) => {
        const first = !shown && date <= one.due;
        shown = true;
        return first;
      });
    } else show((date) => date < one.due);
    balance -= one.asked.principal;
    rows.push({
      Nr: String(one.number),
      Days: String(daysBetween(one.from, one.due)),
      Date: one.due,
      'Paid date': one.metOn,
      'Balance of loan': balance,
      'Principal due': one.asked.principal,
      Interest: one.asked.interest,
      Fees: one.asked.fee,
      Penalties: one.asked.penalty,
      Due: sumOf(one.asked),
      Paid: sumOf(one.paid),
      'In advance': one.paidInAdvanceMinor,
      Late: one.paidLateMinor,
      Outstanding: openTotal(one),
    });
  }
  show(() => true);
  return rows;
}

function disbursementRow(date: string, amountMinor: bigint, happened: boolean): Row {
  return {
    Nr: null,
    Days: null,
    Date: date,
    'Paid date': null,
    'Balance of loan': amountMinor,
    'Principal due': null,
    Interest: null,
    Fees: 0n,
    Penalties: null,
    Due: 0n,
    Paid: happened ? 0n : null,
    'In advance': null,
    Late: null,
    Outstanding: happened ? null : 0n,
  };
}

function totalRow({ loan }: Account): Row {
  const total = (of: (one: (typeof loan.instalments)[number]) => bigint): bigint =>
    loan.instalments.reduce((all, one) => all + of(one), 0n);
  return {
    'Principal due': total(({ asked }) => asked.principal),
    Interest: total(({ asked }) => asked.interest),
    Fees: total(({ asked }) => asked.fee),
    Penalties: total(({ asked }) => asked.penalty),
    Due: total(({ asked }) => sumOf(asked)),
    Paid: total(({ paid }) => sumOf(paid)),
    'In advance': total(({ paidInAdvanceMinor }) => paidInAdvanceMinor),
    Late: total(({ paidLateMinor }) => paidLateMinor),
    Outstanding: total(openTotal),
  };
}

function entryRows(account: Account): Row[] {
  return inDateOrder(account).map(entryRow);
}

function entryRow(entry: Entry): Row {
  return {
    'Transaction date': entry.date,
    'Transaction Type': entry.type,
    Amount: entry.amountMinor,
    Principal: entry.type === 'Disbursement' ? 0n : entry.portions.principal,
    Interest: entry.portions.interest,
    Fees: entry.portions.fee,
    Penalties: entry.portions.penalty,
    Overpayment: entry.overpaidMinor,
    'Loan Balance': entry.number === null ? 0n : entry.balanceMinor,
    Reverted: String(entry.reverted),
    Replayed: String(entry.replayed),
  };
}
