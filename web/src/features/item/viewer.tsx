import type { Viewer as Osd } from 'openseadragon';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Page } from '../../api/shapes.ts';
import { useKeys } from '../../lib/keys.ts';
import { useWording } from '../../wording.tsx';
import type { Hits, PageHit } from './use-hits.ts';

export interface ViewerProps {
  pages: readonly Page[];
  pageNo: number;
  hits: Hits;
  asked: boolean;
  hitAt: number;
  textShown: boolean;
  /** Clockwise degrees that turn the open page upright, once its text was read. */
  upright: number;
  onPage: (pageNo: number) => void;
  onHit: (hitAt: number) => void;
  onText: () => void;
}

/** Deep zoom over the page images; pages left and right, hits by J and K. */
export function Viewer(props: ViewerProps): ReactNode {
  const { t } = useWording();
  const { pages, pageNo, hits, hitAt } = props;
  const box = useRef<HTMLDivElement>(null);
  const [osd, setOsd] = useState<Osd>();
  const [opened, setOpened] = useState<string>();
  const [failed, setFailed] = useState(false);
  // Until a person moves the page it fits its window, whatever opens beside it.
  const moved = useRef(false);
  const page = pages.find((one) => one.pageNo === pageNo) ?? pages[0];
  const service = page?.imageService;

  useEffect(() => {
    let viewer: Osd | undefined;
    let gone = false;
    void import('openseadragon').then(({ default: OpenSeadragon }) => {
      if (gone || !box.current) return;
      viewer = OpenSeadragon({
        element: box.current,
        drawer: 'canvas',
        showNavigationControl: false,
        showSequenceControl: false,
        animationTime: 0.15,
        visibilityRatio: 0.5,
        maxZoomPixelRatio: 4,
        gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
        keyboardShortcut: false,
      } as ConstructorParameters<typeof OpenSeadragon.Viewer>[0]);
      viewer.addHandler('canvas-drag', () => {
        moved.current = true;
      });
      viewer.addHandler('canvas-scroll', () => {
        moved.current = true;
      });
      viewer.addHandler('resize', () => {
        if (!moved.current) requestAnimationFrame(() => viewer?.viewport?.goHome(true));
      });
      setOsd(viewer);
    });
    return () => {
      gone = true;
      viewer?.destroy();
      setOsd(undefined);
    };
  }, []);

  useEffect(() => {
    if (!osd || !service) return;
    setFailed(false);
    moved.current = false;
    const onOpen = (): void => setOpened(service);
    const onFail = (): void => setFailed(true);
    osd.addOnceHandler('open', onOpen);
    osd.addOnceHandler('open-failed', onFail);
    osd.viewport?.setRotation(0, true);
    osd.open([{ tileSource: `${service}/info.json` }]);
    return () => {
      osd.removeHandler('open', onOpen);
      osd.removeHandler('open-failed', onFail);
    };
  }, [osd, service]);

  const { upright } = props;
  useEffect(() => {
    if (!osd || opened !== service || upright === 0) return;
    osd.viewport.setRotation(upright, true);
    osd.viewport.goHome(true);
  }, [osd, opened, service, upright]);

  const current = hits.items[hitAt];
  useEffect(() => {
    if (!osd || opened !== service) return;
    drawHits(
      osd,
      hits.items.filter((hit) => hit.pageNo === pageNo),
      current,
    );
  }, [osd, opened, service, hits.items, pageNo, current]);

  const at = page ? pages.indexOf(page) : 0;
  const step = (by: number): void => {
    const next = pages[at + by];
    if (next) props.onPage(next.pageNo);
  };
  const stepHit = (by: number): void => {
    const n = hits.items.length;
    if (n > 0) props.onHit((hitAt + by + n) % n);
  };
  const zoom = (factor: number): void => {
    moved.current = true;
    osd?.viewport.zoomBy(factor).applyConstraints();
  };
  const fit = (): void => {
    moved.current = false;
    osd?.viewport.setRotation(upright);
    osd?.viewport.goHome();
  };
  const rotate = (): void => {
    osd?.viewport.setRotation(osd.viewport.getRotation() + 90);
  };
  const [before, after] = [() => step(-1), () => step(1)];
  useKeys({
    ArrowLeft: before,
    ArrowRight: after,
    PageUp: before,
    PageDown: after,
    j: () => stepHit(1),
    k: () => stepHit(-1),
    r: rotate,
    t: props.onText,
    '+': () => zoom(1.4),
    '=': () => zoom(1.4),
    '-': () => zoom(1 / 1.4),
    '0': fit,
  });
  const tool = (text: string, key: string, act: () => void, off = false): ReactNode => (
    <button
      type="button"
      className="tool"
      onClick={act}
      disabled={off}
      title={key ? `${text} (${key})` : text}
    >
      {text}
    </button>
  );
  return (
    <div className="viewer">
      <div className="tools" role="toolbar" aria-label={t('viewer.tools')}>
        {tool(t('viewer.previous'), '←', () => step(-1), at <= 0)}
        <span aria-live="polite">{t('viewer.page', { n: at + 1, total: pages.length })}</span>
        {tool(t('viewer.next'), '→', () => step(1), at >= pages.length - 1)}
        <span className="gap" />
        {tool(t('viewer.larger'), '+', () => zoom(1.4))}
        {tool(t('viewer.smaller'), '−', () => zoom(1 / 1.4))}
        {tool(t('viewer.fit'), '0', fit)}
        {tool(t('viewer.rotate'), 'R', rotate)}
        <button
          type="button"
          className="tool"
          aria-pressed={props.textShown}
          onClick={props.onText}
          title={`${t('viewer.text')} (T)`}
        >
          {t('viewer.text')}
        </button>
        {props.asked && (
          <span className="hit-tools" aria-live="polite">
            {hits.items.length > 0
              ? t('viewer.hit', { n: hitAt + 1, total: hits.items.length })
              : t(hits.read < hits.of ? 'viewer.hitsReading' : 'viewer.noHits', {
                  read: hits.read,
                  of: hits.of,
                })}
            {tool(t('viewer.hitBefore'), 'K', () => stepHit(-1), hits.items.length < 2)}
            {tool(t('viewer.hitNext'), 'J', () => stepHit(1), hits.items.length < 2)}
          </span>
        )}
      </div>
      <div className="viewer-box">
        <div ref={box} className="osd" role="img" aria-label={t('viewer.image', { n: pageNo })} />
        {(failed || (page && !service)) && (
          <p className="viewer-note">{t(failed ? 'viewer.failed' : 'viewer.noPicture')}</p>
        )}
      </div>
      <NotShown lacks={page?.notDrawn ?? []} />
    </div>
  );
}

/** What the open page holds and its picture does not show, in one quiet line. */
function NotShown({ lacks }: { lacks: NonNullable<Page['notDrawn']> }): ReactNode {
  const { t, word } = useWording();
  if (lacks.length === 0) return null;
  const n = lacks.reduce((sum, lack) => sum + lack.count, 0);
  const list = lacks
    .map((lack) => t('viewer.notDrawnOne', { n: lack.count, kind: word('notDrawn', lack.kind) }))
    .join(t('viewer.listSep'));
  return (
    <p className="viewer-lacks" role="note">
      {t('viewer.notDrawn', { n, list })}
    </p>
  );
}

/** Marks on the open page; the current one is framed and brought into sight. */
function drawHits(osd: Osd, hits: readonly PageHit[], current: PageHit | undefined): void {
  osd.clearOverlays();
  const image = osd.world.getItemAt(0);
  if (!image) return;
  for (const hit of hits) {
    if (!hit.box) continue;
    const [x = 0, y = 0, w = 0, h = 0] = hit.box;
    const element = document.createElement('div');
    element.className = hit === current ? 'hit-mark current' : 'hit-mark';
    const place = image.imageToViewportRectangle(x, y, w, h);
    osd.addOverlay({ element, location: place });
    if (hit === current && !osd.viewport.getBounds(true).containsPoint(place.getCenter()))
      osd.viewport.panTo(place.getCenter());
  }
}
