import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link, useLocation } from 'react-router';
import { api, done } from '../../api/client.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { Gate } from './gate.tsx';

/** A password set by a one-time link; the token stands behind the #, so that no log of addresses keeps it. */
export function NewPassword(): ReactNode {
  const { t } = useWording();
  const token = useLocation().hash.slice(1);
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const set = useMutation({
    mutationFn: () => done(api.POST('/password-links/use', { body: { token, password } })),
  });
  if (!token)
    return (
      <Gate title={t('newPassword.title')}>
        <p>{t('newPassword.noToken')}</p>
      </Gate>
    );
  if (set.isSuccess)
    return (
      <Gate title={t('newPassword.title')}>
        <p>{t('newPassword.done')}</p>
        <Link to="/sign-in">{t('signIn.act')}</Link>
      </Gate>
    );
  const differs = again !== '' && again !== password;
  return (
    <Gate title={t('newPassword.title')} lead={t('newPassword.lead')}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          set.mutate();
        }}
      >
        {set.error && <Trouble error={set.error} />}
        <Field label={t('account.passwordNew')} needed hint={t('account.passwordHint')}>
          {(id) => (
            <Input
              id={id}
              type="password"
              required
              autoFocus
              autoComplete="new-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('setup.again')} needed wrong={differs ? t('setup.differs') : undefined}>
          {(id) => (
            <Input
              id={id}
              type="password"
              required
              autoComplete="new-password"
              value={again}
              onChange={(event) => setAgain(event.target.value)}
            />
          )}
        </Field>
        <Button
          type="primary"
          htmlType="submit"
          block
          loading={set.isPending}
          disabled={!password || password !== again}
        >
          {t('newPassword.act')}
        </Button>
      </form>
    </Gate>
  );
}
