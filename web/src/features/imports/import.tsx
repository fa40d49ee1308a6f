import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useParams } from 'react-router';
import { ApiError, api, body } from '../../api/client.ts';
import { Loading, PageHead, Status } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useSession } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { JobProgress } from '../jobs/job-progress.tsx';
import { useJob } from '../jobs/use-job.ts';
import { Checked } from './checked.tsx';
import { IMPORT_TONES } from './list.tsx';
import { Mapping } from './mapping.tsx';
import { Result } from './result.tsx';
import { WizardSteps } from './wizard-steps.tsx';
import '../../styles/imports.css';
import type { CatalogueImport } from './shapes.ts';

const STEP: Record<CatalogueImport['state'], number> = {
  draft: 1,
  checking: 2,
  checked: 2,
  running: 3,
  failed: 3,
  done: 4,
  takingBack: 4,
  takenBack: 4,
};

/** One import, at whatever step it stands; it can be left and found again. */
export function ImportPage(): ReactNode {
  const { t } = useWording();
  const { id = '' } = useParams();
  const { archives } = useSession();
  const queries = useQueryClient();
  const [correcting, setCorrecting] = useState(false);
  const fresh = (): void => {
    for (const queryKey of [['import', id], ['imports'], ['work'], ['units'], ['tree'], ['tree-fonds']])
      void queries.invalidateQueries({ queryKey });
  };
  const query = useQuery({
    queryKey: ['import', id],
    queryFn: () => body(api.GET('/imports/{id}', { params: { path: { id } } })),
    refetchInterval: (q) =>
      ['checking', 'running', 'takingBack'].includes(q.state.data?.state ?? '') ? 5000 : false,
  });
  const working = ['checking', 'running', 'takingBack'].includes(query.data?.state ?? '');
  const job = useJob(query.data?.jobId, fresh);
  const run = useMutation({
    mutationFn: () => body(api.POST('/imports/{id}/run', { params: { path: { id } } })),
    onSuccess: fresh,
  });
  if (query.error instanceof ApiError && query.error.status === 404) return <NothingHere />;
  if (query.error) return <Trouble error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Loading lines={8} />;
  const one = query.data;
  const archive = archives.find((a) => a.id === one.archiveId);
  const mapping = one.state === 'draft' || (one.state === 'checked' && correcting);
  return (
    <div className="page" style={{ maxWidth: 'none' }}>
      <PageHead
        crumbs={[{ to: `/imports${archive ? `?archive=${archive.code}` : ''}`, text: t('imports.title') }]}
        title={one.fileName}
        actions={<Status tone={IMPORT_TONES[one.state]}>{t(`imports.state.${one.state}`)}</Status>}
      />
      <div className="stack">
        <WizardSteps at={mapping ? 1 : STEP[one.state]} />
        {run.error && <Trouble error={run.error} />}
        {mapping && (
          <Mapping
            one={one}
            onChecking={() => {
              setCorrecting(false);
              fresh();
            }}
          />
        )}
        {(working || one.state === 'failed') && (
          <section className="live">
            {job ? <JobProgress job={job} /> : working && <p className="soft">{t('job.state.queued')}</p>}
            {working && <p className="small soft">{t('imports.mayLeave')}</p>}
            {one.state === 'failed' && <p className="notice is-wrong">{t('imports.failedText')}</p>}
          </section>
        )}
        {one.state === 'checked' && !correcting && (
          <Checked
            one={one}
            acts={
              <>
                <Button
                  type="primary"
                  disabled={rowsThatCount(one) === 0}
                  loading={run.isPending}
                  onClick={() => run.mutate()}
                >
                  {t('imports.run', { n: rowsThatCount(one) })}
                </Button>
                <Button onClick={() => setCorrecting(true)}>{t('imports.correct')}</Button>
              </>
            }
          />
        )}
        {one.state === 'failed' && (
          <div>
            <Button type="primary" loading={run.isPending} onClick={() => run.mutate()}>
              {t('imports.resume')}
            </Button>
          </div>
        )}
        {(one.state === 'done' || one.state === 'takenBack') && (
          <Result one={one} archive={archive} onChanged={fresh} />
        )}
      </div>
    </div>
  );
}

/** Rows that make an entry, or make one held another. */
const rowsThatCount = ({ counts }: CatalogueImport): number =>
  counts.accepted + counts.updated + counts.merged;
