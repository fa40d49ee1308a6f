import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Drawer, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { ApiError, fileUrl } from '../../api/client.ts';
import { oneOf } from '../../api/requests.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Code, Empty, Loading, PageHead, Status } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { listOf } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useArchive, useCan } from '../../shell/place.ts';
import { useWording, type Wording } from '../../wording.tsx';
import { LeaveDetail } from './detail.tsx';
import { LEAVE_TONES, type Leave, leaveList } from './queries.ts';

const STATES = ['proposed', 'coming', 'running', 'endsSoon', 'ended', 'revoked', 'rejected'] as const;

/** All leave asked for and given in single cases in an archive. */
export function AllLeave(): ReactNode {
  const wording = useWording();
  const { t, language } = wording;
  const can = useCan();
  const archive = useArchive();
  const [view, change] = useUrlState(['person', 'state', 'cursor', 'row']);
  const state = oneOf(STATES, view.state);
  const filter = { ...(view.person && { person: view.person }), ...(state && { state }) };
  const list = useQuery({
    ...leaveList({
      archiveId: archive?.id ?? '',
      ...filter,
      ...(view.cursor && { cursor: view.cursor }),
      limit: 50,
    }),
    enabled: archive !== undefined && can('grants.manage', archive.id),
    placeholderData: keepPreviousData,
  });
  if (!archive || !can('grants.manage', archive.id)) return <NothingHere />;
  // A post for a part of the archive keeps leave record by record, and has no table of all.
  if (list.error instanceof ApiError && list.error.status === 403) return <NothingHere />;
  const current = list.data?.items.find((leave) => leave.id === view.row);
  return (
    <div className="page">
      <PageHead title={t('grants.listTitle')} />
      <div className="row no-print" style={{ marginBottom: 12 }}>
        <Input.Search
          allowClear
          defaultValue={view.person ?? ''}
          aria-label={t('grants.findPerson')}
          placeholder={t('grants.findPerson')}
          style={{ maxWidth: 240 }}
          onSearch={(person) => change({ person: person.trim() || undefined, row: undefined })}
        />
        <Select
          aria-label={t('grants.state')}
          value={state ?? 'all'}
          style={{ minWidth: 150 }}
          onChange={(next) => change({ state: next === 'all' ? undefined : next, row: undefined })}
          options={['all' as const, ...STATES].map((value) => ({ value, label: t(`grants.state.${value}`) }))}
        />
      </div>
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && (
        <Empty title={t('grants.listNone')}>{t('grants.listNoneText')}</Empty>
      )}
      {list.data && list.data.items.length > 0 && (
        <>
          <div className="table-scroll">
            <DataTable
              label={t('grants.listTitle')}
              rows={list.data.items}
              idOf={(row) => row.id}
              current={view.row}
              onCurrent={(row) => change({ row: row?.id }, { keepPage: true, replace: true })}
              onOpen={(row) => change({ row: row.id }, { keepPage: true })}
              columns={columns(wording)}
            />
          </div>
          <Pager list={list.data}>
            <a href={fileUrl(`/archives/${archive.id}/grants.xlsx`, { ...filter, lang: language })} download>
              {t('act.xlsx')}
            </a>
          </Pager>
        </>
      )}
      <Drawer
        title={current && t('grants.lineTitle', { name: current.person.name, title: current.title })}
        open={current !== undefined}
        onClose={() => change({ row: undefined }, { keepPage: true, replace: true })}
        size={520}
        // Beside the table, not over it: the next row is one click away.
        mask={false}
        destroyOnHidden
      >
        {current && <LeaveDetail key={current.id} leave={current} />}
      </Drawer>
    </div>
  );
}

function columns({ t, language }: Wording): Column<Leave>[] {
  const gives = (row: Leave): string =>
    listOf(
      language,
      row.gives.map((g) => t(`visibility.sight.${g}`)),
    );
  return [
    {
      key: 'person',
      title: t('grants.person'),
      width: '110px',
      hint: (row) => row.person.name,
      cell: (row) => row.person.name,
    },
    {
      key: 'state',
      title: t('grants.state'),
      width: '130px',
      cell: (row) => <Status tone={LEAVE_TONES[row.state]}>{t(`grants.state.${row.state}`)}</Status>,
    },
    {
      key: 'what',
      title: t('grants.what'),
      hint: (row) => `${row.code ?? ''} ${row.title}`,
      cell: (row) => (
        <>
          {row.code && <Code value={row.code} />} {row.title}
        </>
      ),
    },
    { key: 'gives', title: t('grants.gives'), width: '150px', hint: gives, cell: gives },
    {
      key: 'reason',
      title: t('grants.reason'),
      width: '150px',
      hint: (row) => `${row.reason} · ${row.basis}`,
      cell: (row) => row.reason,
    },
    {
      key: 'days',
      title: t('grants.days'),
      width: '200px',
      cell: (row) => (
        <span className="nowrap">
          {row.from} – {row.until}
        </span>
      ),
    },
    { key: 'by', title: t('grants.proposedBy'), width: '90px', cell: (row) => row.proposedBy.name },
    { key: 'decided', title: t('grants.decidedBy'), width: '90px', cell: (row) => row.decidedBy?.name },
  ];
}
