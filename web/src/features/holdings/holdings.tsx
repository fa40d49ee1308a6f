import { useQuery } from '@tanstack/react-query';
import { Button, Splitter } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { type Crumb, Empty, LinkButton, PageHead } from '../../components/small.tsx';
import { NothingHere } from '../../components/trouble.tsx';
import { fondsLabel } from '../../lib/fonds-label.ts';
import { useNarrow } from '../../lib/use-narrow.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useArchive, useArchiveName, useCan } from '../../shell/place.ts';
import { useWording } from '../../wording.tsx';
import { FondsFile } from '../fondsfile/fonds-file.tsx';
import { LeaveForFonds } from '../leave/for-fonds.tsx';
import { PrintButton } from '../printing/print-button.tsx';
import { FondsForm } from './fonds-form.tsx';
import { fondsOne, unitOne, VIEW_KEYS } from './queries.ts';
import { RowPanel } from './row-panel.tsx';
import { HoldingsTree } from './tree.tsx';
import type { TreePlace } from './tree-place.ts';
import { UnitTable } from './unit-table.tsx';
import { useArranging } from './use-arranging.tsx';
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
  const arranging = useArranging();
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
      // An item is looked at among its like.
      parent:
        place.kind === 'fonds'
          ? undefined
          : place.level === 'item'
            ? (place.parentId ?? undefined)
            : place.id,
      row: place.level === 'item' ? place.id : undefined,
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
  const mayWrite = can('holdings.write', archive.id);
  const here = state.parent && !parentIsFonds ? parent.data : undefined;
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
            {state.fonds && !state.parent && fonds.data && (
              <PrintButton
                archiveId={archive.id}
                choice={{ fonds: state.fonds }}
                words={`${fondsLabel(fonds.data)}（${t('printing.chosen.fonds')}）`}
                label={fonds.data.number}
                form="findingAid"
                size="middle"
              />
            )}
            {state.fonds && !state.parent && fonds.data && can('holdings.read', archive.id) && (
              <FondsFile
                fondsId={state.fonds}
                archiveId={archive.id}
                name={fondsLabel(fonds.data)}
                number={fonds.data.number}
              />
            )}
            {state.fonds && !state.parent && <VoidCodes fondsId={state.fonds} />}
            {mayWrite && state.fonds && !state.parent && fonds.data && fonds.data.partOf === null && (
              <Button
                onClick={() =>
                  fonds.data &&
                  arranging.open({
                    kind: 'merge',
                    archiveId: archive.id,
                    fondsId: fonds.data.id,
                    number: fonds.data.number,
                  })
                }
              >
                {t('tree.merge')}
              </Button>
            )}
            {mayWrite && here && (
              <Button
                onClick={() =>
                  arranging.open({
                    kind: 'renumber',
                    selection: { under: here.id },
                    numbers: {},
                    n: here.childCount,
                  })
                }
              >
                {t('tree.renumber')}
              </Button>
            )}
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
      {state.fonds && !state.parent && fonds.data?.partOf && <PartOf id={fonds.data.partOf} root={root} />}
      <Splitter className={phone && !tiny ? 'holdings stacked' : 'holdings'} onResize={setWidths}>
        <Splitter.Panel
          size={narrow ? 0 : widths[0] || TREE_WIDTH}
          min={narrow ? 0 : 150}
          max="45%"
          resizable={!narrow}
        >
          <HoldingsTree
            archiveId={archive.id}
            at={state.parent ?? state.fonds}
            fondsId={fondsId}
            onPlace={goTo}
            changed={arranging.changed}
            {...(mayWrite && { work: arranging.work })}
          />
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
      {arranging.panel}
      {newFonds && <FondsForm archiveId={archive.id} onClose={() => setNewFonds(false)} />}
    </div>
  );
}

/** Where the records of a closed fonds are now. */
function PartOf({ id, root }: { id: string; root: string }): ReactNode {
  const { t } = useWording();
  const into = useQuery(fondsOne(id));
  if (!into.data) return null;
  return (
    <p className="notice is-waiting">
      {t('arrange.partOf')} <Link to={`${root}&fonds=${id}`}>{fondsLabel(into.data)}</Link>
    </p>
  );
}
