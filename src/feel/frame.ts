import type { Run } from './run.ts';
import type { FeelValue } from './value/value.ts';

/** Where a closure finds its names: the locals of one scope and the scope around it. */
export class Frame {
  readonly run: Run;
  readonly parent: Frame | null;
  readonly slots: FeelValue[];

  constructor(run: Run, parent: Frame | null, slots: FeelValue[]) {
    this.run = run;
    this.parent = parent;
    this.slots = slots;
  }
}

/** A compiled expression. */
export type Code = (frame: Frame) => FeelValue;
