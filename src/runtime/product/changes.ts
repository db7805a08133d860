import { encodeValue, type Values } from '../../base/data.ts';
import { isCalendarDate } from '../../base/dates.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { differencesOf, type LeafChange, withLeaves } from '../../product/catalogue/leaves.ts';
import { readProduct as readDepositProduct } from '../../product/deposit/product.ts';
import { readProduct as readLoanProduct } from '../../product/loan/catalogue/products.ts';
import type { Transaction } from '../../store/database.ts';
import {
  type ChangeEventKind,
  changeEventsOf,
  insertChangeEvent,
  insertProductChange,
  type ProductChangeRow,
  productChangeById,
} from '../../store/products/catalogue/changes.ts';
import {
  addProductVersion,
  lockProduct,
  type ProductVersion,
} from '../../store/products/catalogue/versions.ts';
import type { Actor } from '../actor.ts';
import { risingIds } from '../ids.ts';
import type { Parts } from '../parts.ts';
import { changesIn, type ProductRef, productToday, spelledOut, versionOn } from './catalogue.ts';

/** Characters of why a product is changed, and of why a change is refused. */
export const reasonLengthMax = 500;

export type ChangeOrder = ProductRef & {
  readonly actor: Actor;
  /** The client's key, which becomes the id of the change. */
  readonly key?: string | undefined;
  readonly effectiveFrom: string;
  readonly parameters: readonly LeafChange[];
  readonly note: string;
};

/** A change held against the versions there are: the one it stands on, and what it would make. */
type Held = { readonly base: ProductVersion; readonly definition: Values };

/**
 * Drafts a change of a product's parameters from a day on. It holds nothing until another person
 * approves it. Refused in order: no note, a day that is none or not after today, an unknown
 * product, a day on which a version begins already, a parameter unknown or not valid, nothing
 * that differs, a definition the product's room does not accept. A draft repeated under its key
 * is answered as before.
 */
export async function draftChange(
  parts: Parts,
  order: ChangeOrder,
): Promise<Result<{ readonly changeId: string }>> {
  const { database, cellId, clock, random } = parts;
  const { family, productCode, effectiveFrom, actor } = order;
  const note = order.note.trim();
  const at = clock();
  if (note === '' || note.length > reasonLengthMax) {
    return refuse('product_note_missing', { lengthMax: String(reasonLengthMax) });
  }
  if (!isCalendarDate(effectiveFrom)) return refuse('product_day_not_valid', {});
  const today = await productToday(parts);
  if (!today.ok) return today;
  return await database.transaction<{ readonly changeId: string }, string>(async (transaction) => {
    await lockProduct(transaction, order);
    const row = { family, productCode, effectiveFrom, note };
    const parameters = encodeValue(order.parameters.map((one) => ({ ...one })));
    if (order.key !== undefined) {
      const known = await productChangeById(transaction, cellId, order.key);
      if (known !== null) return await again(transaction, cellId, known, { ...order, note });
    }
    const held = await hold(transaction, cellId, order, today.value);
    if (!held.ok) return held;
    const changeId = order.key ?? risingIds(at, random)();
    const standsOn = held.value.base.effectiveFrom;
    await insertProductChange(transaction, cellId, { id: changeId, ...row, standsOn, parameters });
    await write(transaction, cellId, { changeId, n: 0, kind: 'drafted', at, actor, reason: '' });
    return ok({ changeId });
  });
}

/** The answer to a draft that came before under the same key. */
async function again(
  transaction: Transaction,
  cellId: number,
  known: ProductChangeRow,
  order: ChangeOrder,
): Promise<Result<{ readonly changeId: string }>> {
  const [draft] = await changeEventsOf(transaction, cellId, [known.id]);
  const { family, productCode, effectiveFrom, note } = known;
  const same =
    draft?.login === order.actor.login &&
    [family, productCode, effectiveFrom, note].join('\n') ===
      [order.family, order.productCode, order.effectiveFrom, order.note].join('\n') &&
    JSON.stringify(changesIn(known.parameters)) === JSON.stringify(asKept(order.parameters));
  return same ? ok({ changeId: known.id }) : refuse('idempotency_key_used_otherwise');
}

const asKept = (parameters: readonly LeafChange[]): LeafChange[] =>
  parameters.map(({ path, text }) => ({ path, text }));

/** Holds a change against the product as it stands, and against what its room accepts. */
async function hold(
  transaction: Transaction,
  cellId: number,
  order: ProductRef & Pick<ChangeOrder, 'effectiveFrom' | 'parameters'>,
  today: string,
): Promise<Result<Held>> {
  const { family, productCode, effectiveFrom } = order;
  if (effectiveFrom <= today) return refuse('product_day_past', { day: effectiveFrom, today });
  const versions = await spelledOut(transaction, cellId, { family, productCode });
  const base = versionOn(versions, effectiveFrom);
  if (base === undefined) return refuse('product_unknown', { code: productCode });
  if (base.effectiveFrom === effectiveFrom) {
    return refuse('product_day_taken', { day: effectiveFrom });
  }
  const changed = withLeaves(base.definition, order.parameters);
  if (!changed.ok) return changed;
  if (differencesOf(base.definition, changed.value).length === 0) {
    return refuse('product_change_empty');
  }
  const read =
    family === 'loan'
      ? readLoanProduct(productCode, changed.value)
      : readDepositProduct(changed.value);
  return read.ok ? ok({ base, definition: changed.value }) : read;
}

export type CloseOrder = {
  readonly actor: Actor;
  readonly changeId: string;
  readonly kind: Exclude<ChangeEventKind, 'drafted'>;
  /** Why it is refused or withdrawn; may be empty for an approval. */
  readonly reason: string;
};

/**
 * Approves, refuses or withdraws a change. Who drafted it never approves it (四眼); an approval
 * makes the new version in the same commit. Refused in order: an unknown change, one closed
 * otherwise, the drafter's own approval or refusal, a withdrawal by somebody else, no reason, and
 * for an approval whatever refuses the draft today, or a product that has changed since.
 */
export async function closeChange(
  parts: Parts,
  order: CloseOrder,
): Promise<Result<{ readonly changeId: string; readonly kind: CloseOrder['kind'] }>> {
  const { database, cellId, clock } = parts;
  const { actor, changeId, kind } = order;
  const reason = order.reason.trim();
  const today = await productToday(parts);
  if (!today.ok) return today;
  type Answer = { readonly changeId: string; readonly kind: CloseOrder['kind'] };
  return await database.transaction<Answer, string>(async (transaction) => {
    const row = await productChangeById(transaction, cellId, changeId);
    if (row === null) return refuse('product_change_unknown');
    await lockProduct(transaction, row);
    const [draft, closed] = await changeEventsOf(transaction, cellId, [changeId]);
    if (closed !== undefined) {
      const isSame = closed.kind === kind && closed.login === actor.login;
      return isSame ? ok({ changeId, kind }) : refuse('product_change_closed', {});
    }
    const isDrafter = draft?.person === actor.person;
    if (kind === 'withdrawn' ? !isDrafter : isDrafter) {
      return refuse(
        isDrafter ? 'product_drafter_may_not_decide' : 'product_only_drafter_withdraws',
      );
    }
    if (reason.length > reasonLengthMax || (kind === 'refused' && reason === '')) {
      return refuse('product_reason_missing', { lengthMax: String(reasonLengthMax) });
    }
    const at = clock();
    if (kind === 'approved') {
      const made = { madeLogin: draft?.login ?? '', checkedLogin: actor.login, madeAt: at };
      const added = await addVersion(transaction, cellId, { row, made, today: today.value });
      if (!added.ok) return added;
    }
    const event = { changeId, n: 1, kind, at, actor, reason };
    if (await write(transaction, cellId, event)) return ok({ changeId, kind });
    return refuse('product_change_closed', {});
  });
}

async function addVersion(
  transaction: Transaction,
  cellId: number,
  given: {
    readonly row: ProductChangeRow;
    readonly made: Pick<ProductVersion, 'madeLogin' | 'checkedLogin' | 'madeAt'>;
    readonly today: string;
  },
): Promise<Result<null>> {
  const { row, made, today } = given;
  const order = { ...row, parameters: changesIn(row.parameters) };
  const held = await hold(transaction, cellId, order, today);
  if (!held.ok) return held;
  const { base, definition } = held.value;
  if (base.effectiveFrom !== row.standsOn) {
    return refuse('product_changed_meanwhile', { day: base.effectiveFrom });
  }
  const { family, productCode, effectiveFrom } = row;
  const version = { family, productCode, effectiveFrom, definition, ...made };
  await addProductVersion(transaction, cellId, version);
  return ok(null);
}

async function write(
  transaction: Transaction,
  cellId: number,
  said: {
    readonly changeId: string;
    readonly n: number;
    readonly kind: ChangeEventKind;
    readonly at: number;
    readonly actor: Actor;
    readonly reason: string;
  },
): Promise<boolean> {
  const { actor, ...event } = said;
  const { login, person } = actor;
  return await insertChangeEvent(transaction, cellId, { ...event, login, person });
}
