import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { Pager } from '../../components/pager.tsx';
import { Empty, Loading, PageHead, Status, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { bytes, count } from '../../lib/format.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useArchive, useArchiveName, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { KeepingParts } from '../preservation/parts.tsx';
import { Due } from './due.tsx';
import { PlanForm } from './plan-form.tsx';
import { type MediaPlan, mediaDue, mediaPlans, PLAN_TONES } from './queries.ts';
import { PlanOf } from './words.tsx';
import '../../styles/preservation.css';
import '../../styles/table.css';

/** Media kept off-line: how they stand, tests that are due, the plans, and planning the next. */
export function MediaPage(): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const archive = useArchive();
  const nameOf = useArchiveName();
  const [view] = useUrlState(['cursor']);
  const [planning, setPlanning] = useState(false);
  const mayRead = archive !== undefined && can('preservation.read', archive.id);
  const due = useQuery({ ...mediaDue(archive?.id ?? ''), enabled: mayRead });
  const plans = useQuery({
    ...mediaPlans({ archive: archive?.id ?? '', ...(view.cursor && { cursor: view.cursor }) }),
    enabled: mayRead,
  });
  if (!archive || !mayRead) return <NothingHere />;
  const mayPlan = can('preservation.manage', archive.id);
  const plan = mayPlan && (
    <Button type="primary" onClick={() => setPlanning(true)}>
      {t('media.plan')}
    </Button>
  );
  return (
    <div className="page">
      <PageHead crumbs={[{ text: nameOf(archive) }]} title={t('media.title')} actions={plan} />
      <KeepingParts />
      <p className="soft">{t('media.lead')}</p>
      {due.error && <Trouble error={due.error} retry={() => void due.refetch()} />}
      {due.data && (
        <>
          <dl className="store-facts">
            <div>
              <dt>{t('media.fact.media')}</dt>
              <dd>{count(due.data.figures.media)}</dd>
            </div>
            <div>
              <dt>{t('media.fact.inPlace')}</dt>
              <dd>{count(due.data.figures.inPlace)}</dd>
            </div>
            <div>
              <dt>{t('media.fact.bytes')}</dt>
              <dd>{bytes(due.data.figures.bytes)}</dd>
            </div>
            <div>
              <dt>{t('media.fact.failed')}</dt>
              <dd className={due.data.figures.failed > 0 ? 'is-bad' : undefined}>
                {count(due.data.figures.failed)}
              </dd>
            </div>
          </dl>
          <Due due={due.data} />
        </>
      )}
      <section aria-labelledby="plans-title">
        <h2 className="fields-title" id="plans-title">
          {t('media.plans')}
        </h2>
        {plans.error && <Trouble error={plans.error} retry={() => void plans.refetch()} />}
        {plans.isPending && <Loading lines={3} />}
        {plans.data?.items.length === 0 && (
          <Empty title={t('media.none')} acts={plan}>
            {t('media.noneText')}
          </Empty>
        )}
        {plans.data && plans.data.items.length > 0 && (
          <>
            <ul className="stores">
              {plans.data.items.map((one) => (
                <OnePlan key={one.id} plan={one} />
              ))}
            </ul>
            <Pager list={plans.data} />
          </>
        )}
      </section>
      {planning && <PlanForm archiveId={archive.id} onClose={() => setPlanning(false)} />}
    </div>
  );
}

function OnePlan({ plan }: { plan: MediaPlan }): ReactNode {
  const { t } = useWording();
  const to = `/preservation/media/plans/${plan.id}`;
  return (
    <li className="store">
      <div className="spread">
        <h2>
          <Link to={to}>
            {plan.number} {plan.title}
          </Link>
        </h2>
        <Status tone={PLAN_TONES[plan.state]}>{t(`media.planState.${plan.state}`)}</Status>
      </div>
      <p className="small soft">
        <PlanOf plan={plan} /> · {t(`media.kind.${plan.kind}`)} {bytes(plan.mediumBytes)} · {plan.madeBy} ·{' '}
        <When at={plan.madeAt} />
      </p>
      {plan.state === 'planned' && (
        <p>
          {t('media.planSum', { n: plan.objects, size: bytes(plan.bytes), media: plan.media })}
          {plan.tooLarge > 0 && (
            <>
              {' '}
              <Status tone="wrong">{t('media.tooLarge', { n: plan.tooLarge })}</Status>
            </>
          )}
        </p>
      )}
    </li>
  );
}
