import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Input, Select } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useArchive, useArchiveName, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { useOrganisation, useRoles } from './queries.ts';
import { endOfDay, type Person, startOfDay, type Wanted } from './shapes.ts';

const CATEGORIES = ['WS', 'KJ', 'KU', 'ZY', 'ZP', 'LY', 'LX'] as const;
const POST = 'post:';

/** Asks for a role, or a post with its roles, for somebody: another person decides. */
export function GiveForm({ person }: { person: Person }): ReactNode {
  const { t, word, language } = useWording();
  const can = useCan();
  const archive = useArchive();
  const archiveName = useArchiveName();
  const roles = useRoles();
  const organisation = useOrganisation(archive?.id);
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [what, setWhat] = useState<string>();
  const [categories, setCategories] = useState<string[]>([]);
  const [subtree, setSubtree] = useState(false);
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const ask = useMutation({
    mutationFn: (archiveId: string) => {
      const times = { from: from ? startOfDay(from) : null, until: until ? endOfDay(until) : null };
      const wanted: Wanted = what?.startsWith(POST)
        ? { kind: 'post', personId: person.id, postId: what.slice(POST.length), ...times }
        : {
            kind: 'give',
            personId: person.id,
            role: what ?? '',
            subtree,
            categories: categories.length > 0 ? categories : null,
            ...times,
          };
      return body(api.POST('/rights-changes', { body: { archiveId, wanted, reason: reason.trim() } }));
    },
    onSuccess: () => {
      message.success(t('rights.asked'));
      setWhat(undefined);
      setReason('');
      void queries.invalidateQueries({ queryKey: ['rights-changes'] });
    },
  });
  if (!archive || !can('rights.manage', archive.id)) return null;
  const isPost = what?.startsWith(POST) ?? false;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    ask.mutate(archive.id);
  };
  const options = [
    {
      label: t('people.role'),
      options: (roles.data ?? [])
        .filter((r) => !r.retired && (r.archiveId === null || r.archiveId === archive.id))
        // An agency's roles are held through a post there, which says whose records they reach.
        .filter((r) => r.archiveId !== null || !r.code.startsWith('agency-'))
        .map((r) => ({ value: r.code, label: r.names[language] })),
    },
    {
      label: t('organisation.posts'),
      options: (organisation.data?.posts ?? []).map((p) => ({ value: `${POST}${p.id}`, label: p.name })),
    },
  ].filter((group) => group.options.length > 0);
  return (
    <form className="stack" style={{ marginTop: 16 }} onSubmit={submit} aria-label={t('people.give')}>
      <h3>{t('people.give')}</h3>
      <p className="soft">{t('people.giveText', { archive: archiveName(archive) })}</p>
      {ask.error && <Trouble error={ask.error} />}
      <div className="fields">
        <Field label={t('people.what')} needed>
          {(id) => (
            <Select
              id={id}
              showSearch={{ optionFilterProp: 'label' }}
              value={what ?? null}
              onChange={(value) => setWhat(value ?? undefined)}
              options={options}
            />
          )}
        </Field>
        <Field label={t('people.categories')} hint={t('people.categoriesHint')}>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              disabled={isPost}
              value={categories}
              onChange={setCategories}
              options={CATEGORIES.map((c) => ({ value: c, label: `${c} ${word('category', c, '')}` }))}
            />
          )}
        </Field>
        <Field label={t('people.from')} hint={t('people.fromHint')}>
          {(id) => <Input id={id} type="date" value={from} onChange={(e) => setFrom(e.target.value)} />}
        </Field>
        <Field label={t('people.lastDay')} hint={t('people.lastDayHint')}>
          {(id) => <Input id={id} type="date" value={until} onChange={(e) => setUntil(e.target.value)} />}
        </Field>
        <Field label={t('access.reason')} needed wide>
          {(id) => (
            <Input id={id} maxLength={1_000} value={reason} onChange={(e) => setReason(e.target.value)} />
          )}
        </Field>
      </div>
      <Checkbox checked={subtree} disabled={isPost} onChange={(e) => setSubtree(e.target.checked)}>
        {t('people.subtree')}
      </Checkbox>
      <div>
        <Button htmlType="submit" type="primary" loading={ask.isPending} disabled={!what || !reason.trim()}>
          {t('rights.ask')}
        </Button>
      </div>
    </form>
  );
}
