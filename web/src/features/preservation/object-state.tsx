import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Trouble } from '../../components/trouble.tsx';
import { listOf } from '../../lib/format.ts';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { JobProgress } from '../jobs/job-progress.tsx';
import { AlarmRows } from './alarm-list.tsx';
import { type Copy, heldBy, standing } from './copies.ts';
import { CopiesTable, useStoreName } from './copies-table.tsx';
import type { Alarm } from './shapes.ts';
import { useCheck } from './use-check.ts';

/** The copies of one object, what is wrong with them, and what can be done next by whom. */
export function ObjectState(props: {
  objectId: string;
  archiveId: string | null;
  copies: readonly Copy[];
  alarms: readonly Alarm[];
}): ReactNode {
  const { t, language } = useWording();
  const can = useCan();
  const nameOf = useStoreName();
  const { objectId, archiveId, copies, alarms } = props;
  const mayManage = can('preservation.manage', archiveId ?? undefined);
  const check = useCheck();
  const held = heldBy(copies);
  const coming = standing(copies).filter((copy) => copy.condition === 'wanted');
  const working = check.pending || check.job?.state === 'running' || check.job?.state === 'queued';
  const sentence = t(`object.next.${held.next}`, {
    n: held.wrong.length,
    store: listOf(
      language,
      coming.map((copy) => nameOf({ name: copy.storeName, isMain: copy.isMain })),
    ),
  });
  return (
    <>
      <CopiesTable copies={copies} />
      <div className="next-line">
        <span>{held.next === 'lost' ? `${sentence} ${t('object.mend.none')}` : sentence}</span>
        {mayManage ? (
          <span className="row">
            {held.next === 'damaged' && (
              <Button type="primary" loading={working} onClick={() => check.ask({ objectId, repair: true })}>
                {t('object.mend')}
              </Button>
            )}
            <Button loading={working} onClick={() => check.ask({ objectId, repair: false })}>
              {t('object.verify')}
            </Button>
          </span>
        ) : (
          held.next !== 'sound' && <span className="small soft">{t('object.next.who')}</span>
        )}
      </div>
      {check.error !== null && <Trouble error={check.error} />}
      {check.job && working && (
        <div className="keeping-job">
          <p className="small soft" role="status">
            {t(check.asked?.repair ? 'object.mend.asked' : 'object.verify.asked')}
          </p>
          <JobProgress job={check.job} />
        </div>
      )}
      {alarms.some((alarm) => alarm.state !== 'solved' || alarm.acknowledgedAt === null) && (
        <section aria-label={t('keeping.alarms')}>
          <AlarmRows
            alarms={alarms.filter((alarm) => alarm.state !== 'solved' || alarm.acknowledgedAt === null)}
            mayManage={mayManage}
            here
          />
        </section>
      )}
    </>
  );
}
