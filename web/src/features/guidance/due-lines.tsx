import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, Loading, Status } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useWording } from '../../wording.tsx';
import { type Due, type DueKind, placeOf } from './queries.ts';

interface Query {
  archive: string;
  agency?: string;
  kind?: DueKind;
  side?: Due['side'];
  late?: boolean;
}

const keyOf = (d: Due): string => [d.kind, d.id, d.year ?? '', d.agency.id].join(' ');

/** What is due line by line, the earliest day first. */
export function DueLines({ query, withAgency }: { query: Query; withAgency: boolean }): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const [view, change] = useUrlState(['cursor', 'row']);
  const asked = { ...query, ...(view.cursor && { cursor: view.cursor }), limit: 50 };
  const list = useQuery({
    queryKey: ['due', asked],
    queryFn: () => body(api.GET('/due', { params: { query: asked } })),
  });
  if (list.error) return <Trouble error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <Loading />;
  if (list.data.items.length === 0) return <Empty title={t('due.none')}>{t('due.noneText')}</Empty>;
  const columns: Column<Due>[] = [
    { key: 'kind', title: t('due.what'), width: '170px', cell: (d) => t(`due.kind.${d.kind}`) },
    {
      key: 'label',
      title: t('due.matter'),
      hint: matterOf,
      cell: (d) => <Link to={placeOf(d)}>{matterOf(d) || t(`due.kind.${d.kind}`)}</Link>,
    },
    ...(withAgency
      ? [
          {
            key: 'agency',
            title: t('due.agency'),
            width: '180px',
            hint: (d: Due) => d.agency.name,
            cell: (d: Due) => d.agency.name,
          },
        ]
      : []),
    { key: 'side', title: t('due.sideLabel'), width: '96px', cell: (d) => t(`due.side.${d.side}`) },
    {
      key: 'by',
      title: t('due.by'),
      width: '180px',
      cell: (d) => {
        if (d.late) return <Status tone="wrong">{`${d.dueOn} · ${t('due.late')}`}</Status>;
        return d.dueOn ?? (d.kind === 'scheduleNone' ? '' : t('due.since', { day: d.day }));
      },
    },
  ];
  return (
    <>
      <div className="table-scroll">
        <DataTable
          label={t('due.title')}
          rows={list.data.items}
          idOf={keyOf}
          current={view.row}
          onCurrent={(row) => change({ row: row && keyOf(row) }, { keepPage: true, replace: true })}
          onOpen={(row) => navigate(placeOf(row))}
          columns={columns}
        />
      </div>
      <Pager list={list.data} />
    </>
  );
}

const matterOf = (d: Due): string => [d.year, d.label].filter(Boolean).join(' ');
