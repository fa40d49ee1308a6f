import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Field, LinkButton, PageHead } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useArchive, useArchiveName, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { OneTimeLink } from './one-time-link.tsx';

/** A new account: it has no role yet, and its person sets the password by a one-time link. */
export function NewPerson(): ReactNode {
  const { t, language } = useWording();
  const archive = useArchive();
  const archiveName = useArchiveName();
  const can = useCan();
  const queries = useQueryClient();
  const [form, setForm] = useState({ username: '', displayName: '' });
  const add = useMutation({
    mutationFn: (archiveId: string) => body(api.POST('/people', { body: { archiveId, ...form, language } })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['people'] }),
  });
  if (!archive || !can('people.manage', archive.id)) return <NothingHere />;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate(archive.id);
  };
  return (
    <div className="page narrow">
      <PageHead crumbs={[{ to: '/people', text: t('people.title') }]} title={t('people.new')} />
      {add.data ? (
        <div className="stack">
          <p>{t('people.added', { name: form.displayName || form.username })}</p>
          {add.data.link && <OneTimeLink name={form.displayName || form.username} token={add.data.link} />}
          <div>
            <LinkButton to={`/people/${add.data.id}`}>{t('people.toPerson')}</LinkButton>
          </div>
        </div>
      ) : (
        <form className="stack" onSubmit={submit} aria-label={t('people.new')}>
          <p className="soft">{t('people.newLead', { archive: archiveName(archive) })}</p>
          {add.error && <Trouble error={add.error} />}
          <Field label={t('people.name')} needed>
            {(id) => (
              <Input
                id={id}
                value={form.displayName}
                onChange={(e) => setForm({ ...form, displayName: e.target.value })}
              />
            )}
          </Field>
          <Field label={t('signIn.username')} needed hint={t('people.usernameHint')}>
            {(id) => (
              <Input
                id={id}
                autoComplete="off"
                value={form.username}
                onChange={(e) => setForm({ ...form, username: e.target.value })}
              />
            )}
          </Field>
          <div>
            <Button
              type="primary"
              htmlType="submit"
              loading={add.isPending}
              disabled={!form.username.trim() || !form.displayName.trim()}
            >
              {t('people.create')}
            </Button>
          </div>
        </form>
      )}
    </div>
  );
}
