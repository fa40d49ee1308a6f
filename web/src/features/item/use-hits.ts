import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, body } from '../../api/client.ts';
import type { Box, Page } from '../../api/shapes.ts';
import { findRanges, loadFoldHan, sameHan } from '../../lib/fold.ts';
import { hitBox } from './hit-box.ts';

export interface PageHit {
  pageNo: number;
  line: number;
  /** In page pixels; null when the text has no places. */
  box: Box | null;
}
export interface Hits {
  items: PageHit[];
  /** Pages whose text was read so far, and those that have text. */
  read: number;
  of: number;
}

/** Pages read for hits at most: a volume of a thousand pages is searched from the page that is open. */
const MOST_PAGES = 200;
const AT_ONCE = 3;

export const pageText = (unitId: string, n: number) => ({
  queryKey: ['page-text', unitId, n],
  queryFn: () => body(api.GET('/units/{id}/pages/{n}/text', { params: { path: { id: unitId, n } } })),
  staleTime: 300_000,
});

/** Where the words of `q` stand on the pages, in order; fills up while the texts come in. */
export function useHits(unitId: string, pages: readonly Page[], q: string, startAt: number): Hits {
  const queries = useQueryClient();
  const [hits, setHits] = useState<Hits>({ items: [], read: 0, of: 0 });
  const withText = pages
    .filter((page) => page.text.state === 'ready' || page.text.state === 'poor')
    .map((page) => page.pageNo)
    .join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the page that is open only sets where reading starts
  useEffect(() => {
    let stopped = false;
    const numbers = withText.split(' ').filter(Boolean).map(Number);
    const order = [...numbers.filter((n) => n >= startAt), ...numbers.filter((n) => n < startAt)].slice(
      0,
      MOST_PAGES,
    );
    setHits({ items: [], read: 0, of: order.length });
    if (!q || order.length === 0) return;
    const found: PageHit[] = [];
    let read = 0;
    const run = async (): Promise<void> => {
      const han = /\p{Script=Han}/u.test(q) ? await loadFoldHan() : sameHan;
      const next = async (): Promise<void> => {
        for (let n = order.shift(); n !== undefined && !stopped; n = order.shift()) {
          const page = pages.find((one) => one.pageNo === n);
          const text = await queries.fetchQuery(pageText(unitId, n)).catch(() => null);
          if (stopped) return;
          read += 1;
          for (const [line, { text: words, box }] of (text?.lines ?? []).entries())
            for (const range of findRanges(words, q, han))
              found.push({
                pageNo: n,
                line,
                box: text && page ? hitBox(box, words, range, text, page) : null,
              });
          found.sort((a, b) => a.pageNo - b.pageNo || a.line - b.line);
          setHits((now) => ({ items: [...found], read, of: now.of }));
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, next));
    };
    void run();
    return () => {
      stopped = true;
    };
  }, [unitId, withText, q, queries]);
  return hits;
}
