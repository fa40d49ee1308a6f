import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, body, done } from '../../api/client.ts';
import type { SessionArchive } from '../../api/shapes.ts';
import { Empty, Field, Loading, PageHead } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useArchive, useArchiveName, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import type { ServiceAccount } from './shapes.ts';
import { NewSecret, TokenForm } from './token-form.tsx';
import { TokenTable } from './token-table.tsx';

/** What another system's token is ever made for; more than its roles give is refused. */
const FOR_SYSTEMS = [
  'holdings.read',
  'content.read',
  'content.export',
  'holdings.write',
  'import.run',
  'certificate.request',
  'stats.read',
] as const;

/** Accounts of other systems in an archive, with their tokens. */
export function ServiceAccounts(): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const archive = useArchive();
  const nameOf = useArchiveName();
  const accounts = useQuery({ queryKey: ['services'], queryFn: () => body(api.GET('/service-accounts')) });
  if (!archive || !can('people.manage', archive.id)) return <NothingHere />;
  const here = accounts.data?.items.filter((one) => one.archiveId === archive.id);
  return (
    <div className="page narrow account">
      <PageHead title={t('services.title')} />
      <p className="soft">
        {nameOf(archive)} · {t('services.lead')}
      </p>
      {accounts.error && <Trouble error={accounts.error} retry={() => void accounts.refetch()} />}
      {accounts.isPending && <Loading lines={3} />}
      {here?.length === 0 && <Empty title={t('services.none')} />}
      {here?.map((account) => (
        <Service key={account.id} account={account} archive={archive} />
      ))}
      <NewService archive={archive} />
    </div>
  );
}

function Service({ account, archive }: { account: ServiceAccount; archive: SessionArchive }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [secret, setSecret] = useState<string>();
  const again = (): void => void queries.invalidateQueries({ queryKey: ['services'] });
  const revoke = useMutation({
    mutationFn: (tokenId: string) =>
      done(
        api.DELETE('/service-accounts/{id}/tokens/{tokenId}', {
          params: { path: { id: account.id, tokenId } },
        }),
      ),
    onSettled: again,
  });
  return (
    <section>
      <h2 className="fields-title">
        {account.displayName} <span className="code soft small">{account.username}</span>
      </h2>
      {revoke.error && <Trouble error={revoke.error} />}
      {secret && <NewSecret secret={secret} onKept={() => setSecret(undefined)} />}
      {account.tokens.length === 0 && <p className="soft">{t('account.tokensNone')}</p>}
      {account.tokens.length > 0 && (
        <TokenTable tokens={account.tokens} onRevoke={(id) => revoke.mutate(id)} />
      )}
      {open ? (
        <TokenForm
          capabilities={FOR_SYSTEMS}
          archives={[archive]}
          create={(wanted) =>
            body(
              api.POST('/service-accounts/{id}/tokens', {
                params: { path: { id: account.id } },
                body: wanted,
              }),
            )
          }
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

function NewService({ archive }: { archive: SessionArchive }): ReactNode {
  const { t } = useWording();
  const queries = useQueryClient();
  const [form, setForm] = useState({ displayName: '', username: '' });
  const add = useMutation({
    mutationFn: () => body(api.POST('/service-accounts', { body: { ...form, archiveId: archive.id } })),
    onSuccess: () => {
      setForm({ displayName: '', username: '' });
      void queries.invalidateQueries({ queryKey: ['services'] });
    },
  });
  const text = (key: keyof typeof form, label: string): ReactNode => (
    <Field label={label} needed>
      {(id) => (
        <Input
          id={id}
          maxLength={60}
          value={form[key]}
          onChange={(event) => setForm({ ...form, [key]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <form
      className="stack"
      style={{ marginTop: 24 }}
      aria-label={t('services.add')}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      {add.error && <Trouble error={add.error} />}
      <div className="fields">
        {text('displayName', t('services.name'))}
        {text('username', t('account.username'))}
      </div>
      <div>
        <Button
          htmlType="submit"
          loading={add.isPending}
          disabled={!form.displayName.trim() || !form.username.trim()}
        >
          {t('services.add')}
        </Button>
      </div>
    </form>
  );
}
