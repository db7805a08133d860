import type { Queries } from '../../database.ts';

/**
 * What a person has filled in of a task so far, as exact JSON text; null when nothing was kept.
 */
export async function draftOf(
  queries: Queries,
  cellId: number,
  taskId: string,
  person: string,
): Promise<string | null> {
  const [row] = await queries.query<{ draft: string | null }>(
    `select d.draft::text as draft from task_draft d
     where d.cell_id = $1 and d.task_id = $2 and d.person = $3`,
    [cellId, taskId, person],
  );
  return row?.draft ?? null;
}

/** Keeps a draft in place of the person's earlier one. */
export async function keepDraft(
  queries: Queries,
  cellId: number,
  kept: {
    readonly taskId: string;
    readonly person: string;
    readonly draft: string;
    readonly at: number;
  },
): Promise<void> {
  await queries.query(
    `insert into task_draft (cell_id, task_id, person, draft, at)
     values ($1, $2, $3, $4::jsonb, $5)
     on conflict (cell_id, task_id, person) do update set draft = excluded.draft, at = excluded.at`,
    [cellId, kept.taskId, kept.person, kept.draft, kept.at],
  );
}
