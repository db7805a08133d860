import type { Values } from '../../base/data.ts';

export type FindingCode =
  | 'decision_cases_missing'
  | 'decision_cases_unchanged'
  | 'decision_cell_type'
  | 'decision_conflict'
  | 'decision_coverage_unproven'
  | 'decision_default_missing'
  | 'decision_gap'
  | 'decision_output_not_listed'
  | 'decision_output_type'
  | 'decision_overlap'
  | 'decision_priority_missing'
  | 'decision_row_masked'
  | 'decision_row_unreachable'
  | 'decision_row_untested';

/** Something about a table that its owner should see. An `error` must not go live. */
export type Finding = {
  readonly code: FindingCode;
  readonly severity: 'error' | 'warning';
  /** The id of the decision or knowledge model that holds the table. */
  readonly decision: string;
  /** The id of the table itself; a decision may hold several, one within another. */
  readonly table: string;
  /** Rows it is about, counted from 1. */
  readonly rows: readonly number[];
  /** Inputs that show it, by the text of the input expression; null if it is about a cell. */
  readonly example: Values | null;
  readonly facts: Readonly<Record<string, string>>;
};
