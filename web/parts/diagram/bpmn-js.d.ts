/** The few parts of bpmn-js used here; its own typings name a default that Node's rules hide. */
declare module 'bpmn-js/lib/NavigatedViewer.js' {
  export type Canvas = {
    zoom(to: number | 'fit-viewport', center?: 'auto'): number;
    zoom(): number;
    viewbox(): {
      readonly outer: { readonly width: number; readonly height: number };
      readonly inner: {
        readonly x: number;
        readonly y: number;
        readonly width: number;
        readonly height: number;
      };
    };
    viewbox(box: { x: number; y: number; width: number; height: number }): unknown;
    resized(): void;
    addMarker(element: string, marker: string): void;
    removeMarker(element: string, marker: string): void;
    scrollToElement(element: string): void;
    getLayer(name: string, index: number): SVGGElement;
  };
  type Overlays = {
    add(
      element: string,
      overlay: {
        position: { top?: number; bottom?: number; left?: number; right?: number };
        html: HTMLElement;
      },
    ): string;
    clear(): void;
  };
  export type Element = {
    readonly id: string;
    readonly type: string;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    /** Of a flow: its ends and corners. */
    readonly source?: { readonly id: string };
    readonly target?: { readonly id: string };
    readonly waypoints?: readonly { readonly x: number; readonly y: number }[];
  };
  type Registry = {
    get(id: string): Element | undefined;
    find(fits: (element: Element) => boolean): Element | undefined;
    filter(fits: (element: Element) => boolean): Element[];
  };
  type Services = { canvas: Canvas; overlays: Overlays; elementRegistry: Registry };

  export default class NavigatedViewer {
    constructor(options: {
      container: HTMLElement;
      bpmnRenderer?: Record<string, string>;
      textRenderer?: { defaultStyle: Record<string, string | number> };
    });
    importXML(xml: string): Promise<{ warnings: readonly unknown[] }>;
    get<Name extends keyof Services>(name: Name): Services[Name];
    on(event: 'element.click', listener: (event: { element: Element }) => void): void;
    destroy(): void;
  }
}
