import type { FastifyRequest } from 'fastify';
import { ok, type Result, refuse } from '../../base/result.ts';
import { isUuidV7 } from '../../base/uuid.ts';
import type { Actor } from '../../runtime/actor.ts';
import type { Person } from '../../store/people/sessions.ts';

/** The person as the runtime knows who acts: all seats held today, at the unit of the main one. */
export function actorOf(person: Person): Actor {
  return {
    login: person.login,
    person: person.person,
    customerNumber: person.customerNumber,
    unitCode: person.unitCode ?? '',
    posts: person.roles.map((role) => ({ role: role.role, unit: role.unitCode })),
  };
}

/** The idempotency key of a write, or undefined when the client sent none. */
export function keyOf(
  request: FastifyRequest,
): Result<string | undefined, 'idempotency_key_not_valid'> {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return ok(undefined);
  const isOne = typeof key === 'string' && isUuidV7(key);
  return isOne ? ok(key) : refuse('idempotency_key_not_valid');
}
