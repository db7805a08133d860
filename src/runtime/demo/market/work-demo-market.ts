import { createHash } from 'node:crypto';
import { present } from '../../../base/assert.ts';
import type { Values } from '../../../base/data.ts';
import { addDays, dateInChina } from '../../../base/dates.ts';
import { ok, type Result } from '../../../base/result.ts';
import type { Database } from '../../../store/database.ts';
import { readAccounts } from '../../../store/ledger/balances.ts';
import { readPerson } from '../../../store/people/sessions.ts';
import type { Actor } from '../../actor.ts';
import { createRuntime, type Runtime } from '../../runtime.ts';
import { demoCalendar, demoDates } from '../calendar.ts';
import { demoCompaniesOf } from '../customers.ts';

const unitCode = '110101';
const days = { beforeIssue: 4, term: 28 };

/** A task of a case: who does it and with what; `counter`: for a customer who is present. */
type Step = readonly [activity: string, login: string, values: Values, counter?: 'counter'];
type Story = {
  readonly processId: string;
  readonly starter: string;
  readonly customerNumber?: string;
  readonly steps: readonly Step[];
};

/** A company of the outlet with its account in yuan and what stands on it. */
type Company = {
  readonly customerNumber: string;
  readonly name: string;
  readonly accounts: Readonly<Record<string, string>>;
  readonly availableMinor: bigint;
};

/**
 * Takes some bills and deals of the demo bank's last day through the runtime, and gives how many
 * cases. The bank must be open and its processes deployed. Bills whose maturity the calendar does
 * not know are left out. Refused as the runtime refuses the first step that does not go through.
 */
export async function workDemoMarket(given: {
  readonly database: Database;
  readonly cellId: number;
  readonly now: number;
}): Promise<Result<number>> {
  const { database, cellId, now } = given;
  const today = present(demoDates(dateInChina(now)).at(-1), 'the last day of the demo bank');
  let count = 0;
  const random = (bytes: number) => {
    count += 1;
    return createHash('sha256').update(`demo market ${count}`).digest().subarray(0, bytes);
  };
  // In office hours of the last day, when the prices of the first board hold.
  const [opens, closes] = ['09:00', '17:00'].map((time) => Date.parse(`${today}T${time}:00+08:00`));
  const at = Math.max(opens ?? now, Math.min(now, closes ?? now));
  const runtime = createRuntime({ database, cellId, clock: () => at, random });
  const trader = await companyOf(runtime, 7);
  const drawer = await companyOf(runtime, 9);
  const payee = await companyOf(runtime, 10);
  const other = await companyOf(runtime, 11);
  const maturesOn = addDays(today, days.term);
  const isKnown = maturesOn <= demoCalendar.knownUntil;
  const issuedOn = addDays(today, -days.beforeIssue);
  const dates = { issuedOn, maturesOn };
  const stories = [
    acceptance('110120260001', drawer, payee, dates, true),
    acceptance('110120260002', other, payee, dates, false),
    ...(isKnown ? [discount('130520260317', payee, dates, true)] : []),
    ...(isKnown ? [discount('130520260318', drawer, dates, false)] : []),
    ...deals(trader),
  ];
  for (const story of stories) {
    const told = await play(runtime, story);
    if (!told.ok) return told;
  }
  return ok(stories.length);
}

async function companyOf(runtime: Runtime, nth: number): Promise<Company> {
  const { database, cellId } = runtime.parts;
  const { customerNumber, name } = present(demoCompaniesOf(unitCode)[nth], 'a company');
  const of = { cellId, customerNumber, limit: 20, offset: 0 };
  const { accounts: all } = await readAccounts(database, of);
  const accounts = Object.fromEntries(all.map((one) => [one.currency, one.accountNumber]));
  const yuan = all.find((one) => one.currency === 'CNY');
  return { customerNumber, name, accounts, availableMinor: yuan?.balanceMinor ?? 0n };
}

type Dates = { readonly issuedOn: string; readonly maturesOn: string };

/** As much as an account can carry margin and fee of, in whole thousands of yuan. */
function faceOf({ availableMinor }: Company): bigint {
  const thousands = availableMinor / 100_000n;
  return (thousands > 0n ? thousands : 1n) * 100_000n;
}

function acceptance(
  billNumber: string,
  drawer: Company,
  payee: Company,
  dates: Dates,
  isDone: boolean,
): Story {
  const face = { billNumber, medium: 'electronic', payeeName: payee.name, ...dates };
  const asked = { faceMinor: faceOf(drawer), accountNumber: drawer.accounts.CNY ?? '' };
  const trade = { tradeContract: `HT-${billNumber}`, tradeInvoice: `FP-${billNumber}` };
  const reviewed = { ...trade, creditRating: 'AA', guarantee: 'none', tradeGenuine: true };
  const end: Step[] = [
    ['approve', 'zhang.guoqiang', { acceptanceDecision: 'approve', acceptanceOpinion: '同意' }],
    ['accept', 'tang.jie', { acceptanceConfirmed: true }],
  ];
  return {
    ...{ processId: 'bill_acceptance', starter: 'li.na', customerNumber: drawer.customerNumber },
    steps: [
      ['apply', 'li.na', { ...face, ...asked }, 'counter'],
      ['review', 'li.na', reviewed],
      ...(isDone ? end : []),
    ],
  };
}

function discount(billNumber: string, holder: Company, dates: Dates, isDone: boolean): Story {
  const parties = { drawerName: '江城机电设备厂', acceptorName: '江城银行' };
  const face = {
    ...{ billNumber, billKind: 'bank_acceptance', medium: 'electronic', elsewhere: false },
    ...{ ...parties, ...dates, payeeName: holder.name, faceMinor: 100_000_000n },
    accountNumber: holder.accounts.CNY ?? '',
  };
  const end: Step[] = [
    ['approve', 'zhang.guoqiang', { discountDecision: 'approve', discountOpinion: '同意' }],
    ['discount', 'tang.jie', { discountConfirmed: true }],
  ];
  return {
    ...{ processId: 'bill_discount', starter: 'li.na', customerNumber: holder.customerNumber },
    steps: [
      ['apply', 'li.na', face, 'counter'],
      ['review', 'li.na', { billGenuine: true, acceptorClass: 'local_bank' }],
      ...(isDone ? end : []),
    ],
  };
}

function deals({ accounts }: Company): Story[] {
  const between = (from: string, to: string, dealAmount: string): Values => ({
    fromAccountNumber: accounts[from] ?? '',
    ...{ toAccountNumber: accounts[to] ?? '', dealAmount, cash: false },
  });
  const deal: Step = ['deal', 'zhao.ting', { dealAnswer: 'deal' }];
  const story = (asked: Values, ...end: Step[]): Story => ({
    ...{ processId: 'fx_deal', starter: 'zhao.ting' },
    steps: [['ask', 'zhao.ting', asked], ...end],
  });
  return [
    story(between('USD', 'CNY', '12345.67'), deal),
    story(between('EUR', 'USD', '1000'), deal),
    story(between('USD', 'CNY', '200000')),
  ];
}

async function play(runtime: Runtime, story: Story): Promise<Result<null>> {
  const { processId, customerNumber } = story;
  const begun = await runtime.startCase({
    ...{ actor: await actorBy(runtime, story.starter), processId, unitCode, values: {} },
    ...(customerNumber === undefined ? {} : { customerNumber }),
  });
  if (!begun.ok) return begun;
  for (const [activity, login, values, counter] of story.steps) {
    const tasks = await runtime.caseTasks(begun.value.caseNumber);
    const open = tasks.find((one) => one.endedAt === null && one.activity === activity);
    const { id: taskId } = present(open, `the task ${activity}`);
    const actor = await actorBy(runtime, login);
    const customerPresent = counter !== undefined;
    const claimed = await runtime.claimTask({ actor, taskId, customerPresent });
    if (!claimed.ok) return claimed;
    const done = await runtime.completeTask({ actor, taskId, values, customerPresent });
    if (!done.ok) return done;
  }
  return ok(null);
}

async function actorBy({ parts }: Runtime, login: string): Promise<Actor> {
  const { database, cellId, clock } = parts;
  const person = await readPerson(database, cellId, login, dateInChina(clock()));
  return {
    ...{ login: person.login, person: person.person, customerNumber: person.customerNumber },
    unitCode: person.unitCode ?? '',
    posts: person.roles.map(({ role, unitCode: unit }) => ({ role, unit })),
  };
}
