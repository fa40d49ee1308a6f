import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body, done } from '../../api/client.ts';
import { Code, Loading, PageHead, Status, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { WithReason } from '../../components/with-reason.tsx';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import '../../styles/table.css';
import { type Batch, TONES } from './queries.ts';
import { TurnedAway } from './turned-away.tsx';

/** What bears a classification, at the doors of filing and in batches: for the security administrator alone. */
export function BlockedTransfers(): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const list = useQuery({
    queryKey: ['blocked-transfers'],
    queryFn: async () => (await body(api.GET('/blocked-transfers'))).items,
    enabled: can('secrets.handle'),
  });
  if (!can('secrets.handle')) return <NothingHere />;
  return (
    <div className="page narrow">
      <PageHead title={t('transfer.blocked')} />
      <TurnedAway />
      <h2 className="fields-title">{t('classified.batches')}</h2>
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data?.length === 0 && <p className="soft">{t('transfer.blockedNone')}</p>}
      <ul className="stack">
        {list.data?.map((batch) => (
          <Blocked key={batch.id} batch={batch} />
        ))}
      </ul>
    </div>
  );
}

function Blocked({ batch }: { batch: Batch }): ReactNode {
  const { t, word } = useWording();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  // Looking is told in the trail, so it is asked for by a click.
  const places = useQuery({
    queryKey: ['blocked-transfer', batch.id],
    queryFn: () => body(api.GET('/blocked-transfers/{id}', { params: { path: { id: batch.id } } })),
    enabled: open,
  });
  const remove = useMutation({
    mutationFn: (reason: string) =>
      done(
        api.POST('/blocked-transfers/{id}/removal', {
          params: { path: { id: batch.id } },
          body: { reason },
        }),
      ),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['blocked-transfers'] }),
  });
  return (
    <li className="stack">
      <div className="work-row">
        <span className="grow">
          <span className="work-title">
            <Code value={batch.number} /> {batch.agency.name}
          </span>
          <span className="small soft">
            <When at={batch.movedAt} />
          </span>
        </span>
        <Status tone={TONES[batch.state]}>{t(`transfer.state.${batch.state}`)}</Status>
        {!open && (
          <Button size="small" onClick={() => setOpen(true)}>
            {t('transfer.blockedPlaces')}
          </Button>
        )}
      </div>
      {places.error && <Trouble error={places.error} />}
      {places.data && (
        <table className="data wrap" aria-label={t('transfer.blockedPlaces')}>
          <thead>
            <tr>
              <th scope="col">{t('transfer.where')}</th>
              <th scope="col" style={{ width: 140 }}>
                {t('transfer.what')}
              </th>
            </tr>
          </thead>
          <tbody>
            {places.data.places.map((p) => (
              <tr key={p.seq}>
                <td className="code" style={{ overflowWrap: 'anywhere' }}>
                  {p.place}
                </td>
                <td>{word('transfer.blockedWhat', p.what)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {batch.state === 'blocked' && open && (
        <WithReason
          act={t('transfer.blockedRemove')}
          what={t('transfer.blockedText')}
          reason={t('transfer.reason')}
          danger
          pending={remove.isPending}
          error={remove.error}
          onAct={(reason) => remove.mutate(reason)}
        />
      )}
    </li>
  );
}
