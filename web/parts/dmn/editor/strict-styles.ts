import { pageNonce } from '../../../theme/dynamic-css.ts';

/** Takes markup in without its `style` attributes and sets them through the object model. */
function setMarkup(element: Element, markup: string, set: (markup: string) => void): void {
  set(markup.replaceAll(' style="', ' data-style="'));
  for (const one of element.querySelectorAll<HTMLElement | SVGElement>('[data-style]')) {
    one.style.cssText = one.getAttribute('data-style') ?? '';
    one.removeAttribute('data-style');
  }
}

function strictMarkup(): () => void {
  const own = Object.getOwnPropertyDescriptor(Element.prototype, 'innerHTML');
  const set = own?.set;
  if (own === undefined || set === undefined) return () => undefined;
  Object.defineProperty(Element.prototype, 'innerHTML', {
    ...own,
    set(this: Element, markup: string) {
      const plain = (text: string): void => set.call(this, text);
      const isStyled = typeof markup === 'string' && markup.includes(' style="');
      if (isStyled) setMarkup(this, markup, plain);
      else plain(markup);
    },
  });
  return () => Object.defineProperty(Element.prototype, 'innerHTML', own);
}

/** Style sheets that a library makes by hand carry the page's nonce. */
function strictSheets(): () => void {
  const create = document.createElement;
  const withNonce = (name: string, options?: ElementCreationOptions): HTMLElement => {
    const element = create.call(document, name, options);
    if (name === 'style') element.nonce = pageNonce() ?? '';
    return element;
  };
  document.createElement = withNonce as typeof document.createElement;
  return () => {
    document.createElement = create;
  };
}

function strictAttributes(): () => void {
  const own = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function setAttribute(name: string, value: string): void {
    if (name !== 'style') own.call(this, name, value);
    else if (this instanceof HTMLElement || this instanceof SVGElement) this.style.cssText = value;
  };
  return () => {
    Element.prototype.setAttribute = own;
  };
}

/**
 * The page's policy allows no inline styles, which dmn-js and the text fields in it write, its mark
 * among them. The same styles set through the object model, or in a sheet with the page's nonce,
 * are allowed: so they are while an editor is open. Gives the way back.
 */
export function allowStyles(): () => void {
  const undo = [strictMarkup(), strictSheets(), strictAttributes()];
  return () => {
    for (const one of undo) one();
  };
}
