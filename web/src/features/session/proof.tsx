import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router';
import { api, body } from '../../api/client.ts';
import { askForProofWith } from '../../api/proof.ts';
import { Field, Loading } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { askKey, canUseKeys } from '../../lib/security-key.ts';
import { useWording } from '../../wording.tsx';
import { KeyTrouble } from './key-trouble.tsx';
import '../../styles/account.css';

type Way = 'password' | 'code' | 'key';

/** Asks for a proof when a call met `session.stale`; the call goes on afterwards. */
export function ProofDialog(): ReactNode {
  const { t } = useWording();
  const [open, setOpen] = useState(false);
  const answer = useRef<(proved: boolean) => void>(undefined);
  useEffect(
    () =>
      askForProofWith(
        () =>
          new Promise((resolve) => {
            answer.current = resolve;
            setOpen(true);
          }),
      ),
    [],
  );
  const close = (proved: boolean): void => {
    setOpen(false);
    answer.current?.(proved);
  };
  if (!open) return null;
  return (
    <dialog
      ref={(dialog) => {
        if (dialog && !dialog.open) dialog.showModal();
      }}
      className="proof"
      aria-labelledby="proof-title"
      onCancel={() => close(false)}
    >
      <div className="spread">
        <h2 id="proof-title">{t('proof.title')}</h2>
        <button type="button" className="plain soft" onClick={() => close(false)}>
          {t('act.close')}
        </button>
      </div>
      <ProofForm onProved={() => close(true)} />
    </dialog>
  );
}

function ProofForm({ onProved }: { onProved: () => void }): ReactNode {
  const { t } = useWording();
  const location = useLocation();
  const ways = useQuery({
    queryKey: ['proof'],
    queryFn: () => body(api.GET('/session/proof')),
    staleTime: 0,
  });
  const [chosen, setChosen] = useState<Way>();
  const [text, setText] = useState('');
  const prove = useMutation({
    mutationFn: async (way: Way) => {
      if (way === 'password') return body(api.POST('/session/proof', { body: { password: text } }));
      if (way === 'code') return body(api.POST('/session/proof', { body: { code: text } }));
      const { options } = await body(api.POST('/session/proof/challenge'));
      return body(api.POST('/session/proof', { body: { key: await askKey(options) } }));
    },
    onSuccess: onProved,
    onError: () => setText(''),
  });
  const leave = useMutation({
    mutationFn: () =>
      body(
        api.POST('/session/oidc', { body: { purpose: 'prove', next: location.pathname + location.search } }),
      ),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  if (ways.error) return <Trouble error={ways.error} retry={() => void ways.refetch()} />;
  if (!ways.data) return <Loading lines={3} />;
  const can: Way[] = [
    ...(ways.data.password ? ['password' as const] : []),
    ...(ways.data.totp ? ['code' as const] : []),
    ...(ways.data.webauthn && canUseKeys() ? ['key' as const] : []),
  ];
  const way = chosen ?? can[0];
  return (
    <form
      className="stack"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (way) prove.mutate(way);
      }}
    >
      <p>{t('proof.lead')}</p>
      {prove.error && <KeyTrouble error={prove.error} />}
      {leave.error && <Trouble error={leave.error} />}
      {(way === 'password' || way === 'code') && (
        <Field key={way} label={t(way === 'password' ? 'signIn.password' : 'second.code')}>
          {(id) => (
            <Input
              id={id}
              autoFocus
              required
              type={way === 'password' ? 'password' : 'text'}
              autoComplete={way === 'password' ? 'current-password' : 'one-time-code'}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
      )}
      {way && (
        <Button
          type="primary"
          htmlType="submit"
          block
          loading={prove.isPending}
          disabled={way !== 'key' && text === ''}
        >
          {way === 'key' ? t('proof.key') : t('proof.act')}
        </Button>
      )}
      <div className="row small">
        {can
          .filter((other) => other !== way)
          .map((other) => (
            <button key={other} type="button" className="plain" onClick={() => setChosen(other)}>
              {t(`proof.${other}`)}
            </button>
          ))}
        {ways.data.oidc && (
          <button type="button" className="plain" onClick={() => leave.mutate()}>
            {t('account.method.oidc')}
          </button>
        )}
      </div>
    </form>
  );
}
