import type { CSSProperties, ReactNode } from 'react';

/** A part of the page that scrolls by itself and can therefore take the focus. */
export function Scroll({
  label,
  className = 'scroll-x',
  style,
  children,
}: {
  label: string;
  className?: string;
  style?: CSSProperties;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls takes the focus, so that keys scroll it
    <section className={className} style={style} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
