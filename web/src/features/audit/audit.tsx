import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import type { ReactNode } from 'react';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, Loading, PageHead, Status, type Tone, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useNarrow } from '../../lib/use-narrow.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useCan, useSession } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { EntryDetail } from './entry.tsx';
import { Asked } from './filters.tsx';
import { TrailPages } from './head.tsx';
import { auditEntries, type Entry } from './queries.ts';
import { ReportLinks } from './report-links.tsx';
import { entryQuery, VIEW_KEYS } from './view.ts';
import '../../styles/audit.css';

export const RESULT_TONES: Record<Entry['result'], Tone> = {
  done: 'plain',
  refused: 'waiting',
  failed: 'wrong',
};

/** What was done, by whom and to what; the proof of each entry one step away. */
export function AuditTrail(): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const { archives } = useSession();
  const [view, change] = useUrlState(VIEW_KEYS);
  const archive = archives.find((a) => a.code === view.archive);
  const query = entryQuery(view, archive?.id);
  const narrow = useNarrow(640);
  const list = useQuery({
    ...auditEntries({ ...query, ...(view.cursor && { cursor: view.cursor }), limit: 50 }),
    placeholderData: keepPreviousData,
  });
  if (!can('audit.read')) return <NothingHere />;
  const current = list.data?.items.find((e) => e.id === view.row);
  return (
    <div className="page">
      <PageHead title={t('audit.title')} actions={can('audit.report') && <ReportLinks query={query} />} />
      <TrailPages />
      <p className="soft">{t('audit.lead')}</p>
      <Asked view={view} change={change} archives={archives.filter((a) => can('audit.read', a.id))} />
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && <Empty title={t('audit.none')}>{t('audit.noneText')}</Empty>}
      {list.data && list.data.items.length > 0 && (
        <>
          <div className="table-scroll">
            <DataTable
              label={t('audit.title')}
              rows={list.data.items}
              idOf={(row) => row.id}
              current={view.row}
              onCurrent={(row) => change({ row: row?.id }, { keepPage: true, replace: true })}
              onOpen={(row) => change({ row: row.id }, { keepPage: true })}
              columns={[
                {
                  key: 'at',
                  title: t('audit.at'),
                  width: narrow ? '100px' : '150px',
                  cell: (row) => <When at={row.at} />,
                },
                {
                  key: 'sentence',
                  title: t('audit.sentence'),
                  ...(narrow && { width: '420px' }),
                  hint: (row) => row.sentence,
                  cell: (row) => row.sentence,
                },
                {
                  key: 'address',
                  title: t('audit.address'),
                  width: '140px',
                  cell: (row) => <span className="code soft">{row.address ?? ''}</span>,
                },
                {
                  key: 'result',
                  title: t('audit.result'),
                  width: '110px',
                  cell: (row) => (
                    <Status tone={RESULT_TONES[row.result]}>{t(`audit.result.${row.result}`)}</Status>
                  ),
                },
              ]}
            />
          </div>
          <Pager list={list.data} />
        </>
      )}
      <Drawer
        title={t('audit.entry')}
        open={current !== undefined}
        onClose={() => change({ row: undefined }, { keepPage: true, replace: true })}
        size={560}
        // Beside the table, not over it: the next row is one click away.
        mask={false}
        destroyOnHidden
      >
        {current && (
          <EntryDetail
            entry={current}
            onAsk={(asked) => change({ ...asked, row: undefined, act: undefined, result: undefined })}
          />
        )}
      </Drawer>
    </div>
  );
}
