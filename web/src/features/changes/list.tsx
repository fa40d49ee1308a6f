import { useQuery } from '@tanstack/react-query';
import { Checkbox, Select } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, Loading, PageHead, Status, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { count } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useArchive } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { OpenArrangements } from '../arrangement/open-list.tsx';
import { CHANGE_KINDS, changesetList } from './queries.ts';
import '../../styles/changes.css';

/** What was changed in descriptions, the newest first: each leads to what it changed, and to its way back. */
export function Changes(): ReactNode {
  const { t, word } = useWording();
  const archive = useArchive();
  const [view, change] = useUrlState(['kind', 'mine', 'cursor', 'from_row']);
  const list = useQuery({ ...changesetList(archive?.id ?? '', view), enabled: archive !== undefined });
  if (!archive) return <NothingHere />;
  return (
    <div className="page">
      <PageHead title={t('changes.title')} />
      <OpenArrangements archiveId={archive.id} />
      <div className="row filter-row">
        <Select
          aria-label={t('changes.kindTitle')}
          style={{ minWidth: 180 }}
          value={view.kind ?? ''}
          onChange={(kind) => change({ kind: kind || undefined })}
          options={[
            { value: '', label: t('changes.allKinds') },
            ...CHANGE_KINDS.map((kind) => ({ value: kind, label: word('changes.kind', kind) })),
          ]}
        />
        <Checkbox
          checked={view.mine === '1'}
          onChange={(event) => change({ mine: event.target.checked ? '1' : undefined })}
        >
          {t('changes.mine')}
        </Checkbox>
      </div>
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {!list.data && !list.error && <Loading lines={10} />}
      {list.data?.items.length === 0 && <Empty title={t('changes.none')}>{t('changes.noneText')}</Empty>}
      {list.data && list.data.items.length > 0 && (
        <>
          <DataTable
            label={t('changes.title')}
            rows={list.data.items}
            idOf={(row) => row.id}
            columns={[
              { key: 'at', title: t('changes.at'), width: '150px', cell: (row) => <When at={row.at} /> },
              {
                key: 'kind',
                title: t('changes.kindTitle'),
                width: '150px',
                cell: (row) => <Link to={`/changes/${row.id}`}>{word('changes.kind', row.kind)}</Link>,
              },
              {
                key: 'by',
                title: t('changes.by'),
                width: '140px',
                hint: (row) => row.by,
                cell: (row) => row.by,
              },
              {
                key: 'n',
                title: t('changes.entries'),
                width: '90px',
                numeric: true,
                cell: (row) => count(row.changes),
              },
              {
                key: 'reason',
                title: t('changes.reason'),
                hint: (row) => row.reason,
                cell: (row) => row.reason ?? <span className="soft">{t('description.none')}</span>,
              },
              {
                key: 'state',
                title: t('certificates.stateTitle'),
                width: '120px',
                cell: (row) => (row.undoneBy ? <Status tone="closed">{t('changes.undone')}</Status> : null),
              },
            ]}
          />
          <Pager list={list.data} />
        </>
      )}
    </div>
  );
}
