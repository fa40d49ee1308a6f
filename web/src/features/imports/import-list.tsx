import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { List, SessionArchive } from '../../api/shapes.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, LinkButton, Loading, PageHead } from '../../components/small.tsx';
import { NothingHere, Trouble } from '../../components/trouble.tsx';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useArchive } from '../../shell/place.ts';

/** What a page of imports is asked by. */
export interface ImportQuery {
  archive: string;
  cursor?: string;
  limit: number;
}

export interface ImportListProps<Row> {
  /** First part of the address: one import is at `<place>/<id>`, a new one at `<place>/new`. */
  place: '/imports' | '/scans';
  title: string;
  begin: string;
  none: { title: string; text: string };
  queryKey: string;
  load: (query: ImportQuery) => Promise<List<Row>>;
  columns: readonly Column<Row>[];
  /** Beside the button that begins a new one. */
  actions?: (archive: SessionArchive) => ReactNode;
}

/** The imports of an archive, newest first: of catalogues, or of scans. */
export function ImportList<Row extends { id: string }>(props: ImportListProps<Row>): ReactNode {
  const { place, title, none, columns, queryKey, load } = props;
  const navigate = useNavigate();
  const archive = useArchive();
  const [view, change] = useUrlState(['cursor', 'row']);
  const query = { archive: archive?.id ?? '', ...(view.cursor && { cursor: view.cursor }), limit: 50 };
  const list = useQuery({
    queryKey: [queryKey, query],
    queryFn: () => load(query),
    enabled: Boolean(archive),
  });
  if (!archive) return <NothingHere />;
  const start = (
    <LinkButton to={`${place}/new?archive=${archive.code}`} type="primary">
      {props.begin}
    </LinkButton>
  );
  return (
    <div className="page">
      <PageHead
        title={title}
        actions={
          <>
            {props.actions?.(archive)}
            {start}
          </>
        }
      />
      {list.error && <Trouble error={list.error} retry={() => void list.refetch()} />}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && (
        <Empty title={none.title} acts={start}>
          {none.text}
        </Empty>
      )}
      {list.data && list.data.items.length > 0 && (
        <>
          <div className="table-scroll">
            <DataTable
              label={title}
              rows={list.data.items}
              idOf={(row) => row.id}
              current={view.row}
              onCurrent={(row) => change({ row: row?.id }, { keepPage: true, replace: true })}
              onOpen={(row) => navigate(`${place}/${row.id}`)}
              columns={columns}
            />
          </div>
          <Pager list={list.data} />
        </>
      )}
    </div>
  );
}
