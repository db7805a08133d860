import NavigatedViewer, { type Canvas, type Element } from 'bpmn-js/lib/NavigatedViewer.js';
import { fontFamily, type ThemeName, tokens } from '../../theme/tokens.ts';
import { passedElements } from './model.ts';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';

/** What is drawn onto a model: tokens with their count, the way taken, the element chosen. */
export type Marks = {
  readonly tokens: readonly { readonly element: string; readonly count: number }[];
  readonly flowsTaken: readonly string[];
};

export type DiagramView = {
  /** The whole model, however small. */
  readonly fit: () => void;
  /** The whole where that can be read, else the token at a readable size. */
  readonly showFirst: () => void;
  readonly zoomBy: (factor: number) => void;
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
    destroy: () => viewer.destroy(),
  };
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

function tokenDot(count: number): HTMLElement {
  const dot = document.createElement('div');
  dot.className = 'token';
  dot.textContent = String(count);
  return dot;
}
