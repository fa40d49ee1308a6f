import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, body } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, LinkButton, Loading, PageHead, Status, type Tone } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useArchive, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { usePlace, useRoleName } from './queries.ts';
import { type Person, tenseOf } from './shapes.ts';

export const PERSON_TONES: Record<Person['state'], Tone> = {
  active: 'done',
  waiting: 'waiting',
  disabled: 'closed',
};

/** Who works here, and as what. */
export function People(): ReactNode {
  const { t } = useWording();
  const navigate = useNavigate();
  const can = useCan();
  const archive = useArchive();
  const roleName = useRoleName();
  const place = usePlace();
  const [view, change] = useUrlState(['q', 'cursor', 'row']);
  const query = {
    ...(archive && { archive: archive.id }),
    ...(view.q && { q: view.q }),
    ...(view.cursor && { cursor: view.cursor }),
    limit: 50,
  };
  const list = useQuery({
    queryKey: ['people', query],
    queryFn: () => body(api.GET('/people', { params: { query } })),
  });
  if (!archive || !can('people.read', archive.id)) return <NothingHere />;
  const rolesOf = (p: Person): string =>
    p.memberships
      .filter((m) => tenseOf(m, new Date()) === 'now')
      .map((m) =>
        m.archiveId === archive.id ? roleName(m.role) : `${roleName(m.role)} (${place(m.archiveId)})`,
      )
      .join('、');
  return (
    <div className="page">
      <PageHead
        title={t('people.title')}
        actions={
          can('people.manage', archive.id) && (
            <LinkButton type="primary" to={`/people/new?archive=${archive.code}`}>
              {t('people.new')}
            </LinkButton>
          )
        }
      />
      <Input.Search
        allowClear
        defaultValue={view.q ?? ''}
        aria-label={t('people.find')}
        placeholder={t('people.find')}
        style={{ maxWidth: 360, marginBottom: 12 }}
        onSearch={(q) => change({ q: q.trim() || undefined })}
      />
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && <Empty title={t('people.none')}>{t('people.noneText')}</Empty>}
      {list.data && list.data.items.length > 0 && (
        <>
          <div className="table-scroll">
            <DataTable
              label={t('people.title')}
              rows={list.data.items}
              idOf={(row) => row.id}
              current={view.row}
              onCurrent={(row) => change({ row: row?.id }, { keepPage: true, replace: true })}
              onOpen={(row) => navigate(`/people/${row.id}`)}
              columns={[
                {
                  key: 'name',
                  title: t('people.name'),
                  width: '180px',
                  hint: (row) => row.displayName,
                  cell: (row) => <Link to={`/people/${row.id}`}>{row.displayName}</Link>,
                },
                {
                  key: 'username',
                  title: t('signIn.username'),
                  width: '190px',
                  hint: (row) => row.username,
                  cell: (row) => row.username,
                },
                {
                  key: 'roles',
                  title: t('people.roles'),
                  hint: rolesOf,
                  cell: (row) => rolesOf(row) || <span className="soft">{t('people.noRole')}</span>,
                },
                {
                  key: 'state',
                  title: t('people.state'),
                  width: '150px',
                  cell: (row) => (
                    <Status tone={PERSON_TONES[row.state]}>{t(`people.state.${row.state}`)}</Status>
                  ),
                },
              ]}
            />
          </div>
          <Pager list={list.data} />
        </>
      )}
    </div>
  );
}
