import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Loading, Status } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { count } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import type { CheckGroup } from './shapes.ts';

interface GroupsProps {
  id: string;
  onEntry: (entry: number) => void;
}

/** Findings rule by rule, the gravest first: a title and what to do, and each place when it is asked for. */
export function Groups({ groups, ...props }: GroupsProps & { groups: readonly CheckGroup[] }): ReactNode {
  const { t } = useWording();
  if (groups.length === 0) return null;
  return (
    <section>
      <h2>{t('examination.findings')}</h2>
      {groups.map((group) => (
        <Group key={`${group.severity} ${group.code}`} group={group} {...props} />
      ))}
    </section>
  );
}

function Group({ group, id, onEntry }: GroupsProps & { group: CheckGroup }): ReactNode {
  const { t } = useWording();
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Status
          tone={group.severity === 'error' ? 'wrong' : group.severity === 'warning' ? 'waiting' : 'plain'}
        >
          {t(`examination.severity.${group.severity}`)}
        </Status>{' '}
        {t(`finding.${group.family}.title`)}{' '}
        <span className="soft small">
          {group.code} · {count(group.count)}
        </span>
      </summary>
      <p>{t(`finding.${group.family}.todo`)}</p>
      {open && <Places id={id} group={group} onEntry={onEntry} />}
    </details>
  );
}

function Places({ id, group, onEntry }: GroupsProps & { group: CheckGroup }): ReactNode {
  const { t } = useWording();
  const { code, severity } = group;
  const found = useInfiniteQuery({
    queryKey: ['examination-findings', id, code, severity],
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/examinations/{id}/findings', {
          params: {
            path: { id },
            query: { code, severity, limit: 50, ...(pageParam && { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  if (found.error) return <Trouble error={found.error} retry={() => void found.refetch()} />;
  if (found.isPending) return <Loading lines={2} />;
  return (
    <>
      <ul>
        {found.data.pages
          .flatMap((page) => page.items)
          .map(({ seq, path, entry, message }) => (
            <li key={seq}>
              {entry === null ? (
                <span className="code">{path || t('examination.whole')}</span>
              ) : (
                <Button type="link" size="small" onClick={() => onEntry(entry)}>
                  <span className="code">{path}</span>
                </Button>
              )}
              <p className="soft small" lang="en">
                {message}
              </p>
            </li>
          ))}
      </ul>
      {found.hasNextPage && (
        <Button size="small" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('examination.loadMore')}
        </Button>
      )}
    </>
  );
}
