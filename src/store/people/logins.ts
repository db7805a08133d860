import { ok, type Result, refuse } from '../../base/result.ts';
import type { Queries, Transaction } from '../database.ts';

/** A login: of an employee, of a customer, or a machine's own. */
export type NewLogin = {
  readonly login: string;
  readonly kind: 'employee' | 'customer' | 'robot';
  readonly employeeNumber: string | null;
  readonly customerNumber: string | null;
  readonly tellerNumber: string | null;
  /** PHC string of argon2id, or null until a password is set. */
  readonly passwordHash: string | null;
  readonly language: 'zh-CN' | 'en';
  readonly createdAt: number;
  readonly createdLogin: string;
};

export type OpenLoginRefusal =
  | 'login_not_valid'
  | 'login_taken'
  | 'employee_unknown'
  | 'customer_unknown';

/** Opens a login; its name is never used again, not even after it is closed. */
export async function openLogin(
  transaction: Transaction,
  cellId: number,
  login: NewLogin,
): Promise<Result<NewLogin, OpenLoginRefusal>> {
  if (!/^[a-z0-9][a-z0-9._-]{2,63}$/.test(login.login)) return refuse('login_not_valid');
  if (login.employeeNumber !== null) {
    const found = await transaction.query(
      'select 1 from employee where cell_id = $1 and employee_number = $2',
      [cellId, login.employeeNumber],
    );
    if (found.length === 0) return refuse('employee_unknown', { employee: login.employeeNumber });
  }
  if (login.customerNumber !== null) {
    const found = await transaction.query(
      'select 1 from customer where cell_id = $1 and customer_number = $2',
      [cellId, login.customerNumber],
    );
    if (found.length === 0) return refuse('customer_unknown', { customer: login.customerNumber });
  }
  const inserted = await transaction.query(
    `insert into user_login (cell_id, login, kind, employee_number, customer_number, teller_number,
       password_hash, password_changed_at, status, language, failed_attempts, created_at,
       created_login)
     values ($1, $2, $3, $4, $5, $6, $7, case when $7::text is null then null else $8::bigint end,
       'active', $9, 0, $8, $10)
     on conflict (cell_id, login) do nothing returning login`,
    [
      cellId,
      login.login,
      login.kind,
      login.employeeNumber,
      login.customerNumber,
      login.tellerNumber,
      login.passwordHash,
      login.createdAt,
      login.language,
      login.createdLogin,
    ],
  );
  if (inserted.length === 0) return refuse('login_taken', { login: login.login });
  return ok(login);
}

/** What sign-in must know before it looks at the password. */
export type LoginSecret = {
  readonly passwordHash: string | null;
  readonly status: 'active' | 'suspended' | 'closed';
  readonly failedAttempts: number;
  readonly lockedUntilAt: number | null;
};

/** The secret of a login, or null when there is none of that name. */
export async function readLoginSecret(
  queries: Queries,
  cellId: number,
  login: string,
): Promise<LoginSecret | null> {
  const rows = await queries.query<
    Omit<LoginSecret, 'lockedUntilAt'> & { lockedUntilAt: bigint | null }
  >(
    `select password_hash as "passwordHash", status, failed_attempts as "failedAttempts",
       locked_until_at as "lockedUntilAt"
     from user_login where cell_id = $1 and login = $2`,
    [cellId, login],
  );
  const row = rows[0];
  if (row === undefined) return null;
  return { ...row, lockedUntilAt: row.lockedUntilAt === null ? null : Number(row.lockedUntilAt) };
}

/** How many failures lock a login, and for how long (parameters of the bank). */
export type LockoutRule = { readonly failuresMax: number; readonly lockMs: number };

/**
 * Counts a wrong password; the failure that reaches the limit locks the login and starts the count
 * again. One statement, so that attempts at the same moment are all counted.
 */
export async function countFailure(
  queries: Queries,
  cellId: number,
  login: string,
  at: number,
  rule: LockoutRule,
): Promise<void> {
  await queries.query(
    `update user_login set
       failed_attempts = case when failed_attempts + 1 >= $4 then 0 else failed_attempts + 1 end,
       locked_until_at = case when failed_attempts + 1 >= $4 then $3::bigint + $5::bigint
         else locked_until_at end
     where cell_id = $1 and login = $2 and (locked_until_at is null or locked_until_at <= $3)`,
    [cellId, login, at, rule.failuresMax, rule.lockMs],
  );
}

/** Forgets earlier failures once the right password was given. */
export async function forgetFailures(
  queries: Queries,
  cellId: number,
  login: string,
): Promise<void> {
  await queries.query(
    `update user_login set failed_attempts = 0, locked_until_at = null
     where cell_id = $1 and login = $2 and (failed_attempts > 0 or locked_until_at is not null)`,
    [cellId, login],
  );
}

export type SignInOutcome =
  | 'signed_in'
  | 'wrong_password'
  | 'unknown_login'
  | 'locked'
  | 'not_active';

/** One attempt to sign in. `login` is null when there is no such login; `id` is a UUIDv7. */
export type SignInAttempt = {
  readonly id: string;
  readonly login: string | null;
  readonly outcome: SignInOutcome;
  readonly terminal: string;
  readonly at: number;
};

/** Writes down an attempt; attempts are never changed. */
export async function recordAttempt(
  queries: Queries,
  cellId: number,
  attempt: SignInAttempt,
): Promise<void> {
  await queries.query(
    `insert into sign_in_attempt (cell_id, id, login, outcome, terminal, at)
     values ($1, $2, $3, $4, $5, $6)`,
    [cellId, attempt.id, attempt.login, attempt.outcome, attempt.terminal, attempt.at],
  );
}

/** Active logins in the order they were opened, at most `limit`: for the demo bank's first page. */
export async function listLogins(
  queries: Queries,
  cellId: number,
  limit: number,
): Promise<string[]> {
  const rows = await queries.query<{ login: string }>(
    `select login from user_login where cell_id = $1 and status = 'active'
     order by created_at, login limit $2`,
    [cellId, limit],
  );
  return rows.map((row) => row.login);
}
