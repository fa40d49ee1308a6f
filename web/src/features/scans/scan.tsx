import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { ApiError, api, body } from '../../api/client.ts';
import { oneOf } from '../../api/requests.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { LinkButton, Loading, PageHead, Status } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { bytes, count } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useSession } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { JobProgress } from '../jobs/job-progress.tsx';
import { useJob } from '../jobs/use-job.ts';
import { SCAN_TONES } from './list.tsx';
import '../../styles/imports.css';
import type { ScanFile } from './shapes.ts';

/** One scan import: which file belongs to which unit, what belongs to none, and the taking in. */
export function ScanPage(): ReactNode {
  const { t } = useWording();
  const { id = '' } = useParams();
  const { archives } = useSession();
  const queries = useQueryClient();
  const fresh = (): void => {
    for (const queryKey of [
      ['scan-import', id],
      ['scan-files', id],
      ['scan-imports'],
      ['work'],
      ['units'],
      ['unit-pages'],
    ])
      void queries.invalidateQueries({ queryKey });
  };
  const query = useQuery({
    queryKey: ['scan-import', id],
    queryFn: () => body(api.GET('/scan-imports/{id}', { params: { path: { id } } })),
    refetchInterval: (q) =>
      ['draft', 'matching', 'running'].includes(q.state.data?.state ?? '') ? 4000 : false,
  });
  const job = useJob(query.data?.jobId, fresh);
  const run = useMutation({
    mutationFn: () => body(api.POST('/scan-imports/{id}/run', { params: { path: { id } } })),
    onSuccess: fresh,
  });
  if (query.error instanceof ApiError && query.error.status === 404) return <NothingHere />;
  if (query.error) return <Trouble error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Loading lines={8} />;
  const one = query.data;
  const archive = archives.find((a) => a.id === one.archiveId);
  const { counts } = one;
  const working = one.state === 'matching' || one.state === 'running' || one.state === 'draft';
  return (
    <div className="page">
      <PageHead
        crumbs={[{ to: `/scans${archive ? `?archive=${archive.code}` : ''}`, text: t('scans.title') }]}
        title={t('scans.one')}
        actions={<Status tone={SCAN_TONES[one.state]}>{t(`scans.state.${one.state}`)}</Status>}
      />
      <div className="stack">
        {run.error && <Trouble error={run.error} />}
        <ul className="figures">
          <li>
            <b>{count(counts.files)}</b> {t('scans.figure.files')}
          </li>
          <li className="jade">
            <b>{count(counts.matchedFiles)}</b> {t('scans.figure.matched', { n: counts.units })}
          </li>
          {counts.looseFiles > 0 && (
            <li className="amber">
              <b>{count(counts.looseFiles)}</b> {t('scans.figure.loose')}
            </li>
          )}
          <li className="amber">
            <b>{count(counts.unmatchedFiles)}</b> {t('scans.figure.unmatched')}
          </li>
          {counts.rejected > 0 && (
            <li className="amber">
              <b>{count(counts.rejected)}</b> {t('scans.figure.rejected')}
            </li>
          )}
          {counts.held > 0 && (
            <li className="jade">
              <b>{count(counts.held)}</b> {t('scans.figure.held')}
            </li>
          )}
        </ul>
        {working && (
          <section className="live">
            {job ? <JobProgress job={job} /> : <p className="soft">{t('job.state.queued')}</p>}
            <p className="small soft">{t('imports.mayLeave')}</p>
          </section>
        )}
        {one.state === 'failed' && <p className="notice is-wrong">{t('scans.failedText')}</p>}
        <div className="row">
          {(one.state === 'matched' || one.state === 'failed') && (
            <Button
              type="primary"
              disabled={counts.matchedFiles === 0}
              loading={run.isPending}
              onClick={() => run.mutate()}
            >
              {one.state === 'failed' ? t('imports.resume') : t('scans.run', { n: counts.matchedFiles })}
            </Button>
          )}
          {archive && (
            <LinkButton to={`/holdings?archive=${archive.code}&held=no&level=item`}>
              {t('scans.without')}
            </LinkButton>
          )}
        </div>
        <Files id={id} usual={one.state === 'done' ? 'held' : 'matched'} loose={counts.looseFiles > 0} />
      </div>
    </div>
  );
}

const LOOSE = 'loose' as const;
const STATES = ['unmatched', 'matched', 'held', 'known', 'rejected'] as const;

interface FilesProps {
  id: string;
  usual: string;
  /** Some were matched by a name without leading zeros: they are offered as a list of their own. */
  loose: boolean;
}

function Files({ id, usual, loose }: FilesProps): ReactNode {
  const { t, word } = useWording();
  const [view, change] = useUrlState(['state', 'cursor']);
  const state = view.state ?? usual;
  const files = useQuery({
    queryKey: ['scan-files', id, state, view.cursor],
    queryFn: () =>
      body(
        api.GET('/scan-imports/{id}/files', {
          params: {
            path: { id },
            query: {
              ...(state === LOOSE ? { loose: true } : { state: oneOf(STATES, state) }),
              limit: 50,
              ...(view.cursor && { cursor: view.cursor }),
            },
          },
        }),
      ),
  });
  const columns: Column<ScanFile>[] = [
    {
      key: 'path',
      title: t('scans.file'),
      hint: (row) => row.path,
      cell: (row) => <span className="code">{row.path}</span>,
    },
    { key: 'size', title: t('scans.size'), width: '90px', numeric: true, cell: (row) => bytes(row.bytes) },
    state === 'matched' || state === 'held' || state === 'known' || state === LOOSE
      ? {
          key: 'unit',
          title: t('scans.unit'),
          width: '52%',
          hint: (row) => row.title ?? '',
          cell: (row) => <Belongs file={row} />,
        }
      : {
          key: 'reason',
          title: t('imports.reason'),
          width: '52%',
          hint: (row) => row.message,
          cell: (row) => word('scanReason', row.code, row.message ?? ''),
        },
  ];
  return (
    <section>
      <Segmented
        size="small"
        value={state}
        onChange={(next) => change({ state: next === usual ? undefined : next }, { replace: true })}
        options={(loose ? [...STATES, LOOSE] : STATES).map((value) => ({
          value,
          label: t(`scans.fileState.${value}`),
        }))}
      />
      {files.error && <Trouble error={files.error} retry={() => void files.refetch()} />}
      {files.isPending && <Loading lines={6} />}
      {files.data?.items.length === 0 && (
        <p className="empty">
          {t(`scans.noFiles.${state === 'unmatched' || state === 'rejected' ? state : 'other'}`)}
        </p>
      )}
      {files.data && files.data.items.length > 0 && (
        <>
          <div className="table-scroll" style={{ marginTop: 8 }}>
            <DataTable
              label={t('scans.files')}
              rows={files.data.items}
              idOf={(row) => row.path}
              columns={columns}
            />
          </div>
          <Pager list={files.data} />
        </>
      )}
    </section>
  );
}

/** The entry a file was matched to, and whether the name was only nearly its code. */
function Belongs({ file }: { file: ScanFile }): ReactNode {
  const { t } = useWording();
  if (!file.unitId) return null;
  return (
    <>
      <Link to={`/units/${file.unitId}${file.pageNo ? `?page=${file.pageNo}` : ''}`}>
        {file.referenceCode ? <span className="code">{file.referenceCode}</span> : t('scans.openUnit')}
      </Link>
      {file.pageNo ? <> · {t('scans.unitPage', { n: file.pageNo })}</> : null}
      {file.code === 'scan.loose' && (
        <>
          {' '}
          <Status tone="waiting">{t('scans.loose')}</Status>
        </>
      )}
    </>
  );
}
