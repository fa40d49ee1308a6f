import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';

export const LINE = 26;
/** Browsers draw nothing taller than some millions of pixels: beyond that the bar is a scale. */
export const TALLEST = 6_000_000;

/** What a movement of the bar means: a short one pixels, a long one a share of the whole. */
export function offsetAfter(o: {
  scrollTop: number;
  last: number;
  offset: number;
  whole: number;
  drawn: number;
  view: number;
}): number {
  const { scrollTop, last, offset, whole, drawn, view } = o;
  const most = Math.max(0, whole - view);
  if (whole === drawn) return Math.min(scrollTop, most);
  const step = scrollTop - last;
  const far = Math.abs(step) > view * 2 || scrollTop === 0 || scrollTop >= drawn - view;
  const wanted = far ? (scrollTop / Math.max(1, drawn - view)) * most : offset + step;
  return Math.max(0, Math.min(wanted, most));
}

export interface ScrollWindow {
  box: RefObject<HTMLDivElement | null>;
  /** Height that is drawn. */
  height: number;
  /** The first line shown, how many, and where the first is drawn. */
  first: number;
  count: number;
  top: number;
  /** Lines that fit. */
  page: number;
  onScroll(): void;
  /** Scrolls so far that a line is seen. */
  show(line: number): void;
}

/** Shows a window of any number of lines. */
export function useScrollWindow(lines: number): ScrollWindow {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState(600);
  const [offset, setOffset] = useState(0);
  const last = useRef(0);
  const whole = lines * LINE;
  const height = Math.min(whole, TALLEST);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const watch = new ResizeObserver(() => setView(element.clientHeight || 600));
    watch.observe(element);
    setView(element.clientHeight || 600);
    return () => watch.disconnect();
  }, []);
  const onScroll = useCallback(() => {
    const element = box.current;
    if (!element) return;
    const { scrollTop } = element;
    setOffset((now) =>
      offsetAfter({
        scrollTop,
        last: last.current,
        offset: now,
        whole,
        drawn: height,
        view: element.clientHeight,
      }),
    );
    last.current = scrollTop;
  }, [whole, height]);
  const show = useCallback(
    (line: number) => {
      const element = box.current;
      if (!element) return;
      const seen = element.clientHeight;
      setOffset((now) => {
        const top = line * LINE;
        let wanted = now;
        if (top < now) wanted = top;
        else if (top + LINE > now + seen) wanted = top + LINE - seen;
        else return now;
        wanted = Math.max(0, Math.min(wanted, Math.max(0, whole - seen)));
        const bar = whole === height ? wanted : (wanted / Math.max(1, whole - seen)) * (height - seen);
        last.current = bar;
        element.scrollTop = bar;
        // The browser rounds: what it made of it is what the next movement starts from.
        last.current = element.scrollTop;
        return wanted;
      });
    },
    [whole, height],
  );
  const clamped = Math.max(0, Math.min(offset, Math.max(0, whole - view)));
  const first = Math.max(0, Math.floor(clamped / LINE) - 6);
  const page = Math.max(1, Math.floor(view / LINE));
  const count = Math.min(lines - first, page + 14);
  const drawnAt = whole === height ? clamped : last.current;
  return { box, height, first, count, top: drawnAt - (clamped - first * LINE), page, onScroll, show };
}
