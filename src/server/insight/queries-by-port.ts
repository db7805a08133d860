import type { MessagePort } from 'node:worker_threads';
import type { Parameter, Queries } from '../../store/database.ts';

/** A statement on its way from the thread to the server, and its rows on the way back. */
export type AskedQuery = {
  readonly query: number;
  readonly sql: string;
  readonly values: readonly Parameter[] | undefined;
  readonly name: string | undefined;
};
export type QueryAnswer =
  | { readonly query: number; readonly rows: readonly object[] }
  | { readonly query: number; readonly problem: string };

/** The database as a thread sees it: each statement goes to the server, its rows come back. */
export function queriesBy(port: MessagePort): Queries & { take(answer: QueryAnswer): void } {
  let last = 0;
  const open = new Map<number, { give(rows: object[]): void; fail(error: Error): void }>();
  return {
    query: async <Row extends object>(
      sql: string,
      values?: readonly Parameter[],
      name?: string,
    ) => {
      last += 1;
      const asked: AskedQuery = { query: last, sql, values, name };
      const rows = new Promise<object[]>((give, fail) => open.set(last, { give, fail }));
      port.postMessage(asked);
      return (await rows) as Row[];
    },
    take: (answer) => {
      const waiting = open.get(answer.query);
      open.delete(answer.query);
      if ('rows' in answer) waiting?.give([...answer.rows]);
      else waiting?.fail(new Error(answer.problem));
    },
  };
}

/** Runs a statement of the thread on the server's database. */
export async function answerQuery(queries: Queries, asked: AskedQuery): Promise<QueryAnswer> {
  const { query, sql, values, name } = asked;
  try {
    return { query, rows: await queries.query(sql, values, name) };
  } catch (error) {
    return { query, problem: error instanceof Error ? error.message : String(error) };
  }
}
