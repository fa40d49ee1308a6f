import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import type { ReactNode } from 'react';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, Loading, PageHead, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { count } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { CheckpointDetail } from './checkpoint.tsx';
import { TrailPages } from './head.tsx';
import { KeepingState } from './keeping.tsx';
import { checkpoints } from './queries.ts';
import '../../styles/audit.css';

const KEYS = ['cursor', 'row'] as const;

/** The signed heads of the trail, and how it is kept. */
export function Checkpoints(): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const [view, change] = useUrlState(KEYS);
  const list = useQuery({ ...checkpoints(view.cursor), placeholderData: keepPreviousData });
  const newest = useQuery(checkpoints(undefined)).data?.items[0];
  if (!can('audit.read')) return <NothingHere />;
  const current = list.data?.items.find((c) => String(c.size) === view.row);
  return (
    <div className="page">
      <PageHead title={t('trail.title')} />
      <TrailPages />
      <p className="soft">{t('trail.lead')}</p>
      <KeepingState />
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && <Empty title={t('trail.none')}>{t('trail.noneText')}</Empty>}
      {list.data && list.data.items.length > 0 && (
        <>
          <div className="table-scroll">
            <DataTable
              label={t('trail.title')}
              rows={list.data.items}
              idOf={(row) => String(row.size)}
              current={view.row}
              onCurrent={(row) => change({ row: row && String(row.size) }, { keepPage: true, replace: true })}
              onOpen={(row) => change({ row: String(row.size) }, { keepPage: true })}
              columns={[
                {
                  key: 'size',
                  title: t('trail.size'),
                  width: '120px',
                  numeric: true,
                  cell: (row) => count(row.size),
                },
                {
                  key: 'at',
                  title: t('trail.signedAt'),
                  width: '180px',
                  cell: (row) => <When at={row.madeAt} />,
                },
                {
                  key: 'root',
                  title: t('trail.root'),
                  hint: (row) => row.root,
                  cell: (row) => <span className="code small">{row.root}</span>,
                },
              ]}
            />
          </div>
          <Pager list={list.data} />
        </>
      )}
      <Drawer
        title={current && t('trail.one', { size: count(current.size) })}
        open={current !== undefined}
        onClose={() => change({ row: undefined }, { keepPage: true, replace: true })}
        size={560}
        mask={false}
        destroyOnHidden
      >
        {current && <CheckpointDetail key={current.size} checkpoint={current} newest={newest ?? current} />}
      </Drawer>
    </div>
  );
}
