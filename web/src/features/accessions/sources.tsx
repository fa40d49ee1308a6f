import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useCallback } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, Loading } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { count } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useWording } from '../../wording.tsx';
import { SearchBox } from './search-box.tsx';
import { SourceForm } from './source-form.tsx';

/** Who gives, sells, lends, or holds what is copied. */
export function SourceList({ archiveId, mayWrite }: { archiveId: string; mayWrite: boolean }): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const [view, change] = useUrlState(['q', 'cursor', 'row', 'do']);
  const search = useCallback((q: string | undefined) => change({ q }, { replace: true }), [change]);
  const query = { limit: 50, ...(view.q && { q: view.q }), ...(view.cursor && { cursor: view.cursor }) };
  const list = useQuery({
    queryKey: ['accession-sources', archiveId, query],
    queryFn: () =>
      body(api.GET('/archives/{archiveId}/accession-sources', { params: { path: { archiveId }, query } })),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <div className="row accession-filters">
        <SearchBox label={t('accession.sources.search')} value={view.q} onChange={search} />
        {mayWrite && (
          <Button className="push" type="primary" onClick={() => change({ do: 'new' }, { keepPage: true })}>
            {t('accession.sources.new')}
          </Button>
        )}
      </div>
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && (
        <Empty title={t('accession.sources.none')}>
          {t(view.q ? 'accession.noneFound' : 'accession.sources.noneText')}
        </Empty>
      )}
      {list.data && list.data.items.length > 0 && (
        <>
          <div className="table-scroll">
            <DataTable
              label={t('accession.tab.sources')}
              rows={list.data.items}
              idOf={(s) => s.id}
              current={view.row}
              onCurrent={(s) => change({ row: s?.id }, { keepPage: true, replace: true })}
              onOpen={(s) => navigate(`/accession-sources/${s.id}`)}
              columns={[
                {
                  key: 'name',
                  title: t('accession.sources.name'),
                  hint: (s) => s.name,
                  cell: (s) => (
                    <>
                      <Link to={`/accession-sources/${s.id}`}>{s.name}</Link>
                      {s.anonymous && <span className="small soft"> {t('accession.sources.anonymous')}</span>}
                    </>
                  ),
                },
                {
                  key: 'kind',
                  title: t('accession.sources.kindLabel'),
                  width: '110px',
                  cell: (s) => t(`accession.sources.kind.${s.kind}`),
                },
                {
                  key: 'n',
                  title: t('accession.sources.accessions'),
                  width: '100px',
                  numeric: true,
                  cell: (s) => count(s.accessions),
                },
                {
                  key: 'last',
                  title: t('accession.sources.lastOn'),
                  width: '120px',
                  cell: (s) => s.lastOn ?? '',
                },
              ]}
            />
          </div>
          <Pager list={list.data} />
        </>
      )}
      {view.do === 'new' && mayWrite && (
        <SourceForm
          archiveId={archiveId}
          onClose={() => change({ do: undefined }, { keepPage: true, replace: true })}
          onDone={(s) => navigate(`/accession-sources/${s.id}`)}
        />
      )}
    </>
  );
}
