import { isValues, type Values } from '../../base/data.ts';
import { PPM } from '../../base/rates.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import { divideRounded } from '../../base/rounding.ts';
import { amountOf, listOf, textOf, wholeOf } from '../../ledger/operation-values.ts';
import type { ServiceOperation, TransferRequest } from '../../ledger/service-operation.ts';
import { inYuan, quoteOf } from './quote.ts';

/** Long, short and net open position in fen. */
export type Exposure = {
  readonly longMinor: bigint;
  readonly shortMinor: bigint;
  readonly netOpenMinor: bigint;
};

/**
 * Open positions in fen at middle prices. `netOpenMinor`: by the shorthand method, the larger of
 * all long and all short positions (Basel; supervisory measure 累计外汇敞口头寸).
 */
export function exposureOf(positionsMinor: readonly bigint[]): Exposure {
  const sum = (kept: (each: bigint) => boolean) =>
    positionsMinor.filter(kept).reduce((all, each) => all + each, 0n);
  const longMinor = sum((each) => each > 0n);
  const shortMinor = -sum((each) => each < 0n);
  return { longMinor, shortMinor, netOpenMinor: longMinor > shortMinor ? longMinor : shortMinor };
}

/** Part of the bank's capital in millionths, cut. */
export function shareOfCapital(netOpenMinor: bigint, capitalMinor: bigint): bigint {
  return divideRounded(netOpenMinor * PPM, capitalMinor, 'down');
}

const board = { kind: 'parameter', name: 'fx.board' } as const;
const positionGl = { kind: 'parameter', name: 'fx.position_gl_code' } as const;
const gainGl = { kind: 'parameter', name: 'fx.gain_gl_code' } as const;

/**
 * Values the positions at the middle prices (重估). Values: positions [{ quoteId, positionMinor,
 * bookedMinor }], where bookedMinor is what the position stands at in fen; capitalMinor. Answers
 * longMinor, shortMinor, netOpenMinor, shareOfCapitalPpm, gainMinor. Posts the difference of each:
 * a gain debits the position 3002 in CNY and credits 6061, a loss the other way.
 */
export const revalue: ServiceOperation = {
  name: 'fx.revalue',
  needs: () => ({ board, positionGl, gainGl }),
  decide({ values, context }, facts) {
    const { positionGl: position, gainGl: gain } = facts;
    if (typeof position !== 'string') return refuse('parameter_missing', { name: positionGl.name });
    if (typeof gain !== 'string') return refuse('parameter_missing', { name: gainGl.name });
    const capital = amountOf(values, 'capitalMinor');
    if (!capital.ok) return capital;
    const unitId = context.performerUnitId;
    const worth: bigint[] = [];
    const transfers: TransferRequest[] = [];
    let gainMinor = 0n;
    for (const each of listOf(values, 'positions').filter(isValues)) {
      const valued = worthOf(each, facts, context.at);
      if (!valued.ok) return valued;
      worth.push(valued.value.worthMinor);
      const more = valued.value.gainMinor;
      gainMinor += more;
      if (more === 0n) continue;
      const sides = [
        { unitId, glCode: position },
        { unitId, glCode: gain },
      ] as const;
      const [debit, credit] = more > 0n ? sides : ([sides[1], sides[0]] as const);
      const amountMinor = more > 0n ? more : -more;
      transfers.push({ debit, credit, amountMinor, currency: 'CNY' });
    }
    const exposure = exposureOf(worth);
    const shareOfCapitalPpm = shareOfCapital(exposure.netOpenMinor, capital.value);
    return ok({
      values: { ...exposure, shareOfCapitalPpm, gainMinor },
      postings:
        transfers.length > 0
          ? [{ narrative: 'currency_revaluation', transfers, memoranda: [] }]
          : [],
      records: [],
    });
  },
};

function worthOf(
  position: Values,
  facts: Values,
  at: number,
): Result<{ worthMinor: bigint; gainMinor: bigint }> {
  const quoteId = textOf(position, 'quoteId');
  if (!quoteId.ok) return quoteId;
  const held = wholeOf(position, 'positionMinor');
  if (!held.ok) return held;
  const booked = wholeOf(position, 'bookedMinor');
  if (!booked.ok) return booked;
  const quote = quoteOf(facts, quoteId.value, at);
  if (!quote.ok) return quote;
  const worthMinor = inYuan(held.value, quote.value.middle, quote.value);
  return ok({ worthMinor, gainMinor: worthMinor - booked.value });
}
