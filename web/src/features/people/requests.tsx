import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, body } from '../../api/client.ts';
import { oneOf } from '../../api/requests.ts';
import { ProposalList, useProposalState } from '../../components/proposals.tsx';
import { NothingHere } from '../../components/trouble.tsx';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { usePlace, useWantedTitle } from './queries.ts';

/** Changes of rights somebody asked for. */
export function RightsRequests(): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const place = usePlace();
  const title = useWantedTitle();
  const { view, state } = useProposalState();
  const query = {
    state: oneOf(['proposed', 'approved', 'rejected'], state),
    ...(view.cursor && { cursor: view.cursor }),
    limit: 50,
  };
  const list = useQuery({
    queryKey: ['rights-changes', query],
    queryFn: () => body(api.GET('/rights-changes', { params: { query } })),
  });
  if (!can('rights.manage') && !can('rights.approve')) return <NothingHere />;
  return (
    <ProposalList
      title={t('rights.title')}
      none={{ title: t('rights.none'), text: t('rights.noneText') }}
      stateWord={(s) => t(`rights.state.${s}`)}
      proposedBy={t('rights.askedBy')}
      pathOf={(row) => `/rights-changes/${row.id}`}
      list={list}
      columns={[
        {
          key: 'what',
          title: t('rights.what'),
          hint: (row) => title(row),
          cell: (row) => <Link to={`/rights-changes/${row.id}`}>{title(row)}</Link>,
        },
        { key: 'where', title: t('people.where'), width: '150px', cell: (row) => place(row.archiveId) },
      ]}
    />
  );
}
