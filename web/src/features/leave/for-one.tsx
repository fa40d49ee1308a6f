import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { Loading, Status } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { listOf } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { LeaveForm } from './form.tsx';
import { LEAVE_TONES, type LeaveOn, leaveList } from './queries.ts';

/** Leave asked for and given for one unit or a whole fonds, and the form that asks for more. */
export function LeaveFor({ archiveId, on }: { archiveId: string; on: LeaveOn }): ReactNode {
  const { t, language } = useWording();
  const list = useQuery(leaveList({ archiveId, ...on }));
  const [open, setOpen] = useState(false);
  return (
    <section aria-label={t('grants.title')}>
      <h3>{t('grants.title')}</h3>
      {list.error && <Trouble error={list.error} />}
      {list.isPending && <Loading lines={2} />}
      {list.data?.items.length === 0 && <p className="soft">{t('grants.none')}</p>}
      <ul className="leave-list">
        {list.data?.items.map((leave) => (
          <li key={leave.id}>
            <Link to={`/leave/${leave.id}`}>
              <strong>{leave.person.name}</strong>
            </Link>{' '}
            <Status tone={LEAVE_TONES[leave.state]}>{t(`grants.state.${leave.state}`)}</Status>{' '}
            {listOf(
              language,
              leave.gives.map((g) => t(`visibility.sight.${g}`)),
            )}{' '}
            <span className="nowrap">
              {leave.from} – {leave.until}
            </span>
            <div className="small soft">
              {leave.reason} · {leave.basis} · {leave.proposedBy.name}
            </div>
          </li>
        ))}
      </ul>
      {open ? (
        <LeaveForm on={on} onClose={() => setOpen(false)} />
      ) : (
        <Button onClick={() => setOpen(true)}>{t('grants.give')}</Button>
      )}
    </section>
  );
}
