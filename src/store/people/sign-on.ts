import { ok, type Result, refuse } from '../../base/result.ts';
import type { Queries } from '../database.ts';

/** The working day of a login at a unit, from 签到 to 签退. */
export type SignOn = {
  readonly unitCode: string;
  readonly accountingDate: string;
  readonly signedOnAt: number;
  readonly signedOffAt: number | null;
};

type SignOnRow = Omit<SignOn, 'signedOnAt' | 'signedOffAt'> & {
  readonly signedOnAt: bigint;
  readonly signedOffAt: bigint | null;
};

const columns = `unit_code as "unitCode", accounting_date as "accountingDate",
  signed_on_at as "signedOnAt", signed_off_at as "signedOffAt"`;

function signOnOf(row: SignOnRow): SignOn {
  const { unitCode, accountingDate } = row;
  const signedOffAt = row.signedOffAt === null ? null : Number(row.signedOffAt);
  return { unitCode, accountingDate, signedOnAt: Number(row.signedOnAt), signedOffAt };
}

/** Where the login is signed on now, or null. */
export async function readSignOn(
  queries: Queries,
  cellId: number,
  login: string,
): Promise<SignOn | null> {
  const rows = await queries.query<SignOnRow>(
    `select ${columns} from sign_on where cell_id = $1 and login = $2 and signed_off_at is null`,
    [cellId, login],
  );
  return rows[0] === undefined ? null : signOnOf(rows[0]);
}

/** Signs on for the day. Refused while the login is signed on anywhere. `id` is a UUIDv7. */
export async function signOn(
  queries: Queries,
  cellId: number,
  day: { id: string; login: string; unitCode: string; accountingDate: string; at: number },
): Promise<Result<SignOn, 'already_signed_on'>> {
  const rows = await queries.query<SignOnRow>(
    `insert into sign_on (cell_id, id, login, unit_code, accounting_date, signed_on_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (cell_id, login) where signed_off_at is null do nothing
     returning ${columns}`,
    [cellId, day.id, day.login, day.unitCode, day.accountingDate, day.at],
  );
  if (rows[0] !== undefined) return ok(signOnOf(rows[0]));
  const open = await readSignOn(queries, cellId, day.login);
  return refuse('already_signed_on', { unit: open?.unitCode ?? day.unitCode });
}

/** Signs off. Refused when the login is not signed on. */
export async function signOff(
  queries: Queries,
  cellId: number,
  login: string,
  at: number,
): Promise<Result<SignOn, 'not_signed_on'>> {
  const rows = await queries.query<SignOnRow>(
    `update sign_on set signed_off_at = greatest($3, signed_on_at)
     where cell_id = $1 and login = $2 and signed_off_at is null returning ${columns}`,
    [cellId, login, at],
  );
  return rows[0] === undefined ? refuse('not_signed_on') : ok(signOnOf(rows[0]));
}
