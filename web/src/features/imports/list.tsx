import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import type { ImportState } from '../../api/shapes.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, LinkButton, Loading, PageHead, Status, type Tone, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { count } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useArchive } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';

export const IMPORT_TONES: Record<ImportState, Tone> = {
  draft: 'waiting',
  checking: 'waiting',
  checked: 'waiting',
  running: 'waiting',
  done: 'done',
  failed: 'wrong',
  takingBack: 'waiting',
  takenBack: 'closed',
};

export function Imports(): ReactNode {
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
    queryKey: ['imports', query],
    queryFn: () => body(api.GET('/imports', { params: { query } })),
    enabled: Boolean(archive),
  });
  if (!archive) return <NothingHere />;
  const start = (
    <LinkButton to={`/imports/new?archive=${archive.code}`} type="primary">
      {t('imports.new')}
    </LinkButton>
  );
  return (
    <div className="page">
      <PageHead title={t('imports.title')} actions={start} />
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && (
        <Empty title={t('imports.none')} acts={start}>
          {t('imports.noneText')}
        </Empty>
      )}
      {list.data && list.data.items.length > 0 && (
        <>
          <div className="table-scroll">
            <DataTable
              label={t('imports.title')}
              rows={list.data.items}
              idOf={(row) => row.id}
              current={view.row}
              onCurrent={(row) => change({ row: row?.id }, { keepPage: true, replace: true })}
              onOpen={(row) => navigate(`/imports/${row.id}`)}
              columns={[
                {
                  key: 'file',
                  title: t('imports.file'),
                  hint: (row) => row.fileName,
                  cell: (row) => <Link to={`/imports/${row.id}`}>{row.fileName}</Link>,
                },
                {
                  key: 'state',
                  title: t('imports.stateTitle'),
                  width: '120px',
                  cell: (row) => (
                    <Status tone={IMPORT_TONES[row.state]}>{t(`imports.state.${row.state}`)}</Status>
                  ),
                },
                {
                  key: 'total',
                  title: t('imports.rows'),
                  width: '84px',
                  numeric: true,
                  cell: (row) => count(row.counts.total),
                },
                {
                  key: 'accepted',
                  title: t('imports.accepted'),
                  width: '84px',
                  numeric: true,
                  cell: (row) => count(row.counts.accepted),
                },
                {
                  key: 'rejected',
                  title: t('imports.rejected'),
                  width: '84px',
                  numeric: true,
                  cell: (row) => count(row.counts.rejected),
                },
                { key: 'by', title: t('imports.by'), width: '100px', cell: (row) => row.createdBy.name },
                {
                  key: 'at',
                  title: t('imports.at'),
                  width: '116px',
                  cell: (row) => <When at={row.createdAt} />,
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
