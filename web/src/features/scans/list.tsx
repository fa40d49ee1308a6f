import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import type { ScanImport } from '../../api/shapes.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, LinkButton, Loading, PageHead, Status, type Tone, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { count } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useArchive } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';

export const SCAN_TONES: Record<ScanImport['state'], Tone> = {
  draft: 'waiting',
  matching: 'waiting',
  matched: 'waiting',
  running: 'waiting',
  done: 'done',
  failed: 'wrong',
};

export function Scans(): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const archive = useArchive();
  const [view, change] = useUrlState(['cursor', 'row']);
  const query = {
    archive: archive?.id ?? '',
    ...(view.cursor && { cursor: view.cursor }),
    limit: 50,
  };
  const list = useQuery({
    queryKey: ['scan-imports', query],
    queryFn: () => body(api.GET('/scan-imports', { params: { query } })),
    enabled: Boolean(archive),
  });
  if (!archive) return <NothingHere />;
  const start = (
    <LinkButton to={`/scans/new?archive=${archive.code}`} type="primary">
      {t('scans.new')}
    </LinkButton>
  );
  return (
    <div className="page">
      <PageHead
        title={t('scans.title')}
        actions={
          <>
            <LinkButton to={`/holdings?archive=${archive.code}&held=no&level=item`}>
              {t('scans.without')}
            </LinkButton>
            {start}
          </>
        }
      />
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && (
        <Empty title={t('scans.none')} acts={start}>
          {t('scans.noneText')}
        </Empty>
      )}
      {list.data && list.data.items.length > 0 && (
        <>
          <div className="table-scroll">
            <DataTable
              label={t('scans.title')}
              rows={list.data.items}
              idOf={(row) => row.id}
              current={view.row}
              onCurrent={(row) => change({ row: row?.id }, { keepPage: true, replace: true })}
              onOpen={(row) => navigate(`/scans/${row.id}`)}
              columns={[
                {
                  key: 'at',
                  title: t('imports.at'),
                  cell: (row) => (
                    <Link to={`/scans/${row.id}`}>
                      <When at={row.createdAt} /> · {row.createdBy}
                    </Link>
                  ),
                },
                {
                  key: 'state',
                  title: t('imports.stateTitle'),
                  width: '130px',
                  cell: (row) => (
                    <Status tone={SCAN_TONES[row.state]}>{t(`scans.state.${row.state}`)}</Status>
                  ),
                },
                {
                  key: 'files',
                  title: t('scans.files'),
                  width: '90px',
                  numeric: true,
                  cell: (row) => count(row.counts.files),
                },
                {
                  key: 'matched',
                  title: t('scans.matched'),
                  width: '90px',
                  numeric: true,
                  cell: (row) => count(row.counts.matchedFiles),
                },
                {
                  key: 'unmatched',
                  title: t('scans.unmatched'),
                  width: '90px',
                  numeric: true,
                  cell: (row) => count(row.counts.unmatchedFiles),
                },
                {
                  key: 'units',
                  title: t('scans.units'),
                  width: '90px',
                  numeric: true,
                  cell: (row) => count(row.counts.units),
                },
                {
                  key: 'held',
                  title: t('scans.held'),
                  width: '90px',
                  numeric: true,
                  cell: (row) => count(row.counts.held),
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
