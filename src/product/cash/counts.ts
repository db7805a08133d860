import type { Values } from '../../base/data.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { recordOf, textOf, wholeOf } from '../../ledger/operation-values.ts';
import type {
  AccountReference,
  RecordRequest,
  ServiceOperation,
} from '../../ledger/service-operation.ts';
import { boxed, currenciesOf, heldCurrencies, openTill, ownTill } from './box.ts';
import { denominations, differences, keptNotes, notesIn, notesOf, sumOf } from './notes.ts';
import { withinLimit } from './orders.ts';

const limits = { kind: 'parameter', name: 'cash.till_limits' } as const;
const cash = { kind: 'parameter', name: 'deposit.cash_gl_code' } as const;
const over = { kind: 'parameter', name: 'cash.over_gl_code' } as const;
const short = { kind: 'parameter', name: 'cash.short_gl_code' } as const;
const income = { kind: 'parameter', name: 'cash.over_income_gl_code' } as const;
const loss = { kind: 'parameter', name: 'cash.short_loss_gl_code' } as const;

/**
 * A teller counts the till against the book (碰库). Values: currency, moment (`start`, `noon`,
 * `end`), notes (a count of 0 where there are none). Keeps the count; where only the mix of
 * notes differs, the till takes it. Answers differenceKind (`none`, `over`, `short`),
 * differenceMinor (above 0, or 0), countedNotes, tillNumber.
 */
export const countTill: ServiceOperation = {
  name: 'cash.count',
  needs: (input) => ({ till: ownTill(input), denominations }),
  decide({ values, context }, facts) {
    const till = openTill(facts, context);
    if (!till.ok) return till;
    const currency = textOf(values, 'currency');
    if (!currency.ok) return currency;
    const moment = textOf(values, 'moment');
    if (!moment.ok) return moment;
    const counted = notesOf(values, facts, currency.value);
    if (!counted.ok) return counted;
    const book = notesIn(till.value, currency.value);
    const [bookMinor, countedMinor] = [sumOf(book), sumOf(counted.value)];
    const difference = countedMinor - bookMinor;
    const box = { boxNumber: till.value.boxNumber ?? null, currency: currency.value };
    const records: RecordRequest[] = [];
    const changes = differences(book, counted.value);
    if (difference === 0n && Array.isArray(changes) && changes.length > 0) {
      const exchanged = { ...box, kind: 'exchange', amountMinor: 0n, notes: changes };
      records.push({ kind: 'cash_movement', values: exchanged });
    }
    const count = { ...box, moment: moment.value, bookMinor, countedMinor };
    records.push({ kind: 'cash_count', values: count });
    const found = {
      differenceKind: difference === 0n ? 'none' : difference > 0n ? 'over' : 'short',
      differenceMinor: difference < 0n ? -difference : difference,
      countedNotes: counted.value.map(({ faceMinor, count }) => ({ faceMinor, count })),
    };
    return ok({ values: { ...found, tillNumber: box.boxNumber }, postings: [], records });
  },
};

/**
 * Takes a counted difference into suspense (挂账), so that the till's book is what was counted;
 * over and short are kept apart. Values: currency, differenceKind, differenceMinor, countedNotes.
 * Posts, over: debit cash 1001, credit `cash.over_gl_code`; short: debit `cash.short_gl_code`,
 * credit cash. Refused when the till has moved since the count, or the difference is booked
 * already.
 */
export const bookDifference: ServiceOperation = {
  name: 'cash.book_difference',
  needs: (input) => ({ till: ownTill(input), ...{ cash, over, short } }),
  decide({ values, context }, facts) {
    const till = openTill(facts, context);
    if (!till.ok) return till;
    const currency = textOf(values, 'currency');
    if (!currency.ok) return currency;
    const amount = wholeOf(values, 'differenceMinor');
    if (!amount.ok) return amount;
    if (!currenciesOf(till.value, 'unbooked').includes(currency.value)) {
      return refuse('till_moved_since_count', boxed(till.value));
    }
    const isOver = values.differenceKind === 'over';
    const suspense = isOver ? over : short;
    const suspenseCode = isOver ? facts.over : facts.short;
    if (typeof suspenseCode !== 'string') {
      return refuse('parameter_missing', { name: suspense.name });
    }
    if (typeof facts.cash !== 'string') return refuse('parameter_missing', { name: cash.name });
    const unitId = String(till.value.unitId);
    const own = { unitId, glCode: facts.cash };
    const item = { unitId, glCode: suspenseCode };
    const kind = isOver ? 'over' : 'short';
    const counted = keptNotes(values, 'countedNotes');
    const changes = differences(notesIn(till.value, currency.value), counted);
    const box = { boxNumber: till.value.boxNumber ?? null, currency: currency.value, kind };
    const amountMinor = isOver ? amount.value : -amount.value;
    const records: RecordRequest[] = [
      { kind: 'cash_movement', values: { ...box, amountMinor, notes: changes } },
      { kind: 'cash_difference', values: { ...box, amountMinor: amount.value, unitId } },
    ];
    const transfer = {
      ...(isOver ? { debit: own, credit: item } : { debit: item, credit: own }),
      ...{ amountMinor: amount.value, currency: currency.value },
    };
    const posting = { narrative: `cash_${kind}`, transfers: [transfer], memoranda: [] };
    return ok({ values: { differenceNumber: context.caseNumber }, postings: [posting], records });
  },
};

/**
 * Signs the till off for the day (轧账签退). Refused: a currency that lies in it or moved today
 * and was not counted since (till_not_counted), a difference not booked (till_difference_open),
 * more than it may hold over night (till_limit_exceeded).
 */
export const signOff: ServiceOperation = {
  name: 'cash.sign_off',
  needs: (input) => ({ till: ownTill(input), limits }),
  decide({ context }, facts) {
    const till = openTill(facts, context);
    if (!till.ok) return till;
    const ready = readyToSignOff(till.value, facts);
    if (!ready.ok) return ready;
    const values = { boxNumber: till.value.boxNumber ?? null };
    return ok({ values: {}, postings: [], records: [{ kind: 'cash_sign_off', values }] });
  },
};

function readyToSignOff(till: Values, facts: Values): Result<null> {
  const [uncounted] = currenciesOf(till, 'uncounted');
  if (uncounted !== undefined) {
    return refuse('till_not_counted', { ...boxed(till), currency: uncounted });
  }
  const [unbooked] = currenciesOf(till, 'unbooked');
  if (unbooked !== undefined) {
    return refuse('till_difference_open', { ...boxed(till), currency: unbooked });
  }
  for (const currency of heldCurrencies(till)) {
    const within = withinLimit(till, facts, { currency, moreMinor: 0n });
    if (!within.ok) return within;
  }
  return ok(null);
}

/**
 * Resolves an over or a short (销账), once. Values: differenceNumber, outcome (`customer`: it is
 * paid to, or taken from, the customer's account; `bank`: it is the bank's), accountNumber (of
 * the customer), reason. Posts, over: debit the suspense, credit the account or
 * `cash.over_income_gl_code`; short: debit the account or `cash.short_loss_gl_code`, credit it.
 */
export const resolveDifference: ServiceOperation = {
  name: 'cash.resolve_difference',
  needs: ({ values }) => ({
    difference: {
      kind: 'cash_difference',
      differenceNumber: String(values.differenceNumber ?? ''),
    },
    account: { kind: 'account_balance', accountNumber: String(values.accountNumber ?? '') },
    ...{ over, short, income, loss },
  }),
  decide({ values }, facts) {
    const difference = recordOf(facts, 'difference');
    const number = String(values.differenceNumber ?? '');
    if (difference === null) return refuse('cash_difference_unknown', { difference: number });
    const reason = textOf(values, 'reason');
    if (!reason.ok) return reason;
    const isOver = difference.differenceKind === 'over';
    const unitId = String(difference.unitId);
    const suspense = glOf(facts, isOver ? over : short, isOver ? 'over' : 'short', unitId);
    if (!suspense.ok) return suspense;
    const other = otherSide(values, facts, { isOver, unitId });
    if (!other.ok) return other;
    const transfer = {
      ...(isOver
        ? { debit: suspense.value, credit: other.value }
        : { debit: other.value, credit: suspense.value }),
      amountMinor: BigInt(String(difference.amountMinor)),
      currency: String(difference.currency),
    };
    const isCustomer = values.outcome === 'customer';
    const end = {
      ...{ differenceNumber: number, outcome: isCustomer ? 'customer' : 'bank' },
      ...{
        reason: reason.value,
        accountNumber: isCustomer ? (values.accountNumber ?? null) : null,
      },
    };
    const narrative = isOver ? 'cash_over_resolved' : 'cash_short_resolved';
    return ok({
      values: { amountMinor: transfer.amountMinor },
      postings: [{ narrative, transfers: [transfer], memoranda: [] }],
      records: [{ kind: 'cash_difference_end', values: end }],
    });
  },
};

/** Whose the money is: the customer's account, or the bank's own income or loss. */
function otherSide(
  values: Values,
  facts: Values,
  { isOver, unitId }: { readonly isOver: boolean; readonly unitId: string },
): Result<AccountReference> {
  if (values.outcome !== 'customer') {
    return glOf(facts, isOver ? income : loss, isOver ? 'income' : 'loss', unitId);
  }
  const account = recordOf(facts, 'account');
  const accountNumber = String(values.accountNumber ?? '');
  return account === null
    ? refuse('account_unknown', { account: accountNumber })
    : ok({ accountNumber });
}

function glOf(
  facts: Values,
  parameter: { readonly name: string },
  fact: string,
  unitId: string,
): Result<AccountReference> {
  const glCode = facts[fact];
  if (typeof glCode !== 'string') return refuse('parameter_missing', { name: parameter.name });
  return ok({ unitId, glCode });
}
