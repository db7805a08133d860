import NavigatedViewer, { type Canvas, type Element } from 'bpmn-js/lib/NavigatedViewer.js';
import { fontFamily, type ThemeName, tokens } from '../../theme/tokens.ts';
import { passedElements } from './model.ts';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';

/** What is drawn onto a model: tokens with their count, the way taken, the element chosen. */
export type Marks = {
  readonly tokens: readonly { readonly element: string; readonly count: number }[];
  readonly flowsTaken: readonly string[];
  /** How much of something an element has, 0 to 1, as the depth of its fill. */
  readonly heat?: readonly { readonly element: string; readonly share: number }[];
  /** A short text at an element; `bad`: something is wrong there. */
  readonly badges?: readonly {
    readonly element: string;
    readonly text: string;
    readonly kind: 'plain' | 'bad';
  }[];
};

/** A flow as drawn: from where to where, and its corners. */
export type DrawnFlow = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
};

export type DiagramView = {
  /** The whole model, however small. */
  readonly fit: () => void;
  /** The whole where that can be read, else the token at a readable size. */
  readonly showFirst: () => void;
  readonly zoomBy: (factor: number) => void;
  /** A layer over the model that moves with it, for what is drawn onto it. */
  readonly layer: () => SVGGElement;
  readonly flows: () => readonly DrawnFlow[];
  /** The middle of an element; undefined when the model has none of that id. */
  readonly middleOf: (id: string) => { readonly x: number; readonly y: number } | undefined;
  readonly destroy: () => void;
};

/** Draws a model into a container. Colours are read once, so a change of theme draws it anew. */
export async function drawDiagram(
  container: HTMLElement,
  xml: string,
  marks: Marks,
  theme: ThemeName,
  onPick: (element: string) => void,
): Promise<DiagramView> {
  const of = tokens[theme];
  const viewer = new NavigatedViewer({
    container,
    bpmnRenderer: {
      defaultFillColor: of.paper,
      defaultStrokeColor: of.ink2,
      defaultLabelColor: of.ink,
    },
    textRenderer: { defaultStyle: { fontFamily, fontSize: 12 } },
  });
  await viewer.importXML(xml);
  const canvas = viewer.get('canvas');
  const registry = viewer.get('elementRegistry');
  const mark = (id: string, name: string) => {
    if (registry.get(id) !== undefined) canvas.addMarker(id, name);
  };
  for (const id of passedElements(xml, marks.flowsTaken)) mark(id, 'passed');
  for (const id of marks.flowsTaken) mark(id, 'taken');
  for (const { element, count } of marks.tokens) {
    if (registry.get(element) === undefined) continue;
    canvas.addMarker(element, 'standing');
    viewer
      .get('overlays')
      .add(element, { position: { top: -11, right: 11 }, html: tokenDot(count) });
  }
  addFigures(viewer, marks);
  viewer.on('element.click', ({ element }) => onPick(element.id));
  const fitAll = () => {
    canvas.resized();
    canvas.zoom('fit-viewport', 'auto');
  };
  const showFirst = () => {
    if (container.clientWidth === 0 || container.clientHeight === 0) return;
    fitAll();
    if (canvas.zoom() >= readableZoom) return;
    const token = marks.tokens.map(({ element }) => registry.get(element)).find(Boolean);
    const start = registry.find((element) => element.type === 'bpmn:StartEvent');
    centreOn(canvas, token ?? start);
  };
  showFirst();
  return {
    fit: fitAll,
    showFirst,
    zoomBy: (factor) => canvas.zoom(Math.min(4, Math.max(0.2, canvas.zoom() * factor)), 'auto'),
    layer: () => canvas.getLayer('over', 2),
    flows: () => registry.filter(({ type }) => type === 'bpmn:SequenceFlow').flatMap(drawnFlow),
    middleOf: (id) => {
      const element = registry.get(id);
      if (element === undefined) return undefined;
      return { x: element.x + element.width / 2, y: element.y + element.height / 2 };
    },
    destroy: () => viewer.destroy(),
  };
}

/** Figures of elements: heat as fill, badges at their foot. */
function addFigures(viewer: NavigatedViewer, marks: Marks): void {
  const [canvas, registry] = [viewer.get('canvas'), viewer.get('elementRegistry')];
  for (const { element, share } of marks.heat ?? []) {
    if (registry.get(element) === undefined) continue;
    canvas.addMarker(element, 'heated');
    canvas.addMarker(element, `heat-${Math.round(Math.min(1, Math.max(0, share)) * 5)}`);
  }
  for (const { element, text, kind } of marks.badges ?? []) {
    if (registry.get(element) === undefined) continue;
    viewer
      .get('overlays')
      .add(element, { position: { bottom: 8, left: 4 }, html: badge(text, kind) });
  }
}

/** Below this the labels cannot be read. */
const readableZoom = 0.6;
const firstZoom = 0.8;

function centreOn(canvas: Canvas, element: Element | undefined): void {
  if (element === undefined) return;
  const { outer, inner } = canvas.viewbox();
  const [width, height] = [outer.width / firstZoom, outer.height / firstZoom];
  const x = within(element.x + element.width / 2 - width / 2, width, inner.x, inner.width);
  const y = within(element.y + element.height / 2 - height / 2, height, inner.y, inner.height);
  canvas.viewbox({ x, y, width, height });
}

/** Where a view of a size begins so that no more than a margin beyond the model is shown. */
function within(wanted: number, size: number, begin: number, length: number): number {
  const margin = 30;
  const [least, most] = [begin - margin, begin + length + margin - size];
  return most < least ? (least + most) / 2 : Math.min(most, Math.max(least, wanted));
}

function drawnFlow({ id, source, target, waypoints = [] }: Element): DrawnFlow[] {
  if (source === undefined || target === undefined) return [];
  return [{ id, from: source.id, to: target.id, points: waypoints.map(({ x, y }) => ({ x, y })) }];
}

function badge(text: string, kind: 'plain' | 'bad'): HTMLElement {
  const box = document.createElement('div');
  box.className = `diagram-badge ${kind}`;
  box.textContent = text;
  return box;
}

function tokenDot(count: number): HTMLElement {
  const dot = document.createElement('div');
  dot.className = 'token';
  dot.textContent = String(count);
  return dot;
}
