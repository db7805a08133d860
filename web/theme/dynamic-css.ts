import * as original from '../../node_modules/@rc-component/util/es/Dom/dynamicCSS.js';

type Option = { readonly csp?: { readonly nonce?: string } };
type Update = (css: string, key: string, option?: Option) => HTMLStyleElement | undefined;

/** The nonce of this page; browsers hide the attribute and show only the property. */
export function pageNonce(): string | undefined {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  return meta?.nonce || undefined;
}

function withNonce(option: Option | undefined): Option {
  const nonce = option?.csp?.nonce ?? pageNonce();
  return nonce === undefined ? { ...option } : { ...option, csp: { nonce } };
}

/** Stands in for antd's helper of the same name: two of its callers forget the nonce. */
export const updateCSS: Update = (css, key, option) =>
  (original.updateCSS as Update)(css, key, withNonce(option));

export const injectCSS = (css: string, option?: Option) =>
  (original.injectCSS as (css: string, option: Option) => HTMLStyleElement | null)(
    css,
    withNonce(option),
  );

export const { removeCSS, clearContainerCache } = original;
