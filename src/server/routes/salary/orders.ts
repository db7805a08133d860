import { ok, type Result, refuse } from '../../../base/result.ts';
import { refusalShape } from '../../../contract/refusal.ts';
import { refusalText } from '../../../contract/refusals/index.ts';
import {
  decideSalariesRequest,
  type SalaryOrderAnswer,
  type SalaryOrderDetail,
  salaryLinesAnswer,
  salaryLinesQuery,
  salaryOrderAnswer,
  salaryOrderParams,
  salaryOrdersAnswer,
  salaryOrdersQuery,
  salaryTextMax,
  takeSalariesRequest,
} from '../../../contract/salary/orders.ts';
import { readSalaryLines } from '../../../runtime/salary/lines.ts';
import { findAccount } from '../../../store/ledger/accounts.ts';
import { namesOfLogins } from '../../../store/people/names.ts';
import type { Person } from '../../../store/people/sessions.ts';
import {
  countSalaries,
  listSalaries,
  readResults,
  readSalaries,
  type SalaryOrder,
  type SalaryResult,
  unpaidSalaries,
} from '../../../store/products/salaries.ts';
import { newId, type ServerContext } from '../../context.ts';
import { keyOf } from '../../guard/actors.ts';
import { signedIn, unitsInScope } from '../../guard/sessions.ts';
import { maySeeAccount } from '../../shape/account-answers.ts';
import { sendRefusal } from '../../shape/answers.ts';
import type { App } from '../../typed-app.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };
const tags = ['salaries'];
/** A character of Chinese is three bytes; beside the text stand the account and the JSON around. */
const bodyBytesMax = salaryTextMax * 3 + 4_096;

/** Salary orders: take, list, look at, and decide about as a second person. */
export function salaryRoutes(app: App, context: ServerContext): void {
  const pay = payer(app, context);
  takeRoute(app, context);
  viewRoutes(app, context);
  decideRoute(app, context, pay);
}

/** Pays what is authorised, one order once at a time; goes on with what a server before left. */
function payer(app: App, context: ServerContext): (orderId: string, reference: string) => void {
  const { runtime, database, settings } = context;
  const running = new Map<string, Promise<void>>();
  let halted = false;
  const pay = (orderId: string, reference: string) => {
    if (running.has(orderId) || halted) return;
    const work = runtime
      .paySalaries(orderId, () => halted)
      .then(
        () => undefined,
        (error: unknown) => context.failed(error, reference),
      )
      .finally(() => {
        running.delete(orderId);
        context.changed();
      });
    running.set(orderId, work);
  };
  app.addHook('onReady', async () => {
    for (const orderId of await unpaidSalaries(database, settings.cellId)) pay(orderId, orderId);
  });
  app.addHook('preClose', async () => {
    halted = true;
    await Promise.all(running.values());
  });
  return pay;
}

function takeRoute(app: App, context: ServerContext): void {
  const { database, runtime, settings } = context;
  app.post(
    '/api/salaries',
    {
      bodyLimit: bodyBytesMax,
      config: { permission: 'order_salaries' },
      schema: {
        summary:
          'Take a salary order (代发工资): up to 100,000 lines, for a second person to decide',
        ...{ tags, body: takeSalariesRequest, response: { 200: salaryOrderAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const { payerAccountNumber, text } = request.body;
      const key = keyOf(request);
      if (!key.ok) return sendRefusal(reply, key);
      const account = await findAccount(database, settings.cellId, payerAccountNumber);
      if (account === null || !(await maySeeAccount(context, person, account))) {
        return sendRefusal(reply, refuse('not_found'));
      }
      const lines = readSalaryLines(text);
      if (!lines.ok) return sendRefusal(reply, lines);
      const batchId = key.value ?? newId(context);
      const batch = {
        ...{ batchId, payerAccountNumber, currency: 'CNY' },
        ...{ makerLogin: person.login, authoriserLogin: null },
      };
      const taken = await runtime.takeSalaries(batch, lines.value);
      if (!taken.ok) return sendRefusal(reply, taken);
      context.changed();
      const seen = await seenOrder(context, person, batchId);
      return seen.ok ? await detailOf(context, seen.value) : sendRefusal(reply, seen);
    },
  );
}

function viewRoutes(app: App, context: ServerContext): void {
  const { database, settings } = context;
  const { cellId } = settings;
  const config = { permission: 'view_accounts' } as const;
  app.get(
    '/api/salaries',
    {
      config,
      schema: {
        summary: 'Salary orders whose payer is kept by one of my units, the newest first',
        ...{ tags, querystring: salaryOrdersQuery },
        response: { 200: salaryOrdersAnswer, ...refusals },
      },
    },
    async (request) => {
      const units = await unitsInScope(context, signedIn(request).person, 'view_accounts');
      const found = await listSalaries(database, { cellId, units, ...request.query });
      return { orders: await orderAnswers(context, found.orders), total: found.total };
    },
  );
  app.get(
    '/api/salaries/:orderId',
    {
      config,
      schema: {
        summary: 'A salary order: who took it, who decided, how many lines were paid',
        ...{ tags, params: salaryOrderParams, response: { 200: salaryOrderAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const seen = await seenOrder(context, signedIn(request).person, request.params.orderId);
      return seen.ok ? await detailOf(context, seen.value) : sendRefusal(reply, seen);
    },
  );
  app.get(
    '/api/salaries/:orderId/lines',
    {
      config,
      schema: {
        summary: 'The result of each line of a salary order',
        ...{ tags, params: salaryOrderParams, querystring: salaryLinesQuery },
        response: { 200: salaryLinesAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { orderId: batchId } = request.params;
      const seen = await seenOrder(context, signedIn(request).person, batchId);
      if (!seen.ok) return sendRefusal(reply, seen);
      const { after, limit: max, status } = request.query;
      const lines = await readResults(database, { cellId, batchId, after, max, status });
      return { lines: lines.map(lineAnswer) };
    },
  );
}

function decideRoute(
  app: App,
  context: ServerContext,
  pay: (orderId: string, reference: string) => void,
): void {
  app.post(
    '/api/salaries/:orderId/decide',
    {
      config: { permission: 'authorise_salaries' },
      schema: {
        summary: 'Authorise a salary order, which is then paid, or decline it; never the maker',
        ...{ tags, params: salaryOrderParams, body: decideSalariesRequest },
        response: { 200: salaryOrderAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const { orderId: batchId } = request.params;
      const seen = await seenOrder(context, person, batchId);
      if (!seen.ok) return sendRefusal(reply, seen);
      const decision = { batchId, login: person.login, status: request.body.decision };
      const decided = await context.runtime.decideAboutSalaries(decision);
      if (!decided.ok) return sendRefusal(reply, decided);
      if (decision.status === 'authorised') pay(batchId, request.id);
      context.changed();
      const now = await seenOrder(context, person, batchId);
      return now.ok ? await detailOf(context, now.value) : sendRefusal(reply, now);
    },
  );
}

/** An order whose payer lies within the person's scope; any other does not exist for them. */
async function seenOrder(
  context: ServerContext,
  person: Person,
  orderId: string,
): Promise<Result<SalaryOrder, 'not_found'>> {
  const { database, settings } = context;
  const order = await readSalaries(database, settings.cellId, orderId);
  if (order === null) return refuse('not_found');
  const account = await findAccount(database, settings.cellId, order.payerAccountNumber);
  const isSeen = account !== null && (await maySeeAccount(context, person, account));
  return isSeen ? ok(order) : refuse('not_found');
}

async function detailOf(context: ServerContext, order: SalaryOrder): Promise<SalaryOrderDetail> {
  const { database, settings } = context;
  const [answer] = await orderAnswers(context, [order]);
  const counts = await countSalaries(database, settings.cellId, order.batchId);
  const account = await findAccount(database, settings.cellId, order.payerAccountNumber);
  return {
    order: answer as SalaryOrderAnswer,
    payerName: account?.name ?? '',
    ...counts,
    paidMinor: counts.paidMinor.toString(),
  };
}

async function orderAnswers(
  context: ServerContext,
  orders: readonly SalaryOrder[],
): Promise<SalaryOrderAnswer[]> {
  const logins = orders.flatMap(({ makerLogin, authoriserLogin }) =>
    authoriserLogin === null ? [makerLogin] : [makerLogin, authoriserLogin],
  );
  const names = await namesOfLogins(context.database, context.settings.cellId, logins);
  const nameOf = (login: string) => names.get(login) ?? login;
  return orders.map((order) => ({
    ...{ orderId: order.batchId, payerAccountNumber: order.payerAccountNumber },
    ...{ currency: order.currency, status: order.status, lines: order.lines },
    totalMinor: order.totalMinor.toString(),
    ...{ maker: order.makerLogin, makerName: nameOf(order.makerLogin) },
    authoriser: order.authoriserLogin,
    authoriserName: order.authoriserLogin === null ? null : nameOf(order.authoriserLogin),
    ...{ takenAt: order.takenAt, decidedAt: order.decidedAt },
  }));
}

function lineAnswer(line: SalaryResult) {
  const { accountNumber, code, postingNumber } = line;
  const facts = { account: accountNumber, name: 'amountMinor' };
  return {
    ...{ lineNumber: line.lineNumber, accountNumber, name: line.name, status: line.status, code },
    amountMinor: line.amountMinor.toString(),
    message:
      code === null
        ? null
        : { 'zh-CN': refusalText(code, 'zh-CN', facts), en: refusalText(code, 'en', facts) },
    postingNumber: postingNumber?.toString() ?? null,
  };
}
