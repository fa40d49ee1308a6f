import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, Loading, PageHead, Status, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useArchive } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { DRAFT_STATES, draftList } from './queries.ts';
import '../../styles/changes.css';

export const DRAFT_TONES = {
  writing: 'waiting',
  submitted: 'waiting',
  accepted: 'done',
  returned: 'wrong',
  withdrawn: 'closed',
} as const;

/** Drafts of descriptions: for who writes all of an archive, else one's own. */
export function Drafts(): ReactNode {
  const { t, word } = useWording();
  const archive = useArchive();
  const [view, change] = useUrlState(['state', 'cursor', 'from_row']);
  const list = useQuery({ ...draftList(archive?.id ?? '', view), enabled: archive !== undefined });
  if (!archive) return <NothingHere />;
  return (
    <div className="page">
      <PageHead title={t('drafts.title')} />
      <div className="row filter-row">
        <Select
          aria-label={t('certificates.stateTitle')}
          style={{ minWidth: 160 }}
          value={view.state ?? ''}
          onChange={(state) => change({ state: state || undefined })}
          options={[
            { value: '', label: t('drafts.all') },
            ...DRAFT_STATES.map((state) => ({ value: state, label: word('drafts.state', state) })),
          ]}
        />
      </div>
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {!list.data && !list.error && <Loading lines={8} />}
      {list.data?.items.length === 0 && <Empty title={t('drafts.none')}>{t('drafts.noneText')}</Empty>}
      {list.data && list.data.items.length > 0 && (
        <>
          <DataTable
            label={t('drafts.title')}
            rows={list.data.items}
            idOf={(row) => row.id}
            columns={[
              {
                key: 'title',
                title: t('field.title'),
                hint: (row) => row.title,
                cell: (row) => <Link to={`/drafts/${row.id}`}>{row.title || t('description.none')}</Link>,
              },
              {
                key: 'kind',
                title: t('drafts.kind'),
                width: '110px',
                cell: (row) => t(row.unitId ? 'drafts.correction' : 'drafts.new'),
              },
              { key: 'by', title: t('drafts.author'), width: '130px', cell: (row) => row.author },
              {
                key: 'state',
                title: t('certificates.stateTitle'),
                width: '110px',
                cell: (row) => (
                  <Status tone={DRAFT_TONES[row.state]}>{word('drafts.state', row.state)}</Status>
                ),
              },
              {
                key: 'at',
                title: t('drafts.updated'),
                width: '150px',
                cell: (row) => <When at={row.updatedAt} />,
              },
            ]}
          />
          <Pager list={list.data} />
        </>
      )}
    </div>
  );
}
