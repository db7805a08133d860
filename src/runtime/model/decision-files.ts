import { inForce } from '../../decision/index.ts';
import type { Queries } from '../../store/database.ts';
import {
  approvedVersions,
  type DecisionVersionRow,
} from '../../store/process/decision-versions.ts';
import type { Parts } from '../parts.ts';
import type { DecisionFile, Deployed } from './models.ts';

/** A file that decides: one deployed with the process (`version` null), or an approved version. */
export type FileInForce = DecisionFile & { readonly version: DecisionVersionRow | null };

/** Every file of a process that has been in force by a day, in the order of taking over. */
export async function filesOf(
  parts: Pick<Parts, 'cellId' | 'models'>,
  queries: Queries,
  model: Deployed,
  day: string,
): Promise<readonly (FileInForce & { readonly effectiveFrom?: string })[]> {
  const { cellId, models } = parts;
  const approved = await approvedVersions(queries, cellId, model.row.process_id, day);
  const versions = [];
  for (const { id } of approved) {
    const { row, ...file } = await models.decisionVersion(queries, id);
    versions.push({ ...file, version: row });
  }
  return [...model.decisions.map((file) => ({ ...file, version: null })), ...versions];
}

/**
 * The file that decides for a version of a process on a day ('YYYY-MM-DD', at the bank): the latest
 * whose day has come, of those approved for the process and those deployed with the version itself.
 * A deployed file that names no day yields to any approved one. null: none holds the decision.
 */
export async function decisionInForce(
  parts: Pick<Parts, 'cellId' | 'models'>,
  queries: Queries,
  model: Deployed,
  asked: { readonly decision: string; readonly day: string },
): Promise<FileInForce | null> {
  return inForce(await filesOf(parts, queries, model, asked.day), asked.decision, asked.day);
}
