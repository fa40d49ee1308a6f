import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { type ReactNode, useCallback } from 'react';
import { Link, useNavigate } from 'react-router';
import { LEAD_STATES } from '#kernel/accessionWords';
import { api, body } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, Loading, Status } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useWording } from '../../wording.tsx';
import { LeadForm } from './lead-form.tsx';
import { SearchBox } from './search-box.tsx';

export const LEAD_TONES = {
  open: 'waiting',
  talking: 'waiting',
  resting: 'plain',
  won: 'done',
  lost: 'closed',
} as const;

/** What is being looked for, and how far one has come. */
export function LeadList({ archiveId, mayWrite }: { archiveId: string; mayWrite: boolean }): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const [view, change] = useUrlState(['q', 'state', 'cursor', 'row', 'do']);
  const search = useCallback((q: string | undefined) => change({ q }, { replace: true }), [change]);
  const state = LEAD_STATES.find((s) => s === view.state);
  const query = {
    limit: 50,
    ...(state && { state }),
    ...(view.q && { q: view.q }),
    ...(view.cursor && { cursor: view.cursor }),
  };
  const list = useQuery({
    queryKey: ['accession-leads', archiveId, query],
    queryFn: () =>
      body(api.GET('/archives/{archiveId}/accession-leads', { params: { path: { archiveId }, query } })),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <div className="row accession-filters">
        <SearchBox label={t('accession.search')} value={view.q} onChange={search} />
        <Select
          aria-label={t('accession.stateLabel')}
          value={state ?? ''}
          style={{ width: 150 }}
          onChange={(v) => change({ state: v || undefined })}
          options={[
            { value: '', label: t('accession.allStates') },
            ...LEAD_STATES.map((s) => ({ value: s, label: t(`accession.leads.state.${s}`) })),
          ]}
        />
        {mayWrite && (
          <Button className="push" type="primary" onClick={() => change({ do: 'new' }, { keepPage: true })}>
            {t('accession.leads.new')}
          </Button>
        )}
      </div>
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && (
        <Empty title={t('accession.leads.none')}>
          {t(view.q || state ? 'accession.noneFound' : 'accession.leads.noneText')}
        </Empty>
      )}
      {list.data && list.data.items.length > 0 && (
        <>
          <div className="table-scroll">
            <DataTable
              label={t('accession.tab.leads')}
              rows={list.data.items}
              idOf={(l) => l.id}
              current={view.row}
              onCurrent={(l) => change({ row: l?.id }, { keepPage: true, replace: true })}
              onOpen={(l) => navigate(`/accession-leads/${l.id}`)}
              columns={[
                {
                  key: 'number',
                  title: t('accession.leads.number'),
                  width: '172px',
                  cell: (l) => <span className="code">{l.number}</span>,
                },
                {
                  key: 'title',
                  title: t('accession.name'),
                  hint: (l) => l.title,
                  cell: (l) => <Link to={`/accession-leads/${l.id}`}>{l.title}</Link>,
                },
                {
                  key: 'holder',
                  title: t('accession.leads.holder'),
                  width: '170px',
                  hint: (l) => l.sourceName ?? l.holder,
                  cell: (l) => l.sourceName ?? l.holder ?? '',
                },
                {
                  key: 'worth',
                  title: t('accession.leads.worth'),
                  width: '70px',
                  cell: (l) => t(`accession.leads.worth.${l.worth}`),
                },
                {
                  key: 'next',
                  title: t('accession.leads.nextStep'),
                  width: '200px',
                  hint: (l) => l.nextStep,
                  cell: (l) => l.nextStep ?? '',
                },
                {
                  key: 'on',
                  title: t('accession.leads.nextOn'),
                  width: '108px',
                  cell: (l) => l.nextOn ?? '',
                },
                {
                  key: 'state',
                  title: t('accession.stateLabel'),
                  width: '110px',
                  cell: (l) => (
                    <Status tone={LEAD_TONES[l.state]}>{t(`accession.leads.state.${l.state}`)}</Status>
                  ),
                },
              ]}
            />
          </div>
          <Pager list={list.data} />
        </>
      )}
      {view.do === 'new' && mayWrite && (
        <LeadForm
          archiveId={archiveId}
          onClose={() => change({ do: undefined }, { keepPage: true, replace: true })}
          onDone={(l) => navigate(`/accession-leads/${l.id}`)}
        />
      )}
    </>
  );
}
