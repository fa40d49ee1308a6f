import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, body } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, Loading, PageHead, Status, type Tone, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { bytes, count } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { OrderActs, OrderProgress } from './order-progress.tsx';
import { isUnderWay, ORDERS, type PrintOrder } from './queries.ts';
import '../../styles/printing.css';

const TONES: Readonly<Record<PrintOrder['state'], Tone>> = {
  waiting: 'waiting',
  running: 'waiting',
  done: 'done',
  failed: 'wrong',
  cancelled: 'plain',
};

/** What this person has printed, newest first. */
export function PrintOrders(): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const [view, change] = useUrlState(['cursor', 'row']);
  const query = { ...(view.cursor && { cursor: view.cursor }), limit: 50 };
  const list = useQuery({
    queryKey: [...ORDERS, query],
    queryFn: () => body(api.GET('/print-orders', { params: { query } })),
    refetchInterval: (q) => (q.state.data?.items.some(isUnderWay) ? 1_500 : false),
  });
  if (!can('holdings.read')) return <NothingHere />;
  return (
    <div className="page">
      <PageHead title={t('printing.mine')} />
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && <Empty title={t('printing.title')}>{t('printing.none')}</Empty>}
      {list.data && list.data.items.length > 0 && (
        <div className="stack">
          <div className="table-scroll">
            <DataTable<PrintOrder>
              label={t('printing.mine')}
              rows={list.data.items}
              idOf={(row) => row.id}
              current={view.row}
              onCurrent={(row) => change({ row: row?.id }, { keepPage: true, replace: true })}
              columns={[
                { key: 'name', title: t('printing.form'), hint: (row) => row.name, cell: (row) => row.name },
                {
                  key: 'format',
                  title: t('printing.format'),
                  width: '90px',
                  cell: (row) => `.${row.format}`,
                },
                {
                  key: 'state',
                  title: t('printing.state'),
                  width: '110px',
                  cell: (row) => <Status tone={TONES[row.state]}>{t(`printing.state.${row.state}`)}</Status>,
                },
                {
                  key: 'pages',
                  title: t('field.pages'),
                  width: '80px',
                  numeric: true,
                  cell: (row) => (row.format === 'pdf' ? count(row.pages) : ''),
                },
                {
                  key: 'bytes',
                  title: t('examination.size'),
                  width: '90px',
                  numeric: true,
                  cell: (row) => (row.bytes === null ? '' : bytes(row.bytes)),
                },
                {
                  key: 'at',
                  title: t('field.createdAt'),
                  width: '150px',
                  cell: (row) => <When at={row.createdAt} />,
                },
                {
                  key: 'acts',
                  title: '',
                  width: '170px',
                  cell: (row) => <OrderActs order={row} />,
                },
              ]}
            />
          </div>
          <Pager list={list.data} />
          {view.row && (
            <OrderProgress
              id={view.row}
              onRemoved={() => change({ row: undefined }, { keepPage: true, replace: true })}
            />
          )}
        </div>
      )}
    </div>
  );
}
