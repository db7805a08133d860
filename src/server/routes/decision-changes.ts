import { ok, type Result, refuse } from '../../base/result.ts';
import {
  checkDecisionRequest,
  closeVersionAnswer,
  closeVersionParams,
  closeVersionRequest,
  decisionTextAnswer,
  draftDecisionAnswer,
  draftDecisionRequest,
  whatIfAnswer,
  whatIfRequest,
} from '../../contract/decisions.ts';
import { refusalShape } from '../../contract/refusal.ts';
import { type DecisionProgram, judgeDecisions } from '../../decision/index.ts';
import { textHash } from '../../runtime/action/canonical.ts';
import { fileLine, todayAtBank, viewFile } from '../../runtime/model/decision-catalogue.ts';
import {
  closeVersion,
  draftDecision,
  readChangedFile,
} from '../../runtime/model/decision-changes.ts';
import { compileDecisionFile } from '../../runtime/model/models.ts';
import { whatIf } from '../../runtime/model/redecide.ts';
import type { ServerContext } from '../context.ts';
import { actorOf, keyOf } from '../guard/actors.ts';
import { may, signedIn } from '../guard/sessions.ts';
import { sendRefusal } from '../shape/answers.ts';
import { fileAnswer, findingAnswer, refOf, whatIfAnswerOf } from '../shape/decision-answers.ts';
import type { App } from '../typed-app.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };
const tags = ['decisions'];

/** Changing a decision table: check, draft, what-if, and the second person's word. */
export function decisionChangeRoutes(app: App, context: ServerContext): void {
  checkRoute(app, context);
  draftRoute(app, context);
  closeRoute(app, context);
  whatIfRoute(app, context);
}

function checkRoute(app: App, context: ServerContext): void {
  const { parts } = context.runtime;
  app.post(
    '/api/decisions/check',
    {
      config: { permission: 'draft_decisions' },
      schema: {
        summary: 'A changed decision file, checked and its cases run; nothing is stored',
        ...{ tags, body: checkDecisionRequest },
        response: { 200: decisionTextAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { xml, cases, fileName: name } = request.body;
      const read = await readChangedFile(parts, request.body);
      if (!read.ok) return sendRefusal(reply, read);
      const { program } = read.value;
      const judged = judgeDecisions(program, cases);
      if (!judged.ok) return sendRefusal(reply, judged);
      const line = await fileLine(parts, request.body, todayAtBank(parts));
      if (!line.ok) return sendRefusal(reply, line);
      const file = { name, hash: textHash(xml), program, cases };
      const view = { ...line.value.view, ref: null, file, xml, judgement: judged.value };
      return { file: fileAnswer({ ...view, effectiveFrom: null }) };
    },
  );
}

function draftRoute(app: App, context: ServerContext): void {
  app.post(
    '/api/decisions/drafts',
    {
      config: { permission: 'draft_decisions' },
      schema: {
        summary: 'Draft a new version of a decision file; it decides once another approves it',
        ...{ tags, body: draftDecisionRequest },
        response: { 200: draftDecisionAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const key = keyOf(request);
      if (!key.ok) return sendRefusal(reply, key);
      const actor = actorOf(signedIn(request).person);
      const order = { ...request.body, actor, key: key.value };
      const drafted = await draftDecision(context.runtime.parts, order);
      if (!drafted.ok) return sendRefusal(reply, drafted);
      context.changed();
      const { versionId: ref, version, findings } = drafted.value;
      return { ref, version, findings: findings.map(findingAnswer) };
    },
  );
}

function closeRoute(app: App, context: ServerContext): void {
  app.post(
    '/api/decisions/versions/:versionId/close',
    {
      schema: {
        summary: 'Approve, refuse or withdraw a drafted version (never one’s own approval)',
        ...{ tags, params: closeVersionParams, body: closeVersionRequest },
        response: { 200: closeVersionAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const { kind, reason } = request.body;
      const needed = kind === 'withdrawn' ? 'draft_decisions' : 'approve_decisions';
      if (!may(person, needed)) return sendRefusal(reply, refuse('not_permitted'));
      const { versionId } = request.params;
      const order = { actor: actorOf(person), versionId, kind, reason };
      const closed = await closeVersion(context.runtime.parts, order);
      if (!closed.ok) return sendRefusal(reply, closed);
      context.changed();
      return { ref: versionId, state: kind };
    },
  );
}

/** The program of a stored text, or of one that came with the request. */
async function programMeant(
  parts: ServerContext['runtime']['parts'],
  { ref, xml }: { readonly ref: string | null; readonly xml: string | null },
): Promise<Result<DecisionProgram>> {
  if (ref === null) return await compileDecisionFile(xml ?? '');
  const view = await viewFile(parts, refOf(ref));
  return view.ok ? ok(view.value.file.program) : view;
}

/** The day's first instant at the bank. */
const midnight = (day: string): number => Date.parse(`${day}T00:00:00+08:00`);

function whatIfRoute(app: App, context: ServerContext): void {
  const { parts } = context.runtime;
  app.post(
    '/api/decisions/what-if',
    {
      schema: {
        summary: 'The decisions of a period taken again by another text: what would differ',
        ...{ tags, body: whatIfRequest },
        response: { 200: whatIfAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const isOwner = may(person, 'draft_decisions') || may(person, 'approve_decisions');
      if (!isOwner) return sendRefusal(reply, refuse('not_permitted'));
      const { ref, xml, decision: decisionId, from, to, processId } = request.body;
      const program = await programMeant(parts, { ref, xml });
      if (!program.ok) return sendRefusal(reply, program);
      const wanted = { decisionId, processId, from: midnight(from), to: midnight(to) + 86_400_000 };
      const given = { cellId: parts.cellId, at: context.clock() };
      const report = await whatIf(context.database, program.value, wanted, given);
      if (!report.ok) return sendRefusal(reply, report);
      return whatIfAnswerOf(report.value, { from, to });
    },
  );
}
