import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Field, Status, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { WithReason } from '../../components/with-reason.tsx';
import { dayAndTime } from '../../lib/format.ts';
import { useSession } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import type { DepositRead, Unsealing } from './queries.ts';

const until = (iso: string): string => Object.values(dayAndTime(iso)).join(' ');

function useChanged(id: string): (read: DepositRead) => void {
  const queries = useQueryClient();
  return (read) => {
    queries.setQueryData(['deposit', id], read);
    void queries.invalidateQueries({ queryKey: ['due'] });
  };
}

/** Who asked that it be unsealed, and who agreed. */
export function Unsealings({ deposit: d }: { deposit: DepositRead }): ReactNode {
  const { t } = useWording();
  const changed = useChanged(d.id);
  const ask = useMutation({
    mutationFn: (reason: string) =>
      body(api.POST('/deposits/{id}/unsealings', { params: { path: { id: d.id } }, body: { reason } })),
    onSuccess: changed,
  });
  const waits = d.unsealings.some((u) => u.state === 'asked');
  return (
    <section className="stack" aria-labelledby="unsealings">
      <h2 className="fields-title" id="unsealings">
        {t('deposit.unsealings')}
      </h2>
      <p className="small soft">{t('deposit.sealedText')}</p>
      <ul>
        {d.unsealings.map((u) => (
          <One key={u.id} deposit={d} unsealing={u} />
        ))}
      </ul>
      {d.mayAsk && !d.isOpen && !waits && (
        <WithReason
          act={t(`deposit.ask.${d.mayAsk}`)}
          what={t('deposit.askText')}
          reason={t('deposit.askReason')}
          size="middle"
          pending={ask.isPending}
          error={ask.error}
          onAct={(reason) => ask.mutate(reason)}
        />
      )}
    </section>
  );
}

function One({ deposit: d, unsealing: u }: { deposit: DepositRead; unsealing: Unsealing }): ReactNode {
  const { t } = useWording();
  const { person } = useSession();
  const isOver = u.openUntil !== null && u.openUntil < new Date().toISOString();
  const state = isOver ? 'over' : u.state;
  return (
    <li className="stack">
      <div className="work-row">
        <span className="grow">
          <span className="work-title">{t(`deposit.kind.${u.kind}`)}</span>
          <span className="small">{u.reason}</span>
          <span className="small soft">
            {t('deposit.asked', { name: u.askedBy.name })} · <When at={u.askedAt} />
            {u.decidedBy && ` · ${t('deposit.decidedBy', { name: u.decidedBy })}`}
            {u.note && ` · ${u.note}`}
          </span>
        </span>
        <Status tone={state === 'approved' ? 'done' : state === 'asked' ? 'waiting' : 'closed'}>
          {t(`deposit.unsealing.${state}`, { until: u.openUntil ? until(u.openUntil) : '' })}
        </Status>
      </div>
      {u.state === 'asked' && d.mayDecide && u.askedBy.id !== person.id && (
        <Decide deposit={d} unsealing={u} />
      )}
    </li>
  );
}

function Decide({ deposit: d, unsealing: u }: { deposit: DepositRead; unsealing: Unsealing }): ReactNode {
  const { t } = useWording();
  const changed = useChanged(d.id);
  const [note, setNote] = useState('');
  const decide = useMutation({
    mutationFn: (approve: boolean) =>
      body(
        api.POST('/deposits/{id}/unsealings/{unsealingId}/decision', {
          params: { path: { id: d.id, unsealingId: u.id } },
          body: { approve, note: note.trim() },
        }),
      ),
    onSuccess: changed,
  });
  return (
    <div className="stack">
      {decide.error && <Trouble error={decide.error} />}
      <Field label={t('deposit.decisionNote')}>
        {(id) => <Input id={id} value={note} onChange={(event) => setNote(event.target.value)} />}
      </Field>
      <div className="row">
        <Button type="primary" loading={decide.isPending} onClick={() => decide.mutate(true)}>
          {t('deposit.approve')}
        </Button>
        <Button disabled={!note.trim()} loading={decide.isPending} onClick={() => decide.mutate(false)}>
          {t('deposit.refuse')}
        </Button>
      </div>
    </div>
  );
}
