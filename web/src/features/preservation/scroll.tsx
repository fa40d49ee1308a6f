import type { ReactNode } from 'react';

/** A table wider than its place: scrolled by touch, and by keys once it has the focus. */
export function Scroll({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys
    <section className="table-scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
