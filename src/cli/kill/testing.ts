import { assert, present } from '../../base/assert.ts';
import { demoPassword } from '../../runtime/demo/people.ts';
import { type Answer, call, newKey, signInAs } from '../../server/testing.ts';
import type { Database } from '../../store/database.ts';
import { isGoneSoon, type ServerFolder, type StartedServer, serverFolder } from '../testing.ts';

/** The server as it is started for a bank, and what was done to it. */
export type MortalServer = {
  readonly folder: string;
  /**
   * Sends a request as one of the demo people. One that stays without an answer, because the server
   * was killed, is sent again with the same key to the server that comes after.
   */
  as(login: string, method: string, path: string, order?: Order): Promise<Answer>;
  /** Kills it with -9, starts it again on the same data and waits until it is ready. */
  kill(how: { readonly comingUpMs: number | null }): Promise<void>;
  /** Kills its PostgreSQL with -9; the server starts it again by itself, as `as` finds out. */
  killPostgres(): Promise<void>;
  stop(): Promise<void>;
  readonly told: Told;
};

/** `key`: a new one unless it is given. */
export type Order = { readonly json?: unknown; readonly key?: string };

/** What happened to the server, counted. */
export type Told = {
  kills: number;
  killsComingUp: number;
  postgresKills: number;
  /** Where the writes went that were sent again, because nobody answered. */
  readonly sentAgain: string[];
  /** How often a start took over the PostgreSQL that the killed one had left. */
  adopted: number;
  /** From each kill to the first answer of /health/ready that says yes. */
  readonly recoveriesMs: number[];
};

/** Attempts of one request; a kill costs one or two. */
const attemptsMax = 100;

/** Starts the whole system in a folder of its own, with its demo bank; resolves when it serves. */
export async function startMortalServer(): Promise<MortalServer> {
  const servers = await serverFolder();
  const told: Told = {
    ...{ kills: 0, killsComingUp: 0, postgresKills: 0, adopted: 0 },
    ...{ sentAgain: [], recoveriesMs: [] },
  };
  let server = servers.start();
  /** Where it serves; pending while it comes up. */
  let address = ready(server);
  try {
    await address;
  } catch (error) {
    await servers.clear();
    throw error;
  }
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (login: string): Promise<string> => {
    const token =
      tokens.get(login) ?? answered(async () => signInAs(await address, login, demoPassword));
    tokens.set(login, token);
    return token;
  };
  return {
    ...{ folder: servers.folder, told },
    as: async (login, method, path, { json, key = newKey(Date.now()) } = {}) => {
      const token = await tokenOf(login);
      const headers = { 'idempotency-key': key };
      const send = async () => await call(await address, method, path, { token, json, headers });
      return await answered(send, () => {
        if (method !== 'GET') told.sentAgain.push(path);
      });
    },
    kill: async ({ comingUpMs }) => {
      const killedAt = performance.now();
      const killed = server;
      killed.child.kill('SIGKILL');
      address = restarted(servers, killed, comingUpMs, told).then((again) => {
        server = again.server;
        return again.address;
      });
      await address;
      told.kills += 1;
      if (comingUpMs === null) told.recoveriesMs.push(performance.now() - killedAt);
    },
    killPostgres: async () => {
      const pid = present(await servers.postgresPid(), 'a PostgreSQL that runs');
      process.kill(pid, 'SIGKILL');
      assert(await isGoneSoon(pid), 'what is killed is gone');
      const comeBack = async () => {
        const now = await servers.postgresPid();
        return now !== null && now !== pid && (await isReady(await address));
      };
      for (let turn = 0; !(await comeBack()); turn += 1) {
        assert(turn < 3_000, 'PostgreSQL comes back within a minute or so');
        await pause(20);
      }
      told.postgresKills += 1;
    },
    stop: async () => await servers.clear(),
  };
}

/** Asks until somebody answers; `unanswered` is told each time nobody did. */
async function answered<T>(ask: () => Promise<T>, unanswered = () => {}): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      // What fetch says when the connection is refused or breaks off.
      if (!(error instanceof TypeError) || attempt === attemptsMax) throw error;
      unanswered();
      await pause(20);
    }
  }
}

async function restarted(
  servers: ServerFolder,
  killed: StartedServer,
  comingUpMs: number | null,
  told: Told,
): Promise<{ server: StartedServer; address: string }> {
  await killed.ended;
  const postgres = await servers.postgresPid();
  if (comingUpMs !== null) {
    const hasty = servers.start();
    await pause(comingUpMs);
    hasty.child.kill('SIGKILL');
    await hasty.ended;
    told.killsComingUp += 1;
  }
  const server = servers.start();
  const address = await ready(server);
  if (postgres !== null && postgres === (await servers.postgresPid())) told.adopted += 1;
  return { server, address };
}

async function ready(server: StartedServer): Promise<string> {
  const address = await server.address;
  for (let turn = 0; turn < 600; turn += 1) {
    if (await isReady(address)) return address;
    await pause(20);
  }
  assert(false, 'the server becomes ready');
}

async function isReady(address: string): Promise<boolean> {
  return (await call(address, 'GET', '/health/ready')).status === 200;
}

export function pause(waitMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, waitMs));
}

/** Accounts whose running balances do not follow from their entries, one after the other. */
export async function brokenChains(
  database: Database,
  cellId: number,
): Promise<readonly { readonly account: string }[]> {
  return await database.query<{ account: string }>(
    `select account_id::text as account from (
       select e.account_id, e.entry_number, e.balance_minor, b.entry_count,
         b.balance_minor as last_balance,
         case e.side when a.normal_side then e.amount_minor else -e.amount_minor end as change,
         coalesce(lag(e.balance_minor) over line, 0) as before,
         row_number() over line as n, count(*) over (partition by e.account_id) as entries
       from entry e join account_balance b using (cell_id, account_id)
         join account a using (cell_id, account_id)
       where e.cell_id = $1 and a.kind <> 'off_balance'
       window line as (partition by e.account_id order by e.entry_number)) l
     where before + change <> balance_minor or n <> entry_number or entries <> entry_count
       or (n = entries and balance_minor <> last_balance)`,
    [cellId],
  );
}
