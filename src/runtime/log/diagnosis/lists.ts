import type { Instances } from '../../../insight/instances.ts';
import { count } from '../../../insight/report/words.ts';
import { type CaseList, listedMost, type ReportCell } from './document.ts';

/** Collects the cases behind figures, so that each figure can open them. */
export class CaseLists {
  readonly all: CaseList[] = [];
  readonly #work: Instances;

  constructor(work: Instances) {
    this.#work = work;
  }

  /** A number of cases as a cell that opens them. */
  cell(what: string, codes: readonly number[]): ReportCell {
    return { text: count(codes.length), value: codes.length, list: this.add(what, codes) };
  }

  /** The place of a list of cases. */
  add(what: string, codes: readonly number[]): number {
    const cases = codes
      .map((c) => ({ name: this.#work.log.cases.text(c), seconds: this.#seconds(c) }))
      .sort((a, b) => b.seconds - a.seconds);
    this.all.push({ what, total: codes.length, cases: cases.slice(0, listedMost) });
    return this.all.length - 1;
  }

  /** Cases for which a test of their activities holds. */
  where(test: (activities: readonly number[]) => boolean): number[] {
    const { firstOfCase, activity, log } = this.#work;
    return Array.from({ length: log.cases.size }, (_, c) => c).filter((c) => {
      const own = Array.from(activity.subarray(firstOfCase[c], firstOfCase[c + 1]));
      return own.length > 0 && test(own);
    });
  }

  /** Cases in which an activity is done; `again`: more than once. */
  with(name: string, again = false): number[] {
    const { activities } = this.#work.log;
    return this.where((own) => {
      const times = own.filter((code) => activities.text(code) === name).length;
      return again ? times > 1 : times > 0;
    });
  }

  #seconds(c: number): number {
    const { firstOfCase, startMs, endMs } = this.#work;
    const [from, to] = [firstOfCase[c]!, firstOfCase[c + 1]!];
    if (from === to) return 0;
    let end = endMs[from]!;
    for (let i = from + 1; i < to; i++) end = Math.max(end, endMs[i]!);
    return (end - startMs[from]!) / 1000;
  }
}
