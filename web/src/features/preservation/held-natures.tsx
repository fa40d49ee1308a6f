import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { When } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';
import { heldRunsQuery } from '../natures/queries.ts';
import { Verdict } from '../natures/runs-page.tsx';

/** The last four-nature checks of what an archive holds, by the calendar or asked for. */
export function HeldNatures({ archiveId, code }: { archiveId: string; code: string }): ReactNode {
  const { t } = useWording();
  const runs = useQuery(heldRunsQuery(archiveId));
  const items = runs.data ?? [];
  return (
    <section aria-labelledby="natures-title">
      <div className="spread fields-title">
        <h2 id="natures-title">{t('keeping.natures')}</h2>
        <Link to={`/natures?archive=${code}`} className="small">
          {t('check.runs')}
        </Link>
      </div>
      {runs.data && items.length === 0 && <p className="soft">{t('keeping.naturesNone')}</p>}
      <ul>
        {items.map((run) => (
          <li key={run.id} className="spread">
            <Link to={`/natures/${run.id}`}>{run.title}</Link>
            <span className="small soft">
              <Verdict run={run} /> · <When at={run.createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
