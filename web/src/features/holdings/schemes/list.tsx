import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { SchemeVersion } from '../../../api/shapes.ts';
import { Loading, PageHead, Status } from '../../../components/small.tsx';
import { NothingHere, Trouble } from '../../../components/trouble.tsx';
import { useArchive, useArchiveName, useCan } from '../../../shell/place.ts';
import { useWording } from '../../../wording.tsx';
import { CATEGORIES } from '../filters.tsx';
import { schemeVersions } from './queries.ts';
import '../../../styles/holdings.css';

/** Under which name a scheme of all categories stands in addresses. */
export const EVERY = 'all';

/** How this archive describes: for each category, as the standards have it or with what the archive has added. */
export function SchemeList(): ReactNode {
  const { t, word } = useWording();
  const can = useCan();
  const archive = useArchive();
  const nameOf = useArchiveName();
  const list = useQuery(schemeVersions(archive?.id ?? ''));
  if (!archive || !can('holdings.read', archive.id)) return <NothingHere />;
  const versions = list.data?.items ?? [];
  const rows: { category: string | null; versions: SchemeVersion[] }[] = [null, ...CATEGORIES].map(
    (category) => ({
      category,
      versions: versions.filter((v) => v.category === category),
    }),
  );
  return (
    <div className="page">
      <PageHead
        crumbs={[{ to: `/holdings?archive=${archive.code}`, text: nameOf(archive) }]}
        title={t('schemes.title')}
      />
      <p className="soft">{t('schemes.about')}</p>
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading lines={8} />}
      {list.data && (
        <ul className="history" aria-label={t('schemes.title')}>
          {rows.map(({ category, versions: of }) => {
            const now = of.find((v) => v.state === 'inForce');
            const next = of.find((v) => v.state === 'toCome');
            return (
              <li key={category ?? EVERY}>
                <div className="spread">
                  <span>
                    <Link to={`/description-schemes/${category ?? EVERY}?archive=${archive.code}`}>
                      <strong>{category ? word('category', category) : t('schemes.all')}</strong>
                    </Link>{' '}
                    <span className="small soft">
                      {now
                        ? `${t('schemes.version', { n: now.version })} · ${t('schemes.since', { day: now.validFrom })} · ${t('schemes.ownCount', { n: now.elements })}`
                        : t('schemes.standardOnly')}
                    </span>
                  </span>
                  {next && (
                    <Status tone="waiting">
                      {t('schemes.toCome')} {next.validFrom}
                    </Status>
                  )}
                </div>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
