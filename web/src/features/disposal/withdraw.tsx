import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, body } from '../../api/client.ts';
import { WithReason } from '../../components/with-reason.tsx';
import { useWording } from '../../wording.tsx';
import { DISPOSAL_CHANGES } from './queries.ts';
import '../../styles/preservation.css';

/** Takes a list back that nobody has agreed to yet. */
export function Withdraw({ id }: { id: string }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const withdraw = useMutation({
    mutationFn: (reason: string) =>
      body(api.POST('/disposals/{id}/withdrawal', { params: { path: { id } }, body: { reason } })),
    onSuccess: () => {
      for (const queryKey of DISPOSAL_CHANGES) void queries.invalidateQueries({ queryKey });
    },
  });
  return (
    <WithReason
      act={t('disposal.withdraw')}
      what={t('disposal.withdraw.what')}
      reason={t('disposal.register.reason')}
      pending={withdraw.isPending}
      error={withdraw.error}
      onAct={withdraw.mutate}
    />
  );
}
