/** The few parts of dmn-js used here; it brings no declarations of its own. */
declare module 'dmn-js/lib/Modeler' {
  type View = {
    readonly type: string;
    readonly id: string;
    readonly name: string | undefined;
    readonly element: { readonly id: string };
  };
  type Module = Readonly<Record<string, unknown>>;
  type Part = { readonly additionalModules?: readonly Module[] };

  export default class Modeler {
    constructor(options: {
      readonly container: HTMLElement;
      readonly drd?: Part;
      readonly decisionTable?: Part;
      readonly literalExpression?: Part;
      readonly boxedExpression?: Part;
    });
    importXML(xml: string): Promise<{ readonly warnings: readonly unknown[] }>;
    saveXML(options: { readonly format: boolean }): Promise<{ readonly xml: string }>;
    getViews(): readonly View[];
    getActiveView(): View | undefined;
    open(view: View): Promise<unknown>;
    on(event: 'views.changed', listener: () => void): void;
    destroy(): void;
  }
}
