import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, Loading, PageHead, Status, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { bytes } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { SendToCheck } from './send.tsx';
import { type CheckSummary, isUnderWay, resultOf, toneOf } from './shapes.ts';

/** What this person had looked at, newest first, and the place to drop more. */
export function Checks(): ReactNode {
  const { t, word } = useWording();
  const can = useCan();
  const navigate = useNavigate();
  const [view, change] = useUrlState(['cursor', 'row']);
  const query = { ...(view.cursor && { cursor: view.cursor }), limit: 50 };
  const list = useQuery({
    queryKey: ['examinations', query],
    queryFn: () => body(api.GET('/examinations', { params: { query } })),
    refetchInterval: (q) => (q.state.data?.items.some((e) => isUnderWay(e.state)) ? 3_000 : false),
  });
  if (!can('import.run') && !can('filing.write')) return <NothingHere />;
  return (
    <div className="page">
      <PageHead title={t('examination.title')} />
      <div className="stack">
        <SendToCheck />
        {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
        {list.isPending && <Loading />}
        {list.data?.items.length === 0 && (
          <Empty title={t('examination.none')}>{t('examination.noneText')}</Empty>
        )}
        {list.data && list.data.items.length > 0 && (
          <>
            <div className="table-scroll">
              <DataTable<CheckSummary>
                label={t('examination.title')}
                rows={list.data.items}
                idOf={(row) => row.id}
                current={view.row}
                onCurrent={(row) => change({ row: row?.id }, { keepPage: true, replace: true })}
                onOpen={(row) => navigate(`/checks/${row.id}`)}
                columns={[
                  {
                    key: 'name',
                    title: t('examination.name'),
                    hint: (row) => row.name,
                    cell: (row) => <Link to={`/checks/${row.id}`}>{row.name}</Link>,
                  },
                  {
                    key: 'state',
                    title: t('examination.state'),
                    width: '120px',
                    cell: (row) => <Status tone={toneOf(row)}>{t(resultOf(row))}</Status>,
                  },
                  {
                    key: 'kind',
                    title: t('examination.kind'),
                    width: '240px',
                    cell: (row) => word('examination.kind', row.kind),
                  },
                  {
                    key: 'bytes',
                    title: t('examination.size'),
                    width: '90px',
                    numeric: true,
                    cell: (row) => bytes(row.bytes),
                  },
                  {
                    key: 'at',
                    title: t('examination.checkedAt'),
                    width: '150px',
                    cell: (row) => <When at={row.createdAt} />,
                  },
                  {
                    key: 'until',
                    title: t('examination.expiresAt'),
                    width: '150px',
                    cell: (row) => <When at={row.expiresAt} />,
                  },
                ]}
              />
            </div>
            <Pager list={list.data} />
          </>
        )}
      </div>
    </div>
  );
}
