import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { codeColumn } from '../../components/record-columns.tsx';
import { Empty, Field, Loading, PageHead, Retention, Status } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { count, today } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useArchive, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { AgencyChoice } from './agency-choice.tsx';
import { Papers } from './papers.tsx';
import { PasteRecords } from './paste-records.tsx';
import { type Agency, yearsQuery } from './queries.ts';
import { EMPTY_RECORD, inputOf, RecordForm } from './record-form.tsx';
import { useAgency } from './use-agency.ts';
import { Bulk, Numbering } from './year-acts.tsx';
import { YearFilingSection } from './year-filing.tsx';
import '../../styles/filing.css';

/** An agency's records of one year: registered, arranged, numbered, filed. */
export function FilingRecords(): ReactNode {
  const { t } = useWording();
  const archive = useArchive();
  const can = useCan();
  const agencies = useAgency();
  const { all, one, pending, error } = agencies;
  const [view, change] = useUrlState(['year']);
  const years = useQuery(yearsQuery(one));
  if (!archive || !can('filing.read', archive.id)) return <NothingHere />;
  const now = Number(today().slice(0, 4));
  const known = [...new Set([...(years.data?.years ?? []).map((y) => y.year), now, now - 1])].sort(
    (a, b) => b - a,
  );
  const year = Number(view.year) || years.data?.years[0]?.year || now;
  const counts = years.data?.years.find((y) => y.year === year);
  return (
    <div className="page">
      <PageHead title={t('filingRecord.title')} />
      {error ? <Trouble error={error} /> : null}
      {!pending && all.length === 0 && <Empty title={t('filing.noAgency')}>{t('filing.noAgencyText')}</Empty>}
      <div className="row choices-row">
        <AgencyChoice of={agencies} />
        {one && (
          <Field label={t('filingRecord.year')}>
            {(id) => (
              <Select
                id={id}
                className="year-choice"
                value={year}
                onChange={(chosen) => change({ year: String(chosen) })}
                options={known.map((value) => ({ value, label: String(value) }))}
              />
            )}
          </Field>
        )}
        {counts && <span className="soft">{t('yearFiling.count', { ...counts })}</span>}
      </div>
      {one && <Year key={`${one.agencyId} ${year}`} agency={one} year={year} />}
    </div>
  );
}

function Year({ agency, year }: { agency: Agency; year: number }): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const navigate = useNavigate();
  const [view, change] = useUrlState(['cursor', 'row', 'q']);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [panel, setPanel] = useState<'new' | 'paste'>();
  const query = {
    archive: agency.archiveId,
    agency: agency.agencyId,
    year,
    ...(view.q && { q: view.q }),
    ...(view.cursor && { cursor: view.cursor }),
    limit: 100,
  };
  const list = useQuery({
    queryKey: ['filing', 'records', query],
    queryFn: () => body(api.GET('/filing/records', { params: { query } })),
  });
  return (
    <div className="stack">
      <div className="row no-print">
        {agency.mayWrite && (
          <>
            <Button type="primary" onClick={() => setPanel('new')}>
              {t('filingRecord.new')}
            </Button>
            <Button onClick={() => setPanel('paste')}>{t('filingRecord.paste')}</Button>
            <Numbering agency={agency} year={year} />
          </>
        )}
        <Papers agency={agency} year={year} />
        <Input.Search
          className="record-search"
          aria-label={t('filingRecord.search')}
          placeholder={t('filingRecord.search')}
          defaultValue={view.q ?? ''}
          allowClear
          onSearch={(q) => change({ q: q || undefined })}
        />
      </div>
      {chosen.size > 0 && agency.mayWrite && (
        <Bulk agency={agency} ids={[...chosen]} onDone={() => setChosen(new Set())} />
      )}
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && (
        <Empty title={t('filingRecord.none')}>{t('filingRecord.noneText')}</Empty>
      )}
      {list.data && list.data.items.length > 0 && (
        <>
          <div className="table-scroll">
            <DataTable
              label={t('filingRecord.title')}
              rows={list.data.items}
              idOf={(row) => row.id}
              current={view.row}
              onCurrent={(row) => change({ row: row?.id }, { keepPage: true, replace: true })}
              onOpen={(row) => navigate(`/filing/records/${row.id}`)}
              chosen={chosen}
              onChosen={setChosen}
              columns={[
                codeColumn(wording, '220px'),
                {
                  key: 'title',
                  title: t('field.title'),
                  hint: (row) => row.title,
                  cell: (row) => <Link to={`/filing/records/${row.id}`}>{row.title}</Link>,
                },
                {
                  key: 'docNo',
                  title: t('field.docNo'),
                  width: '150px',
                  hint: (row) => row.docNo,
                  cell: (row) => row.docNo,
                },
                { key: 'date', title: t('field.date'), width: '96px', cell: (row) => row.date },
                {
                  key: 'retention',
                  title: t('field.retention'),
                  width: '100px',
                  cell: (row) => (row.retention ? <Retention code={row.retention} /> : '—'),
                },
                {
                  key: 'class',
                  title: t('filingRecord.class'),
                  width: '90px',
                  hint: (row) => row.className,
                  cell: (row) => row.classCode ?? '—',
                },
                {
                  key: 'files',
                  title: t('filingRecord.files'),
                  width: '84px',
                  numeric: true,
                  cell: (row) => count(row.files),
                },
                {
                  key: 'state',
                  title: t('filingRecord.state'),
                  width: '110px',
                  cell: (row) => (
                    <Status tone={row.state === 'registered' ? 'plain' : 'done'}>
                      {t(`filingRecord.state.${row.state}`)}
                    </Status>
                  ),
                },
              ]}
            />
          </div>
          <Pager list={list.data} />
        </>
      )}
      <YearFilingSection agency={agency} year={year} />
      {panel === 'new' && <NewRecord agency={agency} year={year} onClose={() => setPanel(undefined)} />}
      {panel === 'paste' && <PasteRecords agency={agency} year={year} onClose={() => setPanel(undefined)} />}
    </div>
  );
}

function NewRecord(props: { agency: Agency; year: number; onClose: () => void }): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { archiveId, agencyId } = props.agency;
  const register = useMutation({
    mutationFn: (input: ReturnType<typeof inputOf>) =>
      body(api.POST('/filing/records', { body: { archiveId, agencyId, year: props.year, ...input } })),
    onSuccess: ({ record }) => {
      for (const key of ['records', 'years']) void queries.invalidateQueries({ queryKey: ['filing', key] });
      navigate(`/filing/records/${record.id}`);
    },
  });
  return (
    <Drawer title={t('filingRecord.new')} open onClose={props.onClose} size={620} destroyOnHidden>
      {register.error && <Trouble error={register.error} />}
      <RecordForm
        values={{ ...EMPTY_RECORD, creator: props.agency.name }}
        act={t('filingRecord.new')}
        pending={register.isPending}
        onSave={(values) => register.mutate(inputOf(values))}
      />
    </Drawer>
  );
}
