import type { FastifyReply, FastifyRequest } from 'fastify';
import { isValueList, isValues, type Value, type Values } from '../../base/data.ts';
import {
  caseEntriesAnswer,
  caseParams,
  decisionsAnswer,
  type Entry,
  historyAnswer,
  type Memorandum,
} from '../../contract/cases.ts';
import { refusalShape } from '../../contract/refusal.ts';
import { elementIndex, elementInfo, type Program } from '../../kernel/index.ts';
import type { CaseView, DecisionView } from '../../runtime/views.ts';
import { readAccounts } from '../../store/ledger/balances.ts';
import { readChart } from '../../store/ledger/books.ts';
import { type JournalPosting, readJournal } from '../../store/ledger/journal.ts';
import { namesOfLogins } from '../../store/people/names.ts';
import type { TaskActRow } from '../../store/process/task/acts.ts';
import { calendarDate, type ServerContext } from '../context.ts';
import { seenCase } from '../guard/case-access.ts';
import { signedIn } from '../guard/sessions.ts';
import { sendRefusal } from '../shape/answers.ts';
import { inBoth, refText } from '../shape/decision-answers.ts';
import { jsonValue, jsonValues } from '../shape/values.ts';
import type { App } from '../typed-app.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };
const tags = ['cases'];

/** What was recorded about a case: its history, the decisions taken, its postings. */
export function caseRecordRoutes(app: App, context: ServerContext): void {
  historyRoute(app, context);
  decisionsRoute(app, context);
  entriesRoute(app, context);
}

type CaseRequest = FastifyRequest & { readonly params: { readonly caseNumber: string } };

/** The case of the address if the person may see it; null when a refusal was sent. */
async function caseOf(
  context: ServerContext,
  request: CaseRequest,
  reply: FastifyReply,
): Promise<CaseView | null> {
  const seen = await seenCase(context, signedIn(request).person, request.params.caseNumber);
  if (seen.ok) return seen.value;
  sendRefusal(reply, seen);
  return null;
}

function historyRoute(app: App, context: ServerContext): void {
  app.get(
    '/api/cases/:caseNumber/history',
    {
      schema: {
        summary: 'What happened in a case, in order; a customer: the steps, without staff',
        ...{ tags, params: caseParams, response: { 200: historyAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const view = await caseOf(context, request, reply);
      if (view === null) return reply as never;
      const { database, runtime, settings } = context;
      const { person } = signedIn(request);
      const events = await runtime.caseEvents(view.caseNumber);
      const acts = new Map((await runtime.caseActs(view.caseNumber)).map((act) => [act.id, act]));
      const logins = events.flatMap(({ id, login }) => [login, acts.get(id)?.to_login ?? login]);
      const names = await namesOfLogins(database, settings.cellId, logins);
      const isCustomer = person.kind === 'customer';
      const lines = events.map(async (event) => {
        const { program, row } = await runtime.parts.models.byId(database, event.model_id);
        if (isCustomer && !isForCustomer(program, event)) return [];
        const labels =
          event.element_id === null
            ? { name: row.name, nameEn: row.name_en }
            : elementNames(program, event.element_id);
        const isShown = !isCustomer || event.login === person.login;
        const line = {
          at: event.at,
          processId: row.process_id,
          element: event.element_id,
          ...labels,
          event: event.kind,
          performer: isShown ? event.login : null,
          performerName: isShown ? (names.get(event.login) ?? null) : null,
          unitId: isShown && event.unit_code !== '' ? event.unit_code : null,
          ...(isCustomer ? {} : orderSaid(acts.get(event.id), names)),
        };
        return [line];
      });
      return { lines: (await Promise.all(lines)).flat() };
    },
  );
}

/** To whom and why, of an order about a task; its words stand beside the log. */
function orderSaid(act: TaskActRow | undefined, names: ReadonlyMap<string, string>) {
  if (act === undefined) return {};
  const { to_login, reason } = act;
  const toName = to_login === null ? null : (names.get(to_login) ?? null);
  return { toName, reason: reason === '' ? null : reason };
}

/** How staff share their work is not the customer's to read. */
const amongStaff = /^(signer_|task_(forward|delegat|resolv|taken|urg|cop|sign|recall))/;

/** What a customer reads of a case: the steps and what came of them, not what the bank printed. */
function isForCustomer(
  program: Program,
  event: { readonly kind: string; readonly element_id: string | null },
): boolean {
  if (event.kind === 'paper_printed' || amongStaff.test(event.kind)) return false;
  return isStep(program, event.element_id);
}

/** Whether an element is a step that the customer is shown, not one of the bank's own checks. */
function isStep(program: Program, elementId: string | null): boolean {
  const index = elementId === null ? null : elementIndex(program, elementId);
  if (index === null) return true;
  return !/^(script|service|businessRule|send)Task$|Gateway$/.test(
    elementInfo(program, index).type,
  );
}

function decisionsRoute(app: App, context: ServerContext): void {
  app.get(
    '/api/cases/:caseNumber/decisions',
    {
      config: { permission: 'view_decisions' },
      schema: {
        summary: 'Decisions taken by tables, with the rules that fired',
        ...{ tags, params: caseParams, response: { 200: decisionsAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const view = await caseOf(context, request, reply);
      if (view === null) return reply as never;
      const { database, runtime } = context;
      const decisions = await runtime.caseDecisions(view.caseNumber);
      const events = await runtime.caseEvents(view.caseNumber);
      const lines = decisions.map(async (decision) => {
        const model = await runtime.parts.models.byId(database, decision.modelId);
        const asked = events.find(
          (event) =>
            event.model_id === decision.modelId &&
            event.activity_instance === decision.activityInstance,
        );
        const element = asked?.element_id ?? decision.decision;
        return {
          ...{ at: decision.at, element, ...elementNames(model.program, element) },
          decision: decision.decision,
          modelVersion: String(model.row.version),
          ...(await tableOf(context, decision)),
          tableHash: decision.fileHash,
          matchedRules: matchedRules(decision.matched),
          inputs: jsonValues(decision.inputs),
          output: jsonValue(decision.output, decision.decision),
          reasons: reasonsOf(decision.reasons),
        };
      });
      return { decisions: await Promise.all(lines) };
    },
  );
}

/** The text that took a decision, where a reader can open it. */
async function tableOf(context: ServerContext, decision: DecisionView) {
  const { modelId, versionId, fileName } = decision;
  if (versionId === null) {
    const tableRef = refText({ kind: 'deployed', modelId, fileName });
    return { tableRef, tableVersion: null, effectiveFrom: null };
  }
  const { models } = context.runtime.parts;
  const { row, effectiveFrom } = await models.decisionVersion(context.database, versionId);
  return { tableRef: versionId, tableVersion: row.version, effectiveFrom };
}

/** [{ code, facts }] as the runtime stores it, in words. */
function reasonsOf(reasons: Value) {
  if (!isValueList(reasons)) return [];
  return reasons.flatMap((one) => {
    if (!isValues(one) || typeof one.code !== 'string') return [];
    const { code } = one;
    const facts = isValues(one.facts ?? null) ? (one.facts as Values) : {};
    const texts = Object.keys(facts).map((name) => [name, String(facts[name])]);
    return { code, message: inBoth(code, Object.fromEntries(texts)) };
  });
}

/** The names of an element of a model; one that has none is called by its id. */
function elementNames(program: Program, id: string): { name: string; nameEn: string } {
  const index = elementIndex(program, id);
  const info = index === null ? null : elementInfo(program, index);
  const name = info?.name ?? id;
  return { name, nameEn: info?.nameEn ?? name };
}

/** [{ decision, rows }] as the runtime stores it. */
function matchedRules(matched: Value): { decision: string; rows: number[] }[] {
  if (!isValueList(matched)) return [];
  return matched.flatMap((line) => {
    if (!isValues(line) || typeof line.decision !== 'string') return [];
    const rows = isValueList(line.rows ?? null) ? (line.rows as readonly Value[]) : [];
    return { decision: line.decision, rows: rows.map(Number) };
  });
}

function entriesRoute(app: App, context: ServerContext): void {
  app.get(
    '/api/cases/:caseNumber/entries',
    {
      schema: {
        summary: 'Entries of a case, on and off the balance sheet; a customer: on own accounts',
        ...{ tags, params: caseParams, response: { 200: caseEntriesAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const view = await caseOf(context, request, reply);
      if (view === null) return reply as never;
      const { database, settings } = context;
      const { person } = signedIn(request);
      const filter = { businessReference: view.caseNumber };
      const journal = await readJournal(database, settings.cellId, filter);
      const chart = await readChart(database, settings.cellId, calendarDate(context));
      const names = new Map(chart.map((gl) => [gl.glCode, gl.name]));
      const entries = journal.flatMap((posting) => entriesOf(posting, names));
      const memoranda = journal.flatMap((posting) => memorandaOf(posting, names));
      if (person.kind !== 'customer') return { entries, memoranda };
      const own = await readAccounts(database, {
        ...{ cellId: settings.cellId, customerNumber: person.person, limit: 200, offset: 0 },
      });
      const numbers = new Set(own.accounts.map((account) => account.accountNumber));
      const shown = entries.filter((entry) => numbers.has(entry.accountNumber));
      const unnamed = shown.map((entry) => ({ ...entry, maker: null, authoriser: null }));
      return { entries: unnamed, memoranda: [] };
    },
  );
}

/** What every line of a posting says of it. */
function headOf(posting: JournalPosting) {
  return {
    ...{ postingNumber: posting.postingNumber.toString(), bookId: posting.bookId },
    ...{ accountingDate: posting.accountingDate, postedAt: posting.occurredAt },
    operatingUnitId: posting.operatingUnitCode,
    ...{ maker: posting.makerLogin, authoriser: posting.authoriserLogin },
  };
}

/** What a posting records off the balance sheet. */
function memorandaOf(posting: JournalPosting, glNames: ReadonlyMap<string, string>): Memorandum[] {
  return posting.memoranda.map(({ memorandumId: _, amountMinor, ...memorandum }) => ({
    ...{ ...headOf(posting), ...memorandum, narrative: posting.narrative },
    amountMinor: amountMinor.toString(),
    glName: glNames.get(memorandum.glCode) ?? memorandum.glCode,
  }));
}

/** Both sides of every transfer of a posting. */
function entriesOf(posting: JournalPosting, glNames: ReadonlyMap<string, string>): Entry[] {
  return posting.transfers.flatMap((transfer) => {
    const common = {
      ...headOf(posting),
      ...{ currency: transfer.currency, narrative: transfer.narrative },
      amountMinor: transfer.amountMinor.toString(),
    };
    return [
      {
        ...{ ...common, side: 'debit' as const, glCode: transfer.debitGlCode },
        accountNumber: transfer.debitAccountNumber,
        accountName: transfer.debitAccountName,
        glName: glNames.get(transfer.debitGlCode) ?? transfer.debitGlCode,
        openingUnitId: transfer.debitOpeningUnitCode,
      },
      {
        ...{ ...common, side: 'credit' as const, glCode: transfer.creditGlCode },
        accountNumber: transfer.creditAccountNumber,
        accountName: transfer.creditAccountName,
        glName: glNames.get(transfer.creditGlCode) ?? transfer.creditGlCode,
        openingUnitId: transfer.creditOpeningUnitCode,
      },
    ];
  });
}
