import { addDays, addMonths, daysBetween } from '../../../base/dates.ts';
import { PPM } from '../../../base/rates.ts';
import { divideRounded } from '../../../base/rounding.ts';
import {
  expectedLoss,
  impairedLoss,
  type LossTerms,
  type Recovery,
  type Stage,
  type StageRules,
  stageOf,
} from '../classify/expected-loss.ts';
import {
  type ClassificationRules,
  type Classified,
  type CreditFacts,
  classify,
} from '../classify/five-levels.ts';
import { earnedBy } from './earned.ts';
import { decideProvision } from './loss.ts';
import { daysOverdue, type NoteEvent, type NoteState } from './state.ts';

/** What the bank's models say of a debtor. Shares in millionths. */
export type LossModel = {
  /** Probability of default of each year from today, marginal. */
  readonly defaultPpm: readonly bigint[];
  readonly lossPpm: bigint;
  readonly ratePpm: bigint;
  /** What is expected to come back, once the loan is impaired. */
  readonly recoveries: readonly Recovery[];
};

export type NightRules = {
  readonly classification: ClassificationRules;
  readonly stage: StageRules;
  /** A note overdue for longer accrues no income on the books (非应计). */
  readonly accruesUpToDays: number;
};

/** What is known of the debtor besides the note. */
export type DebtorFacts = Pick<
  CreditFacts,
  'technical' | 'creditImpaired' | 'retail' | 'debtorBadPpm' | 'elsewhereOverduePpm' | 'confirmed'
> & { readonly riskIncreased: boolean; readonly rebutted: boolean };

/** What one night finds. accrualMinor: interest of the day, below 0 to take back. */
export type Night = {
  readonly accrualMinor: bigint;
  readonly onBooks: boolean;
  readonly daysOverdue: number;
  readonly classified: Classified;
  readonly stage: Stage;
  readonly expectedLossMinor: bigint;
  /** In the order in which they happen; none when nothing changes. */
  readonly events: readonly NoteEvent[];
};

/**
 * The night of an accounting date for one note: interest of the day, days overdue, class, stage,
 * expected loss and the provision that is missing. Pure: run twice it finds the same, and run on
 * the state after its events it finds nothing more.
 */
export function nightOf(
  state: NoteState,
  date: string,
  debtor: DebtorFacts,
  model: LossModel,
  rules: NightRules,
): Night | null {
  if (state.status !== 'open') return null;
  const days = daysOverdue(state, date);
  const onBooks = days <= rules.accruesUpToDays;
  const accrualMinor = receivableBy(state, date, onBooks) - state.receivableMinor;
  const impaired = debtor.creditImpaired || days > rules.stage.thirdAfterDays;
  const accrued = { ...state, receivableMinor: state.receivableMinor + accrualMinor };
  const impairedMinor = impairedLossOf(accrued, model);
  const exposure = exposureOf(accrued);
  const facts: CreditFacts = {
    ...debtor,
    daysOverdue: days,
    creditImpaired: impaired,
    lossSharePpm: exposure > 0n ? divideRounded(impairedMinor * PPM, exposure) : 0n,
    observed: isObserved(state, date, rules.classification) ? state.observedLevel : null,
  };
  const classified = classify(facts, rules.classification);
  const stage = stageOf(
    { ...debtor, daysOverdue: days, creditImpaired: impaired, level: classified.level },
    rules.stage,
  );
  const expectedLossMinor =
    stage === 3 ? impairedMinor : expectedLoss(lossTermsOf(accrued, date, model, stage));
  const events: NoteEvent[] = [];
  if (accrualMinor !== 0n) {
    events.push({ type: 'interest_accrued', date, amountMinor: accrualMinor });
  }
  if (classified.level !== state.level || stage !== state.stage) {
    events.push({ type: 'classified', date, level: classified.level, stage });
  }
  const provision = decideProvision(state, date, expectedLossMinor);
  if (provision !== null) events.push(provision);
  return { accrualMinor, onBooks, daysOverdue: days, classified, stage, expectedLossMinor, events };
}

/**
 * Interest receivable by the end of a date: what was earned and is not paid. A note that is late
 * for too long books no more of it; what it owes besides stays owed.
 */
function receivableBy(state: NoteState, date: string, onBooks: boolean): bigint {
  const owed = earnedBy(state, addDays(date, 1)) - state.interestPaidMinor;
  const owedMinor = owed > 0n ? owed : 0n;
  return onBooks || owedMinor < state.receivableMinor ? owedMinor : state.receivableMinor;
}

/** Principal and interest on the books. */
function exposureOf({ outstandingMinor, receivableMinor }: NoteState): bigint {
  return outstandingMinor + receivableMinor;
}

function impairedLossOf(state: NoteState, { ratePpm, recoveries }: LossModel): bigint {
  return impairedLoss(exposureOf(state), ratePpm, recoveries);
}

/** One year for stage 1, all of the plan for stage 2; each with the balance it begins with. */
function lossTermsOf(
  state: NoteState,
  date: string,
  { defaultPpm, lossPpm, ratePpm }: LossModel,
  stage: Stage,
): LossTerms {
  const left = Math.max(1, Math.ceil(daysBetween(date, state.maturity) / 365));
  const count = Math.min(stage === 1 ? 1 : left, defaultPpm.length);
  const years = defaultPpm.slice(0, count).map((one, index) => ({
    exposureMinor: index === 0 ? exposureOf(state) : balanceOn(state, addMonths(date, index * 12)),
    defaultPpm: one,
  }));
  return { years, lossPpm, ratePpm };
}

/** Principal that the plan leaves after a day. */
function balanceOn(state: NoteState, date: string): bigint {
  return state.rows
    .filter(({ dueDate }) => dueDate > date)
    .reduce((total, row) => total + row.principalMinor - row.paidPrincipalMinor, 0n);
}

/** Whether a note is still watched after its restructuring (重组观察期). */
export function isObserved(
  { restructuredOn }: NoteState,
  date: string,
  { restructuredMonths }: Pick<ClassificationRules, 'restructuredMonths'>,
): boolean {
  return restructuredOn !== null && date < addMonths(restructuredOn, restructuredMonths);
}
