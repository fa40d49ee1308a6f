import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Status, When } from '../../components/small.tsx';
import { count } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { ARRANGEMENT_TONES, openArrangements } from './queries.ts';

/** Moves, joinings and divisions that are not done yet: what waits for another person, runs, or was stopped. Nothing where there are none. */
export function OpenArrangements({ archiveId }: { archiveId: string }): ReactNode {
  const { t, word } = useWording();
  const list = useQuery(openArrangements(archiveId));
  if (!list.data?.items.length) return null;
  return (
    <section className="notice is-waiting" aria-labelledby="open-arrangements">
      <h2 className="fields-title" id="open-arrangements">
        {t('arrange.openTitle')}
      </h2>
      <ul className="plain-list">
        {list.data.items.map((one) => (
          <li key={one.id}>
            <Link to={`/arrangement/${one.id}`}>
              {word('arrange.kind', one.kind)}
              {one.from && ` ${one.from.number}`}
              {one.to && ` → ${one.to.number} ${one.to.name}`}
              {one.reason && ` · ${one.reason}`}
            </Link>{' '}
            <Status tone={ARRANGEMENT_TONES[one.state]}>{word('arrange.state', one.state)}</Status>{' '}
            <span className="small soft">
              {one.state === 'queued' &&
                one.total > 0 &&
                `${t('arrange.progress', { done: count(one.done), total: count(one.total) })} · `}
              {one.proposedByName} <When at={one.proposedAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
