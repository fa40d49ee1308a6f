import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { api, body, done } from '../../api/client.ts';
import { Decide, ProposalPeople } from '../../components/proposals.tsx';
import { Code, Field, Status, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { listOf } from '../../lib/format.ts';
import { useSession } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { IN_FORCE, LEAVE_CHANGES, LEAVE_TONES, type Leave } from './queries.ts';

/** One leave: who may do what to which record, why, from when to when; and its decision or its end. */
export function LeaveDetail({ leave }: { leave: Leave }): ReactNode {
  const { t, language } = useWording();
  return (
    <div className="stack">
      <dl className="facts">
        <dt>{t('grants.state')}</dt>
        <dd>
          <Status tone={LEAVE_TONES[leave.state]}>{t(`grants.state.${leave.state}`)}</Status>
        </dd>
        <dt>{t('grants.person')}</dt>
        <dd>{leave.person.name}</dd>
        <dt>{t('grants.what')}</dt>
        <dd>
          {leave.unitId ? (
            <Link to={`/units/${leave.unitId}`}>{leave.title}</Link>
          ) : (
            <>
              {leave.title} <span className="soft">{t('grants.fondsWhole')}</span>
            </>
          )}
          <div>
            <Code value={leave.code} />
          </div>
        </dd>
        <dt>{t('grants.gives')}</dt>
        <dd>
          {listOf(
            language,
            leave.gives.map((g) => t(`visibility.sight.${g}`)),
          )}
        </dd>
        <dt>{t('grants.days')}</dt>
        <dd>
          {leave.from} – {leave.until}
        </dd>
        <dt>{t('grants.reason')}</dt>
        <dd>{leave.reason}</dd>
        <dt>{t('grants.basis')}</dt>
        <dd>{leave.basis}</dd>
        <ProposalPeople one={leave} proposedBy={t('grants.proposedBy')} />
        {leave.revokedAt && (
          <>
            <dt>{t('grants.revokedBy')}</dt>
            <dd>
              {leave.revokedByName} · <When at={leave.revokedAt} />
            </dd>
          </>
        )}
      </dl>
      {leave.state === 'proposed' && <DecideLeave leave={leave} />}
      {IN_FORCE.has(leave.state) && <EndLeave leave={leave} />}
    </div>
  );
}

function DecideLeave({ leave }: { leave: Leave }): ReactNode {
  const { t } = useWording();
  const { message } = App.useApp();
  const me = useSession().person.id;
  const queries = useQueryClient();
  const decide = useMutation({
    mutationFn: (answer: { decision: 'approved' | 'rejected'; note: string }) =>
      body(api.POST('/grants/{id}/decision', { params: { path: { id: leave.id } }, body: answer })),
    onSuccess: (_, { decision }) => {
      message.success(t(`grants.done.${decision}`));
      for (const queryKey of LEAVE_CHANGES) void queries.invalidateQueries({ queryKey });
    },
  });
  return (
    <Decide
      barred={leave.proposedBy.id === me ? t('grants.own') : leave.person.id === me && t('grants.forYou')}
      pending={decide.isPending}
      error={decide.error}
      onDecide={decide.mutate}
    />
  );
}

function EndLeave({ leave }: { leave: Leave }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const [reason, setReason] = useState<string>();
  const end = useMutation({
    mutationFn: () =>
      done(
        api.POST('/grants/{id}/end', { params: { path: { id: leave.id } }, body: { reason: reason ?? '' } }),
      ),
    onSuccess: () => {
      for (const queryKey of LEAVE_CHANGES) void queries.invalidateQueries({ queryKey });
    },
  });
  if (reason === undefined)
    return (
      <div>
        <Button onClick={() => setReason('')}>{t('grants.end')}</Button>
      </div>
    );
  return (
    <div className="stack">
      <Field label={t('grants.endReason')} needed>
        {(id) => <Input id={id} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
      {end.error && <Trouble error={end.error} />}
      <div className="row">
        <Button danger loading={end.isPending} disabled={reason.trim() === ''} onClick={() => end.mutate()}>
          {t('grants.end')}
        </Button>
        <Button onClick={() => setReason(undefined)}>{t('act.cancel')}</Button>
      </div>
    </div>
  );
}
