import { useQuery } from '@tanstack/react-query';
import { App, Button, Checkbox, Popover } from 'antd';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import { fileUrl } from '../../api/client.ts';
import type { UnitFilter } from '../../api/requests.ts';
import type { List, SessionArchive, UnitRow } from '../../api/shapes.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Pager } from '../../components/pager.tsx';
import { Loading } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { copyText } from '../../lib/copy.ts';
import type { ViewState } from '../../lib/url-state.ts';
import { useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { AccessProposalForm } from '../access/proposal-form.tsx';
import { keepColumns, keptColumns, unitColumns } from './columns.tsx';
import { Filters } from './filters.tsx';
import { FILTER_KEYS, unitList, type VIEW_KEYS } from './queries.ts';

const DisposalForm = lazy(async () => ({
  default: (await import('../disposal/proposal-form.tsx')).DisposalProposalForm,
}));

/** What stays of the table while the panel of a row takes its room. */
const BESIDE_PANEL: readonly string[] = ['referenceCode', 'title', 'accessStatus'];

type View = ViewState<(typeof VIEW_KEYS)[number]>;
type Change = (
  change: Record<string, string | undefined>,
  options?: { keepPage?: boolean; replace?: boolean },
) => void;

/** The units of the chosen place: filters, table, pages, and acts on what is chosen or on all that is shown. */
export function UnitTable(props: {
  archive: SessionArchive;
  state: View;
  change: Change;
  empty: ReactNode;
}): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const can = useCan();
  const { archive, state, change } = props;
  const navigate = useNavigate();
  const filter: UnitFilter = {};
  for (const key of FILTER_KEYS) if (state[key]) filter[key] = state[key];
  const sort = state.sort ?? (state.parent ? 'position' : 'code');
  const list = useQuery(
    unitList(archive.id, { ...filter, sort, ...(state.cursor && { cursor: state.cursor }) }),
  );
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [shown, setShown] = useState(keptColumns);
  // What was chosen belongs to the page of the list it was chosen on.
  const where = JSON.stringify([archive.id, filter, state.cursor]);
  const [chosenWhere, setChosenWhere] = useState(where);
  if (chosenWhere !== where) {
    setChosenWhere(where);
    setChosen(new Set());
  }

  const columns = unitColumns(wording);
  const choose = (keys: string[]): void => {
    keepColumns(keys);
    setShown(keys);
  };
  const narrowed = FILTER_KEYS.some((key) => key !== 'parent' && key !== 'fonds' && state[key]);
  return (
    <div className="table-side">
      <div className="spread" style={{ gap: 0 }}>
        <div className="grow">
          <Filters filter={filter} onChange={(values) => change({ ...values, row: undefined })} />
        </div>
      </div>
      {list.error ? (
        <Trouble error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading lines={12} />
      ) : list.data.items.length === 0 ? (
        <div className="table-scroll">
          {narrowed || state.parent ? (
            <p className="empty">{t(narrowed ? 'holdings.noMatch' : 'holdings.noneHere')}</p>
          ) : (
            props.empty
          )}
        </div>
      ) : (
        <>
          <div className="table-scroll" style={{ opacity: list.isPlaceholderData ? 0.6 : 1 }}>
            <DataTable
              label={t('holdings.table')}
              columns={columns.filter((column) => (state.row ? BESIDE_PANEL : shown).includes(column.key))}
              rows={list.data.items}
              idOf={(row: UnitRow) => row.id}
              current={state.row}
              onCurrent={(row) => change({ row: row?.id }, { keepPage: true, replace: Boolean(state.row) })}
              onOpen={(row) => navigate(`/units/${row.id}`)}
              chosen={chosen}
              onChosen={setChosen}
            />
          </div>
          {chosen.size > 0 && (
            <BulkBar
              archive={archive}
              filter={filter}
              chosen={chosen}
              list={list.data}
              onClear={() => setChosen(new Set())}
            />
          )}
          <Pager list={list.data}>
            {can('content.export', archive.id) && (
              <a href={fileUrl(`/archives/${archive.id}/units.xlsx`, { ...filter })} download>
                {t('act.xlsx')}
              </a>
            )}
            <Popover
              trigger="click"
              placement="topLeft"
              content={
                <Checkbox.Group
                  className="stack"
                  style={{ gap: 4 }}
                  value={shown}
                  onChange={choose}
                  options={columns.map((column) => ({ value: column.key, label: column.title }))}
                />
              }
            >
              <Button size="small" type="text">
                {t('list.columns')} ▾
              </Button>
            </Popover>
          </Pager>
        </>
      )}
    </div>
  );
}

/** Acts on what is chosen: the ticked rows, or, when the whole page is ticked, everything the filters show. */
function BulkBar(props: {
  archive: SessionArchive;
  filter: UnitFilter;
  chosen: ReadonlySet<string>;
  list: List<UnitRow>;
  onClear: () => void;
}): ReactNode {
  const { t } = useWording();
  const { message } = App.useApp();
  const can = useCan();
  const [proposing, setProposing] = useState<'access' | 'disposal'>();
  const [everything, setEverything] = useState(false);
  const rows = props.list.items.filter((row) => props.chosen.has(row.id));
  const total = props.list.total ?? props.list.items.length;
  const wholePage = rows.length === props.list.items.length;
  const all = everything && wholePage;
  const n = all ? total : rows.length;
  const copy = async (): Promise<void> => {
    await copyText(rows.map((row) => row.referenceCode ?? '').join('\n'));
    message.success(t('act.copied'));
  };
  const chosen = {
    archiveId: props.archive.id,
    units: rows,
    ...(all ? { everything: { filter: props.filter, count: total } } : {}),
    onClose: (sent: boolean): void => {
      setProposing(undefined);
      if (sent) props.onClear();
    },
  };
  return (
    <section className="pager bulk" aria-label={t('list.chosen', { n })}>
      <b>{t('list.chosen', { n })}</b>
      {wholePage && total > rows.length && (
        <Button size="small" type="link" onClick={() => setEverything(!everything)}>
          {all ? t('list.onlyPage') : t('list.everything', { n: total })}
        </Button>
      )}
      {can('access.propose', props.archive.id) && (
        <Button size="small" type="primary" onClick={() => setProposing('access')}>
          {t('access.propose')}
        </Button>
      )}
      {can('disposal.propose', props.archive.id) && (
        <Button size="small" onClick={() => setProposing('disposal')}>
          {t('disposal.propose')}
        </Button>
      )}
      {can('content.export', props.archive.id) && (
        <a
          href={fileUrl(
            `/archives/${props.archive.id}/units.xlsx`,
            all ? { ...props.filter } : { ids: rows.map((row) => row.id).join(',') },
          )}
          download
        >
          {t('act.xlsx')}
        </a>
      )}
      <Button size="small" type="link" onClick={() => void copy()}>
        {t('holdings.copyCodes')}
      </Button>
      <Button size="small" type="link" onClick={props.onClear}>
        {t('act.clear')}
      </Button>
      {proposing === 'access' && <AccessProposalForm {...chosen} />}
      {proposing === 'disposal' && (
        <Suspense fallback={null}>
          <DisposalForm {...chosen} />
        </Suspense>
      )}
    </section>
  );
}
