import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, body } from '../../api/client.ts';
import { Code, Loading, Status, type Tone, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import type { DropEntry } from './queries.ts';
import '../../styles/table.css';

const TONES: Readonly<Record<NonNullable<DropEntry['outcome']>, Tone>> = {
  taken: 'done',
  changed: 'done',
  unchanged: 'done',
  refused: 'wrong',
  setAside: 'wrong',
};

/** Where a system's drop folder is, and what lay in it lately. */
export function Drop({ systemId, folder }: { systemId: string; folder: string }): ReactNode {
  const { t } = useWording();
  const list = useQuery({
    queryKey: ['intake', 'drop', systemId],
    queryFn: () =>
      body(
        api.GET('/intake/systems/{id}/drop', { params: { path: { id: systemId }, query: { limit: 20 } } }),
      ),
    refetchInterval: 10_000,
  });
  return (
    <section aria-label={t('intake.drop')} style={{ marginTop: 24 }}>
      <h2 className="fields-title">{t('intake.drop')}</h2>
      <p className="small soft">
        {t('intake.dropAt')} <Code value={folder} copy />
      </p>
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading lines={2} />}
      {list.data?.items.length === 0 && <p className="soft">{t('intake.dropNone')}</p>}
      {list.data && list.data.items.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways has to be reached by keys
        <section className="table-scroll" tabIndex={0} aria-label={t('intake.drop')}>
          <table className="data wrap">
            <thead>
              <tr>
                <th scope="col">{t('intake.at')}</th>
                <th scope="col">{t('intake.entry')}</th>
                <th scope="col">{t('intake.step')}</th>
                <th scope="col">{t('intake.why')}</th>
              </tr>
            </thead>
            <tbody>
              {list.data.items.map((e) => (
                <tr key={e.id}>
                  <td>
                    <When at={e.at} />
                  </td>
                  <td style={{ overflowWrap: 'anywhere', minWidth: 120 }}>
                    {e.outcome === 'setAside' ? t('intake.unnamed') : e.name}
                  </td>
                  <td>
                    {e.outcome ? (
                      <Status tone={TONES[e.outcome]}>{t(`intake.outcome.${e.outcome}`)}</Status>
                    ) : (
                      <Status tone={e.failure ? 'wrong' : 'waiting'}>{t(`intake.step.${e.step}`)}</Status>
                    )}
                  </td>
                  <td className="small">
                    {e.detail}
                    {e.failure && t('intake.failure', { why: e.failure })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}
