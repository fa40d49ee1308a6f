import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Unit } from '../../api/shapes.ts';
import { Loading, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { Differences } from './differences.tsx';
import { unitVersions } from './queries.ts';
import '../../styles/changes.css';

/** Every version of a description: who made it, when, why, and what differs. The newest lies open. */
export function Versions({ unit }: { unit: Unit }): ReactNode {
  const { t, word } = useWording();
  const versions = useInfiniteQuery(unitVersions(unit.id));
  if (versions.error) return <Trouble error={versions.error} retry={() => void versions.refetch()} />;
  if (!versions.data) return <Loading lines={3} />;
  const all = versions.data.pages.flatMap((page) => page.items);
  if (all.length === 0) return <p className="soft">{t('changes.noneOfUnit')}</p>;
  return (
    <section className="stack" aria-label={t('changes.versions')}>
      {all.map((v, n) => (
        <details key={v.id} className="version" open={n === 0}>
          <summary>
            <span>
              {t('changes.sentence', { actor: v.by, kind: word('changes.kind', v.kind), version: v.version })}
            </span>{' '}
            <span className="small soft">
              <When at={v.at} />
            </span>
            {v.reason && <span className="small version-reason">{v.reason}</span>}
          </summary>
          <Differences of={v.differences} />
          <Link className="small" to={`/changes/${v.changesetId}`}>
            {t('changes.whole')}
          </Link>
        </details>
      ))}
      {versions.hasNextPage && (
        <div>
          <Button
            size="small"
            loading={versions.isFetchingNextPage}
            onClick={() => void versions.fetchNextPage()}
          >
            {t('changes.earlier')}
          </Button>
        </div>
      )}
    </section>
  );
}
