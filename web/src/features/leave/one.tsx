import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { ApiError } from '../../api/client.ts';
import { Loading, PageHead } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { LeaveDetail } from './detail.tsx';
import { leaveOne } from './queries.ts';

/** The page of one leave, where a link from the work list leads. */
export function LeavePage(): ReactNode {
  const { t } = useWording();
  const { id = '' } = useParams();
  const leave = useQuery(leaveOne(id));
  if (leave.error instanceof ApiError && [403, 404].includes(leave.error.status)) return <NothingHere />;
  if (leave.error) return <Trouble error={leave.error} retry={() => void leave.refetch()} />;
  if (!leave.data) return <Loading />;
  const { person, title } = leave.data;
  return (
    <div className="page narrow">
      <PageHead
        crumbs={[{ to: '/leave', text: t('grants.listTitle') }]}
        title={t('grants.lineTitle', { name: person.name, title })}
      />
      <LeaveDetail leave={leave.data} />
    </div>
  );
}
