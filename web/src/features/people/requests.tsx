import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { oneOf } from '../../api/requests.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, Loading, PageHead, Status, type Tone, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { usePlace, useWantedTitle } from './queries.ts';
import type { RightsChange } from './shapes.ts';

export const REQUEST_TONES: Record<RightsChange['state'], Tone> = {
  proposed: 'waiting',
  approved: 'done',
  rejected: 'closed',
};
const STATES = ['proposed', 'approved', 'rejected', 'all'] as const;

/** Changes of rights somebody asked for. */
export function RightsRequests(): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const can = useCan();
  const place = usePlace();
  const title = useWantedTitle();
  const [view, change] = useUrlState(['state', 'cursor', 'row']);
  const state = view.state ?? 'proposed';
  const query = {
    state: oneOf(['proposed', 'approved', 'rejected'], state),
    ...(view.cursor && { cursor: view.cursor }),
    limit: 50,
  };
  const list = useQuery({
    queryKey: ['rights-changes', query],
    queryFn: () => body(api.GET('/rights-changes', { params: { query } })),
  });
  if (!can('rights.manage') && !can('rights.approve')) return <NothingHere />;
  return (
    <div className="page">
      <PageHead
        title={t('rights.title')}
        actions={
          <Segmented
            value={state}
            onChange={(next) => change({ state: next === 'proposed' ? undefined : next })}
            options={STATES.map((value) => ({ value, label: t(`rights.state.${value}`) }))}
          />
        }
      />
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && <Empty title={t('rights.none')}>{t('rights.noneText')}</Empty>}
      {list.data && list.data.items.length > 0 && (
        <>
          <div className="table-scroll">
            <DataTable
              label={t('rights.title')}
              rows={list.data.items}
              idOf={(row) => row.id}
              current={view.row}
              onCurrent={(row) => change({ row: row?.id }, { keepPage: true, replace: true })}
              onOpen={(row) => navigate(`/rights-changes/${row.id}`)}
              columns={[
                {
                  key: 'what',
                  title: t('rights.what'),
                  hint: (row) => title(row.wanted, row.person?.name),
                  cell: (row) => (
                    <Link to={`/rights-changes/${row.id}`}>{title(row.wanted, row.person?.name)}</Link>
                  ),
                },
                {
                  key: 'where',
                  title: t('people.where'),
                  width: '150px',
                  cell: (row) => place(row.archiveId),
                },
                {
                  key: 'reason',
                  title: t('access.reason'),
                  hint: (row) => row.reason,
                  cell: (row) => row.reason,
                },
                {
                  key: 'by',
                  title: t('rights.askedBy'),
                  width: '110px',
                  cell: (row) => row.proposedBy.name,
                },
                {
                  key: 'at',
                  title: t('accessChanges.at'),
                  width: '120px',
                  cell: (row) => <When at={row.proposedAt} />,
                },
                {
                  key: 'state',
                  title: t('people.state'),
                  width: '110px',
                  cell: (row) => (
                    <Status tone={REQUEST_TONES[row.state]}>{t(`rights.state.${row.state}`)}</Status>
                  ),
                },
              ]}
            />
          </div>
          <Pager list={list.data} />
        </>
      )}
    </div>
  );
}
