import type { ReactNode } from 'react';

/** A table wider than its place: scrolled by touch, and by keys once it has the focus. It stands in a section of its name. */
export function Scroll({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys
    // biome-ignore lint/a11y/useSemanticElements: no field set; a region of this name there is already
    <div className="table-scroll" role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
