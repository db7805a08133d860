import { refuse } from '../../base/result.ts';
import { refusalShape } from '../../contract/refusal.ts';
import {
  demoPeopleAnswer,
  sessionAnswer,
  signedOutAnswer,
  signInAnswer,
  signInRequest,
  signOnAnswer,
  signOnRequest,
} from '../../contract/session.ts';
import { listLogins } from '../../store/people/logins.ts';
import { endSession, readPerson } from '../../store/people/sessions.ts';
import { readSignOn, signOff, signOn } from '../../store/people/sign-on.ts';
import { readUnits } from '../../store/people/units.ts';
import { accountingDateOf } from '../accounting-date.ts';
import { calendarDate, newId, type ServerContext } from '../context.ts';
import { cookieHeader } from '../guard/security.ts';
import { findSession, sessionName, signedIn } from '../guard/sessions.ts';
import { signIn } from '../guard/sign-in.ts';
import { sendRefusal } from '../shape/answers.ts';
import { sessionAnswerOf, signOnAnswerOf, userAnswer } from '../shape/present.ts';
import type { App } from '../typed-app.ts';

const refusals = { '4xx': refusalShape, '5xx': refusalShape };

/** Signing in and out, the sign-on of the day. */
export function sessionRoutes(app: App, context: ServerContext): void {
  signInRoute(app, context);
  sessionRoute(app, context);
  signOnRoutes(app, context);
  if (context.settings.demo) demoRoute(app, context);
}

function signInRoute(app: App, context: ServerContext): void {
  const { database, settings } = context;
  const lifeSeconds = Math.floor(settings.session.lifeMs / 1000);
  app.post(
    '/api/session',
    {
      config: { public: true },
      schema: {
        summary: 'Sign in',
        tags: ['session'],
        body: signInRequest,
        response: { 200: signInAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const opened = await signIn(context, request.body, request.ip);
      if (!opened.ok) {
        if (opened.code === 'too_many_sign_ins') {
          reply.header('retry-after', opened.facts.seconds ?? '60');
        }
        return sendRefusal(reply, opened);
      }
      // A session the browser still carried is replaced, never carried on (session fixation).
      const former = await findSession(request, context);
      if (former !== null) {
        const at = context.clock();
        const { tokenHash } = former;
        await endSession(database, settings.cellId, { tokenHash, at, reason: 'replaced' });
      }
      const { token, person, expiresAt } = opened.value;
      const day = await readSignOn(database, settings.cellId, person.login);
      const accountingDate = await accountingDateOf(context);
      reply.header('set-cookie', cookieHeader(token, settings, lifeSeconds));
      const answer = { person, expiresAt, signOn: day, accountingDate };
      return { token, ...(await sessionAnswerOf(context, answer)) };
    },
  );
}

function sessionRoute(app: App, context: ServerContext): void {
  const { database, settings } = context;
  app.get(
    '/api/session',
    {
      schema: {
        summary: 'Who is signed in',
        tags: ['session'],
        response: { 200: sessionAnswer, ...refusals },
      },
    },
    async (request) => {
      const { person, expiresAt } = signedIn(request);
      const day = await readSignOn(database, settings.cellId, person.login);
      const accountingDate = await accountingDateOf(context);
      return await sessionAnswerOf(context, { person, expiresAt, signOn: day, accountingDate });
    },
  );
  app.delete(
    '/api/session',
    {
      schema: {
        summary: 'Sign out',
        tags: ['session'],
        response: { 200: signedOutAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { tokenHash } = signedIn(request);
      const at = context.clock();
      await endSession(database, settings.cellId, { tokenHash, at, reason: 'signed_out' });
      context.streams.closeSession(sessionName(tokenHash));
      reply.header('set-cookie', cookieHeader(null, settings, 0));
      reply.header('clear-site-data', '"cache"');
      return { signedOut: true as const };
    },
  );
}

function signOnRoutes(app: App, context: ServerContext): void {
  const { database, settings } = context;
  app.put(
    '/api/session/sign-on',
    {
      schema: {
        summary: 'Sign on for the day (签到)',
        tags: ['session'],
        body: signOnRequest,
        response: { 200: signOnAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { person } = signedIn(request);
      const unitCode = request.body.unitId ?? person.unitCode;
      const worksThere = person.roles.some((role) => role.unitCode === unitCode);
      if (person.kind !== 'employee' || unitCode === null || !worksThere) {
        return sendRefusal(reply, refuse('not_permitted'));
      }
      const at = context.clock();
      const accountingDate = (await accountingDateOf(context)) ?? calendarDate(context);
      const day = { id: newId(context), login: person.login, unitCode, accountingDate, at };
      const signed = await signOn(database, settings.cellId, day);
      return signed.ok ? { signOn: signOnAnswerOf(signed.value) } : sendRefusal(reply, signed);
    },
  );
  app.delete(
    '/api/session/sign-on',
    {
      schema: {
        summary: 'Sign off (签退)',
        tags: ['session'],
        response: { 200: signOnAnswer, ...refusals },
      },
    },
    async (request, reply) => {
      const { login } = signedIn(request).person;
      const signed = await signOff(database, settings.cellId, login, context.clock());
      return signed.ok ? { signOn: signOnAnswerOf(signed.value) } : sendRefusal(reply, signed);
    },
  );
}

/** Who can be tried out in the demo bank; there is no such route anywhere else. */
function demoRoute(app: App, context: ServerContext): void {
  const { database, settings } = context;
  app.get(
    '/api/demo/people',
    {
      config: { public: true },
      schema: {
        summary: 'People of the demo bank',
        tags: ['session'],
        response: { 200: demoPeopleAnswer, ...refusals },
      },
    },
    async () => {
      const today = calendarDate(context);
      const units = await readUnits(database, settings.cellId, today);
      const logins = await listLogins(database, settings.cellId, 200);
      const people = await Promise.all(
        logins.map((login) => readPerson(database, settings.cellId, login, today)),
      );
      return { people: people.map((person) => userAnswer(person, units)) };
    },
  );
}
