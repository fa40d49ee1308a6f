import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { api, body } from '../../api/client.ts';
import { Empty, Loading } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import type { AuthorityRow, Class } from './queries.ts';

/** What stands below what, opened step by step: the thesaurus of a vocabulary, provinces and their counties. */
export function AuthorityTree(props: {
  of: Class;
  archiveId: string;
  vocabularyId: string | undefined;
}): ReactNode {
  const { t } = useWording();
  return (
    <div className="authority-tree" role="tree" aria-label={t('authority.tree')}>
      <Branch {...props} below={undefined} level={1} />
    </div>
  );
}

function Branch(props: {
  of: Class;
  archiveId: string;
  vocabularyId: string | undefined;
  below: string | undefined;
  level: number;
}): ReactNode {
  const { t } = useWording();
  const { of, archiveId, vocabularyId, below, level } = props;
  const branch = useInfiniteQuery({
    queryKey: ['authority-branch', of, archiveId, vocabularyId, below],
    queryFn: ({ pageParam }) =>
      body(
        api.GET('/authorities/branch', {
          params: {
            query: {
              class: of,
              archive: archiveId,
              limit: 100,
              ...(vocabularyId && { vocabulary: vocabularyId }),
              ...(below && { below }),
              ...(pageParam && { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  if (branch.error) return <Trouble error={branch.error} retry={() => void branch.refetch()} />;
  if (!branch.data) return <Loading lines={2} />;
  const items = branch.data.pages.flatMap((p) => p.items);
  if (items.length === 0 && level === 1) return <Empty title={t('authority.none')} />;
  return (
    <>
      {items.map((a) => (
        <Node key={a.id} {...props} node={a} />
      ))}
      {branch.hasNextPage && (
        <div style={{ paddingInlineStart: level * 20 }}>
          <Button
            size="small"
            type="link"
            loading={branch.isFetchingNextPage}
            onClick={() => void branch.fetchNextPage()}
          >
            {t('authority.moreRecords')}
          </Button>
        </div>
      )}
    </>
  );
}

function Node(props: {
  of: Class;
  archiveId: string;
  vocabularyId: string | undefined;
  level: number;
  node: AuthorityRow;
}): ReactNode {
  const { t } = useWording();
  const [open, setOpen] = useState(false);
  const { node, level } = props;
  const hasMore = node.narrower > 0;
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowRight' && hasMore) setOpen(true);
    else if (event.key === 'ArrowLeft') setOpen(false);
    else return;
    event.preventDefault();
  };
  return (
    <div
      role="treeitem"
      aria-level={level}
      aria-expanded={hasMore ? open : undefined}
      aria-selected={false}
      tabIndex={-1}
      onKeyDown={onKey}
    >
      <div className="authority-node" style={{ paddingInlineStart: (level - 1) * 20 }}>
        {hasMore ? (
          <Button
            size="small"
            type="text"
            aria-label={t(open ? 'authority.collapse' : 'authority.expand', { name: node.name })}
            onClick={() => setOpen(!open)}
          >
            {open ? '▾' : '▸'}
          </Button>
        ) : (
          <span className="authority-leaf" />
        )}
        <Link to={`/authorities/${node.id}`}>{node.name}</Link>
        {hasMore && <span className="small soft numeric"> {node.narrower}</span>}
      </div>
      {open && (
        // biome-ignore lint/a11y/useSemanticElements: what stands below a node of a tree is a group to it
        <div role="group">
          <Branch {...props} below={node.id} level={level + 1} />
        </div>
      )}
    </div>
  );
}
