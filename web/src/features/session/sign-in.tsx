import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { ApiError, api, body } from '../../api/client.ts';
import type { Session } from '../../api/shapes.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useLanguageSwitch } from '../../lib/language.ts';
import { useWording } from '../../wording.tsx';
import { Gate } from './gate.tsx';
import { SECOND_WAYS, SecondStep, type SecondWay } from './second-step.tsx';

/** Only addresses of this console are followed after signing in. */
export function safeNext(next: string | null): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\') ? next : '/';
}

/** Ways of the second step named in the address, after coming back from another system. */
function waysIn(text: string | null): readonly SecondWay[] | undefined {
  const ways = SECOND_WAYS.filter((way) => text?.split(',').includes(way));
  return ways.length > 0 ? ways : undefined;
}

export function SignIn(): ReactNode {
  const { t } = useWording();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const switchLanguage = useLanguageSwitch();
  const next = safeNext(params.get('next'));
  const trouble = params.get('trouble');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [second, setSecond] = useState(waysIn(params.get('second')));
  const doors = useQuery({
    queryKey: ['doors'],
    queryFn: () => body(api.GET('/session/doors')),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const enter = (session: Session): void => {
    queries.clear();
    queries.setQueryData(['session'], session);
    switchLanguage(session.person.language);
    navigate(next, { replace: true });
  };
  const signIn = useMutation({
    mutationFn: () => body(api.POST('/session', { body: { username, password } })),
    onSuccess: (answer) => {
      if ('person' in answer) enter(answer);
      else setSecond(answer.ways);
      setPassword('');
    },
  });
  const leave = useMutation({
    mutationFn: () => body(api.POST('/session/oidc', { body: { purpose: 'in', next } })),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  if (second)
    return (
      <Gate title={t('second.title')}>
        <SecondStep ways={second} onIn={enter} onAgain={() => setSecond(undefined)} />
      </Gate>
    );
  const error = signIn.error ?? leave.error ?? (trouble ? new ApiError(401, trouble) : null);
  return (
    <Gate title={t('product.name')} lead={t('signIn.lead')}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate();
        }}
      >
        {error && <Trouble error={error} />}
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
        {doors.data?.oidc && (
          <Button block loading={leave.isPending} onClick={() => leave.mutate()}>
            {t('signIn.oidc', { name: doors.data.oidc.name })}
          </Button>
        )}
        <p className="small soft">
          {t('signIn.forgotten')} <a href="/">{t('shell.portal')}</a>
        </p>
      </form>
    </Gate>
  );
}
