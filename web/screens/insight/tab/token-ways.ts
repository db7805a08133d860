import type { InsightDotsAnswer } from '../../../../src/contract/insight/dots.ts';
import type { InsightModelAnswer } from '../../../../src/contract/insight/models.ts';
import type { DiagramView, DrawnFlow } from '../../../parts/diagram/viewer.ts';

type Point = { readonly x: number; readonly y: number };

/** A stretch of a case's life: at a place, or on the way from one place to the next. */
export type Stretch = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly points: readonly Point[];
  readonly lengths: readonly number[];
};

/** A case as a token; `log` 1: of the second log. Times are ms since its log began. */
export type Token = {
  readonly log: 0 | 1;
  readonly stretches: readonly Stretch[];
  /** A little beside its place, so that tokens do not all hide each other. */
  readonly shift: Point;
};

export type Play = { readonly tokens: readonly Token[]; readonly lengthMs: number };

/**
 * The cases as tokens on the drawing: at an activity while it is done, on the shortest way of the
 * model between two. Cases begun at `sinceMs` or later are the second log; each log plays from its
 * own beginning.
 */
export function playOf(
  view: DiagramView,
  model: InsightModelAnswer,
  dots: InsightDotsAnswer,
  sinceMs: number | null,
): Play {
  const ways = new Ways(view);
  const idOf = dots.activities.map(
    (name) => model.elements.find(({ activity }) => activity === name)?.ids[0],
  );
  const logOf = (begun: number): 0 | 1 => (sinceMs !== null && begun >= sinceMs ? 1 : 0);
  const begins = [0, 1].map((log) =>
    dots.cases.reduce((least, { work }) => {
      const begun = work[0]?.[0] ?? Infinity;
      return logOf(begun) === log ? Math.min(least, begun) : least;
    }, Infinity),
  );
  let lengthMs = 0;
  const tokens = dots.cases.flatMap(({ work }, k): Token[] => {
    const done = work.flatMap(([from, to, activity]) => {
      const id = idOf[activity];
      return id === undefined ? [] : [{ from, to, id }];
    });
    const [first] = done;
    if (first === undefined) return [];
    const log = logOf(work[0]?.[0] ?? first.from);
    const zero = begins[log] ?? first.from;
    const stretches: Stretch[] = [];
    for (const [i, { from, to, id }] of done.entries()) {
      const before = done[i - 1];
      if (before !== undefined && from > before.to) {
        stretches.push(stretch(before.to - zero, from - zero, ways.between(before.id, id)));
      }
      stretches.push(stretch(from - zero, to - zero, ways.at(id)));
      lengthMs = Math.max(lengthMs, to - zero);
    }
    const shift = { x: ((k * 37) % 41) - 20, y: ((k * 23) % 25) - 12 };
    return [{ log, stretches, shift }];
  });
  return { tokens, lengthMs };
}

function stretch(fromMs: number, toMs: number, points: readonly Point[]): Stretch {
  const lengths = points.map((point, i) => {
    const before = points[i - 1];
    return before === undefined ? 0 : Math.hypot(point.x - before.x, point.y - before.y);
  });
  return { fromMs, toMs, points, lengths };
}

/** Where a token is at a time; null: its case has not begun, or is over. */
export function placeAt({ stretches, shift }: Token, atMs: number): Point | null {
  const now = stretches.findLast(({ fromMs }) => fromMs <= atMs);
  if (now === undefined || (atMs > now.toMs && now === stretches.at(-1))) return null;
  const { points, lengths, fromMs, toMs } = now;
  const part = toMs > fromMs ? Math.min(1, (atMs - fromMs) / (toMs - fromMs)) : 1;
  let left = part * lengths.reduce((sum, length) => sum + length, 0);
  for (const [i, length] of lengths.entries()) {
    const [before, point] = [points[i - 1], points[i]];
    if (before === undefined || point === undefined || left > length) {
      left -= length;
      continue;
    }
    const on = length === 0 ? 1 : left / length;
    return moved(before.x + (point.x - before.x) * on, before.y + (point.y - before.y) * on, shift);
  }
  const last = points.at(-1);
  return last === undefined ? null : moved(last.x, last.y, shift);
}

function moved(x: number, y: number, shift: Point): Point {
  return { x: x + shift.x, y: y + shift.y };
}

/** The shortest ways of a model between its elements, by the corners of its flows. */
class Ways {
  readonly #view: DiagramView;
  readonly #out = new Map<string, DrawnFlow[]>();
  readonly #known = new Map<string, readonly Point[]>();

  constructor(view: DiagramView) {
    this.#view = view;
    for (const flow of view.flows()) {
      this.#out.set(flow.from, [...(this.#out.get(flow.from) ?? []), flow]);
    }
  }

  at(id: string): readonly Point[] {
    const middle = this.#view.middleOf(id);
    return middle === undefined ? [] : [middle];
  }

  between(from: string, to: string): readonly Point[] {
    const key = `${from} ${to}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const flows = this.#shortest(from, to);
    const points = [...this.at(from), ...flows.flatMap((flow) => flow.points), ...this.at(to)];
    this.#known.set(key, points);
    return points;
  }

  /** Breadth first; empty when there is no way, so that the token goes straight. */
  #shortest(from: string, to: string): readonly DrawnFlow[] {
    const came = new Map<string, DrawnFlow>();
    const queue = [from];
    for (const at of queue) {
      for (const flow of this.#out.get(at) ?? []) {
        if (came.has(flow.to)) continue;
        came.set(flow.to, flow);
        queue.push(flow.to);
      }
    }
    const way: DrawnFlow[] = [];
    for (let at = to; ; ) {
      const flow = came.get(at);
      if (flow === undefined) return way;
      way.unshift(flow);
      if (flow.from === from) return way;
      at = flow.from;
    }
  }
}
