import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { api, body } from '../../api/client.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useLanguageSwitch } from '../../lib/language.ts';
import { useWording } from '../../wording.tsx';
import { Gate } from './gate.tsx';

/** Only addresses of this console are followed after signing in. */
export function safeNext(next: string | null): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\') ? next : '/';
}

export function SignIn(): ReactNode {
  const { t } = useWording();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const switchLanguage = useLanguageSwitch();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () => body(api.POST('/session', { body: { username, password } })),
    onSuccess: (session) => {
      queries.clear();
      queries.setQueryData(['session'], session);
      switchLanguage(session.person.language);
      navigate(safeNext(params.get('next')), { replace: true });
    },
  });
  return (
    <Gate title={t('product.name')} lead={t('signIn.lead')}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate();
        }}
      >
        {signIn.error && <Trouble error={signIn.error} />}
        <Field label={t('signIn.username')}>
          {(id) => (
            <Input
              id={id}
              autoFocus
              required
              autoComplete="username"
              value={username}
              onChange={(event) => setUsername(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('signIn.password')}>
          {(id) => (
            <Input
              id={id}
              type="password"
              required
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        <Button
          type="primary"
          htmlType="submit"
          block
          loading={signIn.isPending}
          disabled={!username || !password}
        >
          {t('signIn.act')}
        </Button>
        <p className="small soft">
          {t('signIn.forgotten')} <a href="/">{t('shell.portal')}</a>
        </p>
      </form>
    </Gate>
  );
}
