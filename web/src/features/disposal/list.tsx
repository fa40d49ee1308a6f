import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, Loading, PageHead, Status, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { bytes, count } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useArchive } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { DisposalParts } from './parts.tsx';
import { TONES } from './tones.ts';
import '../../styles/preservation.css';

/** Lists of what is to be destroyed, or was. */
export function Disposals(): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const archive = useArchive();
  const [view, change] = useUrlState(['cursor', 'row']);
  const query = {
    ...(archive && { archive: archive.id }),
    ...(view.cursor && { cursor: view.cursor }),
    limit: 50,
  };
  const list = useQuery({
    queryKey: ['disposals', query],
    queryFn: () => body(api.GET('/disposals', { params: { query } })),
  });
  if (!archive) return <NothingHere />;
  return (
    <div className="page">
      <PageHead title={t('disposal.title')} />
      <DisposalParts />
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && <Empty title={t('disposal.none')}>{t('disposal.noneText')}</Empty>}
      {list.data && list.data.items.length > 0 && (
        <>
          <div className="table-scroll">
            <DataTable
              label={t('disposal.title')}
              rows={list.data.items}
              idOf={(row) => row.id}
              current={view.row}
              onCurrent={(row) => change({ row: row?.id }, { keepPage: true, replace: true })}
              onOpen={(row) => navigate(`/disposals/${row.id}`)}
              columns={[
                {
                  key: 'number',
                  title: t('disposal.number'),
                  width: '190px',
                  cell: (row) => <Link to={`/disposals/${row.id}`}>{row.number}</Link>,
                },
                {
                  key: 'title',
                  title: t('disposal.register.list'),
                  hint: (row) => row.title,
                  cell: (row) => row.title,
                },
                {
                  key: 'units',
                  title: t('disposal.units'),
                  width: '72px',
                  numeric: true,
                  cell: (row) => count(row.unitCount),
                },
                {
                  key: 'files',
                  title: t('disposal.files'),
                  width: '72px',
                  numeric: true,
                  cell: (row) => count(row.fileCount),
                },
                {
                  key: 'bytes',
                  title: t('disposal.bytes'),
                  width: '100px',
                  numeric: true,
                  cell: (row) => bytes(row.byteCount),
                },
                {
                  key: 'by',
                  title: t('disposal.proposedBy'),
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
                  width: '130px',
                  cell: (row) => <Status tone={TONES[row.state]}>{t(`disposal.state.${row.state}`)}</Status>,
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
