import { present } from '../../base/assert.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { derivedUuid } from '../../base/uuid.ts';
import type { PostingContext, PostingEvent } from '../../ledger/posting.ts';
import type { Transaction } from '../../store/database.ts';
import { findAccount } from '../../store/ledger/accounts.ts';
import { accountingDates } from '../../store/ledger/books.ts';
import { postEvents } from '../../store/ledger/post.ts';
import {
  addSalaries,
  decideSalaries,
  isOnePerson,
  lockWaiting,
  readSalaries,
  type SalaryBatch,
  type SalaryLine,
  sameSalaries,
  type WaitingLine,
  writeResults,
} from '../../store/products/salaries.ts';
import { routeAll } from '../day/posting.ts';
import type { Day } from '../day/step.ts';
import type { Parts } from '../parts.ts';

/** The most lines of one order. */
export const salaryLinesMax = 100_000;

/** 分: 18 digits, as amounts travel. */
const totalMinorMax = 999_999_999_999_999_999n;

/** Lines paid in one transaction: the payer's account is locked for a fraction of a second. */
const chunkMax = 1_000;

export type SalaryAnswer = {
  readonly paid: number;
  readonly refused: number;
  readonly paidMinor: bigint;
};

/**
 * Takes a salary order (代发工资) under its own id; without an authoriser it waits for one. Sent again
 * it is the same order, and other contents under its id are refused. Refused too: no lines or more
 * than `salaryLinesMax`, a total that the ledger cannot hold, one person as maker and authoriser, a
 * payer the bank does not know. What is wrong with a line is the line's own result.
 */
export async function takeSalaries(
  parts: Parts,
  batch: SalaryBatch,
  lines: readonly SalaryLine[],
): Promise<Result<null>> {
  if (lines.length === 0 || lines.length > salaryLinesMax) {
    return refuse('salary_lines_not_fitting', { linesMax: String(salaryLinesMax) });
  }
  const totalMinor = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  if (totalMinor <= 0n || totalMinor > totalMinorMax) return refuse('salary_total_not_fitting');
  const { database, cellId } = parts;
  const { makerLogin, authoriserLogin } = batch;
  if (authoriserLogin !== null) {
    const people = [makerLogin, authoriserLogin] as const;
    if (await isOnePerson(database, cellId, people)) return refuse('authoriser_is_maker');
  }
  const payer = await findAccount(database, cellId, batch.payerAccountNumber);
  if (payer === null || payer.kind !== 'customer' || payer.currency !== batch.currency) {
    return refuse('account_unknown', { account: batch.payerAccountNumber });
  }
  return await database.transaction<null, string>(async (transaction) => {
    const at = { cellId, at: parts.clock() };
    if (await addSalaries(transaction, at, batch, lines)) return ok(null);
    const isSame = await sameSalaries(transaction, cellId, batch, lines);
    return isSame ? ok(null) : refuse('salary_order_differs', { order: batch.batchId });
  });
}

/** Who decides about an order that waits, and how. */
export type SalaryDecision = {
  readonly batchId: string;
  readonly login: string;
  readonly status: 'authorised' | 'declined';
};

/**
 * A second person authorises an order or declines it, once. Refused: an order the bank does not
 * know, its own maker, one about which somebody else has decided.
 */
export async function decideAboutSalaries(
  parts: Parts,
  decision: SalaryDecision,
): Promise<Result<null>> {
  const { database, cellId } = parts;
  const { batchId, login, status } = decision;
  const order = await readSalaries(database, cellId, batchId);
  if (order === null) return refuse('salary_order_unknown', { order: batchId });
  if (await isOnePerson(database, cellId, [order.makerLogin, login])) {
    return refuse('authoriser_is_maker');
  }
  return await database.transaction<null, string>(async (transaction) => {
    const at = parts.clock();
    if (await decideSalaries(transaction, { cellId, batchId, status, login, at })) return ok(null);
    const now = await readSalaries(transaction, cellId, batchId);
    const isSame = now?.status === status && now.authoriserLogin === login;
    return isSame ? ok(null) : refuse('salary_order_decided', { order: batchId });
  });
}

/**
 * Pays what waits of an order, a thousand lines a transaction, each with its own result. Begun
 * again after a crash, or by two programs at once, it pays no line twice: a line is locked while
 * it is paid, and its posting bears an id that follows from the order. Refused: an order that no
 * second person has authorised. `halted` is asked before each thousand: the program is to end.
 */
export async function paySalaries(
  parts: Parts,
  batchId: string,
  halted: () => boolean = () => false,
): Promise<Result<SalaryAnswer>> {
  const { database, cellId } = parts;
  const batch = await readSalaries(database, cellId, batchId);
  if (batch === null) return refuse('salary_order_unknown', { order: batchId });
  if (batch.status !== 'authorised') return refuse('salary_not_authorised', { order: batchId });
  const answer = { paid: 0, refused: 0, paidMinor: 0n };
  for (;;) {
    if (halted()) return ok(answer);
    const done = await database.transaction<SalaryAnswer | null, string>(async (transaction) => {
      const of = { cellId, batchId };
      const lines = await lockWaiting(transaction, { ...of, max: chunkMax });
      return lines.length === 0 ? ok(null) : await payLines(parts, transaction, batch, lines);
    });
    if (!done.ok) return done;
    if (done.value === null) return ok(answer);
    answer.paid += done.value.paid;
    answer.refused += done.value.refused;
    answer.paidMinor += done.value.paidMinor;
  }
}

async function payLines(
  parts: Parts,
  transaction: Transaction,
  batch: SalaryBatch,
  lines: readonly WaitingLine[],
): Promise<Result<SalaryAnswer>> {
  const { cellId } = parts;
  const dates = await accountingDates(transaction, cellId);
  const payer = await findAccount(transaction, cellId, batch.payerAccountNumber);
  if (dates === null || payer === null) {
    return refuse('account_unknown', { account: batch.payerAccountNumber });
  }
  const at = parts.clock();
  const { accountingDate } = dates;
  const day: Day = { cellId, accountingDate, nextDate: accountingDate, days: [], at };
  const context: PostingContext = {
    ...{ businessReference: batch.batchId, transactionCode: 'deposit.pay_salaries' },
    ...{ narrative: 'payroll', operatingUnitCode: payer.openingUnitCode },
    ...{ makerLogin: batch.makerLogin, authoriserLogin: batch.authoriserLogin },
    ...{ processInstanceId: null, activity: null, taskId: null },
  };
  const good = lines.filter((line) => faultOf(line, batch) === null);
  const wanted = good.map((line) => ({
    transfers: [
      {
        debit: { accountId: payer.accountId, bookId: payer.bookId },
        credit: { accountId: line.accountId ?? '', bookId: line.bookId ?? '' },
        ...{ amountMinor: line.amountMinor, currency: batch.currency },
      },
    ],
    memoranda: [],
  }));
  const routed = await routeAll(transaction, day, wanted);
  if (!routed.ok) return routed;
  const events = good.map((line, index): PostingEvent => {
    const postings = present(routed.value[index], 'the postings of a line');
    const eventId = derivedUuid(batch.batchId, line.lineNumber);
    return { eventId, accountingDate, context, postings };
  });
  const posted = await postEvents(transaction, { cellId, now: at, events });
  if (!posted.ok) return posted;
  const answers = new Map(good.map(({ lineNumber }, index) => [lineNumber, posted.value[index]]));
  const results = lines.map((line) => {
    const fault = faultOf(line, batch);
    const { lineNumber } = line;
    if (fault !== null) return { lineNumber, code: fault, postingNumber: null };
    const posting = present(answers.get(lineNumber), 'the answer of a line');
    if (!posting.ok) return { lineNumber, code: posting.code, postingNumber: null };
    return { lineNumber, code: null, postingNumber: posting.value[0]?.postingNumber ?? null };
  });
  await writeResults(transaction, { cellId, batchId: batch.batchId }, results);
  const paid = lines.filter((_, index) => results[index]?.code === null);
  const paidMinor = paid.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  return ok({ paid: paid.length, refused: lines.length - paid.length, paidMinor });
}

/** What is wrong with a line before the ledger sees it. */
function faultOf(line: WaitingLine, batch: SalaryBatch): string | null {
  if (line.amountMinor <= 0n) return 'amount_not_positive';
  if (line.accountId === null) return 'account_unknown';
  if (line.accountCurrency !== batch.currency) return 'account_currency_differs';
  return line.holderName === line.name ? null : 'payee_name_differs';
}
