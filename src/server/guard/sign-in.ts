import { ok, type Result, refuse } from '../../base/result.ts';
import type { SignInRequest } from '../../contract/session.ts';
import {
  countFailure,
  forgetFailures,
  readLoginSecret,
  recordAttempt,
  type SignInOutcome,
} from '../../store/people/logins.ts';
import { verifyPassword } from '../../store/people/passwords.ts';
import { type Person, readPerson, startSession } from '../../store/people/sessions.ts';
import { calendarDate, newId, type ServerContext } from '../context.ts';
import { newToken, tokenHash } from './tokens.ts';

export type SignInRefusal = 'sign_in_refused' | 'login_locked' | 'too_many_sign_ins';

export type NewSession = {
  readonly token: string;
  readonly person: Person;
  readonly expiresAt: number;
};

/**
 * Opens a session for the right password. A login that does not exist answers in the same words and
 * after the same work as one that does, and locks like one. A locked login refuses even the right
 * password. Every attempt
 * is written down, without what was typed as login when there is no such login.
 */
export async function signIn(
  context: ServerContext,
  request: SignInRequest,
  terminal: string,
): Promise<Result<NewSession, SignInRefusal>> {
  const at = context.clock();
  const waitSeconds = context.signInFailures.secondsToWait(terminal, at);
  if (waitSeconds > 0) return refuse('too_many_sign_ins', { seconds: String(waitSeconds) });
  const { database, settings } = context;
  const login = request.login.toLowerCase();
  const secret = await readLoginSecret(database, settings.cellId, login);
  const fits = await verifyPassword(
    request.password,
    secret?.passwordHash ?? null,
    settings.passwordCost,
  );
  const lockedForMs = (secret?.lockedUntilAt ?? 0) - at;
  const outcome = outcomeOf(secret?.status ?? null, lockedForMs, fits);
  const known = secret === null ? null : login;
  const unknownLockedMs = secret === null ? context.unknownLogins.lockedForMs(login, at) : 0;
  await recordAttempt(database, settings.cellId, {
    ...{ id: newId(context), login: known, outcome, terminal, at },
  });
  if (outcome === 'signed_in') return ok(await openSession(context, login));
  context.signInFailures.count(terminal, at);
  const lockedMs = outcome === 'locked' ? lockedForMs : unknownLockedMs;
  if (lockedMs > 0) {
    return refuse('login_locked', { minutes: String(Math.ceil(lockedMs / 60_000)) });
  }
  if (outcome === 'unknown_login') context.unknownLogins.count(login, at);
  if (outcome === 'wrong_password') {
    await countFailure(database, settings.cellId, login, at, settings.lockout);
  }
  return refuse('sign_in_refused');
}

function outcomeOf(
  status: 'active' | 'suspended' | 'closed' | null,
  lockedForMs: number,
  fits: boolean,
): SignInOutcome {
  if (status === null) return 'unknown_login';
  if (lockedForMs > 0) return 'locked';
  if (!fits) return 'wrong_password';
  return status === 'active' ? 'signed_in' : 'not_active';
}

async function openSession(context: ServerContext, login: string): Promise<NewSession> {
  const { database, settings } = context;
  const at = context.clock();
  const token = newToken();
  const hash = tokenHash(token);
  const expiresAt = at + settings.session.lifeMs;
  await forgetFailures(database, settings.cellId, login);
  await startSession(database, settings.cellId, {
    tokenHash: hash ?? new Uint8Array(),
    ...{ login, at, expiresAt },
  });
  const person = await readPerson(database, settings.cellId, login, calendarDate(context));
  return { token, person, expiresAt };
}
