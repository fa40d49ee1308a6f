import { type RefObject, useEffect, useState } from 'react';

/** Rows beyond what is seen, so that a quick turn of the wheel shows no gap. */
const SPARE = 12;

export interface Windowed {
  first: number;
  /** Behind the last. */
  end: number;
}

/**
 * Which of many rows of one height are near what is seen of a scrolled box.
 *
 * @param box the element that scrolls
 */
export function useWindow(box: RefObject<HTMLElement | null>, count: number, height: number): Windowed {
  const [range, setRange] = useState<Windowed>({ first: 0, end: Math.min(count, 2 * SPARE) });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = (): void => {
      const first = Math.max(0, Math.floor(element.scrollTop / height) - SPARE);
      const end = Math.min(count, Math.ceil((element.scrollTop + element.clientHeight) / height) + SPARE);
      setRange((was) => (was.first === first && was.end === end ? was : { first, end }));
    };
    measure();
    element.addEventListener('scroll', measure, { passive: true });
    const resized = new ResizeObserver(measure);
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', measure);
      resized.disconnect();
    };
  }, [box, count, height]);
  return range;
}
