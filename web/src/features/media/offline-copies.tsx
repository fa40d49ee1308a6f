import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Status } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';
import { offlineCopies, TONES } from './queries.ts';
import { usePurpose } from './words.tsx';

/** Of an object's copies off-line, how many count, and on which media they are. */
export function OfflineCopies({ objectId }: { objectId: string }): ReactNode {
  const { t } = useWording();
  const purposeOf = usePurpose();
  const { data } = useQuery({ ...offlineCopies(objectId), retry: false });
  if (!data) return null;
  return (
    <section aria-labelledby="offline-title">
      <h2 className="fields-title" id="offline-title">
        {t('media.offline')}
      </h2>
      <p>{t(data.counted > 0 ? 'media.offlineCounted' : 'media.offlineNone', { n: data.counted })}</p>
      <ul className="history">
        {data.media.map((medium) => (
          <li key={medium.id}>
            <Link to={`/preservation/media/${medium.id}`}>
              {medium.number} {purposeOf(medium.purpose)}
            </Link>{' '}
            <Status tone={TONES[medium.state]}>{t(`media.state.${medium.state}`)}</Status>
            <span className="small soft">
              {medium.place ?? t('media.noPlace')} · <span className="code">{medium.head}</span>
              {!medium.current && ` · ${t('media.notCurrent')}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
