import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useSearchParams } from 'react-router';
import { ApiError, api, body } from '../../api/client.ts';
import { Loading, PageHead } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { SecondFactors } from './factors.tsx';
import { LinkedAccounts } from './links.tsx';
import { PasswordPart } from './password.tsx';
import { Sessions } from './sessions.tsx';
import { Tokens } from './tokens.tsx';
import '../../styles/account.css';

/** One's own account: password, second factors, sessions, linked accounts, tokens. */
export function MyAccount(): ReactNode {
  const { t } = useWording();
  const [params] = useSearchParams();
  const [trouble] = useState(params.get('trouble'));
  const account = useQuery({ queryKey: ['account'], queryFn: () => body(api.GET('/me/account')) });
  if (account.error) return <Trouble error={account.error} retry={() => void account.refetch()} />;
  if (!account.data) return <Loading />;
  return (
    <div className="page narrow account">
      <PageHead title={t('account.title')} />
      {trouble && <Trouble error={new ApiError(401, trouble)} />}
      <p className="soft">
        {account.data.displayName} · {t('account.username')}{' '}
        <span className="code">{account.data.username}</span>
      </p>
      <PasswordPart account={account.data} />
      <SecondFactors account={account.data} />
      <Sessions />
      <LinkedAccounts account={account.data} />
      <Tokens />
    </div>
  );
}
