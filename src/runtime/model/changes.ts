import { compare, type Difference, type Program } from '../../kernel/index.ts';
import { versionsOf } from '../../store/process/models.ts';
import type { Parts } from '../parts.ts';

export type VersionPair = { readonly before: number; readonly after: number };

/** A difference with the name of its element, as the newer version has it if it still does. */
export type ProcessChange = {
  readonly kind: Difference['kind'];
  readonly element: string;
  readonly name: string | null;
  readonly nameEn: string | null;
  readonly what: string | null;
  readonly was: string | null;
  readonly is: string | null;
};

/** What changed between two versions of a process; null when one of them is not there. */
export async function processChanges(
  parts: Parts,
  processId: string,
  pair: VersionPair,
): Promise<ProcessChange[] | null> {
  const versions = await versionsOf(parts.database, parts.cellId, processId);
  const idOf = (version: number) => versions.find((one) => one.version === version)?.id ?? null;
  const [old, now] = [idOf(pair.before), idOf(pair.after)];
  if (old === null || now === null) return null;
  const before = (await parts.models.byId(parts.database, old)).program;
  const after = (await parts.models.byId(parts.database, now)).program;
  return compare(before, after).map(({ kind, element, what, before: was, after: is }) => {
    const names = namesIn(after, element) ?? namesIn(before, element);
    const { name = null, nameEn = null } = names ?? {};
    return { kind, element, name, nameEn, what, was, is };
  });
}

function namesIn(program: Program, id: string) {
  const node = program.elements.find((one) => one.id === id);
  if (node !== undefined) return node;
  const flow = program.flows.find((one) => one.id === id);
  return flow === undefined ? undefined : { name: flow.name, nameEn: null };
}
