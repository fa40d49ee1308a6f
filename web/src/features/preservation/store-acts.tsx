import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { KEEPING } from './keeping-queries.ts';
import type { Store } from './shapes.ts';

type Act = 'look' | 'drain' | 'resume' | 'lose' | 'remove';

/** What can be done to a store in its state: the main one is only looked at. */
export function actsOn(store: Store): Act[] {
  if (store.state === 'lost' || store.state === 'removed') return [];
  if (store.isMain) return ['look'];
  return ['look', store.state === 'active' ? 'drain' : 'resume', 'lose', 'remove'];
}

/** The acts on one store; grave ones say what they do, and ask for a reason. */
export function StoreActs({ store }: { store: Store }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const [act, setAct] = useState<Act>();
  const [reason, setReason] = useState('');
  const does = useMutation({
    mutationFn: (wanted: Act) => perform(store, wanted, reason.trim()),
    onSuccess: () => {
      setAct(undefined);
      setReason('');
    },
    onSettled: () => queries.invalidateQueries({ queryKey: KEEPING }),
  });
  const choose = (wanted: Act): void => {
    does.reset();
    if (wanted === 'look') does.mutate('look');
    else setAct(wanted);
  };
  const withReason = act === 'lose' || act === 'remove';
  return (
    <div className="store-acts">
      <div className="row">
        {actsOn(store).map((one) => (
          <Button
            key={one}
            size="small"
            danger={one === 'lose' || one === 'remove'}
            loading={does.isPending && does.variables === one}
            onClick={() => choose(one)}
          >
            {t(`stores.${one}`)}
          </Button>
        ))}
      </div>
      {does.error && <Trouble error={does.error} />}
      {act && act !== 'look' && (
        <form
          className="stack alarm-form"
          aria-label={t('stores.pick', { act: t(`stores.${act}`) })}
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            does.mutate(act);
          }}
        >
          <p>{t(`stores.${act}.what`)}</p>
          {withReason && (
            <Field label={t('stores.reason')} needed>
              {(id) => (
                <Input
                  id={id}
                  maxLength={1000}
                  value={reason}
                  onChange={(event) => setReason(event.target.value)}
                />
              )}
            </Field>
          )}
          <div className="row">
            <Button
              htmlType="submit"
              type="primary"
              size="small"
              danger={withReason}
              loading={does.isPending}
              disabled={withReason && !reason.trim()}
            >
              {t(`stores.${act}`)}
            </Button>
            <Button size="small" onClick={() => setAct(undefined)}>
              {t('act.cancel')}
            </Button>
          </div>
        </form>
      )}
    </div>
  );
}

function perform(store: Store, act: Act, reason: string): Promise<unknown> {
  const params = { path: { id: store.id } };
  switch (act) {
    case 'look':
      return body(api.POST('/preservation/stores/{id}/look', { params }));
    case 'lose':
      return body(api.POST('/preservation/stores/{id}/loss', { params, body: { reason } }));
    case 'remove':
      return body(api.POST('/preservation/stores/{id}/removal', { params, body: { reason } }));
    default:
      return body(
        api.PATCH('/preservation/stores/{id}', {
          params,
          body: { version: store.version, state: act === 'drain' ? 'draining' : 'active' },
        }),
      );
  }
}
