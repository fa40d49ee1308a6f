import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { oneOf } from '../../api/requests.ts';
import type { AccessChange } from '../../api/shapes.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, Loading, PageHead, Status, type Tone, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { count } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useArchive } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { settingWords } from './access-state.tsx';

export const CHANGE_TONES: Record<AccessChange['state'], Tone> = {
  proposed: 'waiting',
  approved: 'done',
  rejected: 'closed',
};
const STATES = ['proposed', 'approved', 'rejected', 'all'] as const;

export function AccessChanges(): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const navigate = useNavigate();
  const archive = useArchive();
  const [view, change] = useUrlState(['state', 'cursor', 'row']);
  const state = view.state ?? 'proposed';
  const query = {
    ...(archive && { archive: archive.id }),
    state: oneOf(['proposed', 'approved', 'rejected'], state),
    ...(view.cursor && { cursor: view.cursor }),
    limit: 50,
  };
  const list = useQuery({
    queryKey: ['access-changes', query],
    queryFn: () => body(api.GET('/access-changes', { params: { query } })),
  });
  if (!archive) return <NothingHere />;
  return (
    <div className="page">
      <PageHead
        title={t('accessChanges.title')}
        actions={
          <Segmented
            value={state}
            onChange={(next) => change({ state: next === 'proposed' ? undefined : next })}
            options={STATES.map((value) => ({ value, label: t(`accessChanges.state.${value}`) }))}
          />
        }
      />
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && (
        <Empty title={t('accessChanges.none')}>{t('accessChanges.noneText')}</Empty>
      )}
      {list.data && list.data.items.length > 0 && (
        <>
          <div className="table-scroll">
            <DataTable
              label={t('accessChanges.title')}
              rows={list.data.items}
              idOf={(row) => row.id}
              current={view.row}
              onCurrent={(row) => change({ row: row?.id }, { keepPage: true, replace: true })}
              onOpen={(row) => navigate(`/access-changes/${row.id}`)}
              columns={[
                {
                  key: 'change',
                  title: t('accessChanges.change'),
                  width: '240px',
                  hint: (row) => settingWords(row, wording),
                  cell: (row) => <Link to={`/access-changes/${row.id}`}>→ {settingWords(row, wording)}</Link>,
                },
                {
                  key: 'units',
                  title: t('accessChanges.units'),
                  width: '72px',
                  numeric: true,
                  cell: (row) => count(row.unitCount),
                },
                {
                  key: 'reason',
                  title: t('access.reason'),
                  hint: (row) => row.reason,
                  cell: (row) => row.reason,
                },
                {
                  key: 'by',
                  title: t('accessChanges.by'),
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
                  title: t('certificates.stateTitle'),
                  width: '120px',
                  cell: (row) => (
                    <Status tone={CHANGE_TONES[row.state]}>{t(`accessChanges.state.${row.state}`)}</Status>
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
