import Modeler from 'dmn-js/lib/Modeler';
import { withDrawing } from './diagram.ts';
import { editorWord } from './editor-words.ts';
import { allowStyles } from './strict-styles.ts';
import 'dmn-js/dist/assets/diagram-js.css';
import 'dmn-js/dist/assets/dmn-js-shared.css';
import 'dmn-js/dist/assets/dmn-js-drd.css';
import 'dmn-js/dist/assets/dmn-js-decision-table.css';
import 'dmn-js/dist/assets/dmn-js-decision-table-controls.css';
import 'dmn-js/dist/assets/dmn-js-literal-expression.css';
import 'dmn-js/dist/assets/dmn-js-boxed-expression.css';
import 'dmn-js/dist/assets/dmn-js-boxed-expression-controls.css';
import 'dmn-js/dist/assets/dmn-font/css/dmn.css';
import '../../../styles/dmn-editor.css';

/** A view of the file that the editor can open: the graph, or one decision. */
export type EditorView = { readonly id: string; readonly name: string; readonly isOpen: boolean };

export type Editor = {
  readonly views: () => readonly EditorView[];
  readonly open: (id: string) => Promise<void>;
  readonly save: () => Promise<string>;
  readonly destroy: () => void;
};

/** Opens a file (DMN 1.3) for editing in a container. */
export async function openEditor(
  container: HTMLElement,
  xml: string,
  language: 'zh-CN' | 'en',
): Promise<Editor> {
  const restore = allowStyles();
  const translate = (template: string, places?: Readonly<Record<string, string>>) =>
    editorWord(language, template, places);
  const part = { additionalModules: [{ translate: ['value', translate] }] };
  const modeler = new Modeler({
    container,
    ...{ drd: part, decisionTable: part, literalExpression: part, boxedExpression: part },
  });
  await modeler.importXML(withDrawing(xml));
  const first = modeler.getViews().find((view) => view.type !== 'drd');
  if (first !== undefined) await modeler.open(first);
  return {
    views: () => {
      const open = modeler.getActiveView();
      return modeler.getViews().map((view) => ({
        id: view.element.id,
        name: view.name ?? view.element.id,
        isOpen: view.element.id === open?.element.id,
      }));
    },
    open: async (id) => {
      const view = modeler.getViews().find((one) => one.element.id === id);
      if (view !== undefined) await modeler.open(view);
    },
    save: async () => (await modeler.saveXML({ format: true })).xml,
    destroy: () => {
      modeler.destroy();
      restore();
    },
  };
}
