import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { api, body } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { WithReason } from '../../components/with-reason.tsx';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';

/** Copies that are still to go: of stores out of reach, and media that people withdraw. */
export function Places({ id, archiveId }: { id: string; archiveId: string }): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const queries = useQueryClient();
  const params = { path: { id }, query: { state: 'waiting' as const, limit: 50 } };
  const waiting = useQuery({
    queryKey: ['disposal', id, 'places'],
    queryFn: () => body(api.GET('/disposals/{id}/removals', { params })),
  });
  const again = useMutation({
    mutationFn: () => body(api.POST('/disposals/{id}/run', { params: { path: { id } } })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['disposal', id] }),
  });
  const signOff = useMutation({
    mutationFn: ({ mediumId, note }: { mediumId: string; note: string }) =>
      body(
        api.POST('/disposals/{id}/media/{mediumId}/sign-off', {
          params: { path: { id, mediumId } },
          body: { note },
        }),
      ),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['disposal', id] }),
  });
  const media = new Map(
    waiting.data?.items.flatMap((row) => (row.place === 'medium' ? [[row.placeId, row.placeName]] : [])),
  );
  return (
    <section className="stack">
      <h2 className="fields-title">{t('disposal.waiting')}</h2>
      <p className="soft">{t('disposal.waitingText')}</p>
      {(waiting.error ?? again.error) && <Trouble error={waiting.error ?? again.error} />}
      {can('disposal.propose', archiveId) && (
        <div>
          <Button loading={again.isPending} onClick={() => again.mutate()}>
            {t('disposal.again')}
          </Button>
        </div>
      )}
      {can('preservation.manage', archiveId) &&
        [...media].map(([mediumId, name]) => (
          <WithReason
            key={mediumId}
            act={`${t('disposal.signOff')}: ${name}`}
            what={t('disposal.waitingText')}
            reason={t('disposal.signOff.note')}
            pending={signOff.isPending}
            error={signOff.error}
            onAct={(note) => signOff.mutate({ mediumId, note })}
          />
        ))}
      {waiting.data && (
        <div className="table-scroll">
          <DataTable
            label={t('disposal.waiting')}
            rows={waiting.data.items}
            idOf={(row) => `${row.place}-${row.placeId}-${row.objectId}`}
            columns={[
              { key: 'place', title: t('disposal.place'), width: '220px', cell: (row) => row.placeName },
              { key: 'title', title: t('field.title'), hint: (row) => row.title, cell: (row) => row.title },
              {
                key: 'tried',
                title: t('disposal.tried'),
                width: '130px',
                cell: (row) => row.triedAt && <When at={row.triedAt} />,
              },
              {
                key: 'trouble',
                title: t('disposal.trouble'),
                hint: (row) => row.trouble,
                cell: (row) => row.trouble ?? (row.place === 'medium' ? t('disposal.byHand') : null),
              },
            ]}
          />
        </div>
      )}
    </section>
  );
}
