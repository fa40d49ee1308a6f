import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Drawer } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { api, body } from '../../api/client.ts';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { JobProgress } from '../jobs/job-progress.tsx';
import { isOver, useJob } from '../jobs/use-job.ts';

const FIELDS = ['creator', 'persons', 'subjects'] as const;
type Field = (typeof FIELDS)[number];

interface Found {
  units: number;
  authorities: number;
  ambiguous: number;
  examples: { name: string; authorityId: string; units: number }[];
}
const isFound = (x: unknown): x is Found =>
  typeof x === 'object' && x !== null && 'units' in x && 'examples' in x;

/** Links entries by the names written in them: looked at first, then done, both as jobs that can be left. */
export function LinkWritten(props: { archiveId: string; fondsId?: string; onClose: () => void }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const [fields, setFields] = useState<Field[]>([...FIELDS]);
  const [jobId, setJobId] = useState<string | null>(null);
  const [previewed, setPreviewed] = useState(false);
  const job = useJob(jobId, () => {
    for (const key of ['unit-links', 'authority-units']) void queries.invalidateQueries({ queryKey: [key] });
  });
  const begin = useMutation({
    mutationFn: (preview: boolean) =>
      body(
        api.POST('/archives/{archiveId}/authority-links', {
          params: { path: { archiveId: props.archiveId } },
          body: { fondsId: props.fondsId ?? null, fields, preview },
        }),
      ),
    onSuccess: (answer, preview) => {
      setJobId(answer.jobId);
      setPreviewed(preview);
    },
  });
  const running = jobId !== null && !isOver(job);
  const found = job?.state === 'done' && isFound(job.result) ? job.result : undefined;
  return (
    <Drawer title={t('authority.linkWritten')} open onClose={props.onClose} size={520} destroyOnHidden>
      <div className="stack">
        <p>{t('authority.linkWrittenText')}</p>
        {begin.error && <Trouble error={begin.error} />}
        <Checkbox.Group
          value={fields}
          onChange={(chosen) => {
            setFields(FIELDS.filter((f) => chosen.includes(f)));
            setJobId(null);
          }}
          options={FIELDS.map((f) => ({ value: f, label: t(`authority.field.${f}`) }))}
          disabled={running}
        />
        {job && <JobProgress job={job} />}
        {found && (
          <div className={previewed ? 'notice' : 'notice is-done'} role="status">
            <p>
              {found.units === 0
                ? t('authority.linkWrittenNone')
                : t('authority.linkWrittenCount', { units: found.units, authorities: found.authorities })}
            </p>
            {found.ambiguous > 0 && (
              <p className="small">{t('authority.linkWrittenAmbiguous', { n: found.ambiguous })}</p>
            )}
            <ul className="small">
              {found.examples.slice(0, 10).map((e) => (
                <li key={e.authorityId}>
                  <Link to={`/authorities/${e.authorityId}`}>{e.name}</Link>{' '}
                  <span className="soft numeric">{e.units}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
        <div className="row">
          <Button
            loading={running && previewed}
            disabled={running || fields.length === 0}
            onClick={() => begin.mutate(true)}
          >
            {t('authority.linkWrittenPreview')}
          </Button>
          <Button
            type="primary"
            loading={running && !previewed}
            disabled={running || !found || !previewed || found.units === 0}
            onClick={() => begin.mutate(false)}
          >
            {t('authority.linkWrittenRun')}
          </Button>
        </div>
      </div>
    </Drawer>
  );
}
