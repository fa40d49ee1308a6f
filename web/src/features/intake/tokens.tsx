import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, InputNumber } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, body, done } from '../../api/client.ts';
import { Field, Status, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { NewSecret } from '../account/token-form.tsx';
import type { SystemRead } from './queries.ts';
import '../../styles/table.css';
import '../../styles/account.css';

/** A system's tokens: made here, shown once, revoked here. */
export function Tokens({ system, mayChange }: { system: SystemRead; mayChange: boolean }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const [secret, setSecret] = useState<string>();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [days, setDays] = useState(180);
  const again = (): Promise<void> => queries.invalidateQueries({ queryKey: ['intake'] });
  const path = { id: system.id };
  const create = useMutation({
    mutationFn: () =>
      body(api.POST('/intake/systems/{id}/tokens', { params: { path }, body: { name, days } })),
    onSuccess: (made) => {
      setSecret(made.secret);
      setOpen(false);
      setName('');
    },
    onSettled: again,
  });
  const revoke = useMutation({
    mutationFn: (tokenId: string) =>
      done(api.DELETE('/intake/systems/{id}/tokens/{tokenId}', { params: { path: { ...path, tokenId } } })),
    onSettled: again,
  });
  return (
    <section aria-label={t('intake.tokens')} style={{ marginTop: 24 }}>
      <h2 className="fields-title">{t('intake.tokens')}</h2>
      {revoke.error && <Trouble error={revoke.error} />}
      {create.error && <Trouble error={create.error} />}
      {secret && <NewSecret secret={secret} onKept={() => setSecret(undefined)} />}
      {system.tokens.length === 0 && <p className="soft">{t('account.tokensNone')}</p>}
      {system.tokens.length > 0 && (
        <div className="account-table">
          <table className="data wrap">
            <thead>
              <tr>
                <th scope="col">{t('account.tokenName')}</th>
                <th scope="col">{t('account.tokenUntil')}</th>
                <th scope="col">{t('account.tokenUsed')}</th>
                <th scope="col">
                  <span className="visually-hidden">{t('account.tokenRevoke')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {system.tokens.map((token) => {
                const over = !token.revokedAt && new Date(token.expiresAt) <= new Date();
                return (
                  <tr key={token.id}>
                    <td>{token.name}</td>
                    <td>
                      <When at={token.expiresAt} />
                    </td>
                    <td>
                      {token.usedAt ? <When at={token.usedAt} /> : t('account.tokenNever')}
                      {token.usedFrom && <div className="small soft code">{token.usedFrom}</div>}
                    </td>
                    <td>
                      {token.revokedAt || over ? (
                        <Status tone="closed">
                          {t(over ? 'account.tokenOver' : 'account.tokenRevoked')}
                        </Status>
                      ) : (
                        mayChange && (
                          <Button type="link" size="small" danger onClick={() => revoke.mutate(token.id)}>
                            {t('account.tokenRevoke')}
                          </Button>
                        )
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {mayChange && !open && <Button onClick={() => setOpen(true)}>{t('account.tokenAdd')}</Button>}
      {open && (
        <form
          className="stack"
          aria-label={t('account.tokenAdd')}
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            create.mutate();
          }}
        >
          <Field label={t('account.tokenName')} needed>
            {(id) => <Input id={id} maxLength={60} value={name} onChange={(e) => setName(e.target.value)} />}
          </Field>
          <Field label={t('account.tokenDays')} needed>
            {(id) => (
              <InputNumber
                id={id}
                min={1}
                max={366}
                precision={0}
                value={days}
                onChange={(n) => setDays(n ?? 180)}
              />
            )}
          </Field>
          <div className="row">
            <Button type="primary" htmlType="submit" loading={create.isPending} disabled={!name.trim()}>
              {t('account.tokenCreate')}
            </Button>
            <Button onClick={() => setOpen(false)}>{t('act.cancel')}</Button>
          </div>
        </form>
      )}
    </section>
  );
}
