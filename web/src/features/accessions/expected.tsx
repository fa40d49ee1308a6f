import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { EXPECTED_KINDS } from '#kernel/accessionWords';
import { api, body } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, Loading, Status } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useWording } from '../../wording.tsx';
import { expectedPlace } from './places.ts';
import type { Expected } from './queries.ts';
import { extentText } from './words.ts';

const SPANS = ['0', '30', '90', '365'] as const;

/** What was promised and has not come, is expected again, ends, or is to be done next: what is late first. */
export function ExpectedList({ archiveId }: { archiveId: string }): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const navigate = useNavigate();
  const [view, change] = useUrlState(['kind', 'days', 'cursor', 'row']);
  const kind = EXPECTED_KINDS.find((k) => k === view.kind);
  const days = SPANS.find((d) => d === view.days);
  const query = {
    limit: 50,
    ...(kind && { kind }),
    ...(days && { days: Number(days) }),
    ...(view.cursor && { cursor: view.cursor }),
  };
  const list = useQuery({
    queryKey: ['accession-expected', archiveId, query],
    queryFn: () =>
      body(api.GET('/archives/{archiveId}/accessions-expected', { params: { path: { archiveId }, query } })),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <div className="row accession-filters">
        <Select
          aria-label={t('accession.expected.kindLabel')}
          value={kind ?? ''}
          style={{ width: 160 }}
          onChange={(v) => change({ kind: v || undefined })}
          options={[
            { value: '', label: t('accession.expected.all') },
            ...EXPECTED_KINDS.map((k) => ({ value: k, label: t(`accession.expected.kind.${k}`) })),
          ]}
        />
        <Select
          aria-label={t('accession.expected.days')}
          value={days ?? ''}
          style={{ width: 140 }}
          onChange={(v) => change({ days: v || undefined })}
          options={[
            { value: '', label: t('accession.expected.days.all') },
            ...SPANS.map((d) => ({ value: d, label: t(`accession.expected.days.${d}`) })),
          ]}
        />
      </div>
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && (
        <Empty title={t('accession.expected.none')}>{t('accession.expected.noneText')}</Empty>
      )}
      {list.data && list.data.items.length > 0 && (
        <>
          <div className="table-scroll">
            <DataTable<Expected>
              label={t('accession.tab.expected')}
              rows={list.data.items}
              idOf={(e) => `${e.kind}-${e.id}`}
              current={view.row}
              onCurrent={(e) => change({ row: e && `${e.kind}-${e.id}` }, { keepPage: true, replace: true })}
              onOpen={(e) => navigate(expectedPlace(e.kind, e.id))}
              columns={[
                {
                  key: 'due',
                  title: t('accession.expected.dueOn'),
                  width: '108px',
                  cell: (e) => e.dueOn ?? '—',
                },
                {
                  key: 'late',
                  title: t('accession.stateLabel'),
                  width: '140px',
                  cell: (e) => <Lateness late={e.late} />,
                },
                {
                  key: 'kind',
                  title: t('accession.expected.kindLabel'),
                  width: '120px',
                  cell: (e) => t(`accession.expected.kind.${e.kind}`),
                },
                {
                  key: 'number',
                  title: t('accession.number'),
                  width: '172px',
                  cell: (e) => <span className="code">{e.number}</span>,
                },
                {
                  key: 'title',
                  title: t('accession.name'),
                  hint: (e) => e.title,
                  cell: (e) => <Link to={expectedPlace(e.kind, e.id)}>{e.title}</Link>,
                },
                {
                  key: 'source',
                  title: t('accession.source'),
                  width: '180px',
                  hint: (e) => e.sourceName,
                  cell: (e) => e.sourceName,
                },
                {
                  key: 'left',
                  title: t('accession.left'),
                  width: '250px',
                  hint: (e) => e.note,
                  cell: (e) =>
                    e.left && e.promised
                      ? e.kind === 'part'
                        ? t('accession.leftOf', {
                            promised: extentText(wording, e.promised),
                            came: extentText(wording, e.came),
                            left: extentText(wording, e.left),
                          })
                        : extentText(wording, e.left)
                      : (e.note ?? ''),
                },
              ]}
            />
          </div>
          <Pager list={list.data} />
        </>
      )}
    </>
  );
}

/** Days late, or left. */
export function Lateness({ late }: { late: number | null }): ReactNode {
  const { t } = useWording();
  if (late === null) return <span className="soft">{t('accession.expected.noDay')}</span>;
  if (late > 0) return <Status tone="wrong">{t('accession.expected.late', { n: late })}</Status>;
  if (late === 0) return <Status tone="waiting">{t('accession.expected.today')}</Status>;
  return <span className="soft">{t('accession.expected.ahead', { n: -late })}</span>;
}
