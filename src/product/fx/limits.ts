import { isValues, type Value, type Values } from '../../base/data.ts';
import { PPM } from '../../base/rates.ts';
import { exposureOf, type Position, shareOfCapital, valued } from './position.ts';

/** Limits of the position in fen: for each currency, and for the net open position of the bank. */
export type FxLimits = {
  readonly capitalMinor: bigint;
  readonly netOpenMinor: bigint;
  /** From this share of a limit on, in millionths, somebody should look. */
  readonly warnPpm: bigint;
  readonly currencies: { readonly [currency: string]: bigint };
};

/** The limits as the parameter fx.limits holds them, null when it is not a whole one. */
export function readLimits(value: Value): FxLimits | null {
  if (!isValues(value)) return null;
  const currencies = value.currencies ?? null;
  const numbers = [value.capitalMinor, value.netOpenMinor, value.warnPpm];
  const isWhole = isValues(currencies) && numbers.every((each) => typeof each === 'bigint');
  return isWhole ? (value as unknown as FxLimits) : null;
}

/** How a figure stands to its limit. */
export type Light = 'within' | 'near' | 'beyond';

/** The traffic light of an amount of fen, whichever its sign, against a limit. */
export function lightOf(amountMinor: bigint, limitMinor: bigint, warnPpm: bigint): Light {
  const amount = amountMinor < 0n ? -amountMinor : amountMinor;
  if (amount > limitMinor) return 'beyond';
  return amount * PPM >= limitMinor * warnPpm && amount > 0n ? 'near' : 'within';
}

/** A currency's position with its limit. One without a limit of its own may not be held at all. */
export type Standing = {
  readonly currency: string;
  readonly positionMinor: bigint;
  readonly bookedMinor: bigint;
  readonly worthMinor: bigint;
  readonly gainMinor: bigint;
  readonly limitMinor: bigint;
  readonly light: Light;
};

/** The position of the bank against all its limits. */
export function standingOf(positions: readonly Position[], limits: FxLimits) {
  const rows = positions.map((position): Standing => {
    const { currency, positionMinor, bookedMinor } = position;
    const { worthMinor, gainMinor } = valued(position);
    const limitMinor = limits.currencies[currency] ?? 0n;
    const light = lightOf(worthMinor, limitMinor, limits.warnPpm);
    return { currency, positionMinor, bookedMinor, worthMinor, gainMinor, limitMinor, light };
  });
  const exposure = exposureOf(rows.map(({ worthMinor }) => worthMinor));
  return {
    rows,
    ...exposure,
    limitMinor: limits.netOpenMinor,
    light: lightOf(exposure.netOpenMinor, limits.netOpenMinor, limits.warnPpm),
    shareOfCapitalPpm: shareOfCapital(exposure.netOpenMinor, limits.capitalMinor),
  };
}

/** What a deal changes of a position, above zero: the bank has bought. */
export type Change = {
  readonly currency: string;
  readonly positionMinor: bigint;
  readonly bookedMinor: bigint;
  readonly per: bigint;
  readonly middle: bigint;
  readonly quoteId: string;
};

/**
 * The first limit that changes would break or leave broken further: a currency, or `total`; null
 * when they stay within, or bring a broken limit nearer.
 */
export function limitBroken(
  positions: readonly Position[],
  changes: readonly Change[],
  limits: FxLimits,
): { readonly limit: string; readonly limitMinor: bigint; readonly wouldBeMinor: bigint } | null {
  const before = standingOf(positions, limits);
  const after = standingOf(applied(positions, changes), limits);
  const size = (amount: bigint) => (amount < 0n ? -amount : amount);
  for (const row of after.rows) {
    const old = before.rows.find(({ currency }) => currency === row.currency)?.worthMinor ?? 0n;
    if (row.light === 'beyond' && size(row.worthMinor) > size(old)) {
      const { currency: limit, limitMinor, worthMinor: wouldBeMinor } = row;
      return { limit, limitMinor, wouldBeMinor };
    }
  }
  if (after.light === 'beyond' && after.netOpenMinor > before.netOpenMinor) {
    const { limitMinor, netOpenMinor: wouldBeMinor } = after;
    return { limit: 'total', limitMinor, wouldBeMinor };
  }
  return null;
}

function applied(positions: readonly Position[], changes: readonly Change[]): Position[] {
  const all = new Map(positions.map((position) => [position.currency, position]));
  for (const change of changes) {
    const { currency, per, middle } = change;
    const old = all.get(currency);
    all.set(currency, {
      ...{ currency, per, middle },
      positionMinor: (old?.positionMinor ?? 0n) + change.positionMinor,
      bookedMinor: (old?.bookedMinor ?? 0n) + change.bookedMinor,
    });
  }
  return [...all.values()];
}

/** Positions of the facts: one whose price is not known cannot be valued and is not among them. */
export function positionsIn(list: readonly Value[]): readonly Position[] {
  const whole = (one: Values) =>
    ['positionMinor', 'bookedMinor', 'per', 'middle'].every(
      (name) => typeof one[name] === 'bigint',
    );
  return list.filter(isValues).filter(whole) as unknown as readonly Position[];
}
