import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body, done } from '../../api/client.ts';
import { Loading } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useSession } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { NewSecret, TokenForm } from './token-form.tsx';
import { TokenTable } from './token-table.tsx';

/** One's own API tokens. */
export function Tokens(): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const { archives } = useSession();
  const [open, setOpen] = useState(false);
  const [secret, setSecret] = useState<string>();
  const tokens = useQuery({ queryKey: ['tokens'], queryFn: () => body(api.GET('/me/tokens')) });
  const again = (): void => void queries.invalidateQueries({ queryKey: ['tokens'] });
  const revoke = useMutation({
    mutationFn: (id: string) => done(api.DELETE('/me/tokens/{id}', { params: { path: { id } } })),
    onSettled: again,
  });
  return (
    <section>
      <h2 className="fields-title">{t('account.tokens')}</h2>
      <p className="soft">{t('account.tokensLead')}</p>
      {tokens.error && <Trouble error={tokens.error} retry={() => void tokens.refetch()} />}
      {tokens.isPending && <Loading lines={2} />}
      {revoke.error && <Trouble error={revoke.error} />}
      {secret && <NewSecret secret={secret} onKept={() => setSecret(undefined)} />}
      {tokens.data?.items.length === 0 && <p>{t('account.tokensNone')}</p>}
      {tokens.data && tokens.data.items.length > 0 && (
        <TokenTable tokens={tokens.data.items} onRevoke={(id) => revoke.mutate(id)} />
      )}
      {open ? (
        <TokenForm
          capabilities={[...new Set(archives.flatMap((a) => a.capabilities))]}
          archives={archives}
          create={(wanted) => body(api.POST('/me/tokens', { body: wanted }))}
          onCreated={(fresh) => {
            setSecret(fresh);
            setOpen(false);
            again();
          }}
          onClose={() => setOpen(false)}
        />
      ) : (
        <Button onClick={() => setOpen(true)}>{t('account.tokenAdd')}</Button>
      )}
    </section>
  );
}
