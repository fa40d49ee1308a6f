import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { DataTable } from '../../components/data-table.tsx';
import { LinkButton, Loading, PageHead } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { count } from '../../lib/format.ts';
import { useNarrow } from '../../lib/use-narrow.ts';
import { useArchive, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { useRoles } from './queries.ts';
import type { Role } from './shapes.ts';

/** The roles there are: those that come with Lantai, and the archive's own. */
export function Roles(): ReactNode {
  const { t, word, language } = useWording();
  const can = useCan();
  const archive = useArchive();
  const roles = useRoles();
  const narrow = useNarrow(640);
  if (!archive || !can('people.read', archive.id)) return <NothingHere />;
  const mayChange = can('rights.manage', archive.id);
  const duties = (r: Role): string =>
    r.capabilities.map((c) => word('capability', c)).join(language === 'en' ? ', ' : '、');
  const rows = (roles.data ?? []).filter(
    (r) => !r.retired && (r.archiveId === null || r.archiveId === archive.id),
  );
  return (
    <div className="page">
      <PageHead
        title={t('roles.title')}
        actions={
          mayChange && (
            <LinkButton type="primary" to={`/roles/new?archive=${archive.code}`}>
              {t('roles.new')}
            </LinkButton>
          )
        }
      />
      <p className="soft">{t('roles.lead')}</p>
      {roles.error && <Trouble error={roles.error} retry={() => void roles.refetch()} />}
      {roles.isPending && <Loading />}
      {roles.data && (
        <div className="table-scroll">
          <DataTable
            label={t('roles.title')}
            rows={rows}
            idOf={(row) => row.code}
            columns={[
              {
                key: 'name',
                title: t('people.role'),
                width: narrow ? '130px' : '250px',
                hint: (row) => row.names[language],
                cell: (row) =>
                  row.archiveId && mayChange ? (
                    <Link to={`/roles/${row.code}?archive=${archive.code}`}>{row.names[language]}</Link>
                  ) : (
                    row.names[language]
                  ),
              },
              {
                key: 'kind',
                title: t('roles.kind'),
                width: '100px',
                cell: (row) => t(row.archiveId ? 'roles.own' : 'roles.shipped'),
              },
              {
                key: 'side',
                title: t('roles.side'),
                width: '180px',
                cell: (row) => t(`side.${row.side}`),
              },
              {
                key: 'duties',
                title: t('roles.capabilities'),
                hint: duties,
                cell: (row) => duties(row) || <span className="soft">{t('roles.onlyOpen')}</span>,
              },
              {
                key: 'holders',
                title: t('roles.holders'),
                width: '80px',
                numeric: true,
                cell: (row) => count(row.holders),
              },
            ]}
          />
        </div>
      )}
    </div>
  );
}
