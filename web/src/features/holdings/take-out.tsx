import { useMutation } from '@tanstack/react-query';
import { Button, Dropdown, Popover } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body, fileUrl } from '../../api/client.ts';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { JobProgress } from '../jobs/job-progress.tsx';
import { useJob } from '../jobs/use-job.ts';

const FORMATS = ['xlsx', 'ead3', 'atom-csv', 'dc-csv'] as const;

/** The catalogue of a fonds, or of an entry with all below it, taken out in a form that can be taken in again. */
export function TakeOut({ id }: { id: string }): ReactNode {
  const { t } = useWording();
  const [jobId, setJobId] = useState<string>();
  const job = useJob(jobId);
  const begin = useMutation({
    mutationFn: (format: (typeof FORMATS)[number]) =>
      body(api.POST('/catalogue-exports', { body: { id, format } })),
    onSuccess: (started) => setJobId(started.jobId),
  });
  const close = (): void => {
    setJobId(undefined);
    begin.reset();
  };
  const progress = (
    <div className="stack" style={{ width: 320 }}>
      {begin.error && <Trouble error={begin.error} />}
      {job && <JobProgress job={job} />}
      {job?.state === 'done' && jobId && (
        <Button type="primary" href={fileUrl(`/catalogue-exports/${jobId}/file`)} download>
          {t('takeOut.download')}
        </Button>
      )}
      <Button size="small" onClick={close}>
        {t('act.close')}
      </Button>
    </div>
  );
  return (
    <Popover open={Boolean(jobId) || Boolean(begin.error)} content={progress} trigger={[]}>
      <Dropdown
        trigger={['click']}
        menu={{
          items: FORMATS.map((key) => ({ key, label: t(`takeOut.${key}`) })),
          onClick: ({ key }) => {
            const format = FORMATS.find((f) => f === key);
            if (format) begin.mutate(format);
          },
        }}
      >
        <Button size="small" loading={begin.isPending}>
          {t('takeOut.title')} ▾
        </Button>
      </Dropdown>
    </Popover>
  );
}
