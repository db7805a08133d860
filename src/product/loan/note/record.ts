import { isValues, type Value, type Values } from '../../../base/data.ts';
import type { LprTerm, RateAgreement, RepricingRule } from '../pricing/lpr.ts';
import type { PlanRow } from './plan.ts';
import type { NoteEvent } from './state.ts';

/** Events that are kept as such; payments and nights have tables of their own. */
export type KeptEvent = Extract<
  NoteEvent,
  { type: 'prepaid' | 'repriced' | 'extended' | 'restructured' | 'written_off' | 'recovered' }
>;

/** An event as values: what it says, and its rows apart. */
export function recordOf(event: KeptEvent): { readonly values: Values; readonly rows: Values[] } {
  const rows = 'rows' in event ? rowsOf(event) : [];
  switch (event.type) {
    case 'prepaid': {
      const { principalMinor, interestMinor, feeMinor, receivableMinor } = event;
      return { values: { principalMinor, interestMinor, feeMinor, receivableMinor }, rows };
    }
    case 'repriced':
      return { values: { agreement: agreementValues(event.agreement) }, rows };
    case 'extended': {
      const { maturity, agreement } = event;
      return { values: { maturity, agreement: agreementValues(agreement) }, rows };
    }
    case 'restructured': {
      const { maturity, method, agreement, level } = event;
      return { values: { maturity, method, level, agreement: agreementValues(agreement) }, rows };
    }
    case 'written_off': {
      const { principalMinor, receivableMinor } = event;
      return { values: { principalMinor, receivableMinor }, rows };
    }
    case 'recovered':
      return { values: { amountMinor: event.amountMinor }, rows };
    default: {
      const never: never = event;
      return never;
    }
  }
}

function rowsOf({ rows }: { readonly rows: readonly PlanRow[] }): Values[] {
  let left = rows.reduce((total, { principalMinor }) => total + principalMinor, 0n);
  return rows.map((row) => {
    const { from, to, dueDate, principalMinor, interestMinor, carriedMinor } = row;
    left -= principalMinor;
    return {
      ...{ number: BigInt(row.number), from, to, dueDate },
      ...{ principalMinor, interestMinor, carriedMinor, balanceMinor: left },
    };
  });
}

/** Rows as they were recorded. */
export function planRowsOf(rows: readonly Values[]): PlanRow[] {
  const whole = (value: Value | undefined): bigint => (typeof value === 'bigint' ? value : 0n);
  return rows.map((row) => ({
    number: Number(whole(row.number)),
    from: String(row.from),
    to: String(row.to),
    dueDate: String(row.dueDate),
    principalMinor: whole(row.principalMinor),
    interestMinor: whole(row.interestMinor),
    carriedMinor: whole(row.carriedMinor),
  }));
}

/** A rate agreement as values. */
export function agreementValues(agreement: RateAgreement): Values {
  return { ...agreement };
}

/** A rate agreement from values; null when it is none. */
export function agreementOf(value: Value): RateAgreement | null {
  if (!isValues(value)) return null;
  const { kind, ratePpm, term, quotedOn, quotedPpm, basisPoints, repricing } = value;
  if (kind === 'fixed' && typeof ratePpm === 'bigint') return { kind, ratePpm };
  if (kind !== 'lpr' || typeof quotedPpm !== 'bigint' || typeof basisPoints !== 'bigint')
    return null;
  return {
    kind,
    term: term as LprTerm,
    quotedOn: String(quotedOn),
    ...{ quotedPpm, basisPoints, repricing: repricing as RepricingRule },
  };
}
