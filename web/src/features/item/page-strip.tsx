import { type ReactNode, useEffect, useRef } from 'react';
import type { Page } from '../../api/shapes.ts';
import { Thumbnail } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';

/** The pages as small pictures; hits on a page and poor text are said in words. */
export function PageStrip(props: {
  pages: readonly Page[];
  pageNo: number;
  hitsOn: ReadonlyMap<number, number>;
  onPage: (pageNo: number) => void;
}): ReactNode {
  const { t } = useWording();
  const strip = useRef<HTMLOListElement>(null);
  useEffect(() => {
    strip.current
      ?.querySelector(`[data-page="${props.pageNo}"]`)
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [props.pageNo]);
  return (
    <ol className="strip" ref={strip} aria-label={t('viewer.pages')}>
      {props.pages.map((page) => {
        const found = props.hitsOn.get(page.pageNo) ?? 0;
        const state = page.text.state;
        return (
          <li key={page.pageNo} data-page={page.pageNo}>
            <button
              type="button"
              className={page.pageNo === props.pageNo ? 'thumb chosen' : 'thumb'}
              aria-current={page.pageNo === props.pageNo ? 'page' : undefined}
              onClick={() => props.onPage(page.pageNo)}
            >
              <Thumbnail page={page} />
              <span>{page.label ?? t('page.n', { n: page.pageNo })}</span>
              {found > 0 && <span className="found">{t('viewer.foundHere', { n: found })}</span>}
              {(state === 'poor' || state === 'waiting' || state === 'failed') && (
                <span className="text-state">{t(`page.text.${state}`)}</span>
              )}
            </button>
          </li>
        );
      })}
    </ol>
  );
}
