import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Scroll } from '../../components/scroll.tsx';
import { When } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';
import { KINDS, type MediaDue } from './queries.ts';
import { TestOutcome } from './words.tsx';

/** Media a sample of which is to be tested now, and the rule it goes by. */
export function Due({ due }: { due: MediaDue }): ReactNode {
  const { t } = useWording();
  const { rules } = due;
  return (
    <section aria-labelledby="due-title">
      <h2 className="fields-title" id="due-title">
        {t('media.due')}
      </h2>
      <p className="soft small">
        {t('media.dueRule', {
          kinds: KINDS.map((kind) =>
            t('media.dueKind', { kind: t(`media.kind.${kind}`), n: rules.testYears[kind] ?? 0 }),
          ).join(t('media.comma')),
          share: rules.testShare,
        })}
      </p>
      {due.due.length === 0 ? (
        <p className="notice is-done">{t('media.dueNone')}</p>
      ) : (
        <Scroll label={t('media.due')}>
          <table className="data wrap" style={{ minWidth: 520 }}>
            <thead>
              <tr>
                <th scope="col">{t('media.number')}</th>
                <th scope="col">{t('media.label.kind')}</th>
                <th scope="col">{t('media.label.written')}</th>
                <th scope="col">{t('media.lastTest')}</th>
              </tr>
            </thead>
            <tbody>
              {due.due.map((medium) => (
                <tr key={medium.id}>
                  <td>
                    <Link to={`/preservation/media/${medium.id}`}>{medium.number}</Link>
                  </td>
                  <td>{t(`media.kind.${medium.kind}`)}</td>
                  <td>
                    <When at={medium.writtenAt} />
                  </td>
                  <td>
                    <TestOutcome outcome={medium.testOutcome} /> <When at={medium.testedAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}
