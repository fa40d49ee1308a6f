import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, body, done } from '../../api/client.ts';
import { Field, When } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import type { Account } from './shapes.ts';

/** Accounts of other systems the person signs in through. Not shown where there are none to link. */
export function LinkedAccounts({ account }: { account: Account }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const [ldap, setLdap] = useState<{ username: string; password: string }>();
  const doors = useQuery({ queryKey: ['doors'], queryFn: () => body(api.GET('/session/doors')) });
  const again = (): void => void queries.invalidateQueries({ queryKey: ['account'] });
  const leave = useMutation({
    mutationFn: () => body(api.POST('/session/oidc', { body: { purpose: 'link', next: '/account' } })),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  const link = useMutation({
    mutationFn: (given: { username: string; password: string }) =>
      done(api.POST('/me/links/ldap', { body: given })),
    onSuccess: () => {
      setLdap(undefined);
      again();
    },
  });
  const unlink = useMutation({
    mutationFn: (provider: 'oidc' | 'ldap') =>
      done(api.DELETE('/me/links/{provider}', { params: { path: { provider } } })),
    onSuccess: again,
  });
  const { oidc = null, ldap: hasLdap = false } = doors.data ?? {};
  if (!oidc && !hasLdap && account.links.length === 0) return null;
  const error = leave.error ?? link.error ?? unlink.error;
  return (
    <section>
      <h2 className="fields-title">{t('account.links')}</h2>
      {error && <Trouble error={error} />}
      {account.links.length === 0 && <p className="soft">{t('account.linksNone')}</p>}
      <ul className="history">
        {account.links.map((one) => (
          <li key={`${one.issuer} ${one.subject}`} className="spread">
            <span>
              {t(`account.method.${one.provider}`)} <span className="code soft small">{one.subject}</span>
            </span>
            <span className="soft small">
              <When at={one.linkedAt} />{' '}
              <Button type="link" size="small" onClick={() => unlink.mutate(one.provider)}>
                {t('account.unlink')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {ldap && (
        <form
          className="stack"
          aria-label={t('account.linkLdap')}
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            link.mutate(ldap);
          }}
        >
          {(['username', 'password'] as const).map((key) => (
            <Field key={key} label={t(`signIn.${key}`)} needed>
              {(id) => (
                <Input
                  id={id}
                  type={key === 'password' ? 'password' : 'text'}
                  autoComplete="off"
                  value={ldap[key]}
                  onChange={(event) => setLdap({ ...ldap, [key]: event.target.value })}
                />
              )}
            </Field>
          ))}
          <div className="row">
            <Button type="primary" htmlType="submit" loading={link.isPending}>
              {t('account.linkLdap')}
            </Button>
            <Button onClick={() => setLdap(undefined)}>{t('act.cancel')}</Button>
          </div>
        </form>
      )}
      {!ldap && (
        <div className="row">
          {oidc && (
            <Button loading={leave.isPending} onClick={() => leave.mutate()}>
              {t('account.linkOidc', { name: oidc.name })}
            </Button>
          )}
          {hasLdap && (
            <Button onClick={() => setLdap({ username: '', password: '' })}>{t('account.linkLdap')}</Button>
          )}
        </div>
      )}
    </section>
  );
}
