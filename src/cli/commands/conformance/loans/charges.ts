import { firstRegular } from '../../../../product/loan/progressive/instalment.ts';
import { holds } from '../../../../product/loan/progressive/plan.ts';
import type { LoanEvent } from '../../../../product/loan/progressive/replay.ts';
import type { Account } from './account.ts';
import type { Row } from './tables.ts';

const names: Readonly<Record<string, string>> = {
  LOAN_NSF_FEE: 'NSF fee',
  LOAN_SNOOZE_FEE: 'Snooze fee',
};

type Charged = Extract<LoanEvent, { kind: 'charged' }>;

/** The charges of a loan. What an instalment's charges were paid pays the first due first. */
export function chargeRows({ events, charges, loan }: Account): Row[] {
  const charged = events
    .filter((event): event is Charged => event.kind === 'charged')
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : a.number - b.number));
  const first = firstRegular(loan.instalments);
  const left = new Map(loan.instalments.map((one) => [one, { ...one.paid }]));
  return charged.map((event) => {
    const place = loan.instalments.find(
      (one) => one.kind !== 'down_payment' && holds(one.from, one.due, event.date, one === first),
    );
    const fund = place === undefined ? undefined : left.get(place);
    const there = fund?.[event.component] ?? 0n;
    const paid = there < event.amountMinor ? there : event.amountMinor;
    if (fund !== undefined) fund[event.component] -= paid;
    const type = charges.get(event.number) ?? '';
    return {
      Name: names[type] ?? type,
      isPenalty: String(event.component === 'penalty'),
      'Payment due at': 'Specified due date',
      'Due as of': event.date,
      'Calculation type': 'Flat',
      Due: event.amountMinor,
      Paid: paid,
      Waived: 0n,
      Outstanding: event.amountMinor - paid,
    };
  });
}
