import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { ApiError } from '../../api/client.ts';
import { Loading, PageHead, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { bytes, count } from '../../lib/format.ts';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { JobProgress } from '../jobs/job-progress.tsx';
import { isOver, useJob } from '../jobs/use-job.ts';
import { MediumActs } from './medium-acts.tsx';
import { Moves, Tests } from './medium-history.tsx';
import { PlannedObjects } from './planned-objects.tsx';
import { MEDIA, type Medium, type MediumDetail, mediumOne } from './queries.ts';
import { MediumState, TestOutcome, usePurpose } from './words.tsx';
import '../../styles/item.css';
import '../../styles/preservation.css';
import '../../styles/table.css';

/** One medium: where it is and how, what can be done with it, what it holds, where it was, how its tests came out. */
export function MediumPage(): ReactNode {
  const { id = '' } = useParams();
  const found = useQuery(mediumOne(id));
  if (found.error instanceof ApiError && found.error.status === 404) return <NothingHere />;
  if (found.error) return <Trouble error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  return <One key={id} detail={found.data} />;
}

function One({ detail }: { detail: MediumDetail }): ReactNode {
  const { t, language } = useWording();
  const can = useCan();
  const queries = useQueryClient();
  const purposeOf = usePurpose();
  const { medium, plan } = detail;
  const job = useJob(medium.jobId, () => void queries.invalidateQueries({ queryKey: MEDIA }));
  const working = job !== undefined && !isOver(job);
  return (
    <div className="page">
      <PageHead
        crumbs={[
          { to: '/preservation/media', text: t('media.title') },
          { to: `/preservation/media/plans/${plan.id}`, text: `${plan.number} ${plan.title}` },
        ]}
        title={
          <>
            <span className="code">{medium.number}</span> {purposeOf(medium.purpose)}
          </>
        }
        actions={
          <Button href={`/api/v1/preservation/media/${medium.id}/label.pdf?lang=${language}`} target="_blank">
            {t('media.printLabel')}
          </Button>
        }
      />
      <Facts medium={medium} of={plan.media} />
      {medium.trouble && (
        <div className="notice is-wrong" role="alert">
          <strong>{t('media.stuckWhat')}</strong>
          <p>{medium.trouble}</p>
        </div>
      )}
      {job && (working || job.state === 'failed') && (
        <div className="keeping-job">
          <JobProgress job={job} />
        </div>
      )}
      {can('preservation.manage', medium.archiveId) && <MediumActs medium={medium} working={working} />}
      <Tests medium={medium} tests={detail.tests} />
      <Moves moves={detail.moves} />
      <section aria-labelledby="holds-title">
        <h2 className="fields-title" id="holds-title">
          {t('media.holds')}
        </h2>
        <PlannedObjects planId={plan.id} medium={medium.mediumNo} />
      </section>
    </div>
  );
}

function Facts({ medium, of }: { medium: Medium; of: number }): ReactNode {
  const { t } = useWording();
  const fact = (name: string, value: ReactNode): ReactNode => (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
  return (
    <dl className="facts-bar object-facts">
      {fact(
        t('media.state'),
        <>
          <MediumState medium={medium} /> {medium.endedReason}
        </>,
      )}
      {fact(t('media.label.place'), medium.place ?? '—')}
      {fact(t('media.condition'), t(`media.condition.${medium.condition}`))}
      {fact(t('media.label.no'), `${medium.mediumNo} / ${of}`)}
      {fact(t('media.label.kind'), t(`media.kind.${medium.kind}`))}
      {fact(t('media.label.objects'), `${count(medium.objects)} (${bytes(medium.bytes)})`)}
      {medium.writtenAt &&
        fact(
          t('media.label.written'),
          <>
            <When at={medium.writtenAt} /> · {medium.writtenBy}
          </>,
        )}
      {fact(
        t('media.lastTest'),
        <>
          <TestOutcome outcome={medium.testOutcome} /> <When at={medium.testedAt} />
        </>,
      )}
      {medium.replaces &&
        fact(
          t('media.replaces'),
          <Link to={`/preservation/media/${medium.replaces}`}>{t('media.replacesLink')}</Link>,
        )}
      {medium.keepUntil && fact(t('media.keepUntil'), medium.keepUntil)}
      {medium.manifestSha512 &&
        fact(
          t('media.label.digest'),
          <span className="code clip block medium-digest" title={medium.manifestSha512}>
            {medium.manifestSha512}
          </span>,
        )}
    </dl>
  );
}
