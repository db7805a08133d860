/** 正常, 关注, 次级, 可疑, 损失: from the best to the worst. */
export const fiveLevels = ['normal', 'special_mention', 'substandard', 'doubtful', 'loss'] as const;

export type FiveLevel = (typeof fiveLevels)[number];

/**
 * Days and shares of the rule (商业银行金融资产风险分类办法, in force 2023-07-01). A limit is passed by what
 * lies above it: 90 days are still special mention, 91 are substandard. Shares in millionths.
 */
export type ClassificationRules = {
  readonly technicalDaysMax: number;
  readonly substandardAfterDays: number;
  readonly doubtfulAfterDays: number;
  readonly lossAfterDays: number;
  readonly doubtfulFromLossPpm: bigint;
  readonly lossFromLossPpm: bigint;
  readonly badShareOfDebtorPpm: bigint;
  readonly badShareAtOtherBanksPpm: bigint;
  readonly restructuredMonths: number;
};

/** What is known of a note on a night. */
export type CreditFacts = {
  readonly daysOverdue: number;
  /** Overdue for a technical reason only, such as a payment under way. */
  readonly technical: boolean;
  readonly creditImpaired: boolean;
  /** Expected loss ÷ balance, in millionths. */
  readonly lossSharePpm: bigint;
  readonly retail: boolean;
  /** Share of the debtor's debt at this bank that is bad (次级 or worse), in millionths. */
  readonly debtorBadPpm: bigint;
  /** Share of the debtor's debt at all banks that is overdue for more than 90 days. */
  readonly elsewhereOverduePpm: bigint;
  /** Restructured and still under observation: no better than this class. Null: not observed. */
  readonly observed: FiveLevel | null;
  /** The class a person has confirmed; the night may lower it, never raise it. Null: none. */
  readonly confirmed: FiveLevel | null;
};

/** The class of a note and every rule that asks for it, the gravest first. */
export type Classified = { readonly level: FiveLevel; readonly reasons: readonly Reason[] };

export type Reason =
  | 'overdue'
  | 'credit_impaired'
  | 'expected_loss'
  | 'debtor_is_bad'
  | 'overdue_at_other_banks'
  | 'restructured'
  | 'confirmed';

/**
 * The five-level class of a note: the worst that any rule asks for. Collateral does not help a
 * note that is overdue for more than 90 days.
 */
export function classify(facts: CreditFacts, rules: ClassificationRules): Classified {
  const asked: (readonly [Reason, FiveLevel])[] = [
    ['overdue', byDays(facts, rules)],
    ['credit_impaired', facts.creditImpaired ? 'substandard' : 'normal'],
    ['expected_loss', byLoss(facts, rules)],
    ['debtor_is_bad', isDebtorBad(facts, rules) ? 'substandard' : 'normal'],
    [
      'overdue_at_other_banks',
      !facts.retail && facts.elsewhereOverduePpm > rules.badShareAtOtherBanksPpm
        ? 'substandard'
        : 'normal',
    ],
    ['restructured', facts.observed ?? 'normal'],
    ['confirmed', facts.confirmed ?? 'normal'],
  ];
  const level = asked.reduce<FiveLevel>((worst, [, one]) => worseOf(worst, one), 'normal');
  const reasons = level === 'normal' ? [] : asked.filter(([, one]) => one === level);
  return { level, reasons: reasons.map(([reason]) => reason) };
}

/** The worse of two classes. */
export function worseOf(a: FiveLevel, b: FiveLevel): FiveLevel {
  return fiveLevels.indexOf(a) >= fiveLevels.indexOf(b) ? a : b;
}

/** 次级, 可疑 and 损失 are bad (不良). */
export function isBad(level: FiveLevel): boolean {
  return fiveLevels.indexOf(level) >= fiveLevels.indexOf('substandard');
}

function byDays({ daysOverdue, technical }: CreditFacts, rules: ClassificationRules): FiveLevel {
  if (daysOverdue <= 0) return 'normal';
  if (technical && daysOverdue <= rules.technicalDaysMax) return 'normal';
  if (daysOverdue > rules.lossAfterDays) return 'loss';
  if (daysOverdue > rules.doubtfulAfterDays) return 'doubtful';
  return daysOverdue > rules.substandardAfterDays ? 'substandard' : 'special_mention';
}

function byLoss(facts: CreditFacts, rules: ClassificationRules): FiveLevel {
  if (!facts.creditImpaired) return 'normal';
  if (facts.lossSharePpm >= rules.lossFromLossPpm) return 'loss';
  return facts.lossSharePpm >= rules.doubtfulFromLossPpm ? 'doubtful' : 'normal';
}

function isDebtorBad(facts: CreditFacts, rules: ClassificationRules): boolean {
  return !facts.retail && facts.debtorBadPpm > rules.badShareOfDebtorPpm;
}
