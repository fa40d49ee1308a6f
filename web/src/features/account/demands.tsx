import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, body, done } from '../../api/client.ts';
import { Empty, Field, Loading, PageHead, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useArchive, useArchiveName, useCan, useSession } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';

const EVERY = '';

/** Which roles count only with a second factor: the security administrator's. */
export function FactorDemands(): ReactNode {
  const { t, language } = useWording();
  const can = useCan();
  const archive = useArchive();
  const { archives } = useSession();
  const nameOf = useArchiveName();
  const queries = useQueryClient();
  const [role, setRole] = useState(EVERY);
  const roles = useQuery({ queryKey: ['roles'], queryFn: async () => (await body(api.GET('/roles'))).items });
  const demands = useQuery({ queryKey: ['demands'], queryFn: () => body(api.GET('/factor-demands')) });
  const again = (): void => void queries.invalidateQueries({ queryKey: ['demands'] });
  const add = useMutation({
    mutationFn: (archiveId: string) =>
      body(api.POST('/factor-demands', { body: { archiveId, role: role === EVERY ? null : role } })),
    onSuccess: again,
  });
  const end = useMutation({
    mutationFn: (id: string) => done(api.DELETE('/factor-demands/{id}', { params: { path: { id } } })),
    onSettled: again,
  });
  if (!archive || !can('rights.manage', archive.id)) return <NothingHere />;
  const roleName = (code: string | null): string =>
    code === null
      ? t('demands.everyRole')
      : (roles.data?.find((r) => r.code === code)?.names[language] ?? code);
  const place = (id: string | null): string => {
    const found = archives.find((a) => a.id === id);
    return found ? nameOf(found) : t('demands.everywhere');
  };
  const error = demands.error ?? roles.error ?? add.error ?? end.error;
  return (
    <div className="page narrow account">
      <PageHead title={t('demands.title')} />
      <p className="soft">{t('demands.lead')}</p>
      {error && <Trouble error={error} />}
      {demands.isPending && <Loading lines={3} />}
      {demands.data?.items.length === 0 && <Empty title={t('demands.none')} />}
      <ul className="history">
        {demands.data?.items.map((one) => (
          <li key={one.id} className="spread">
            <span>
              {roleName(one.role)} <span className="soft small">{place(one.archiveId)}</span>
            </span>
            <span className="soft small">
              <When at={one.madeAt} />{' '}
              {one.archiveId && (
                <Button type="link" size="small" onClick={() => end.mutate(one.id)}>
                  {t('demands.end')}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      <form
        className="stack"
        aria-label={t('demands.add')}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          add.mutate(archive.id);
        }}
      >
        <Field label={`${t('demands.role')} · ${nameOf(archive)}`}>
          {(id) => (
            <Select
              id={id}
              value={role}
              onChange={setRole}
              options={[
                { value: EVERY, label: t('demands.everyRole') },
                ...(roles.data ?? []).map((r) => ({ value: r.code, label: r.names[language] })),
              ]}
            />
          )}
        </Field>
        <div>
          <Button htmlType="submit" loading={add.isPending}>
            {t('demands.add')}
          </Button>
        </div>
      </form>
    </div>
  );
}
