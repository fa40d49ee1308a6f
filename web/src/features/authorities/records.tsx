import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, body } from '../../api/client.ts';
import { Code, Loading } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { classOf, type Kind, ROLES_OF } from './queries.ts';

/** The records of an authority that this person may see, page by page. */
export function RecordsOf(props: {
  id: string;
  kind: Kind;
  role: string | undefined;
  onRole: (role: string | undefined) => void;
}): ReactNode {
  const { t, word } = useWording();
  const roles = ROLES_OF[classOf(props.kind)];
  const role = roles.find((r) => r === props.role);
  const records = useInfiniteQuery({
    queryKey: ['authority-units', props.id, role],
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/authorities/{id}/units', {
          params: {
            path: { id: props.id },
            query: { limit: 50, ...(role && { role }), ...(pageParam && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const items = records.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <section>
      <div className="spread">
        <h2 className="fields-title">{t('authority.records')}</h2>
        {roles.length > 1 && (
          <Select
            size="small"
            aria-label={t('authority.role')}
            value={role ?? ''}
            onChange={(r) => props.onRole(r || undefined)}
            options={[
              { value: '', label: t('authority.allRoles') },
              ...roles.map((r) => ({ value: r, label: t(`authority.role.${r}`) })),
            ]}
            style={{ width: 110 }}
          />
        )}
      </div>
      {records.error && <Trouble error={records.error} retry={() => void records.refetch()} />}
      {records.isPending && <Loading lines={3} />}
      {records.data && items.length === 0 && !records.hasNextPage && (
        <p className="soft small">{t('authority.noRecords')}</p>
      )}
      <ul className="authority-records">
        {items.map((u) => (
          <li key={`${u.id}-${u.role}`}>
            <Code value={u.referenceCode} /> <Link to={`/units/${u.id}`}>{u.title}</Link>{' '}
            <span className="small soft">
              {u.date} {word('authority.role', u.role)}
            </span>
          </li>
        ))}
      </ul>
      {records.hasNextPage && (
        <Button
          size="small"
          loading={records.isFetchingNextPage}
          onClick={() => void records.fetchNextPage()}
        >
          {t('authority.moreRecords')}
        </Button>
      )}
    </section>
  );
}
