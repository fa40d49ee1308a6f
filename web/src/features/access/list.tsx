import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, body } from '../../api/client.ts';
import { oneOf } from '../../api/requests.ts';
import { ProposalList, useProposalState } from '../../components/proposals.tsx';
import { NothingHere } from '../../components/trouble.tsx';
import { count } from '../../lib/format.ts';
import { useArchive } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { settingWords } from './access-state.tsx';

/** Changes of access somebody proposed. */
export function AccessChanges(): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const archive = useArchive();
  const { view, state } = useProposalState();
  const query = {
    ...(archive && { archive: archive.id }),
    state: oneOf(['proposed', 'approved', 'rejected'], state),
    ...(view.cursor && { cursor: view.cursor }),
    limit: 50,
  };
  const list = useQuery({
    queryKey: ['access-changes', query],
    queryFn: () => body(api.GET('/access-changes', { params: { query } })),
  });
  if (!archive) return <NothingHere />;
  return (
    <ProposalList
      title={t('accessChanges.title')}
      none={{ title: t('accessChanges.none'), text: t('accessChanges.noneText') }}
      stateWord={(s) => t(`accessChanges.state.${s}`)}
      proposedBy={t('accessChanges.by')}
      pathOf={(row) => `/access-changes/${row.id}`}
      list={list}
      columns={[
        {
          key: 'change',
          title: t('accessChanges.change'),
          width: '240px',
          hint: (row) => settingWords(row, wording),
          cell: (row) => <Link to={`/access-changes/${row.id}`}>→ {settingWords(row, wording)}</Link>,
        },
        {
          key: 'units',
          title: t('accessChanges.units'),
          width: '72px',
          numeric: true,
          cell: (row) => count(row.unitCount),
        },
      ]}
    />
  );
}
