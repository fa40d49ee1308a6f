import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { WorkDraft } from '../../api/shapes.ts';
import { LinkButton, When } from '../../components/small.tsx';
import { useArchiveName, useSession } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';

const PLACES: Readonly<Record<WorkDraft['kind'], string>> = { import: '/imports/', scanImport: '/scans/' };

/** Imports left on their way, each with where it stands and the way back to it. */
export function Drafts({ items }: { items: readonly WorkDraft[] }): ReactNode {
  const { t } = useWording();
  const { archives } = useSession();
  const nameOf = useArchiveName();
  const stands = (item: WorkDraft): string => {
    if (item.state === 'matched') return t('scans.state.matched');
    if (item.kind === 'scanImport') return t('scans.state.failed');
    return t(`imports.state.${item.state}`);
  };
  return (
    <section aria-label={t('work.drafts')}>
      <h2 className="fields-title">
        {t('work.drafts')} <span className="soft">{items.length}</span>
      </h2>
      <ul>
        {items.map((item) => {
          const archive = archives.find((a) => a.id === item.archiveId);
          return (
            <li key={item.id} className="work-row">
              <span className="small soft">{t(`work.kind.${item.kind}`)}</span>
              <span className="grow">
                <Link to={PLACES[item.kind] + item.id} className="work-title">
                  {item.title || t('work.scansWithout')}
                </Link>
                <span className="small soft">
                  {`${stands(item)} · `}
                  {archive && `${nameOf(archive)} · `}
                  <When at={item.since} />
                </span>
              </span>
              <LinkButton to={PLACES[item.kind] + item.id} size="small">
                {t('work.verb.goOn')}
              </LinkButton>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
