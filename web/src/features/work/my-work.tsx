import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, body } from '../../api/client.ts';
import type { WorkItem } from '../../api/shapes.ts';
import { Empty, LinkButton, Loading, PageHead, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useArchiveName, useCan, useSession } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { expectedPlace } from '../accessions/places.ts';
import { remarkPlace } from '../guidance/queries.ts';
import { isJob } from '../jobs/is-job.ts';
import { JobLine } from '../jobs/job-list.tsx';
import { WorkAlarms } from './alarms.tsx';
import { Drafts } from './drafts.tsx';

const PLACES: Readonly<
  Record<Exclude<WorkItem['kind'], 'accessionDue' | 'blocked' | 'deposit' | 'remark' | 'yearFiling'>, string>
> = {
  accessChange: '/access-changes/',
  accessionDecision: '/accessions/',
  certificate: '/certificates/',
  disposal: '/disposals/',
  unitDraft: '/drafts/',
  transfer: '/transfers/',
  grant: '/leave/',
  rearrangement: '/arrangement/',
  rightsChange: '/rights-changes/',
  schedule: '/filing/schedules/',
  notice: '/notices/',
  senderSystem: '/intake/',
  stuckTransfer: '/transfers/',
};

/** Where something that waits is done. */
function placeOf({ kind, id, about }: WorkItem): string {
  if (kind === 'accessionDue') return expectedPlace(about?.kind ?? '', id);
  if (kind === 'blocked') return '/blocked-transfers';
  if (kind === 'deposit') return `/deposits/${about?.id ?? ''}`;
  if (kind === 'remark') return remarkPlace(about?.kind ?? '', about?.id ?? '');
  if (kind === 'yearFiling') return `/filing/records?agency=${about?.id ?? ''}&year=${about?.year ?? ''}`;
  return PLACES[kind] + id;
}

/** First page: what waits for me, what I sent, what runs or failed. Each row one verb; nothing above it. */
export function MyWork(): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const work = useQuery({ queryKey: ['work'], queryFn: () => body(api.GET('/me/work')) });
  if (work.error) return <Trouble error={work.error} retry={() => void work.refetch()} />;
  if (!work.data) return <Loading lines={9} />;
  const { waiting, mine, drafts, alarms } = work.data;
  const jobs = work.data.jobs.filter(isJob);
  const idle = alarms.length + waiting.length + mine.length + drafts.length + jobs.length === 0;
  return (
    <div className="page">
      <PageHead title={t('work.title')} />
      {idle && can('import.run') && (
        <Empty
          title={t('work.startTitle')}
          acts={
            <>
              <LinkButton to="/imports/new" type="primary">
                {t('imports.new')}
              </LinkButton>
              <LinkButton to="/scans/new">{t('scans.new')}</LinkButton>
            </>
          }
        >
          {t('work.startText')}
        </Empty>
      )}
      <div className="work-lists">
        {alarms.length > 0 && <WorkAlarms alarms={alarms} />}
        <WorkList title={t('work.waiting')} items={waiting} none={t('work.waitingNone')} mine={false} />
        <WorkList title={t('work.mine')} items={mine} none={t('work.mineNone')} mine />
        {drafts.length > 0 && <Drafts items={drafts} />}
        <section aria-labelledby="work-jobs">
          <h2 className="fields-title" id="work-jobs">
            {t('work.jobs')} <span className="soft">{jobs.length}</span>
          </h2>
          {jobs.length === 0 ? (
            <p className="soft">{t('work.jobsNone')}</p>
          ) : (
            jobs.map((job) => <JobLine key={job.id} job={job} />)
          )}
        </section>
      </div>
    </div>
  );
}

function WorkList(props: { title: string; items: WorkItem[]; none: string; mine: boolean }): ReactNode {
  const { t } = useWording();
  const { archives } = useSession();
  const nameOf = useArchiveName();
  return (
    <section aria-label={props.title}>
      <h2 className="fields-title">
        {props.title} <span className="soft">{props.items.length}</span>
      </h2>
      {props.items.length === 0 && <p className="soft">{props.none}</p>}
      <ul>
        {props.items.map((item) => {
          const archive = archives.find((a) => a.id === item.archiveId);
          return (
            <li key={`${item.kind}-${item.id}`} className="work-row">
              <span className="small soft">{t(`work.kind.${item.kind}`)}</span>
              <span className="grow">
                <Link to={placeOf(item)} className="work-title">
                  {item.title}
                </Link>
                <span className="small soft">
                  {archive && `${nameOf(archive)} · `}
                  <When at={item.since} />
                </span>
              </span>
              <LinkButton to={placeOf(item)} size="small" type={props.mine ? 'default' : 'primary'}>
                {props.mine ? t('work.verb.look') : t(`work.verb.${item.kind}`)}
              </LinkButton>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
