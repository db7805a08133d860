import { parseRatePercent } from '../../../../base/rates.ts';
import { sumOf } from '../../../../product/loan/progressive/instalment.ts';
import { openOn } from '../../../../product/loan/progressive/payments.ts';
import { replay } from '../../../../product/loan/progressive/replay.ts';
import {
  closeDays,
  type Entry,
  enter,
  inDateOrder,
  openAccount,
  openOfLoan,
  postActivity,
  revert,
  review,
  statusOf,
} from './account.ts';
import type { Step } from './gherkin.ts';
import { type Fields, fieldsOf } from './json.ts';
import { allocationOf, futureOf, otherFuturesOf, refundsInterest, termsOf } from './products.ts';
import type { Deed, Said, Stage } from './stage.ts';
import { defaultAllocation } from './terms.ts';
import { dateOfText, minorOfText } from './texts.ts';

const wrong = (text: string): Said => ({ wrong: text });
const missing = (text: string): Said => ({ missing: text });

/** Steps that only prepare the system the scenarios were written for. */
const ignored: readonly RegExp[] = [
  /^Admin creates a client with random data$/,
  /^Admin runs loan reprocess for Loan$/,
  /^Call Internal API to remove progressive loan model by loan Id$/,
  /^Log out transaction list by /,
];

/** Payments that are not repayments, by their type. */
const otherPayments: Readonly<Record<string, string>> = {
  GOODWILL_CREDIT: 'Goodwill Credit',
  MERCHANT_ISSUED_REFUND: 'Merchant Issued Refund',
  PAYOUT_REFUND: 'Payout Refund',
  INTEREST_PAYMENT_WAIVER: 'Interest Payment Waiver',
};

const pauses: readonly Deed[] = [
  {
    pattern:
      /^(Create an|Update the) interest pause period with start date "([^"]+)" and end date "([^"]+)"$/,
    act: (stage, [how = '', from = '', to = '']) =>
      pause(stage, dateOfText(from), dateOfText(to), how === 'Update the'),
  },
  {
    pattern: /^Delete the interest pause period$/,
    act: (stage) => pause(stage, null, null, true),
  },
];

/** Steps that change the loan, the date or a product. */
export const deeds: readonly Deed[] = [
  ...ignored.map((pattern): Deed => ({ pattern, act: () => null })),
  {
    pattern: /^Global config "charge-accrual-date" value set to "(due|submitted)-date"$/,
    act: ({ world }, [by = '']) => {
      world.chargesBy = by === 'due' ? 'due' : 'entered';
      return null;
    },
  },
  {
    pattern: /^Admin sets the business date to "([^"]+)"$/,
    act: (stage, [text = '']) => {
      const date = dateOfText(text);
      if (date === null) return wrong(`no date: ${text}`);
      stage.today = date;
      return null;
    },
  },
  {
    pattern: /^Admin set "([^"]+)" loan product "DEFAULT" transaction type to "([^"]+)" future/,
    act: ({ world }, [product = '', rule = '']) => {
      const future = futureOf(rule);
      if (future === null) return missing(`future instalment rule ${rule}`);
      world.futures.set(product, future);
      return null;
    },
  },
  {
    pattern: /^Admin creates a fully customized loan with the following data:$/,
    act: (stage, _words, table) => createLoan(stage, table, {}),
  },
  {
    pattern:
      /^Admin creates a fully customized loan with (auto )?downpayment ([\d.]+)%,?( NO auto downpayment,)? and with the following data:$/,
    act: (stage, [auto = '', percent = ''], table) =>
      createLoan(stage, table, {
        enableDownPayment: true,
        disbursedAmountPercentageForDownPayment: percent,
        enableAutoRepaymentForDownPayment: auto !== '',
      }),
  },
  {
    pattern:
      /^Admin creates a fully customized loan with forced disabled downpayment with the following data:$/,
    act: (stage, _words, table) => createLoan(stage, table, { enableDownPayment: false }),
  },
  {
    pattern:
      /^Admin creates a fully customized loan with fixed length (\d+) and with the following data:$/,
    act: (stage, [length = ''], table) => createLoan(stage, table, { fixedLength: length }),
  },
  {
    pattern: /^Admin successfully approves the loan on "[^"]+" with "([^"]+)" amount and expected/,
    act: (stage, [amount = '']) => {
      const approvedMinor = minorOfText(amount);
      if (stage.account === null || approvedMinor === null) return wrong('nothing to approve');
      stage.account = openAccount({ ...stage.account, approvedMinor });
      return null;
    },
  },
  {
    pattern:
      /^Admin successfully disburse the loan on "([^"]+)" with "([^"]+)" EUR transaction amount$/,
    act: (stage, [on = '', amount = '']) => disburseLoan(stage, on, amount, true),
  },
  {
    pattern:
      /^Admin successfully disburse the loan without auto downpayment on "([^"]+)" with "([^"]+)" EUR/,
    act: (stage, [on = '', amount = '']) => disburseLoan(stage, on, amount, false),
  },
  {
    pattern: /^Customer makes "[A-Z_]+" repayment on "([^"]+)" with ([\d.]+) EUR transaction/,
    act: (stage, [on = '', amount = '']) => repayLoan(stage, on, minorOfText(amount)),
  },
  {
    pattern:
      /^(?:Customer|Admin) makes "([A-Z_]+)" transaction with "[A-Z_]+" payment type on "([^"]+)" with ([\d.]+) EUR transaction amount(?: and (?:self|system)-generated (?:Idempotency key|external-id))?$/,
    act: (stage, [type = '', on = '', amount = '']) => payOtherwise(stage, type, on, amount),
  },
  {
    pattern: /^Admin makes Credit Balance Refund transaction on "([^"]+)" with ([\d.]+) EUR/,
    act: ({ account, today }, [on = '', amount = '']) => {
      const date = dateOfText(on);
      const amountMinor = minorOfText(amount);
      if (account === null || date === null || amountMinor === null) return wrong(on);
      if (amountMinor > account.loan.overpaidMinor) return wrong('more than was overpaid');
      enter(account, today, { kind: 'given_back', date, amountMinor }, 'Credit Balance Refund');
      return null;
    },
  },
  {
    pattern: /^Loan Pay-off is made on "([^"]+)"$/,
    act: (stage, [on = '']) => payOff(stage, on),
  },
  {
    pattern: /^Customer undo "(\d+)"th "([^"]+)" transaction made on "([^"]+)"$/,
    act: (stage, [nth = '', type = '', on = '']) => undo(stage, Number(nth), type, on),
  },
  {
    pattern: /^Customer undo "(\d+)"th repayment on "([^"]+)"$/,
    act: (stage, [nth = '', on = '']) => undo(stage, Number(nth), 'Repayment', on),
  },
  {
    pattern: /^Customer undo "(\d+)"th transaction made on "([^"]+)"$/,
    act: (stage, [nth = '', on = '']) => undo(stage, Number(nth), null, on),
  },
  {
    pattern: /^Customer adjust "(\d+)"th repayment on "([^"]+)" with amount "([^"]+)"$/,
    act: (stage, [nth = '', on = '', amount = '']) =>
      undo(stage, Number(nth), 'Repayment', on) ?? repayLoan(stage, on, minorOfText(amount)),
  },
  {
    pattern: /^Admin (?:successfully undo|can successfully undone the loan) disbursal$/,
    act: (stage) => {
      if (stage.account === null) return wrong('no loan');
      stage.account = openAccount(stage.account);
      return null;
    },
  },
  {
    pattern: /^Admin successfully undo last disbursal$/,
    act: (stage) => {
      const entry = stage.account?.entries.findLast(
        ({ type, reverted }) => type === 'Disbursement' && !reverted,
      );
      if (stage.account === null || entry === undefined) return wrong('no disbursement');
      revert(stage.account, stage.today, entry);
      stage.account.entries.splice(stage.account.entries.indexOf(entry), 1);
      return null;
    },
  },
  {
    pattern: /^Admin runs inline COB job for Loan$/,
    act: (stage) => {
      if (stage.account !== null) closeDays(stage.account, stage.today);
      return null;
    },
  },
  {
    pattern: /^Admin creates and approves Loan reschedule with the following data:$/,
    act: (stage, _words, table) => reschedule(stage, table),
  },
  ...pauses,
  {
    pattern: /^Admin runs the Accrual Activity Posting job$/,
    act: (stage) => {
      if (stage.account !== null) postActivity(stage.account, stage.today);
      return null;
    },
  },
  {
    pattern: /^Admin adds "([A-Z_]+)" due date charge with "([^"]+)" due date and ([\d.]+) EUR/,
    act: (stage, [name = '', on = '', amount = '']) => {
      const date = dateOfText(on);
      const amountMinor = minorOfText(amount);
      if (stage.account === null || date === null || amountMinor === null) return wrong(on);
      const component = /NSF|PENALTY/.test(name) ? 'penalty' : 'fee';
      if (/PERCENT/.test(name)) return missing('charges in per cent');
      enter(stage.account, stage.today, { kind: 'charged', date, amountMinor, component }, null);
      stage.account.charges.set(stage.account.events.at(-1)?.number ?? 0, name);
      return null;
    },
  },
];

/** The running pause is the newest one. */
function pause(stage: Stage, from: string | null, to: string | null, replaces: boolean): Said {
  const { account, today } = stage;
  if (account === null) return wrong('no loan');
  if (replaces) {
    const at = account.events.findLastIndex(({ kind }) => kind === 'interest_paused');
    if (at < 0) return wrong('no pause');
    account.events.splice(at, 1);
    review(account, today, null);
  }
  if (from === null || to === null) return replaces ? null : wrong('no dates');
  enter(account, today, { kind: 'interest_paused', date: from, to }, null);
  return null;
}

function createLoan(stage: Stage, [header = [], row = []]: Step['table'], instead: Fields): Said {
  const cells = new Map(header.map((name, at) => [name, row[at] ?? '']));
  const name = cells.get('LoanProduct') ?? '';
  const known = stage.world.products[name];
  if (known === undefined) return missing(`product ${name} in the products file`);
  const product = { ...fieldsOf(known), ...instead };
  const own = allocationOf(name, product);
  const allocation = { ...own, future: stage.world.futures.get(name) ?? own.future };
  const terms = termsOf(product, cells, allocation);
  if (typeof terms === 'string') return missing(terms);
  const principal = minorOfText(cells.get('with Principal') ?? '');
  const submitted = dateOfText(cells.get('submitted on date') ?? '');
  if (principal === null || submitted === null) return wrong('no principal or no date');
  const strategy = cells.get('Payment strategy') ?? '';
  if (strategy !== 'ADVANCED_PAYMENT_ALLOCATION') return missing(`payment strategy ${strategy}`);
  stage.account = openAccount({
    terms,
    accruesActivity: product.enableAccrualActivityPosting === true,
    approvedMinor: principal,
    expectedOn: submitted,
    chargesBy: stage.world.chargesBy,
    otherFutures: otherFuturesOf(name),
    refundsInterest: refundsInterest(product),
  });
  return null;
}

function disburseLoan(stage: Stage, on: string, amount: string, collect: boolean): Said {
  const date = dateOfText(on);
  const amountMinor = minorOfText(amount);
  const { account, today } = stage;
  if (account === null || date === null || amountMinor === null) return wrong(`${on} ${amount}`);
  enter(account, today, { kind: 'disbursed', date, amountMinor }, 'Disbursement');
  if (collect && account.terms.downPaymentCollected) {
    const due = account.loan.instalments.find(
      ({ kind, due: day, met }) => kind === 'down_payment' && day === date && !met,
    );
    const downMinor = due === undefined ? 0n : sumOf(due.asked) - sumOf(due.paid);
    if (downMinor > 0n) {
      const event = { kind: 'paid', date, amountMinor: downMinor, allocation: null } as const;
      enter(account, today, event, 'Down Payment');
    }
  }
  return null;
}

function repayLoan(stage: Stage, on: string, amountMinor: bigint | null): Said {
  const date = dateOfText(on);
  const { account, today } = stage;
  if (account === null || date === null || amountMinor === null) return wrong(on);
  enter(account, today, { kind: 'paid', date, amountMinor, allocation: null }, 'Repayment');
  return null;
}

function payOtherwise(stage: Stage, type: string, on: string, amount: string): Said {
  const date = dateOfText(on);
  const amountMinor = minorOfText(amount);
  const { account, today } = stage;
  if (account === null || date === null || amountMinor === null) return wrong(on);
  if (type === 'REPAYMENT') return repayLoan(stage, on, amountMinor);
  const name = otherPayments[type];
  if (name === undefined) return missing(`transactions ${type}`);
  if (account.refundsInterest && /REFUND/.test(type)) return missing('refunds of interest');
  const future = account.otherFutures.get(type);
  const allocation = future === undefined ? null : { ...defaultAllocation, future };
  enter(account, today, { kind: 'paid', date, amountMinor, allocation }, name);
  return null;
}

/** Pays all that is open when interest runs up to the day, or to the end of its period. */
function payOff(stage: Stage, on: string): Said {
  const date = dateOfText(on);
  const { account } = stage;
  if (account === null || date === null) return wrong(on);
  if (statusOf(account) !== 'ACTIVE') return wrong('nothing is open');
  const { terms } = account;
  const loan = replay(terms, account.events, date);
  if (terms.recalculates === null) return repayLoan(stage, on, openOfLoan(account));
  const current = loan.instalments.find(({ from, due }) => date > from && date <= due);
  const tillRest = terms.recalculates.closing === 'till_rest_date';
  const till = tillRest ? (current?.due ?? date) : date;
  const { principalMinor, interestMinor } = openOn(loan.plan, till);
  let othersMinor = 0n;
  for (const { kind, asked, paid } of loan.instalments) {
    othersMinor += asked.fee + asked.penalty - paid.fee - paid.penalty;
    if (kind !== 'regular') othersMinor += asked.principal - paid.principal;
  }
  return repayLoan(stage, on, principalMinor + interestMinor + othersMinor);
}

/** type null: of any kind but accruals. */
function undo(stage: Stage, nth: number, type: string | null, on: string): Said {
  const date = dateOfText(on);
  const { account, today } = stage;
  if (account === null) return wrong('no loan');
  const fits = (one: Entry): boolean => (type === null ? one.number !== null : one.type === type);
  const entry = inDateOrder(account).filter((one) => fits(one) && one.date === date)[nth - 1];
  if (entry === undefined) return wrong(`no ${type ?? 'transaction'} of ${on}`);
  revert(account, today, entry);
  return null;
}

function reschedule(stage: Stage, [header = [], row = []]: readonly (readonly string[])[]): Said {
  const { account, today } = stage;
  const cell = (name: string): string => row[header.indexOf(name)] ?? '';
  const date = dateOfText(cell('rescheduleFromDate'));
  if (account === null || date === null) return wrong('no loan or no date');
  const other = ['graceOnPrincipal', 'graceOnInterest'].find((name) => Number(cell(name)) > 0);
  if (other !== undefined) return missing(`rescheduling with ${other}`);
  const rate = cell('newInterestRate');
  if (rate !== '') {
    const parsed = parseRatePercent(rate);
    if (!parsed.ok) return missing(`a rate of ${rate} %`);
    enter(account, today, { kind: 'rate_changed', date, ratePpm: parsed.value }, null);
  }
  const count = Number(cell('extraTerms'));
  if (count > 0) enter(account, today, { kind: 'instalments_added', date, count }, null);
  const newDue = dateOfText(cell('adjustedDueDate'));
  if (newDue !== null) enter(account, today, { kind: 'due_date_moved', date, newDue }, null);
  return null;
}
