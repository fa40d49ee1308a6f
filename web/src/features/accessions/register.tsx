import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { type ReactNode, useCallback } from 'react';
import { Link, useNavigate } from 'react-router';
import { ACCESSION_STATES, WAYS } from '#kernel/accessionWords';
import { api, body, fileUrl } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, Loading, Status } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { today } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useWording } from '../../wording.tsx';
import { AccessionForm } from './form.tsx';
import { TONES } from './queries.ts';
import { SearchBox } from './search-box.tsx';
import { extentText, isNothing, spanText } from './words.ts';

const KEYS = ['q', 'way', 'state', 'year', 'cursor', 'row', 'do', 'accrual'] as const;

/** The register: its lines, the last number first. */
export function Register({ archiveId, mayWrite }: { archiveId: string; mayWrite: boolean }): ReactNode {
  const wording = useWording();
  const { t, language } = wording;
  const navigate = useNavigate();
  const [view, change] = useUrlState(KEYS);
  const search = useCallback((q: string | undefined) => change({ q }, { replace: true }), [change]);
  const way = WAYS.find((w) => w === view.way);
  const state = ACCESSION_STATES.find((s) => s === view.state);
  const year = /^\d{4}$/.test(view.year ?? '') ? Number(view.year) : undefined;
  const query = {
    limit: 50,
    ...(way && { way }),
    ...(state && { state }),
    ...(year && { year }),
    ...(view.q && { q: view.q }),
    ...(view.cursor && { cursor: view.cursor }),
  };
  const list = useQuery({
    queryKey: ['accessions', archiveId, query],
    queryFn: () =>
      body(api.GET('/archives/{archiveId}/accessions', { params: { path: { archiveId }, query } })),
    placeholderData: keepPreviousData,
  });
  const chosen = { way, state, year: year ? String(year) : undefined, q: view.q, lang: language };
  const isFiltered = Boolean(way ?? state ?? year ?? view.q);
  const thisYear = Number(today().slice(0, 4));
  const choice = (
    label: string,
    all: string,
    value: string | undefined,
    key: 'way' | 'state' | 'year',
    options: readonly { value: string; label: string }[],
    width: number,
  ): ReactNode => (
    <Select
      aria-label={label}
      value={value ?? ''}
      style={{ width }}
      onChange={(v) => change({ [key]: v || undefined })}
      options={[{ value: '', label: all }, ...options]}
    />
  );
  return (
    <>
      <div className="row accession-filters">
        <SearchBox label={t('accession.search')} value={view.q} onChange={search} />
        {choice(
          t('accession.wayLabel'),
          t('accession.allWays'),
          way,
          'way',
          WAYS.map((w) => ({ value: w, label: t(`accession.way.${w}`) })),
          150,
        )}
        {choice(
          t('accession.stateLabel'),
          t('accession.allStates'),
          state,
          'state',
          ACCESSION_STATES.map((s) => ({ value: s, label: t(`accession.state.${s}`) })),
          190,
        )}
        {
          choice(
          t('accession.year'), t('accession.allYears'), year ? String(year) : undefined, 'year',
          Array.from({ length: 30 }, (_, n) => ({ value: String(thisYear - n), label: String(thisYear - n) })), 120,
        ) /* biome-ignore format: a row */
        }
        <span className="push row">
          <Button href={fileUrl(`/archives/${archiveId}/accessions.xlsx`, chosen)}>
            {t('accession.exportXlsx')}
          </Button>
          <Button href={fileUrl(`/archives/${archiveId}/accessions.pdf`, chosen)} target="_blank">
            {t('accession.print')}
          </Button>
          {mayWrite && (
            <Button type="primary" onClick={() => change({ do: 'new' }, { keepPage: true })}>
              {t('accession.new')}
            </Button>
          )}
        </span>
      </div>
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && (
        <Empty title={t('accession.none')}>
          {t(isFiltered ? 'accession.noneFound' : 'accession.noneText')}
        </Empty>
      )}
      {list.data && list.data.items.length > 0 && (
        <>
          <div className="table-scroll">
            <DataTable
              label={t('accession.register')}
              rows={list.data.items}
              idOf={(a) => a.id}
              current={view.row}
              onCurrent={(row) => change({ row: row?.id }, { keepPage: true, replace: true })}
              onOpen={(row) => navigate(`/accessions/${row.id}`)}
              columns={[
                {
                  key: 'number',
                  title: t('accession.number'),
                  width: '172px',
                  cell: (a) => (
                    <Link to={`/accessions/${a.id}`} className="code">
                      {a.number}
                    </Link>
                  ),
                },
                {
                  key: 'day',
                  title: t('accession.registeredOn'),
                  width: '104px',
                  cell: (a) => a.registeredOn,
                },
                {
                  key: 'way',
                  title: t('accession.wayLabel'),
                  width: '104px',
                  cell: (a) => t(`accession.way.${a.way}`),
                },
                { key: 'title', title: t('accession.name'), hint: (a) => a.title, cell: (a) => a.title },
                {
                  key: 'source',
                  title: t('accession.source'),
                  width: '170px',
                  hint: (a) => a.sourceName,
                  cell: (a) =>
                    a.sourceId ? (
                      <Link to={`/accession-sources/${a.sourceId}`}>{a.sourceName}</Link>
                    ) : (
                      a.sourceName
                    ),
                },
                { key: 'span', title: t('accession.span'), width: '110px', cell: (a) => spanText(a) },
                {
                  key: 'extent',
                  title: t('accession.extent'),
                  width: '150px',
                  hint: (a) => extentText(wording, isNothing(a.came) ? a.promised : a.came),
                  cell: (a) =>
                    isNothing(a.came) ? (
                      <span className="soft">
                        {t('accession.paper.promised', { extent: extentText(wording, a.promised) })}
                      </span>
                    ) : (
                      extentText(wording, a.came)
                    ),
                },
                {
                  key: 'fonds',
                  title: t('accession.fonds'),
                  width: '72px',
                  cell: (a) => a.fonds?.number ?? '',
                },
                {
                  key: 'state',
                  title: t('accession.stateLabel'),
                  width: '150px',
                  cell: (a) => <Status tone={TONES[a.state]}>{t(`accession.state.${a.state}`)}</Status>,
                },
              ]}
            />
          </div>
          <Pager list={list.data} />
        </>
      )}
      {view.do === 'new' && mayWrite && (
        <AccessionForm
          archiveId={archiveId}
          accrualId={view.accrual}
          onClose={() => change({ do: undefined, accrual: undefined }, { keepPage: true, replace: true })}
          onDone={(a) => navigate(`/accessions/${a.id}`)}
        />
      )}
    </>
  );
}
