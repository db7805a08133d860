import { randomBytes } from 'node:crypto';
import { present } from '../../../base/assert.ts';
import { uuidV7 } from '../../../base/uuid.ts';
import type { PostingEvent } from '../../../ledger/posting.ts';
import { openDatabase } from '../../../store/database.ts';
import { postAtOnce } from '../../../store/ledger/post.ts';
import { openLedgerWriter } from '../../../store/ledger/writer.ts';

/**
 * Posts payments until it is killed. Arguments: socket folder, number of accounts, accounting date,
 * and payments without an answer from the process before, as `key:from:to:amount`. Tells
 * `try key from to amount` before and `ack key` after each; `refused key code` is an answer too.
 */

const [socketFolder = '', countText = '', date = '', ...again] = process.argv.slice(2);
const accountCount = Number(countText);
const cellId = 1;
const database = openDatabase(
  { socketFolder, port: 5432, name: 'ledger', role: 'huiliu_app' },
  { connectionsMax: 12 },
);
const writer = openLedgerWriter(database, { cellId, now: () => Date.now(), batchMax: 100 });

type Payment = { readonly key: string; readonly words: string; readonly event: PostingEvent };

const accountId = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;

function payment(key: string, from: number, to: number, amount: number): Payment {
  return {
    key,
    words: `${from} ${to} ${amount}`,
    event: {
      eventId: key,
      accountingDate: date,
      context: {
        ...{ businessReference: 'kill', transactionCode: 'kill', narrative: 'payment' },
        ...{ operatingUnitCode: 'A', makerLogin: 'teller', authoriserLogin: null },
        ...{ processInstanceId: null, activity: null, taskId: null },
      },
      postings: [
        {
          bookId: 'A',
          transfers: [
            {
              ...{ debitAccountId: accountId(from), creditAccountId: accountId(to) },
              ...{ amountMinor: BigInt(amount), currency: 'CNY' },
            },
          ],
        },
      ],
    },
  };
}

function anyPayment(): Payment {
  const among = Math.random() < 0.3 ? 5 : accountCount;
  const from = Math.floor(Math.random() * among);
  const to = (from + 1 + Math.floor(Math.random() * (among - 1))) % among;
  const key = uuidV7(Date.now(), randomBytes(10));
  return payment(key, from, to, 1 + Math.floor(Math.random() * 100));
}

const tell = (line: string) => process.stdout.write(`${line}\n`);

/** Asks until there is an answer: PostgreSQL may be down, and comes back. */
async function answered(payments: readonly Payment[]): Promise<void> {
  for (const { key, words } of payments) tell(`try ${key} ${words}`);
  for (;;) {
    try {
      const events = payments.map(({ event }) => event);
      const answer = await postAtOnce(database, { cellId, now: Date.now(), events });
      if (answer.ok) {
        for (const [n, one] of answer.value.entries()) {
          const { key } = present(payments[n], 'its payment');
          tell(one.ok ? `ack ${key}` : `refused ${key} ${one.code}`);
        }
        return;
      }
    } catch (error) {
      tell(`lost ${error instanceof Error ? error.name : 'unknown'}`);
    }
    await pause(20);
  }
}

async function throughWriter(one: Payment): Promise<void> {
  tell(`try ${one.key} ${one.words}`);
  for (;;) {
    try {
      const answer = await writer.post(one.event);
      if (answer.ok) return void tell(`ack ${one.key}`);
      if (!answer.code.startsWith('database_'))
        return void tell(`refused ${one.key} ${answer.code}`);
    } catch (error) {
      tell(`lost ${error instanceof Error ? error.name : 'unknown'}`);
    }
    await pause(20);
  }
}

function pause(waitMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, waitMs));
}

async function forEver(work: () => Promise<void>): Promise<never> {
  for (;;) await work();
}

const old = again.map((text) => {
  const [key = '', from, to, amount] = text.split(':');
  return payment(key, Number(from), Number(to), Number(amount));
});
const lanes = [
  ...Array.from({ length: 4 }, () => forEver(async () => await answered([anyPayment()]))),
  ...Array.from({ length: 12 }, () => forEver(async () => await throughWriter(anyPayment()))),
  forEver(async () => await answered(Array.from({ length: 20 }, anyPayment))),
];
// What stayed without an answer is sent again twice at once, as an impatient client does.
await Promise.all([...old, ...old].map((one) => answered([one])));
await Promise.all(lanes);
