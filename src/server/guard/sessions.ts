import type { FastifyInstance, FastifyRequest } from 'fastify';
import { assert, present } from '../../base/assert.ts';
import { refuse } from '../../base/result.ts';
import { type HeldRole, type Person, readSession } from '../../store/people/sessions.ts';
import { unitsDownwards } from '../../store/people/units.ts';
import { calendarDate, type ServerContext } from '../context.ts';
import { sendRefusal } from '../shape/answers.ts';
import { cookieToken } from './security.ts';
import { tokenHash } from './tokens.ts';

/** What a role may do in the software; the bank's data says which role has which. */
export type Permission =
  | 'work_tasks'
  | 'start_for_customer'
  | 'view_cases'
  | 'view_decisions'
  | 'view_insight'
  | 'manage_indicators'
  | 'draft_decisions'
  | 'approve_decisions'
  | 'draft_products'
  | 'approve_products'
  | 'view_ledger'
  | 'run_end_of_day'
  | 'view_accounts'
  | 'view_audit'
  | 'order_salaries'
  | 'authorise_salaries'
  | 'view_customers'
  | 'view_personal_data'
  | 'view_processes';

/** Who asks, proven by a session. */
export type SignedIn = {
  readonly person: Person;
  readonly tokenHash: Uint8Array;
  readonly expiresAt: number;
};

declare module 'fastify' {
  interface FastifyRequest {
    signedIn: SignedIn | null;
    /** The body as it came, so that numbers can be read with all their digits. */
    rawBody: string;
  }
  interface FastifyContextConfig {
    /** Served without a session. Every other route of /api needs one. */
    public?: boolean;
    /** Refused unless one of the person's roles has it. */
    permission?: Permission;
  }
}

/** Looks up the session of every request to a route that is not public, and its permission. */
export function requireSessions(app: FastifyInstance, context: ServerContext): void {
  app.decorateRequest('signedIn', null);
  app.addHook('onRequest', async (request, reply) => {
    const { config, url } = request.routeOptions;
    if (config.public === true || url?.startsWith('/api/') !== true) return;
    request.signedIn = await findSession(request, context);
    if (request.signedIn === null) return sendRefusal(reply, refuse('not_signed_in'));
    if (config.permission !== undefined && !may(request.signedIn.person, config.permission)) {
      return sendRefusal(reply, refuse('not_permitted'));
    }
  });
}

/** The session a request carries: a bearer token, else the cookie. Null when it is not valid. */
export async function findSession(
  request: FastifyRequest,
  context: ServerContext,
): Promise<SignedIn | null> {
  const bearer = /^Bearer ([A-Za-z0-9_-]+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const hash = tokenHash(bearer ?? cookieToken(request) ?? '');
  if (hash === null) return null;
  const { database, settings } = context;
  const session = await readSession(database, settings.cellId, {
    tokenHash: hash,
    onDate: calendarDate(context),
    at: context.clock(),
    idleMs: settings.session.idleMs,
  });
  if (session === null) return null;
  return { person: session.person, tokenHash: hash, expiresAt: session.expiresAt };
}

/** A session by name: the hash of its token in hexadecimal. */
export function sessionName(tokenHash: Uint8Array): string {
  return Buffer.from(tokenHash).toString('hex');
}

/** Who asks. Only for routes that are not public. */
export function signedIn(request: FastifyRequest): SignedIn {
  assert(request.routeOptions.config.public !== true, 'a public route asks for no person');
  return present(request.signedIn, 'the session of a route that is not public');
}

/** Whether any role of the person has the permission. */
export function may(person: Person, permission: Permission): boolean {
  return person.roles.some((role) => role.permissions.includes(permission));
}

/** The units on whose data a permission holds: those where a role with it is held, and below. */
export async function unitsInScope(
  context: ServerContext,
  person: Person,
  permission: Permission,
): Promise<string[]> {
  const holding = person.roles.filter((role: HeldRole) => role.permissions.includes(permission));
  if (holding.length === 0) return [];
  const { database, runtime, clock } = context;
  const units = await runtime.parts.units.on(database, calendarDate(context), clock());
  return [...new Set(holding.flatMap((role) => unitsDownwards(units, role.unitCode)))];
}
