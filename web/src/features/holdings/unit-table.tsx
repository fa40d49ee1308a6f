import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import type { UnitFilter } from '../../api/requests.ts';
import type { SessionArchive, TableRow } from '../../api/shapes.ts';
import type { GridProps } from '../../components/grid/types.ts';
import { Loading } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import type { ViewState } from '../../lib/url-state.ts';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { BulkBar } from './bulk-bar.tsx';
import type { Chosen } from './bulk-panel.tsx';
import { elementsOf, keepColumns } from './columns.tsx';
import { Filters } from './filters.tsx';
import { addGroup } from './grouping.ts';
import { Groups } from './groups.tsx';
import { FILTER_KEYS, unitTable, unitTotals, type VIEW_KEYS } from './queries.ts';
import { SheetGrid } from './sheet-grid.tsx';
import { TableFoot } from './table-foot.tsx';
import { UndoBar } from './undo-bar.tsx';
import { useChoice } from './use-choice.ts';
import { useShownColumns } from './use-shown-columns.ts';
import { useUndo, useUndoKeys } from './use-undo.ts';
import { Views } from './views.tsx';

const BulkPanel = lazy(async () => ({ default: (await import('./bulk-panel.tsx')).BulkPanel }));

/** What of the address a view keeps: not the place one stands at. */
const KEPT_IN_VIEW = [
  'level',
  'category',
  'year',
  'retention',
  'access',
  'held',
  'incomplete',
  'where',
  'sort',
  'group',
] as const;
const GROUPED = ['fonds', 'level', 'category', 'year', 'retention', 'accessStatus', 'creator'] as const;

type View = ViewState<(typeof VIEW_KEYS)[number]>;
type Change = (
  change: Record<string, string | undefined>,
  options?: { keepPage?: boolean; replace?: boolean },
) => void;

/** The units of the chosen place: views and filters, groups, table, and acts on what is chosen or on all that is shown. */
export function UnitTable(props: {
  archive: SessionArchive;
  state: View;
  change: Change;
  empty: ReactNode;
}): ReactNode {
  const { t } = useWording();
  const can = useCan();
  const { archive, state, change } = props;
  const navigate = useNavigate();
  const filter: UnitFilter = {};
  for (const key of FILTER_KEYS) if (state[key]) filter[key] = state[key];
  const sort = state.sort ?? (state.parent ? 'position' : 'code');
  const columns = useShownColumns(archive.id, filter, Boolean(state.row));
  const elements = elementsOf(columns.shown, columns.all);
  const list = useInfiniteQuery(unitTable(archive.id, { filter, sort, elements }));
  const pages = list.data?.pages;
  const rows = useMemo(() => pages?.flatMap((p) => p.items) ?? [], [pages]);
  const first = pages?.[0];
  const totals = useQuery({ ...unitTotals(archive.id, filter), enabled: first !== undefined });
  const total = first?.totalIsExact ? first.total : totals.data?.units;
  const exact = first?.totalIsExact || totals.data?.exact === true;
  const choice = useChoice(archive.id, filter, rows);
  const [bulk, setBulk] = useState<{ chosen: Chosen; n: number | undefined }>();
  const undo = useUndo();
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const mayWrite = can('holdings.write', archive.id);
  useUndoKeys(undo, mayWrite);
  const editing = mayWrite && state.mode === 'edit';
  const edit = (on: boolean): void =>
    change({ mode: on ? 'edit' : undefined, row: undefined }, { keepPage: true });
  const narrowed = FILTER_KEYS.some((key) => key !== 'parent' && key !== 'fonds' && state[key]);
  const looking = pages?.at(-1)?.stopped === true;
  const whole = choice.everything || (exact && total !== undefined && choice.chosen.size === total);
  const openBulk = (everybody: boolean): void =>
    setBulk(
      everybody
        ? { chosen: { filter }, n: total }
        : { chosen: { ids: [...choice.chosen] }, n: choice.chosen.size },
    );
  const grid: GridProps<TableRow> = {
    label: t('holdings.table'),
    columns: columns.visible,
    rows,
    idOf: (row) => row.id,
    current: state.row,
    onCurrent: (row) => change({ row: row?.id }, { keepPage: true, replace: Boolean(state.row) }),
    onOpen: (row) => navigate(`/units/${row.id}`),
    chosen: choice.chosen,
    onChosen: choice.choose,
    sort,
    onSort: (by) => change({ sort: by }),
    onWidth: (key, width) => columns.put(columns.shown.map((s) => (s.key === key ? { key, width } : s))),
    onNearEnd: more,
    onEdit: mayWrite ? () => edit(true) : undefined,
    onUndo: mayWrite ? (again) => (again ? undo.redo() : undo.undo()) : undefined,
    onReplace: mayWrite ? () => openBulk(whole || choice.chosen.size === 0) : undefined,
  };
  const groupTitle = t(`field.${GROUPED.find((g) => g === state.group) ?? 'category'}`);
  return (
    <div className="table-side">
      <Filters
        filter={filter}
        fields={columns.all}
        onChange={(values) => change({ ...values, row: undefined })}
      >
        <Select
          size="small"
          allowClear
          aria-label={t('groups.by')}
          placeholder={t('groups.by')}
          popupMatchSelectWidth={false}
          value={state.group ?? null}
          options={GROUPED.map((value) => ({ value, label: t(`field.${value}`) }))}
          labelRender={({ label }) => t('groups.title', { field: String(label) })}
          onChange={(group: string | null) => change({ group: group ?? undefined })}
        />
        <Views
          archiveId={archive.id}
          now={{
            address: Object.fromEntries(
              KEPT_IN_VIEW.flatMap((key) => (state[key] ? [[key, state[key]]] : [])),
            ),
            columns: [...columns.shown],
          }}
          onView={(view) => {
            const address = Object.fromEntries(KEPT_IN_VIEW.map((key) => [key, view.address[key]]));
            if (view.columns.length > 0) keepColumns(view.address.category, view.columns);
            change({ ...address, row: undefined });
            if (view.columns.length > 0) columns.put(view.columns);
          }}
        />
      </Filters>
      {state.group && (
        <Groups
          archiveId={archive.id}
          filter={filter}
          by={state.group}
          title={groupTitle}
          onGroup={(value) =>
            change({ ...addGroup(state.group ?? '', value, state.where), group: undefined })
          }
        />
      )}
      {list.error ? (
        <Trouble error={list.error} retry={() => void list.refetch()} />
      ) : !first ? (
        <Loading lines={12} />
      ) : rows.length === 0 && !looking && !editing ? (
        <div className="table-scroll">
          {narrowed || state.parent ? (
            <p className="empty">{t(narrowed ? 'holdings.noMatch' : 'holdings.noneHere')}</p>
          ) : (
            props.empty
          )}
        </div>
      ) : (
        <>
          <SheetGrid
            archiveId={archive.id}
            grid={grid}
            editing={editing}
            onLeave={() => edit(false)}
            undo={undo}
            place={
              state.fonds
                ? {
                    fondsId: state.fonds,
                    parentId: state.parent && state.parent !== state.fonds ? state.parent : null,
                  }
                : undefined
            }
          />
          <UndoBar undo={undo} />
          {choice.chosen.size > 0 && !bulk && (
            <BulkBar
              archive={archive}
              filter={filter}
              rows={rows.filter((row) => choice.chosen.has(row.id))}
              total={{ n: total, exact }}
              whole={whole}
              choice={choice}
              onEdit={() => openBulk(whole)}
            />
          )}
          {bulk && (
            <Suspense fallback={null}>
              <BulkPanel
                archiveId={archive.id}
                chosen={bulk.chosen}
                sort={sort}
                n={bulk.n}
                columns={columns.all}
                onClose={() => setBulk(undefined)}
                onDone={(changesetId, changed) =>
                  undo.did({ words: t('bulkEdit.done', { n: changed }), changeset: async () => changesetId })
                }
              />
            </Suspense>
          )}
          <TableFoot
            archiveId={archive.id}
            filter={filter}
            loaded={rows.length}
            sums={{
              units: total,
              exact,
              pages: totals.data?.pages,
              digitalPages: totals.data?.digitalPages,
            }}
            columns={columns}
            looking={looking ? { busy: isFetchingNextPage, more } : undefined}
            edit={mayWrite ? { on: editing, toggle: () => edit(!editing) } : undefined}
          />
        </>
      )}
    </div>
  );
}
