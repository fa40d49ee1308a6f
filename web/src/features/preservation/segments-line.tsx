import type { ReactNode } from 'react';
import { count, span, whenOf } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import type { SegmentsState } from './shapes.ts';

/** How far the catalogue's own keeping in the storage root is behind the catalogue. */
export function SegmentsLine({ state }: { state: SegmentsState }): ReactNode {
  const { t } = useWording();
  const { waitingRows, oldestWaiting, delaySeconds } = state;
  const delay = span(delaySeconds);
  const since = oldestWaiting ? whenOf(oldestWaiting, new Date()) : null;
  return (
    <section aria-labelledby="segments-title">
      <h2 className="fields-title" id="segments-title">
        {t('keeping.segments')}
      </h2>
      <p>
        {since
          ? t('keeping.segments.waiting', {
              n: count(waitingRows),
              since: since.near ? `${t(`when.${since.near}`)} ${since.time}` : since.day,
              delay: t(`span.${delay.unit}`, { n: delay.n }),
            })
          : t('keeping.segments.even')}
      </p>
    </section>
  );
}
