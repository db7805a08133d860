import { isValues, type Values } from '../../base/data.ts';
import { formatAmount } from '../../base/money.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { textOf } from '../../ledger/operation-values.ts';
import type {
  OperationContext,
  OperationOutcome,
  ServiceOperation,
} from '../../ledger/service-operation.ts';
import { moved, openTill, ownTill, unitBox } from './box.ts';
import { denominations, type Note, notesIn, notesOf, sumOf } from './notes.ts';

const limits = { kind: 'parameter', name: 'cash.till_limits' } as const;
const cash = { kind: 'parameter', name: 'deposit.cash_gl_code' } as const;

type Order = { readonly currency: string; readonly notes: readonly Note[] };

/** Currency and notes of an order; refused when it is for nothing. */
function orderOf(values: Values, facts: Values): Result<Order> {
  const currency = textOf(values, 'currency');
  if (!currency.ok) return currency;
  const notes = notesOf(values, facts, currency.value);
  if (!notes.ok) return notes;
  if (sumOf(notes.value) === 0n) return refuse('amount_not_positive', { name: 'notes' });
  return ok({ currency: currency.value, notes: notes.value });
}

/** Refused when a till would hold more than its limit in the currency; no limit, no refusal. */
export function withinLimit(
  till: Values,
  facts: Values,
  { currency, moreMinor }: { readonly currency: string; readonly moreMinor: bigint },
): Result<null> {
  const all = facts.limits ?? null;
  const limit = all !== null && isValues(all) ? all[currency] : undefined;
  const held = sumOf(notesIn(till, currency)) + moreMinor;
  if (typeof limit !== 'bigint' || held <= limit) return ok(null);
  const said = { held: formatAmount(held, currency), limit: formatAmount(limit, currency) };
  return refuse('till_limit_exceeded', { ...said, currency, box: String(till.boxNumber) });
}

/**
 * A teller asks the vault for notes (领款, direction `order`) or gives notes back (缴款, `return`).
 * Values: direction, currency, notes. Answers amountMinor, askedBy, tillOfOrder. Refused: more than
 * the till may hold, notes that are not in it.
 */
export const askOrder: ServiceOperation = {
  name: 'cash.ask_order',
  needs: (input) => ({ till: ownTill(input), denominations, limits }),
  decide({ values, context }, facts) {
    const till = openTill(facts, context);
    if (!till.ok) return till;
    const order = orderOf(values, facts);
    if (!order.ok) return order;
    const { currency, notes } = order.value;
    const amountMinor = sumOf(notes);
    if (values.direction === 'return') {
      const there = moved({ box: till.value, kind: 'return', currency, notes, direction: 'out' });
      if (!there.ok) return there;
    } else {
      const within = withinLimit(till.value, facts, { currency, moreMinor: amountMinor });
      if (!within.ok) return within;
    }
    const asked = { askedBy: context.performer, tillOfOrder: till.value.boxNumber ?? null };
    return ok({ values: { ...asked, amountMinor }, postings: [], records: [] });
  },
};

/** Who asked, who must be another person than who acts now. */
function askedByAnother(values: Values, context: OperationContext): Result<string> {
  const askedBy = textOf(values, 'askedBy');
  if (!askedBy.ok) return askedBy;
  return askedBy.value === context.performer
    ? refuse('cash_same_person', { login: askedBy.value })
    : askedBy;
}

/**
 * The vault's keeper hands out what a teller asked for, or takes back what the teller gives: both
 * boxes at once, two persons on each line. Values: direction, currency, notes, askedBy. Posts
 * nothing: till and vault are one cash account of the unit.
 */
export const moveOrder: ServiceOperation = {
  name: 'cash.move_order',
  needs: ({ values, context }) => ({
    vault: { kind: 'cash_box', unitId: context.caseUnitId, boxKind: 'vault' },
    till: { kind: 'cash_box', tillOf: String(values.askedBy ?? '') },
    ...{ denominations, limits },
  }),
  decide({ values, context }, facts) {
    const checker = askedByAnother(values, context);
    if (!checker.ok) return checker;
    const till = openTill(facts, context);
    if (!till.ok) return till;
    const vault = unitBox(facts, 'vault', context.caseUnitId);
    if (!vault.ok) return vault;
    const order = orderOf(values, facts);
    if (!order.ok) return order;
    const isReturn = values.direction === 'return';
    const moreMinor = isReturn ? 0n : sumOf(order.value.notes);
    const { currency } = order.value;
    const within = withinLimit(till.value, facts, { currency, moreMinor });
    if (!isReturn && !within.ok) return within;
    const [from, to] = isReturn ? [till.value, vault.value] : [vault.value, till.value];
    const kind = isReturn ? 'return' : 'order';
    return between(from, to, { ...order.value, kinds: [kind, kind], checker: checker.value });
  },
};

/** Out of one box and into another; refused when the first does not hold the notes. */
function between(
  from: Values,
  to: Values,
  how: Order & { readonly kinds: readonly [string, string]; readonly checker: string },
): Result<OperationOutcome> {
  const { currency, notes, checker, kinds } = how;
  const shared = { currency, notes, checker };
  const numbers = [String(from.boxNumber), String(to.boxNumber)] as const;
  const out = moved({
    ...shared,
    box: from,
    kind: kinds[0],
    direction: 'out',
    counterBox: numbers[1],
  });
  if (!out.ok) return out;
  const into = moved({
    ...shared,
    box: to,
    kind: kinds[1],
    direction: 'in',
    counterBox: numbers[0],
  });
  if (!into.ok) return into;
  return ok({ values: {}, postings: [], records: [out.value, into.value] });
}

/**
 * A unit asks for notes of head office's vault, or wants to send some back. Values: direction
 * (`supply`, `return`), currency, notes. Answers amountMinor and askedBy.
 */
export const askTransfer: ServiceOperation = {
  name: 'cash.ask_transfer',
  needs: () => ({ denominations }),
  decide({ values, context }, facts) {
    const order = orderOf(values, facts);
    if (!order.ok) return order;
    const amountMinor = sumOf(order.value.notes);
    return ok({ values: { amountMinor, askedBy: context.performer }, postings: [], records: [] });
  },
};

/**
 * Notes leave the vault of the performer's unit (出库) and are on their way; they stay the sender's
 * until somebody has counted them in. Values: currency, notes, askedBy (another person). Answers
 * sentFrom (the unit) and sentBy.
 */
export const dispatch: ServiceOperation = {
  name: 'cash.dispatch',
  needs: ({ context }) => ({
    transit: { kind: 'cash_box', unitId: context.performerUnitId, boxKind: 'transit' },
    vault: { kind: 'cash_box', unitId: context.performerUnitId, boxKind: 'vault' },
    denominations,
  }),
  decide({ values, context }, facts) {
    const checker = askedByAnother(values, context);
    if (!checker.ok) return checker;
    const boxes = vaultAndTransit(facts, context.performerUnitId);
    if (!boxes.ok) return boxes;
    const order = orderOf(values, facts);
    if (!order.ok) return order;
    const { vault, transit } = boxes.value;
    const how = { kinds: ['dispatch', 'dispatch'], checker: checker.value } as const;
    const sent = between(vault, transit, { ...order.value, ...how });
    if (!sent.ok) return sent;
    const said = { sentFrom: context.performerUnitId, sentBy: context.performer };
    return ok({ ...sent.value, values: said });
  },
};

function vaultAndTransit(facts: Values, unitId: string) {
  const transit = unitBox(facts, 'transit', unitId);
  if (!transit.ok) return transit;
  const vault = unitBox(facts, 'vault', unitId);
  return vault.ok ? ok({ transit: transit.value, vault: vault.value }) : vault;
}

/**
 * Notes that were on their way are counted into the vault of the performer's unit (入库). Values:
 * currency, notes, sentFrom, sentBy (another person). Posts: debit 1001 of the receiving unit,
 * credit 1001 of the sending one, through both books' inter-branch accounts.
 */
export const receive: ServiceOperation = {
  name: 'cash.receive',
  needs: ({ values, context }) => ({
    transit: { kind: 'cash_box', unitId: String(values.sentFrom ?? ''), boxKind: 'transit' },
    vault: { kind: 'cash_box', unitId: context.performerUnitId, boxKind: 'vault' },
    ...{ denominations, cash },
  }),
  decide({ values, context }, facts) {
    const sentFrom = textOf(values, 'sentFrom');
    if (!sentFrom.ok) return sentFrom;
    const sentBy = askedByAnother({ askedBy: values.sentBy ?? null }, context);
    if (!sentBy.ok) return sentBy;
    const boxes = vaultAndTransit(facts, context.performerUnitId);
    if (!boxes.ok) return boxes;
    const order = orderOf(values, facts);
    if (!order.ok) return order;
    if (typeof facts.cash !== 'string') return refuse('parameter_missing', { name: cash.name });
    const { vault, transit } = boxes.value;
    const { currency, notes } = order.value;
    const how = { kinds: ['receipt', 'receipt'], checker: sentBy.value } as const;
    const received = between(transit, vault, { currency, notes, ...how });
    if (!received.ok) return received;
    const transfer = {
      debit: { unitId: context.performerUnitId, glCode: facts.cash },
      credit: { unitId: sentFrom.value, glCode: facts.cash },
      ...{ amountMinor: sumOf(notes), currency },
    };
    const posting = { narrative: 'cash_between_vaults', transfers: [transfer], memoranda: [] };
    return ok({ ...received.value, postings: [posting] });
  },
};
