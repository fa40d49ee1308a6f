import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { api, body } from '../../api/client.ts';
import type { Job } from '../../api/shapes.ts';
import { Empty, Loading, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { JobProgress } from './job-progress.tsx';
import { isOver, useJob } from './use-job.ts';

/** The newest jobs this person may see, the running ones live. */
export function JobList(): ReactNode {
  const { t } = useWording();
  const jobs = useQuery({
    queryKey: ['jobs'],
    queryFn: () => body(api.GET('/jobs')),
    refetchInterval: 10_000,
  });
  if (jobs.error) return <Trouble error={jobs.error} retry={() => void jobs.refetch()} />;
  if (!jobs.data) return <Loading />;
  if (jobs.data.items.length === 0) return <Empty title={t('jobs.title')}>{t('jobs.none')}</Empty>;
  return (
    <ul className="plain-list">
      {jobs.data.items.map((job) => (
        <li key={job.id}>{isOver(job) ? <JobLine job={job} /> : <LiveJob job={job} />}</li>
      ))}
    </ul>
  );
}

function LiveJob({ job }: { job: Job }): ReactNode {
  const live = useJob(job.id) ?? job;
  return <JobLine job={live} />;
}

export function JobLine({ job }: { job: Job }): ReactNode {
  const { t, word } = useWording();
  const queries = useQueryClient();
  const cancel = useMutation({
    mutationFn: () => body(api.POST('/jobs/{id}/cancel', { params: { path: { id: job.id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['jobs'] }),
  });
  return (
    <div className="stack" style={{ gap: 4, padding: '10px 0', borderBottom: '1px solid var(--line)' }}>
      <div className="spread">
        <span className="grow clip" title={job.title}>
          {word('job.kind', job.kind)} · {job.title}
        </span>
        <span className="small soft">
          <When at={job.finishedAt ?? job.startedAt ?? job.createdAt} />
          {job.attempt > 1 && ` · ${t('jobs.attempt', { n: job.attempt })}`}
        </span>
      </div>
      <JobProgress job={job} />
      {!isOver(job) && (
        <div>
          <Button size="small" onClick={() => cancel.mutate()} loading={cancel.isPending}>
            {t('jobs.cancel')}
          </Button>
        </div>
      )}
      {cancel.error && <Trouble error={cancel.error} />}
    </div>
  );
}
