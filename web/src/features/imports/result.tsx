import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { api, body, fileUrl } from '../../api/client.ts';
import type { SessionArchive } from '../../api/shapes.ts';
import { Field, LinkButton, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { count } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { JobProgress } from '../jobs/job-progress.tsx';
import { useJob } from '../jobs/use-job.ts';
import { HeldFigures, Problems } from './checked.tsx';
import { Held } from './held.tsx';
import type { CatalogueImport } from './shapes.ts';

/** What went in, what came back, and the way to take it all back. */
export function Result(props: {
  one: CatalogueImport;
  archive: SessionArchive | undefined;
  onChanged: () => void;
}): ReactNode {
  const { t } = useWording();
  const { one, archive } = props;
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [jobId, setJobId] = useState<string>();
  const job = useJob(jobId, props.onChanged);
  const takeBack = useMutation({
    mutationFn: () =>
      body(api.POST('/imports/{id}/take-back', { params: { path: { id: one.id } }, body: { reason } })),
    onSuccess: (started) => {
      setJobId(started.jobId);
      setAsking(false);
      props.onChanged();
    },
  });
  const { total, accepted, rejected } = one.counts;
  return (
    <div className="stack">
      <ul className="figures">
        <li>
          <b>{count(total)}</b> {t('imports.figure.total')}
        </li>
        <li className="jade">
          <b>{count(accepted)}</b> {t('imports.figure.accepted')}
        </li>
        <li className="amber">
          <b>{count(rejected)}</b> {t('imports.figure.rejected')}
        </li>
        <HeldFigures one={one} />
      </ul>
      {one.state === 'takenBack' ? (
        <p className="notice">
          {one.takenBack && one.takenBack.kept > 0
            ? t('imports.takenBackSome', { removed: one.takenBack.removed, kept: one.takenBack.kept })
            : t('imports.takenBackText')}
          {(one.takenBack?.restored ?? 0) + (one.takenBack?.left ?? 0) > 0 && (
            <> {t('imports.putBack', { n: one.takenBack?.restored ?? 0, left: one.takenBack?.left ?? 0 })}</>
          )}
          {archive && (one.takenBack?.kept ?? 0) > 0 && (
            <>
              {' '}
              <Link to={`/holdings?archive=${archive.code}&import=${one.id}`}>{t('imports.seeUnits')}</Link>
            </>
          )}
        </p>
      ) : (
        <p className="soft">
          {t('imports.finished')} <When at={one.finishedAt} />
        </p>
      )}
      {job && <JobProgress job={job} />}
      <div className="row">
        {one.state === 'done' && archive && (
          <LinkButton type="primary" to={`/holdings?archive=${archive.code}&import=${one.id}`}>
            {t('imports.seeUnits')}
          </LinkButton>
        )}
        {rejected > 0 && (
          <Button href={fileUrl(`/imports/${one.id}/rejects.xlsx`)} download>
            {t('imports.rejects', { n: rejected })}
          </Button>
        )}
        {one.state === 'done' && archive && (
          <LinkButton to={`/scans/new?archive=${archive.code}`}>{t('scans.new')}</LinkButton>
        )}
        {one.state === 'done' && !asking && !job && (
          <Button danger onClick={() => setAsking(true)}>
            {t('imports.takeBack')}
          </Button>
        )}
      </div>
      {asking && (
        <section className="notice is-wrong stack" style={{ maxWidth: 640 }}>
          {takeBack.error && <Trouble error={takeBack.error} />}
          <p>{t('imports.takeBackText', { n: accepted })}</p>
          <Field label={t('imports.takeBackReason')} needed>
            {(id) => <Input id={id} value={reason} onChange={(event) => setReason(event.target.value)} />}
          </Field>
          <div className="row">
            <Button
              danger
              type="primary"
              disabled={!reason.trim()}
              loading={takeBack.isPending}
              onClick={() => takeBack.mutate()}
            >
              {t('imports.takeBack')}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('act.cancel')}</Button>
          </div>
        </section>
      )}
      <Held one={one} />
      {one.problems.length > 0 && <Problems one={one} />}
    </div>
  );
}
