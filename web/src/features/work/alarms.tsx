import type { ReactNode } from 'react';
import { LinkButton, When } from '../../components/small.tsx';
import { useWording } from '../../wording.tsx';
import { useAlarmSentence } from '../preservation/alarm-sentence.ts';
import { objectLink } from '../preservation/queries.ts';
import type { Alarm } from '../preservation/shapes.ts';

/** What copies and stores need somebody for: each row leads to where it is put right. */
export function WorkAlarms({ alarms }: { alarms: readonly Alarm[] }): ReactNode {
  const { t } = useWording();
  return (
    <section aria-label={t('work.alarms')}>
      <h2 className="fields-title">
        {t('work.alarms')} <span className="soft">{alarms.length}</span>
      </h2>
      <ul>
        {alarms.map((alarm) => (
          <AlarmRow key={alarm.id} alarm={alarm} />
        ))}
      </ul>
    </section>
  );
}

function AlarmRow({ alarm }: { alarm: Alarm }): ReactNode {
  const { t } = useWording();
  const sentence = useAlarmSentence(alarm);
  const to = alarm.objectId ? objectLink(alarm.objectId) : '/preservation/stores';
  return (
    <li className="work-row">
      <span className="small soft">
        {t(alarm.state === 'solved' ? 'work.alarm.over' : 'work.alarm.open')}
      </span>
      <span className="grow">
        <span className="work-title">{sentence}</span>
        <span className="small soft">
          <When at={alarm.raisedAt} />
        </span>
      </span>
      <LinkButton to={to} size="small" type="primary">
        {t('keeping.alarm.look')}
      </LinkButton>
    </li>
  );
}
