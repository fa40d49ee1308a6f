import { useQuery } from '@tanstack/react-query';
import { Button, Splitter } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Fonds, Unit } from '../../api/shapes.ts';
import { type Crumb, Empty, LinkButton, PageHead } from '../../components/small.tsx';
import { NothingHere } from '../../components/trouble.tsx';
import { fondsLabel } from '../../lib/fonds-label.ts';
import { useNarrow } from '../../lib/use-narrow.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useArchive, useArchiveName, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { LeaveForFonds } from '../leave/for-fonds.tsx';
import { FondsForm } from './fonds-form.tsx';
import { fondsOne, unitOne, VIEW_KEYS } from './queries.ts';
import { RowPanel } from './row-panel.tsx';
import { HoldingsTree, type TreePlace } from './tree.tsx';
import type { PathStep } from './tree-path.ts';
import { UnitTable } from './unit-table.tsx';
import { VoidCodes } from './void-codes.tsx';
import '../../styles/holdings.css';

const TREE_WIDTH = 240;
const PANEL_WIDTH = 380;

/** Tree, table, and the panel of one row: where archivists live. */
export function Holdings(): ReactNode {
  const wording = useWording();
  const { t } = wording;
  const archive = useArchive();
  const nameOf = useArchiveName();
  const can = useCan();
  const [state, change] = useUrlState(VIEW_KEYS);
  const [newFonds, setNewFonds] = useState(false);
  const [widths, setWidths] = useState<number[]>([]);
  // Where there is no room for three, the open panel takes that of the tree; in a very narrow window the table's too.
  const narrow = useNarrow(1180) && Boolean(state.row);
  const phone = useNarrow(760);
  const tiny = phone && Boolean(state.row);
  const panel = tiny ? '100%' : widths[2] || PANEL_WIDTH;
  const parentIsFonds = state.parent !== undefined && state.parent === state.fonds;
  const parent = useQuery({
    ...unitOne(state.parent ?? ''),
    enabled: Boolean(state.parent) && !parentIsFonds,
  });
  const fondsId = state.fonds ?? parent.data?.fonds.id;
  const fonds = useQuery({ ...fondsOne(fondsId ?? ''), enabled: Boolean(fondsId) });
  if (!archive) return <NothingHere />;

  const goTo = (place: TreePlace): void =>
    change({
      fonds: place.fondsId,
      parent: place.kind === 'unit' ? place.id : undefined,
      row: undefined,
      tab: undefined,
    });
  const root = `/holdings?archive=${archive.code}`;
  const crumbs: Crumb[] = [{ to: root, text: nameOf(archive) }];
  if (state.fonds && fonds.data)
    crumbs.push({ to: `${root}&fonds=${state.fonds}`, text: fondsLabel(fonds.data) });
  for (const up of parent.data?.ancestors ?? [])
    crumbs.push({ to: `${root}&fonds=${state.fonds}&parent=${up.id}`, text: up.title });
  const title =
    state.parent && parent.data
      ? parent.data.title
      : fonds.data && state.fonds
        ? fonds.data.name
        : t('rail.holdings');
  const path = pathTo(fonds.data, parentIsFonds ? undefined : parent.data, Boolean(state.parent));
  const mayWrite = can('holdings.write', archive.id);
  const below = new URLSearchParams({ archive: archive.code });
  if (state.fonds) below.set('fonds', state.fonds);
  if (state.parent) below.set('parent', state.parent);

  return (
    <div className="page full">
      <PageHead
        crumbs={crumbs.slice(0, state.fonds && !state.parent ? 1 : undefined)}
        title={<span className="clip">{title}</span>}
        actions={
          <>
            {state.fonds && !state.parent && fonds.data && can('grants.manage', archive.id) && (
              <LeaveForFonds fonds={fonds.data} />
            )}
            {state.fonds && !state.parent && <VoidCodes fondsId={state.fonds} />}
            {mayWrite && state.fonds && (
              <LinkButton to={`/units/new?${below.toString()}`} type="primary">
                {t('holdings.newUnit')}
              </LinkButton>
            )}
            {mayWrite && !state.fonds && (
              <Button onClick={() => setNewFonds(true)}>{t('holdings.newFonds')}</Button>
            )}
          </>
        }
      />
      <Splitter className={phone && !tiny ? 'holdings stacked' : 'holdings'} onResize={setWidths}>
        <Splitter.Panel
          size={narrow ? 0 : widths[0] || TREE_WIDTH}
          min={narrow ? 0 : 150}
          max="45%"
          resizable={!narrow}
        >
          <HoldingsTree archiveId={archive.id} at={state.parent ?? state.fonds} path={path} onPlace={goTo} />
        </Splitter.Panel>
        <Splitter.Panel min={tiny ? 0 : 340}>
          <UnitTable
            archive={archive}
            state={state}
            change={change}
            empty={
              <Empty
                title={t('holdings.emptyTitle')}
                acts={
                  can('import.run', archive.id) && (
                    <LinkButton to={`/imports/new?archive=${archive.code}`} type="primary">
                      {t('imports.new')}
                    </LinkButton>
                  )
                }
              >
                {t('holdings.emptyText')}
              </Empty>
            }
          />
        </Splitter.Panel>
        <Splitter.Panel
          size={state.row ? panel : 0}
          min={state.row ? 260 : 0}
          max={tiny ? '100%' : '60%'}
          resizable={Boolean(state.row)}
        >
          {state.row && <RowPanel id={state.row} tab={state.tab} change={change} />}
        </Splitter.Panel>
      </Splitter>
      {newFonds && <FondsForm archiveId={archive.id} onClose={() => setNewFonds(false)} />}
    </div>
  );
}

/** The way from the fonds to the unit that is looked at; empty until both ends are known. */
function pathTo(fonds: Fonds | undefined, unit: Unit | undefined, toUnit: boolean): PathStep[] {
  if (!fonds || (toUnit && !unit)) return [];
  const top = { id: fonds.id, code: fonds.number, label: fonds.name, count: fonds.childCount };
  if (!unit) return [top];
  const between = unit.ancestors.map(({ id, referenceCode, title }) => ({
    id,
    code: referenceCode ?? '',
    label: title,
    count: undefined,
  }));
  return [
    top,
    ...between,
    { id: unit.id, code: unit.referenceCode ?? '', label: unit.title, count: unit.childCount },
  ];
}
