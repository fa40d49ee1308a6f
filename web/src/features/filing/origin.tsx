import type { ReactNode } from 'react';
import { useWording } from '../../wording.tsx';
import type { RecordPage } from './queries.ts';

/** What the system a record comes from told of how it was made: drafted, checked, signed, sent. */
export function Origin({ events }: { events: RecordPage['origin'] }): ReactNode {
  const { t } = useWording();
  return (
    <section aria-labelledby="origin-title">
      <h2 id="origin-title" className="fields-title">
        {t('filingRecord.origin')}
      </h2>
      <ol className="history">
        {events.map((e) => (
          <li key={`${e.at} ${e.action} ${e.agent ?? ''}`}>
            <strong>{e.action}</strong> {e.agent} <span className="soft">{e.at}</span>
            {(e.basis || e.note) && (
              <p className="small soft">
                {[e.basis && t('filingRecord.basis', { basis: e.basis }), e.note].filter(Boolean).join(' · ')}
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
