import type { Queries } from '../database.ts';

/**
 * The transactions of this database's clients that run in this moment, but the asking one, as
 * PostgreSQL numbers them. Each may have taken the accounting date of the moment when it began.
 */
export async function runningTransactions(queries: Queries): Promise<readonly string[]> {
  const rows = await queries.query<{ id: string }>(
    `select l.virtualxid as id from pg_locks l
       join pg_stat_activity a on a.pid = l.pid
     where l.locktype = 'virtualxid' and l.mode = 'ExclusiveLock' and l.granted
       and l.pid <> pg_backend_pid() and a.datname = current_database()
       and a.usename = current_user
     order by 1`,
  );
  return rows.map(({ id }) => id);
}
