import { present } from '../../base/assert.ts';
import type { Queries } from '../database.ts';

/** How long a session lives: without use, and in all. */
export type SessionRule = { readonly idleMs: number; readonly lifeMs: number };

/** Opens a session under the SHA-256 of its token. It ends at `expiresAt` whatever happens. */
export async function startSession(
  queries: Queries,
  cellId: number,
  session: { tokenHash: Uint8Array; login: string; at: number; expiresAt: number },
): Promise<void> {
  await queries.query(
    `insert into session (cell_id, token_hash, login, started_at, last_seen_at, expires_at)
     values ($1, $2, $3, $4, $4, $5)`,
    [cellId, session.tokenHash, session.login, session.at, session.expiresAt],
  );
}

export type HeldRole = {
  readonly role: string;
  readonly name: string;
  readonly nameEn: string;
  readonly unitCode: string;
  readonly permissions: readonly string[];
};

/** Who is behind a login on a day: one person, the seats they fill, what those allow. */
export type Person = {
  readonly login: string;
  readonly kind: 'employee' | 'customer' | 'robot';
  /** Employee or customer number: the same for all logins of one person. */
  readonly person: string;
  readonly name: string;
  readonly employeeNumber: string | null;
  readonly customerNumber: string | null;
  readonly tellerNumber: string | null;
  readonly language: 'zh-CN' | 'en';
  readonly positionName: string | null;
  readonly positionNameEn: string | null;
  /** Unit of the main position; for a customer where the customer is kept. */
  readonly unitCode: string | null;
  readonly roles: readonly HeldRole[];
};

export type OpenSession = {
  readonly person: Person;
  readonly startedAt: number;
  readonly expiresAt: number;
};

const personColumns = `
  u.login, u.kind, coalesce(u.employee_number, u.customer_number, u.login) as person,
  coalesce(e.name, c.name, u.login) as name, u.employee_number as "employeeNumber",
  u.customer_number as "customerNumber", u.teller_number as "tellerNumber", u.language,
  main.name as "positionName", main.name_en as "positionNameEn",
  coalesce(main.unit_code, c.unit_code) as "unitCode",
  coalesce((
    select json_agg(json_build_object('role', r.role_code, 'name', r.name, 'nameEn', r.name_en,
      'unitCode', h.unit_code, 'permissions', r.permissions) order by h.is_main desc, r.role_code)
    from position_holding h
    join staff_position p on p.cell_id = h.cell_id and p.position_code = h.position_code
    join role r on r.cell_id = h.cell_id and r.role_code = any(p.role_codes)
    where h.cell_id = u.cell_id and h.employee_number = u.employee_number
      and h.effective_from <= $3 and (h.effective_to is null or h.effective_to > $3)
  ), (
    select json_agg(json_build_object('role', r.role_code, 'name', r.name, 'nameEn', r.name_en,
      'unitCode', c.unit_code, 'permissions', r.permissions))
    from role r where r.cell_id = u.cell_id and r.role_code = 'customer' and u.kind = 'customer'
  ), '[]') as roles`;

const personTables = `
  left join employee e on e.cell_id = u.cell_id and e.employee_number = u.employee_number
  left join customer c on c.cell_id = u.cell_id and c.customer_number = u.customer_number
  left join lateral (
    select p.name, p.name_en, h.unit_code
    from position_holding h
    join staff_position p on p.cell_id = h.cell_id and p.position_code = h.position_code
    where h.cell_id = u.cell_id and h.employee_number = u.employee_number and h.is_main
      and h.effective_from <= $3 and (h.effective_to is null or h.effective_to > $3)
    order by h.effective_from desc limit 1
  ) main on true`;

type PersonRow = Omit<Person, 'roles'> & { readonly roles: string };

function personOf(row: PersonRow): Person {
  const { login, kind, person, name, employeeNumber, customerNumber, tellerNumber } = row;
  const { language, positionName, positionNameEn, unitCode } = row;
  const roles = JSON.parse(row.roles) as HeldRole[];
  const numbers = { employeeNumber, customerNumber, tellerNumber };
  return {
    ...{ login, kind, person, name, ...numbers },
    ...{ language, positionName, positionNameEn, unitCode, roles },
  };
}

/**
 * The session of a token, or null when there is none, it was ended, has expired, was not used for
 * too long, or its login is no longer active. A use is written down once a minute at most.
 */
export async function readSession(
  queries: Queries,
  cellId: number,
  use: { tokenHash: Uint8Array; onDate: string; at: number; idleMs: number },
): Promise<OpenSession | null> {
  const rows = await queries.query<
    PersonRow & { startedAt: bigint; expiresAt: bigint; lastSeenAt: bigint }
  >(
    `select s.started_at as "startedAt", s.expires_at as "expiresAt",
       s.last_seen_at as "lastSeenAt", ${personColumns}
     from session s
     join user_login u on u.cell_id = s.cell_id and u.login = s.login and u.status = 'active'
     ${personTables}
     where s.cell_id = $1 and s.token_hash = $2 and s.ended_at is null and s.expires_at > $4
       and s.last_seen_at > $4::bigint - $5::bigint`,
    [cellId, use.tokenHash, use.onDate, use.at, use.idleMs],
    'read_session',
  );
  const row = rows[0];
  if (row === undefined) return null;
  if (use.at - Number(row.lastSeenAt) >= 60_000) {
    await queries.query(
      `update session set last_seen_at = greatest(last_seen_at, $3)
       where cell_id = $1 and token_hash = $2 and ended_at is null`,
      [cellId, use.tokenHash, use.at],
    );
  }
  return {
    person: personOf(row),
    startedAt: Number(row.startedAt),
    expiresAt: Number(row.expiresAt),
  };
}

/** The person behind a login that exists. */
export async function readPerson(
  queries: Queries,
  cellId: number,
  login: string,
  onDate: string,
): Promise<Person> {
  const rows = await queries.query<PersonRow>(
    `select ${personColumns} from user_login u ${personTables}
     where u.cell_id = $1 and u.login = $2`,
    [cellId, login, onDate],
  );
  return personOf(present(rows[0], 'the person of a login that exists'));
}

/** Ends a session; a second end changes nothing. */
export async function endSession(
  queries: Queries,
  cellId: number,
  end: { tokenHash: Uint8Array; at: number; reason: 'signed_out' | 'replaced' | 'administrator' },
): Promise<void> {
  await queries.query(
    `update session set ended_at = $3, end_reason = $4
     where cell_id = $1 and token_hash = $2 and ended_at is null`,
    [cellId, end.tokenHash, end.at, end.reason],
  );
}
