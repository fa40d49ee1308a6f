import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { api, body } from '../../api/client.ts';
import type { Job } from '../../api/shapes.ts';
import { When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { count } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { JobProgress } from '../jobs/job-progress.tsx';
import { isOver, useJob } from '../jobs/use-job.ts';
import { FORMATS, type FormatsView } from './queries.ts';
import { waitingOf } from './sums.ts';

const KIND = 'normalise-formats';
const COUNTS = ['converted', 'failed', 'passedOver'] as const;

/** What would be converted, by which tools; starting it, and how far it has come. */
export function Conversion({
  archiveId,
  view,
  mayManage,
}: {
  archiveId: string;
  view: FormatsView;
  mayManage: boolean;
}): ReactNode {
  const { t, word } = useWording();
  const queries = useQueryClient();
  const again = (): void => void queries.invalidateQueries({ queryKey: FORMATS });
  const jobs = useQuery({ queryKey: ['jobs'], queryFn: () => body(api.GET('/jobs')), enabled: mayManage });
  const newest = jobs.data?.items.find((job) => job.kind === KIND && job.archiveId === archiveId);
  const ask = useMutation({
    mutationFn: (retry: boolean) =>
      body(api.POST('/preservation/formats/conversions', { body: { archiveId, again: retry } })),
    onSuccess: () => {
      again();
      void queries.invalidateQueries({ queryKey: ['jobs'] });
    },
  });
  const job = useJob(ask.data?.jobId ?? newest?.id, again);
  const running = job !== undefined && !isOver(job);
  const { ready, failed, missing } = waitingOf(view.formats);
  const nothing = ready === 0 && failed === 0 && missing.size === 0;
  return (
    <section className="stack" aria-labelledby="conversion-title">
      <h2 className="fields-title" id="conversion-title">
        {t('formats.conversion')}
      </h2>
      <p className="soft">{t('formats.conversionLead')}</p>
      {nothing && <p>{t('formats.nothingWaits')}</p>}
      {ready > 0 && <p>{t('formats.ready', { n: count(ready) })}</p>}
      {[...missing].map(([tool, files]) => (
        <p key={tool} className="notice is-waiting">
          {tool === ''
            ? t('formats.noTool', { n: count(files) })
            : t('formats.notInstalled', { n: count(files), tool: word('format.tool', tool) })}
        </p>
      ))}
      {ask.error && <Trouble error={ask.error} />}
      {job && (
        <div className="keeping-job">
          <p className="small soft">
            {t('formats.job')} <When at={job.finishedAt ?? job.startedAt ?? job.createdAt} />
          </p>
          <JobProgress job={job} />
          <JobResult job={job} />
        </div>
      )}
      {mayManage && (
        <div className="row no-print keeping-acts">
          <Button
            type="primary"
            disabled={ready === 0 || running}
            loading={ask.isPending || running}
            onClick={() => ask.mutate(false)}
          >
            {t('formats.convert')}
          </Button>
          {failed > 0 && (
            <Button disabled={running || ask.isPending} onClick={() => ask.mutate(true)}>
              {t('formats.convertAgain', { n: count(failed) })}
            </Button>
          )}
        </div>
      )}
      <p className="small soft">
        {t('formats.tools')}{' '}
        {view.tools
          .map(({ tool, version }) => `${t(`format.tool.${tool}`)} ${version ?? t('formats.toolMissing')}`)
          .join(' · ')}
      </p>
    </section>
  );
}

/** What a run that ended did; an older one may not say it. */
function JobResult({ job }: { job: Job }): ReactNode {
  const { t } = useWording();
  const { result } = job;
  if (job.state !== 'done' || typeof result !== 'object' || result === null) return null;
  const said: Record<string, unknown> = { ...result };
  return (
    <p className="small">
      {COUNTS.flatMap((key) => {
        const n = said[key];
        return typeof n === 'number' && (n > 0 || key === 'converted')
          ? [t(`formats.result.${key}`, { n: count(n) })]
          : [];
      }).join(' · ')}
    </p>
  );
}
