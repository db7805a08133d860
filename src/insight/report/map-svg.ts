import type { ActivityStat } from '../analysis.ts';
import { type Layout, layout } from '../layout.ts';
import type { MapArc, MapLevel } from './map-levels.ts';
import { type Both, count, oneUnit, safe } from './words.ts';

const lineHeight = 15;
const boxWidth = 168;
const padding = 9;

/** What the map says at an activity. */
export type MapActivity = Pick<
  ActivityStat,
  'activity' | 'instances' | 'meanWaitingSeconds' | 'waitingShare'
>;

/**
 * A level of the map as SVG. Every label stands in it for both measures (`by-count`, `by-time`) and
 * both languages (`zh`, `en`); the page's style shows one of each. Colours are the page's.
 */
export function mapSvg(level: MapLevel, activities: readonly MapActivity[], id: string): string {
  const { lines, drawing, arcs } = placedMap(level, activities);
  const [begin, end] = [activities.length, activities.length + 1];
  const ends = arcs.map((arc) => endsOf(arc.from, arc.to));
  const most = Math.max(...level.arcs.map((arc) => arc.count));
  const parts = [
    ...level.arcs.map((arc, i) => arcSvg(arc, ends[i]!, drawing.arcs[i]!, most, id)),
    ...level.arcs.map((arc, i) => arcLabel(arc, ends[i]!, drawing.arcs[i]!)),
    ...activities.map((each, i) => nodeSvg(each, i, lines[i]!, drawing.nodes[i]!, activities)),
    terminal(drawing.nodes[begin]!, 'begin'),
    terminal(drawing.nodes[end]!, 'end'),
  ];
  const [width, height] = [Math.ceil(drawing.width), Math.ceil(drawing.height)];
  const label = 'aria-label="流程图谱 process map"';
  return `<svg class="map" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" ${label}>${arrow(id)}${parts.join('')}</svg>`;
}

/**
 * Where everything of a level stands: the activities in their order, then the start and the end;
 * the lines of each name; which nodes each arc joins.
 */
export function placedMap(level: MapLevel, activities: readonly MapActivity[]) {
  const names = activities.map((each) => each.activity);
  const nodes = new Map(names.map((name, i) => [name, i]));
  const [begin, end] = [names.length, names.length + 1];
  const lines = names.map((name) => wrap(name));
  const boxes = [
    ...lines.map((text) => ({
      width: boxWidth,
      height: (text.length + 1) * lineHeight + padding * 2,
    })),
    { width: 22, height: 22 },
    { width: 22, height: 22 },
  ];
  const arcs = level.arcs.map((arc) => ({
    from: arc.from === null ? begin : nodes.get(arc.from)!,
    to: arc.to === null ? end : nodes.get(arc.to)!,
    weight: arc.count,
    label: labelWidth(arc),
  }));
  return { lines, arcs, drawing: layout(boxes, arcs, begin, end) };
}

/** Arrow heads of a fixed size; a marker's name must be its own on the page. */
function arrow(id: string): string {
  const head = (name: string) =>
    `<marker id="${id}-${name}" class="${name}" markerUnits="userSpaceOnUse" markerWidth="9" markerHeight="9" refX="8" refY="4.5" orient="auto"><path d="M0 0.5L9 4.5L0 8.5z"/></marker>`;
  return `<defs>${head('ahead')}${head('back')}</defs>`;
}

/** A name on at most two lines; what is longer ends in an ellipsis and is whole in the tooltip. */
function wrap(name: string): readonly string[] {
  const room = boxWidth - padding * 2;
  const first = cut(name, room);
  if (first.length === name.length) return [name];
  const breakAt = Math.max(first.lastIndexOf(' '), first.lastIndexOf('_')) + 1;
  const head = breakAt > first.length / 3 ? first.slice(0, breakAt) : first;
  const rest = name.slice(head.length).trimStart();
  const second = cut(rest, room);
  return [head.trimEnd(), second.length === rest.length ? rest : `${cut(rest, room - 12)}…`];
}

function cut(text: string, room: number): string {
  let width = 0;
  let kept = '';
  for (const character of text) {
    width += widthOf(character);
    if (width > room) return kept;
    kept += character;
  }
  return kept;
}

/** About how wide a character is at 13 px. */
function widthOf(character: string): number {
  if (character > '\u2e7f') return 13;
  if (/[A-Z_MWmw@%]/.test(character)) return 8.8;
  return /[iljtf.,:;'| ]/.test(character) ? 4 : 7.2;
}

function labelWidth(arc: MapArc): number {
  const texts = [count(arc.count), arc.medianSeconds === null ? '' : oneUnit(arc.medianSeconds).zh];
  const widths = texts.map((text) =>
    [...text].reduce((sum, each) => sum + widthOf(each) * 0.88, 0),
  );
  return Math.max(...widths) + 4;
}

/** Which activities an arc joins, by their place in the table; the page lights them up together. */
function endsOf(from: number, to: number): string {
  return `data-from="${from}" data-to="${to}"`;
}

function arcSvg(
  arc: MapArc,
  ends: string,
  placed: Layout['arcs'][number],
  most: number,
  id: string,
): string {
  const width = 1 + 5 * (Math.log(arc.count + 1) / Math.log(most + 1)) ** 2;
  const kind = placed.back ? 'back' : 'ahead';
  return `<path class="arc ${kind}" ${ends} d="${placed.path}" stroke-width="${width.toFixed(1)}" marker-end="url(#${id}-${kind})"/>`;
}

function arcLabel(arc: MapArc, ends: string, placed: Layout['arcs'][number]): string {
  const { x, y } = placed.label;
  const place = `x="${x.toFixed(1)}" y="${(y + 4).toFixed(1)}"`;
  const number = `<text class="by-count" ${place}>${count(arc.count)}</text>`;
  const time =
    arc.medianSeconds === null ? '' : texts('by-time', place, oneUnit(arc.medianSeconds));
  return `<g class="arc-label" ${ends}>${number}${time}</g>`;
}

function texts(kind: string, place: string, both: Both): string {
  if (both.zh === both.en) return `<text class="${kind}" ${place}>${both.zh}</text>`;
  return `<text class="${kind} zh" ${place}>${both.zh}</text><text class="${kind} en" ${place}>${both.en}</text>`;
}

function nodeSvg(
  each: MapActivity,
  index: number,
  lines: readonly string[],
  placed: Layout['nodes'][number],
  all: readonly MapActivity[],
): string {
  const mostInstances = Math.max(...all.map((other) => other.instances));
  const mostWaiting = Math.max(...all.map((other) => other.waitingShare), 1e-9);
  const [left, top] = [placed.x - placed.width / 2, placed.y - placed.height / 2];
  const box = `x="${left.toFixed(1)}" y="${top.toFixed(1)}" width="${placed.width}" height="${placed.height}" rx="6"`;
  const heat = (share: number) => `${Math.round(share * 100)}%`;
  const style = `--count:${heat(each.instances / mostInstances)};--wait:${heat(each.waitingShare / mostWaiting)}`;
  const middle = placed.x.toFixed(1);
  const name = lines
    .map((line, i) => {
      const y = (top + padding + 11 + i * lineHeight).toFixed(1);
      return `<text class="name" x="${middle}" y="${y}">${safe(line)}</text>`;
    })
    .join('');
  const y = (top + padding + 11 + lines.length * lineHeight).toFixed(1);
  const place = `x="${middle}" y="${y}"`;
  const wait = oneUnit(each.meanWaitingSeconds);
  const waits = { zh: `平均等待 ${wait.zh}`, en: `mean wait ${wait.en}` };
  const times = { zh: `${count(each.instances)} 次`, en: `${count(each.instances)} ×` };
  const figures = `${texts('figure by-count', place, times)}${texts('figure by-time', place, waits)}`;
  return `<g class="node" data-activity="${index}" style="${style}" tabindex="0"><title>${safe(each.activity)}</title><rect ${box}/>${name}${figures}</g>`;
}

function terminal(placed: Layout['nodes'][number], kind: 'begin' | 'end'): string {
  const [x, y] = [placed.x.toFixed(1), placed.y.toFixed(1)];
  const place = `x="${(placed.x + 17).toFixed(1)}" y="${(placed.y + 4).toFixed(1)}"`;
  const word = kind === 'begin' ? { zh: '开始', en: 'Start' } : { zh: '结束', en: 'End' };
  return `<g class="terminal ${kind}"><circle cx="${x}" cy="${y}" r="10"/>${texts('figure', place, word)}</g>`;
}
