import { assert, present } from '../../base/assert.ts';
import type { Value } from '../../base/data.ts';
import { addMonths } from '../../base/dates.ts';
import { ok } from '../../base/result.ts';
import { uuidV7 } from '../../base/uuid.ts';
import type { PostingEvent } from '../../ledger/posting.ts';
import { type LoanTerms, repaymentSchedule } from '../../product/loan/schedule.ts';
import type { Transaction } from '../../store/database.ts';
import { openAccounts } from '../../store/ledger/accounts.ts';
import { accountingDates } from '../../store/ledger/books.ts';
import { type PostAnswer, postEvent } from '../../store/ledger/post.ts';
import { addDepositProduct, addDepositRate } from '../../store/products/deposit-products.ts';
import { seededRandom, testBank, value } from '../testing.ts';
import { dayContext, dayKeyWindow, ownAccount } from './posting.ts';

/** The books of the test bank's units. */
export const dayBooks = ['0000', '0100', '0101', '0109'] as const;

/** The first accounting date of the test bank. */
export const firstDay = '2026-11-21';

const made = { madeLogin: 'maker', checkedLogin: 'checker', madeAt: 0 };
const cellId = 1;

/** A demand product: settled on the 20th of the last month of each quarter. */
export const demandProduct: Value = {
  name: '活期存款',
  nameEn: 'Demand deposit',
  kind: 'demand',
  rateCode: 'demand',
  settlementMonths: [3n, 6n, 9n, 12n],
  settlementDay: 20n,
};

/** A test bank with a demand product at a rate, and ways to open accounts and to move money. */
export async function dayTestBank(given: { readonly ratePpm?: bigint } = {}) {
  const bank = await testBank();
  const random = seededRandom('day test bank');
  const newId = () => uuidV7(bank.clock.now, random(10));
  const done = async <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> => {
    const result = await bank.database.transaction(async (transaction) =>
      ok(await work(transaction)),
    );
    assert(result.ok, 'the transaction commits');
    return result.value;
  };
  await done(async (transaction) => {
    await addDepositProduct(transaction, {
      ...{ ...made, cellId, productCode: 'demand', effectiveFrom: '2026-01-01' },
      definition: demandProduct,
    });
    const rate = { cellId, rateCode: 'demand', currency: 'CNY', effectiveFrom: '2026-01-01' };
    await addDepositRate(transaction, { ...made, ...rate, ratePpm: given.ratePpm ?? 500n });
  });
  const open = async (
    number: string,
    bookId = '0101',
    product = 'demand',
    currency = 'CNY',
  ): Promise<string> => {
    const accountId = newId();
    const date = present(await accountingDates(bank.database, cellId), 'dates').accountingDate;
    const opened = await done((transaction) =>
      openAccounts(transaction, {
        ...{ cellId, openedOn: date, openedLogin: 'teller' },
        accounts: [
          {
            ...{ accountId, accountNumber: number, bookId, glCode: '2011', currency },
            ...{ kind: 'customer', counterBookId: null, openingUnitCode: bookId, product },
            ...{ customerNumber: 'C1', name: number, overdraftLimitMinor: 0n },
          },
        ],
      }),
    );
    assert(opened.ok, 'the account opens');
    return accountId;
  };
  const eventOf = eventMaker(newId);
  const post = async (move: TestMove): Promise<PostAnswer> => {
    return await done(async (transaction) => {
      // The transaction takes the date once, as every transaction of the bank does.
      const dates = present(await accountingDates(transaction, cellId), 'dates');
      const event = await eventOf(transaction, { date: dates.accountingDate, ...move });
      const order = { cellId, now: bank.clock.now, event, keyWindow: dayKeyWindow };
      return await postEvent(transaction, order);
    });
  };
  return { ...bank, cellId, done, open, newId, eventOf, post };
}

/** A movement of a customer's account towards an own account of its book; below zero: out. */
export type TestMove = {
  readonly accountId: string;
  readonly amountMinor: bigint;
  readonly glCode?: string;
  readonly bookId?: string;
  readonly currency?: string;
  /** The open accounting date when left out. */
  readonly date?: string;
  readonly valueDate?: string;
};

function eventMaker(newId: () => string) {
  return async (transaction: Transaction, move: TestMove): Promise<PostingEvent> => {
    const { accountId, amountMinor, glCode = '1003', bookId = '0101', currency = 'CNY' } = move;
    const accountingDate = present(move.date, 'the accounting date of the movement');
    const day = { cellId, accountingDate, nextDate: accountingDate, days: [], at: 0 };
    const own = await ownAccount(transaction, day, { bookId, glCode, currency });
    assert(own.ok, 'the own account is there');
    const [debitAccountId, creditAccountId] =
      amountMinor > 0n ? [own.value, accountId] : [accountId, own.value];
    const transfer = {
      ...{ debitAccountId, creditAccountId, currency },
      amountMinor: amountMinor > 0n ? amountMinor : -amountMinor,
      ...(move.valueDate === undefined ? {} : { valueDate: move.valueDate }),
    };
    return {
      ...{ eventId: newId(), accountingDate },
      context: dayContext(day, bookId, { work: 'test', narrative: 'cash_deposit' }),
      postings: [{ bookId, transfers: [transfer] }],
    };
  };
}

/** A note of 1,200,000.00 at 4.35 %, with its account and what was lent. */
export async function lendNote(
  bank: Awaited<ReturnType<typeof dayTestBank>>,
  given: {
    readonly noteNumber: string;
    readonly start: string;
    readonly method: LoanTerms['method'];
  },
): Promise<void> {
  const { noteNumber, start, method } = given;
  const terms = {
    ...{ principalMinor: 120_000_000n, ratePpm: 43_500n, months: 12, start, method },
    settlementDay: 20,
  } as const;
  const rows = repaymentSchedule(terms);
  const accountId = bank.newId();
  const account = {
    ...{ accountId, accountNumber: noteNumber, bookId: '0101', glCode: '1303', currency: 'CNY' },
    ...{ kind: 'customer' as const, counterBookId: null, openingUnitCode: '0101' },
    product: 'loan_note',
    ...{ customerNumber: 'C1', name: noteNumber, overdraftLimitMinor: null },
  };
  await bank.done(async (transaction) => {
    const opening = { cellId: 1, openedOn: '2026-11-21', openedLogin: 'a' };
    value(await openAccounts(transaction, { ...opening, accounts: [account] }));
  });
  value(await bank.post({ accountId, amountMinor: -120_000_000n }));
  await bank.done(async (transaction) => {
    await transaction.query(
      `insert into loan_contract (cell_id, contract_number, case_number, approval_number,
         customer_number, product_code, currency, amount_minor, term_months, rate_ppm,
         repayment_method, credit_protection, payment_method, contract_date, signed_at)
       values (1, $1, $1, $1, 'C1', 'working_capital', 'CNY', 120000000, 12, 43500, $2,
         'mortgage', 'self_directed', $3, 0)`,
      [noteNumber, method, start],
    );
    await transaction.query(
      `insert into loan_note (cell_id, note_number, case_number, contract_number, customer_number,
         deposit_account_number, unit_code, gl_code, currency, principal_minor, rate_ppm,
         repayment_method, start_date, maturity_date, disbursed_at)
       values (1, $1, $1, $1, 'C1', 'deposit', '0101', '1303', 'CNY', 120000000, 43500, $2, $3, $4, 0)`,
      [noteNumber, method, start, addMonths(start, 12)],
    );
    for (const row of rows) {
      await transaction.query(
        `insert into loan_instalment (cell_id, note_number, number, due_date, days,
           principal_minor, interest_minor, balance_minor) values (1, $1, $2, $3, $4, $5, $6, $7)`,
        [
          ...[noteNumber, row.number, row.dueDate, row.days],
          ...[row.principalMinor, row.interestMinor, row.balanceMinor],
        ],
      );
    }
  });
}
