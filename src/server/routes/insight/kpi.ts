import { dayNumber } from '../../../base/dates.ts';
import { ok, type Result, refuse } from '../../../base/result.ts';
import {
  freezeRequest,
  keptAnswer,
  kpiAnswer as kpiAnswerShape,
  kpiCasesAnswer,
  kpiCasesQuery,
  kpiQuery,
  objectionAnswerRequest,
  objectionRequest,
  targetRequest,
} from '../../../contract/insight/kpi.ts';
import { refusalShape } from '../../../contract/refusal.ts';
import { type IndicatorCode, indicatorCodes } from '../../../insight/kpi/indicators.ts';
import { figureWith } from '../../../insight/kpi/measure.ts';
import { millionthsOf } from '../../../insight/kpi/value-text.ts';
import {
  answerObjection,
  freezeBaseline,
  type KpiOrder,
  raiseObjection,
  setTarget,
} from '../../../runtime/kpi/frozen.ts';
import { baselinesOf, objectionsOf, targetsOf } from '../../../store/kpi/indicators.ts';
import type { Person } from '../../../store/people/sessions.ts';
import { calendarDate, newId, type ServerContext } from '../../context.ts';
import { keyOf } from '../../guard/actors.ts';
import { may, signedIn, unitsInScope } from '../../guard/sessions.ts';
import type { KpiCasesAsked } from '../../insight/indicators/measure-answer.ts';
import { kpiAnswer } from '../../insight/indicators/present.ts';
import { sendRefusal } from '../../shape/answers.ts';
import type { App } from '../../typed-app.ts';
import { type Asked, askAs, insightPermission } from './asking.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };
const tags = ['insight'];
const config = { permission: insightPermission };
const managing = { permission: 'manage_indicators' } as const;
const dayMs = 86_400_000;
/** Numbers of cases a search for one of them looks through. */
const casesMax = 100_000;

/** 指标: the bank's indicators over its own cases, what they are held against, and objections. */
export function kpiRoutes(app: App, context: ServerContext): void {
  app.get(
    '/api/insight/kpi',
    {
      config,
      schema: {
        summary:
          'The indicators over ended cases, with baselines, targets, lights and a comparison',
        ...{ tags, querystring: kpiQuery, response: { 200: kpiAnswerShape, ...refusals } },
      },
    },
    async (request, reply) => {
      const { beforeFrom, beforeTo, mix, counted, ...asked } = request.query;
      const { person } = signedIn(request);
      if ((beforeFrom === undefined) !== (beforeTo === undefined)) {
        return sendRefusal(reply, refuse('request_not_valid'));
      }
      const before =
        beforeFrom === undefined || beforeTo === undefined
          ? null
          : { fromMs: dayNumber(beforeFrom) * dayMs, toMs: (dayNumber(beforeTo) + 1) * dayMs - 1 };
      const about = { cellId: context.settings.cellId, date: calendarDate(context) };
      const details = { ...about, before, mix, counted, numbers: false };
      const measured = await askAs(context, person, asked, 'kpi', details);
      if (!measured.ok) return sendRefusal(reply, measured);
      return kpiAnswer(measured.value, await heldAgainst(context, person, asked.process));
    },
  );
  app.get(
    '/api/insight/kpi/cases',
    {
      config,
      schema: {
        summary: 'The cases behind the figure of an indicator',
        ...{ tags, querystring: kpiCasesQuery, response: { 200: kpiCasesAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const { code: named, limit, counted, ...asked } = request.query;
      const code = indicatorNamed(named);
      if (!code.ok) return sendRefusal(reply, code);
      const which = { code: code.value, limit, counted };
      const found = await casesOf(context, signedIn(request).person, asked, which);
      if (!found.ok) return sendRefusal(reply, found);
      const { total, cases } = found.value;
      return {
        total,
        cases: cases.map(({ fromMs, toMs, ...each }) => ({
          ...each,
          ...{ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() },
          durationSeconds: (toMs - fromMs) / 1000,
        })),
      };
    },
  );
  baselineRoutes(app, context);
  objectionRoutes(app, context);
}

function baselineRoutes(app: App, context: ServerContext): void {
  app.post(
    '/api/insight/kpi/baselines',
    {
      config: managing,
      schema: {
        summary: 'Freeze the value of an indicator as a baseline, for ever',
        ...{ tags, body: freezeRequest, response: { 200: keptAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const { code: named, note, counted, ...asked } = request.body;
      const { person } = signedIn(request);
      const order = orderOf(context, person, { key: keyOf(request), code: named, ...asked });
      if (!order.ok) return sendRefusal(reply, order);
      const about = { cellId: context.settings.cellId, date: calendarDate(context) };
      const details = { ...about, before: null, mix: 'none', counted, numbers: true };
      const measured = await askAs(context, person, asked, 'kpi', details);
      if (!measured.ok) return sendRefusal(reply, measured);
      const { fromMs, toMs, caseNumbers, calendar, cases } = measured.value;
      const { valueMillionths, currency, n } = figureWith(measured.value, order.value.indicator);
      const filters = [
        ...(asked.from || asked.to ? [`time:${asked.from ?? ''}..${asked.to ?? ''}`] : []),
        ...asked.filter,
      ];
      const sample = {
        ...{ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() },
        ...{ filters, names: asked.names, calendar, cases, counted },
        units: await unitsInScope(context, person, insightPermission),
      };
      const frozen = await freezeBaseline(context.database, {
        ...{ ...order.value, valueMillionths, currency, counted: n, sample, caseNumbers, note },
      });
      return frozen.ok ? { id: frozen.value.id } : sendRefusal(reply, frozen);
    },
  );
  app.post(
    '/api/insight/kpi/targets',
    {
      config: managing,
      schema: {
        summary: 'Set what an indicator is to reach by a date; the last one set holds',
        ...{ tags, body: targetRequest, response: { 200: keptAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const { code, process, target: wanted, ...rest } = request.body;
      const { person } = signedIn(request);
      const order = orderOf(context, person, { key: keyOf(request), code, process });
      if (!order.ok) return sendRefusal(reply, order);
      const millionths = 'value' in wanted ? millionthsOf(wanted.value) : 0n;
      if (millionths === null) return sendRefusal(reply, refuse('request_not_valid'));
      const target = 'value' in wanted ? { millionths } : { changePpm: BigInt(wanted.changePpm) };
      const today = calendarDate(context);
      const set = await setTarget(context.database, { ...order.value, ...rest, target, today });
      return set.ok ? { id: set.value.id } : sendRefusal(reply, set);
    },
  );
}

function objectionRoutes(app: App, context: ServerContext): void {
  app.post(
    '/api/insight/kpi/objections',
    {
      config,
      schema: {
        summary: 'Object to a case of my units behind a figure',
        ...{ tags, body: objectionRequest, response: { 200: keptAnswer, ...refusals } },
      },
    },
    async (request, reply) => {
      const { process, code, caseNumber, reason, counted } = request.body;
      const { person } = signedIn(request);
      const order = orderOf(context, person, { key: keyOf(request), code, process });
      if (!order.ok) return sendRefusal(reply, order);
      const asked = { process, names: 'zh-CN', filter: [] } as const;
      const which = { code: order.value.indicator, limit: casesMax, counted };
      const found = await casesOf(context, person, asked, which);
      if (!found.ok) return sendRefusal(reply, found);
      const its = found.value.cases.find((each) => each.caseNumber === caseNumber);
      if (its?.unitCode == null) {
        return sendRefusal(reply, refuse('kpi_case_not_in_figure', { caseNumber }));
      }
      const objection = { ...order.value, unitCode: its.unitCode, caseNumber, reason };
      const raised = await raiseObjection(context.database, objection);
      return raised.ok ? { id: raised.value.id } : sendRefusal(reply, raised);
    },
  );
  app.post(
    '/api/insight/kpi/answers',
    {
      config: managing,
      schema: {
        summary: 'Answer an objection, once and for good; never by whoever raised it',
        ...{ tags, body: objectionAnswerRequest },
        response: { 200: keptAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { process: processId, ...said } = request.body;
      const reader = signedIn(request).person;
      const { login, person } = reader;
      const answered = await answerObjection(context.database, {
        ...{ cellId: context.settings.cellId, at: context.clock(), login, person },
        ...{ processId, ...said },
        units: await unitsInScope(context, reader, managing.permission),
      });
      return answered.ok ? { id: answered.value.id } : sendRefusal(reply, answered);
    },
  );
}

async function casesOf(
  context: ServerContext,
  person: Person,
  asked: Asked,
  which: Pick<KpiCasesAsked, 'code' | 'limit' | 'counted'>,
) {
  const details = { cellId: context.settings.cellId, date: calendarDate(context), ...which };
  return await askAs(context, person, asked, 'kpi_cases', details);
}

async function heldAgainst(context: ServerContext, person: Person, processId: string) {
  const { database, settings } = context;
  const units = await unitsInScope(context, person, insightPermission);
  const [baselines, targets, objections] = await Promise.all([
    baselinesOf(database, settings.cellId, processId),
    targetsOf(database, settings.cellId, processId),
    objectionsOf(database, settings.cellId, { processId, units }),
  ]);
  const mayManage = may(person, managing.permission);
  return { baselines, targets, objections, mayManage, today: calendarDate(context) };
}

function indicatorNamed(code: string): Result<IndicatorCode> {
  const known = indicatorCodes.find((each) => each === code);
  return known === undefined ? refuse('not_found') : ok(known);
}

function orderOf(
  context: ServerContext,
  { login, person }: Person,
  asked: {
    readonly key: ReturnType<typeof keyOf>;
    readonly code: string;
    readonly process: string;
  },
): Result<KpiOrder> {
  const { key, code, process: processId } = asked;
  if (!key.ok) return key;
  const indicator = indicatorNamed(code);
  if (!indicator.ok) return indicator;
  return ok({
    ...{ id: key.value ?? newId(context), cellId: context.settings.cellId, at: context.clock() },
    ...{ login, person, processId, indicator: indicator.value },
  });
}
