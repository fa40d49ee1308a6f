import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { ApiError, api, body } from '../../api/client.ts';
import { Scroll } from '../../components/scroll.tsx';
import { Loading, PageHead, Status, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { WithReason } from '../../components/with-reason.tsx';
import { bytes, count } from '../../lib/format.ts';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { JobProgress } from '../jobs/job-progress.tsx';
import { useJob } from '../jobs/use-job.ts';
import { PlannedObjects } from './planned-objects.tsx';
import { MEDIA, type MediaPlan, type Medium, mediaList, mediaPlan, PLAN_TONES } from './queries.ts';
import { MediumState, PlanOf, TestOutcome, usePurpose } from './words.tsx';
import '../../styles/item.css';
import '../../styles/preservation.css';
import '../../styles/table.css';

/** More media than this of one plan are shown by their numbers alone, through the list of the archive. */
const MOST_SHOWN = 200;

/** One plan: what it is of, its sets medium by medium, and what was too large. */
export function MediaPlanPage(): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const { id = '' } = useParams();
  const found = useQuery(mediaPlan(id));
  const planned = found.data?.plan.state === 'planned';
  const media = useQuery({ ...mediaList({ plan: id, limit: MOST_SHOWN }), enabled: planned });
  if (found.error instanceof ApiError && found.error.status === 404) return <NothingHere />;
  if (found.error) return <Trouble error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const { plan } = found.data;
  const begun = media.data?.items.some(({ state }) => state !== 'planned') ?? true;
  return (
    <div className="page">
      <PageHead
        crumbs={[{ to: '/preservation/media', text: t('media.title') }, { text: plan.number }]}
        title={plan.title}
      />
      <dl className="facts-bar object-facts">
        <div>
          <dt>{t('media.state')}</dt>
          <dd>
            <Status tone={PLAN_TONES[plan.state]}>{t(`media.planState.${plan.state}`)}</Status>
          </dd>
        </div>
        <div>
          <dt>{t('media.of')}</dt>
          <dd>
            <PlanOf plan={plan} />
          </dd>
        </div>
        <div>
          <dt>{t('media.label.objects')}</dt>
          <dd>
            {count(plan.objects)} ({bytes(plan.bytes)})
          </dd>
        </div>
        <div>
          <dt>{t('media.label.kind')}</dt>
          <dd>
            {t(`media.kind.${plan.kind}`)} {bytes(plan.mediumBytes)}
          </dd>
        </div>
        <div>
          <dt>{t('media.perSet')}</dt>
          <dd>{count(plan.media)}</dd>
        </div>
        <div>
          <dt>{t('media.madeBy')}</dt>
          <dd>
            {plan.madeBy} · <When at={plan.madeAt} />
          </dd>
        </div>
      </dl>
      {plan.state === 'planning' && <Packing plan={plan} />}
      {plan.state === 'givenUp' && plan.objects === 0 && (
        <p className="notice is-closed">{t('media.nothingToPlan')}</p>
      )}
      {media.error && <Trouble error={media.error} retry={() => void media.refetch()} />}
      {media.data && <Sets media={media.data.items} />}
      {plan.tooLarge > 0 && (
        <section aria-labelledby="too-large">
          <h2 className="fields-title" id="too-large">
            {t('media.tooLarge', { n: plan.tooLarge })}
          </h2>
          <p className="soft">{t('media.tooLargeWhat')}</p>
          <PlannedObjects planId={plan.id} tooLarge />
        </section>
      )}
      {planned && !begun && can('preservation.manage', plan.archiveId) && <GiveUp id={plan.id} />}
    </div>
  );
}

function Packing({ plan }: { plan: MediaPlan }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const job = useJob(plan.jobId, () => void queries.invalidateQueries({ queryKey: MEDIA }));
  return job ? <JobProgress job={job} /> : <p className="soft">{t('media.planState.planning')}</p>;
}

/** The sets of a plan, each with its media: alike, written one by one, kept apart. */
function Sets({ media }: { media: readonly Medium[] }): ReactNode {
  const { t } = useWording();
  const purposeOf = usePurpose();
  const sets = new Map<string, Medium[]>();
  for (const medium of media) sets.set(medium.purpose, [...(sets.get(medium.purpose) ?? []), medium]);
  return (
    <>
      <p className="soft">{t('media.setsWhat')}</p>
      {[...sets].map(([purpose, list]) => (
        <section key={purpose} aria-labelledby={`set-${purpose}`}>
          <h2 className="fields-title" id={`set-${purpose}`}>
            {purposeOf(purpose)}
          </h2>
          <Scroll label={purposeOf(purpose)}>
            <table className="data wrap" style={{ minWidth: 760 }}>
              <thead>
                <tr>
                  <th scope="col" style={{ width: 220 }}>
                    {t('media.number')}
                  </th>
                  <th scope="col" style={{ width: 110 }}>
                    {t('media.state')}
                  </th>
                  <th scope="col" className="numeric" style={{ width: 80 }}>
                    {t('media.label.objects')}
                  </th>
                  <th scope="col" className="numeric" style={{ width: 90 }}>
                    {t('media.label.bytes')}
                  </th>
                  <th scope="col">{t('media.label.place')}</th>
                  <th scope="col" style={{ width: 160 }}>
                    {t('media.lastTest')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {list.map((medium) => (
                  <tr key={medium.id}>
                    <td>
                      <Link to={`/preservation/media/${medium.id}`}>{medium.number}</Link>
                    </td>
                    <td>
                      <MediumState medium={medium} />
                    </td>
                    <td className="numeric">{count(medium.objects)}</td>
                    <td className="numeric">{bytes(medium.bytes)}</td>
                    <td>{medium.place ?? '—'}</td>
                    <td>
                      <TestOutcome outcome={medium.testOutcome} /> <When at={medium.testedAt} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        </section>
      ))}
    </>
  );
}

function GiveUp({ id }: { id: string }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const giveUp = useMutation({
    mutationFn: (reason: string) =>
      body(
        api.POST('/preservation/media-plans/{id}/give-up', { params: { path: { id } }, body: { reason } }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: MEDIA }),
  });
  return (
    <div className="keeping-acts no-print">
      <WithReason
        act={t('media.giveUp')}
        what={t('media.giveUp.what')}
        reason={t('media.reason')}
        pending={giveUp.isPending}
        error={giveUp.error}
        onAct={giveUp.mutate}
      />
    </div>
  );
}
