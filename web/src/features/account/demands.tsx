import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { api, body, done } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Empty, Field, Loading, PageHead, When } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useArchive, useArchiveName, useCan, useSession } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';

/** Chosen in a field where nothing narrower is. */
const ALL = '';

/** Which roles count only with a second factor, in all archives the security administrator looks after. */
export function FactorDemands(): ReactNode {
  const { t, language } = useWording();
  const can = useCan();
  const { archives } = useSession();
  const nameOf = useArchiveName();
  const queries = useQueryClient();
  const roles = useQuery({ queryKey: ['roles'], queryFn: async () => (await body(api.GET('/roles'))).items });
  const demands = useQuery({ queryKey: ['demands'], queryFn: () => body(api.GET('/factor-demands')) });
  const end = useMutation({
    mutationFn: (id: string) => done(api.DELETE('/factor-demands/{id}', { params: { path: { id } } })),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['demands'] }),
  });
  const mine = archives.filter((a) => can('rights.manage', a.id));
  if (mine.length === 0) return <NothingHere />;
  const roleName = (code: string | null): string =>
    code === null
      ? t('demands.everyRole')
      : (roles.data?.find((r) => r.code === code)?.names[language] ?? code);
  const place = (id: string | null): string => {
    const found = archives.find((a) => a.id === id);
    return found ? nameOf(found) : t('demands.everywhere');
  };
  const error = demands.error ?? roles.error ?? end.error;
  return (
    <div className="page">
      <PageHead title={t('demands.title')} />
      <p className="soft">{t('demands.lead')}</p>
      {error && <Trouble error={error} />}
      {demands.isPending && <Loading lines={3} />}
      {demands.data?.items.length === 0 && <Empty title={t('demands.none')}>{t('demands.noneText')}</Empty>}
      {demands.data && demands.data.items.length > 0 && (
        <div className="table-scroll">
          <DataTable
            label={t('demands.title')}
            rows={demands.data.items}
            idOf={(row) => row.id}
            columns={[
              { key: 'where', title: t('demands.where'), cell: (row) => place(row.archiveId) },
              { key: 'role', title: t('demands.role'), cell: (row) => roleName(row.role) },
              {
                key: 'since',
                title: t('demands.since'),
                width: '150px',
                cell: (row) => <When at={row.madeAt} />,
              },
              {
                key: 'act',
                title: '',
                width: '100px',
                cell: (row) =>
                  (row.archiveId !== null || demands.data.everywhere) && (
                    <Button type="link" size="small" onClick={() => end.mutate(row.id)}>
                      {t('demands.end')}
                    </Button>
                  ),
              },
            ]}
          />
        </div>
      )}
      {demands.data && <AddDemand everywhere={demands.data.everywhere} />}
    </div>
  );
}

function AddDemand({ everywhere }: { everywhere: boolean }): ReactNode {
  const { t, language } = useWording();
  const can = useCan();
  const here = useArchive();
  const mine = useSession().archives.filter((a) => can('rights.manage', a.id));
  const nameOf = useArchiveName();
  const queries = useQueryClient();
  const [archive, setArchive] = useState(mine.find((a) => a.id === here?.id)?.id ?? mine[0]?.id ?? ALL);
  const [role, setRole] = useState(ALL);
  const roles = useQuery({ queryKey: ['roles'], queryFn: async () => (await body(api.GET('/roles'))).items });
  const add = useMutation({
    mutationFn: () =>
      body(
        api.POST('/factor-demands', {
          body: { archiveId: archive === ALL ? null : archive, role: role === ALL ? null : role },
        }),
      ),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['demands'] }),
  });
  const fitting = (roles.data ?? []).filter(
    (r) => !r.retired && (r.archiveId === null || r.archiveId === archive),
  );
  return (
    <form
      className="stack"
      style={{ maxWidth: 420, marginTop: 24 }}
      aria-label={t('demands.add')}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <h2 className="fields-title">{t('demands.add')}</h2>
      {add.error && <Trouble error={add.error} />}
      <Field label={t('demands.where')}>
        {(id) => (
          <Select
            id={id}
            value={archive}
            onChange={(value: string) => {
              setArchive(value);
              setRole(ALL);
            }}
            options={[
              ...(everywhere ? [{ value: ALL, label: t('demands.everywhere') }] : []),
              ...mine.map((a) => ({ value: a.id, label: nameOf(a) })),
            ]}
          />
        )}
      </Field>
      <Field label={t('demands.role')}>
        {(id) => (
          <Select
            id={id}
            value={role}
            onChange={setRole}
            options={[
              { value: ALL, label: t('demands.everyRole') },
              ...fitting.map((r) => ({ value: r.code, label: r.names[language] })),
            ]}
          />
        )}
      </Field>
      <div>
        <Button type="primary" htmlType="submit" loading={add.isPending}>
          {t('demands.add')}
        </Button>
      </div>
    </form>
  );
}
