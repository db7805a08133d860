import { billWorks } from './bill-works.ts';
import { controlWorks } from './control-works.ts';
import { depositWorks } from './deposit-works.ts';
import { fxWorks } from './fx-works.ts';
import { ledgerWorks } from './ledger-works.ts';
import { loanWorks } from './loan-works.ts';
import { plannedWorks } from './planned-works.ts';
import type { DayWork } from './step.ts';
import { termWorks } from './term-works.ts';

/**
 * Every piece of work of the end of day. They are done step by step, within a step in this order. A
 * room that has work for the night adds its list here.
 */
export const dayWorks: readonly DayWork[] = [
  ...ledgerWorks,
  ...plannedWorks,
  ...billWorks,
  ...termWorks,
  ...depositWorks,
  ...loanWorks,
  ...fxWorks,
  ...controlWorks,
];
