import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, body, done } from '../../api/client.ts';
import { Field } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { useRoleName, useRoles } from './queries.ts';
import type { Organisation } from './shapes.ts';

/** Posts: places in the organisation, with the roles that come with each. */
export function Posts(props: {
  archiveId: string;
  organisation: Organisation | undefined;
  mayChange: boolean;
}): ReactNode {
  const { t, language } = useWording();
  const roleName = useRoleName();
  const roles = useRoles();
  const queries = useQueryClient();
  const [form, setForm] = useState<{ name: string; organisationId: string | null; roles: string[] }>({
    name: '',
    organisationId: null,
    roles: [],
  });
  const renew = () => void queries.invalidateQueries({ queryKey: ['organisations'] });
  const add = useMutation({
    mutationFn: () => body(api.POST('/posts', { body: { archiveId: props.archiveId, ...form } })),
    onSuccess: () => {
      setForm({ name: '', organisationId: null, roles: [] });
      renew();
    },
  });
  const retire = useMutation({
    mutationFn: (id: string) => done(api.DELETE('/posts/{id}', { params: { path: { id } } })),
    onSuccess: renew,
  });
  const units = props.organisation?.units ?? [];
  const posts = props.organisation?.posts ?? [];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    add.mutate();
  };
  const comma = language === 'en' ? ', ' : '、';
  return (
    <section style={{ marginTop: 24 }}>
      <h2 className="fields-title">{t('organisation.posts')}</h2>
      <p className="soft">{t('organisation.postsText')}</p>
      {retire.error && <Trouble error={retire.error} />}
      <ul className="history" aria-label={t('organisation.posts')}>
        {posts.map((post) => (
          <li key={post.id} className="spread">
            <span>
              {post.name}{' '}
              <span className="soft small">{units.find((u) => u.id === post.organisationId)?.name}</span>
            </span>
            <span className="row">
              <span className="small">{post.roles.map(roleName).join(comma)}</span>
              {props.mayChange && (
                <button type="button" className="plain link" onClick={() => retire.mutate(post.id)}>
                  {t('organisation.retire')}
                </button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {props.mayChange && (
        <form
          className="stack"
          style={{ marginTop: 12 }}
          onSubmit={submit}
          aria-label={t('organisation.addPost')}
        >
          {add.error && <Trouble error={add.error} />}
          <div className="fields">
            <Field label={t('organisation.post')} needed>
              {(id) => (
                <Input
                  id={id}
                  maxLength={200}
                  value={form.name}
                  onChange={(e) => setForm({ ...form, name: e.target.value })}
                />
              )}
            </Field>
            <Field label={t('organisation.unit')}>
              {(id) => (
                <Select
                  id={id}
                  allowClear
                  value={form.organisationId}
                  onChange={(value) => setForm({ ...form, organisationId: value ?? null })}
                  options={units.map((u) => ({ value: u.id, label: u.name }))}
                />
              )}
            </Field>
            <Field label={t('people.roles')} needed wide>
              {(id) => (
                <Select
                  id={id}
                  mode="multiple"
                  showSearch={{ optionFilterProp: 'label' }}
                  value={form.roles}
                  onChange={(value) => setForm({ ...form, roles: value })}
                  options={(roles.data ?? [])
                    .filter((r) => !r.retired && (r.archiveId ?? props.archiveId) === props.archiveId)
                    .map((r) => ({ value: r.code, label: r.names[language] }))}
                />
              )}
            </Field>
          </div>
          <div>
            <Button
              htmlType="submit"
              loading={add.isPending}
              disabled={!form.name.trim() || form.roles.length === 0}
            >
              {t('organisation.addPost')}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}
