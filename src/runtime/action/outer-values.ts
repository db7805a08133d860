import { present } from '../../base/assert.ts';
import { decodeValues, type Values } from '../../base/data.ts';
import { outerNames } from '../../kernel/index.ts';
import type { Transaction } from '../../store/database.ts';
import { scopesOfBody, variablesOf } from '../../store/process/children/bodies.ts';
import type { InstanceRow } from '../../store/process/rows.ts';
import type { Deployed } from '../model/models.ts';
import type { Parts } from '../parts.ts';

/**
 * The variables from outside that a handed-out child of `element` may look at; nothing is read when
 * there are none it can name.
 */
export async function outerOf(
  { transaction, parts }: { readonly transaction: Transaction; readonly parts: Parts },
  row: InstanceRow,
  model: Deployed,
  element: number,
): Promise<Values> {
  const parent = present(row.parent_id, 'a parent');
  const body = present(row.parent_activity, 'a body');
  const { separateOver } = model.program.elements[0]?.attributes ?? {};
  const own = outerNames(model.program, element);
  const names = own === 'all' ? null : separateOver === undefined ? own : [...own, separateOver];
  if (names !== null && names.length === 0) return {};
  const scopes = await scopesOfBody(transaction, parts.cellId, parent, body);
  const found = await variablesOf(transaction, parts.cellId, parent, { scopes, names });
  return Object.assign({}, ...found.map((text) => decodeValues(text))) as Values;
}
