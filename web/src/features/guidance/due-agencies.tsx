import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, body } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Code, Empty, Loading, Status } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useWording } from '../../wording.tsx';
import type { AgencyDue } from './queries.ts';

/** Who is late with what: the archive's agencies one by one. */
export function DueAgencies({ archiveId, late }: { archiveId: string; late: boolean }): ReactNode {
  const { t } = useWording();
  const [view, change] = useUrlState(['cursor', 'row']);
  const asked = {
    archive: archiveId,
    ...(late && { late }),
    ...(view.cursor && { cursor: view.cursor }),
    limit: 50,
  };
  const list = useQuery({
    queryKey: ['due', 'agencies', asked],
    queryFn: () => body(api.GET('/due/agencies', { params: { query: asked } })),
  });
  if (list.error) return <Trouble error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <Loading />;
  if (list.data.items.length === 0) return <Empty title={t('due.none')}>{t('due.noneText')}</Empty>;
  const owes = (a: AgencyDue): string =>
    a.kinds.map((k) => `${t(`due.kind.${k.kind}`)} ${k.all}`).join(' · ') || t('due.nothing');
  const all = (a: AgencyDue): number => a.kinds.reduce((n, k) => n + k.all, 0);
  return (
    <>
      <div className="table-scroll">
        <DataTable
          label={t('due.agencies')}
          rows={list.data.items}
          idOf={(a) => a.agencyId}
          current={view.row}
          onCurrent={(row) => change({ row: row?.agencyId }, { keepPage: true, replace: true })}
          columns={[
            {
              key: 'code',
              title: t('network.code'),
              width: '90px',
              cell: (a) => <Code value={a.code} />,
            },
            {
              key: 'name',
              title: t('due.agency'),
              width: '200px',
              hint: (a) => a.name,
              cell: (a) => <Link to={`/due?agency=${a.agencyId}`}>{a.name}</Link>,
            },
            { key: 'owes', title: t('due.what'), hint: owes, cell: owes },
            {
              key: 'late',
              title: t('due.late'),
              width: '190px',
              cell: (a) => (
                <Status tone={a.late > 0 ? 'wrong' : all(a) > 0 ? 'waiting' : 'done'}>
                  {t('due.total', { n: all(a), late: a.late })}
                </Status>
              ),
            },
          ]}
        />
      </div>
      <Pager list={list.data} />
    </>
  );
}
