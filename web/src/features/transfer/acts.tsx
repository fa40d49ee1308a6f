import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { api, body } from '../../api/client.ts';
import type { paths } from '../../api/schema.generated.ts';
import { Trouble } from '../../components/trouble.tsx';
import { WithReason } from '../../components/with-reason.tsx';
import { useWording } from '../../wording.tsx';
import { useIsSending } from './content.tsx';
import { Dispatch } from './media.tsx';
import { ProposalForm } from './proposal-form.tsx';
import { type BatchRead, isUnderWay } from './queries.ts';

type HandAct = NonNullable<
  paths['/transfers/{id}/acts']['post']['requestBody']
>['content']['application/json']['act'];

/** Decisions in their order; what says why unfolds first. */
const PLAIN: readonly HandAct[] = ['precheck', 'send', 'register', 'accept', 'revise'];
const WITH_REASON: readonly HandAct[] = ['return', 'reconsider', 'withdraw'];
const ENDED: ReadonlySet<BatchRead['state']> = new Set(['accepted', 'withdrawn', 'removed', 'blocked']);

interface Order {
  act: HandAct;
  reason?: string;
  decision?: NonNullable<BatchRead['decision']>;
  mediumBytes?: number;
}

function useAct(batch: BatchRead) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (order: Order) =>
      body(
        api.POST('/transfers/{id}/acts', {
          params: { path: { id: batch.id } },
          body: { ...order, version: batch.version },
        }),
      ),
    onSuccess: (read) => {
      queries.setQueryData(['transfer', batch.id], read);
      for (const queryKey of [['transfers'], ['work'], ['transfer-plans']])
        void queries.invalidateQueries({ queryKey });
    },
  });
}

/** What this person can do with the batch now; where that is nothing, whose turn it is. */
export function BatchActs({ batch }: { batch: BatchRead }): ReactNode {
  const { t } = useWording();
  const act = useAct(batch);
  const isSending = useIsSending(batch.id);
  const may = (one: HandAct): boolean =>
    batch.acts.includes(one) && (one !== 'precheck' || batch.packageName !== null);
  const isPending = (one: HandAct): boolean => act.isPending && act.variables?.act === one;
  const waits = !ENDED.has(batch.state) && !isUnderWay(batch.state) && batch.acts.length === 0;
  return (
    <div className="stack">
      {act.error && <Trouble error={act.error} />}
      {batch.decision && batch.state === 'proposed' && <Proposed decision={batch.decision} />}
      {may('propose') && (
        <ProposalForm
          qualified={batch.arrivalCheck?.qualified ?? false}
          pending={isPending('propose')}
          onPropose={(decision) => act.mutate({ act: 'propose', decision })}
        />
      )}
      <div className="row">
        {PLAIN.filter(may).map((one, n) => (
          <Button
            key={one}
            type={n === 0 ? 'primary' : 'default'}
            loading={isPending(one)}
            disabled={isSending}
            onClick={() => act.mutate({ act: one })}
          >
            {t(`transfer.act.${one}`)}
          </Button>
        ))}
      </div>
      {may('dispatch') && (
        <Dispatch
          pending={isPending('dispatch')}
          onDispatch={(mediumBytes) => act.mutate({ act: 'dispatch', mediumBytes })}
        />
      )}
      {WITH_REASON.filter(may).map((one) => (
        <WithReason
          key={one}
          act={t(`transfer.act.${one}`)}
          what={t('transfer.reasonFor', { act: t(`transfer.act.${one}`) })}
          reason={t('transfer.reason')}
          size="middle"
          danger={one === 'withdraw'}
          pending={isPending(one)}
          error={undefined}
          onAct={(reason) => act.mutate({ act: one, reason })}
        />
      ))}
      {waits && <p className="small soft">{t('transfer.waitsForOther')}</p>}
    </div>
  );
}

function Proposed({ decision }: { decision: NonNullable<BatchRead['decision']> }): ReactNode {
  const { t } = useWording();
  return (
    <div className="notice is-waiting" role="note">
      <strong>{t('transfer.decisionIs', { what: t(`transfer.accepts.${decision.accepts}`) })}</strong>
      {decision.reason && <p>{decision.reason}</p>}
      {decision.leftOut.length > 0 && (
        <ul>
          {decision.leftOut.map((one) => (
            <li key={one.code}>
              <span className="code">{one.code}</span> {one.reason}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
