import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Loading } from '../../components/small.tsx';
import { Trouble } from '../../components/trouble.tsx';
import { useWording } from '../../wording.tsx';
import { linesOf, TOP, type TreeNode, useLines, useTreeData } from './tree-data.ts';
import { type Drop, dropAt } from './tree-drop.ts';
import { TreeHead } from './tree-head.tsx';
import { JumpField } from './tree-jump.tsx';
import { type TreeAct, treeActOf } from './tree-keys.ts';
import type { TreePlace, TreeTarget, TreeWork } from './tree-place.ts';
import { TreeRow } from './tree-row.tsx';
import { type Line, lineAt, lineOf } from './tree-rows.ts';
import { LINE, useScrollWindow } from './tree-scroll.ts';
import {
  countOf,
  drawnTo,
  isChosen,
  NOTHING,
  only,
  type Picked,
  type TreeSelection,
  toggled,
} from './tree-selection.ts';
import { shiftTarget } from './tree-shift.ts';

/** The order of the holdings, as much of it as fits the window: any number of lines, walked by keys, moved by hand or key. */
export function HoldingsTree(props: {
  archiveId: string;
  /** The entry or fonds that is looked at. */
  at: string | undefined;
  fondsId?: string | undefined;
  onPlace: (place: TreePlace) => void;
  work?: TreeWork;
  /** Counts up when something was changed elsewhere. */
  changed?: number;
}): ReactNode {
  const { archiveId, at, fondsId, work, changed } = props;
  const { t } = useWording();
  const [q, setQ] = useState('');
  const data = useTreeData(archiveId, q);
  const scroll = useScrollWindow(data.layout.lines);
  const lines = linesOf(data.layout, scroll.first, scroll.count);
  useLines(lines);
  const [active, setActive] = useState<Pick<Line, 'place' | 'index'>>();
  const [selection, setSelection] = useState<TreeSelection>(NOTHING);
  const [cut, setCut] = useState<TreeSelection>();
  const [drop, setDrop] = useState<Drop>();
  const dragged = useRef<TreeSelection>(undefined);
  const typed = useRef({ text: '', at: 0 });

  const activeLine = active && lineOf(data.layout, active.place, active.index);
  const goTo = useRef<Pick<Line, 'place' | 'index'>>(undefined);
  const { openTo, renew } = data;
  // biome-ignore lint/correctness/useExhaustiveDependencies: opened once for each arrival
  useEffect(() => {
    const fonds = fondsId ?? at;
    if (!fonds || data.pending) return;
    let gone = false;
    void openTo(fonds, at === fonds ? undefined : at).then(
      (found) => {
        if (gone || !found) return;
        goTo.current = found;
        setActive(found);
      },
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [at, fondsId, data.pending]);
  const seen = useRef(changed);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at anew once for each change
  useEffect(() => {
    if (seen.current === changed) return;
    seen.current = changed;
    void renew();
  }, [changed]);
  // Once what leads there is drawn, it is brought into view.
  const aim = goTo.current && lineOf(data.layout, goTo.current.place, goTo.current.index);
  useEffect(() => {
    if (aim === undefined) return;
    goTo.current = undefined;
    scroll.show(aim);
  }, [aim, scroll.show]);

  const pickedOf = (node: TreeNode, line: Pick<Line, 'place' | 'index'>): Picked => ({
    id: node.id,
    fondsId: node.fondsId,
    place: line.place,
    index: line.index,
    level: node.level,
  });
  const placeOf = (node: TreeNode, place: string): TreePlace => ({
    id: node.id,
    fondsId: node.fondsId,
    kind: node.level === 'fonds' ? 'fonds' : 'unit',
    level: node.level,
    parentId: place === TOP || place === node.fondsId ? null : place,
    label: node.title,
    code: node.code,
  });
  const walkTo = async (line: number, how: 'walk' | 'draw'): Promise<void> => {
    const to = lineAt(data.layout, Math.max(0, Math.min(line, data.layout.lines - 1)));
    if (!to) return;
    setActive(to);
    scroll.show(Math.max(0, Math.min(line, data.layout.lines - 1)));
    const node = await data.fetchNode(to);
    if (!node || to.place === TOP) return;
    const picked = pickedOf(node, to);
    setSelection((now) => (how === 'draw' ? drawnTo(now, picked) : only(picked)));
  };
  const showWay = async (found: { fondsId: string; steps: readonly { id: string }[] }): Promise<void> => {
    const where = await openTo(found.fondsId, found.steps.at(-1)?.id);
    if (!where) return;
    goTo.current = where;
    setActive({ place: where.place, index: where.index });
  };
  const node = active && data.nodeAt(active);
  const moved = async (chosen: TreeSelection, to: TreeTarget): Promise<void> => {
    if (!work || countOf(chosen) === 0) return;
    if (await work.move(chosen, to)) {
      setCut(undefined);
      await renew();
    }
  };
  /** Into what is looked at; beside it where nothing stands below it. */
  const targetAt = (here: TreeNode, line: Pick<Line, 'place' | 'index'>): TreeTarget => {
    const { parentId } = placeOf(here, line.place);
    if (here.level === 'item') return { fondsId: here.fondsId, parentId, after: here.id, label: here.title };
    return { fondsId: here.fondsId, parentId: here.level === 'fonds' ? null : here.id, label: here.title };
  };

  const act = async (wanted: TreeAct): Promise<void> => {
    if (activeLine === undefined || !active) {
      if (data.layout.lines > 0) await walkTo(0, 'walk');
      return;
    }
    const line = lineAt(data.layout, activeLine);
    if (wanted.kind === 'walk' || wanted.kind === 'draw') {
      const by = { up: -1, down: 1, pageUp: -scroll.page, pageDown: scroll.page }[wanted.to as 'up'] ?? 0;
      const to = wanted.to === 'home' ? 0 : wanted.to === 'end' ? data.layout.lines - 1 : activeLine + by;
      await walkTo(to, wanted.kind);
    } else if (wanted.kind === 'in' && node && line) {
      if (!data.isOpen(node.id) && node.count > 0) data.fold(line, node, true);
      else if (data.isOpen(node.id)) await walkTo(activeLine + 1, 'walk');
    } else if (wanted.kind === 'out' && node && line) {
      if (data.isOpen(node.id)) data.fold(line, node, false);
      else if (line.depth > 0) {
        let up = activeLine - 1;
        while (up > 0 && (lineAt(data.layout, up)?.depth ?? 0) >= line.depth) up--;
        await walkTo(up, 'walk');
      }
    } else if (wanted.kind === 'open' && node) props.onPlace(placeOf(node, active.place));
    else if (wanted.kind === 'choose' && node && active.place !== TOP) {
      const picked = pickedOf(node, active);
      setSelection((now) => toggled(now, picked));
    } else if (wanted.kind === 'leave') {
      setCut(undefined);
      setSelection(NOTHING);
    } else if (wanted.kind === 'cut' && work && countOf(selection) > 0) setCut(selection);
    else if (wanted.kind === 'paste' && cut && node) await moved(cut, targetAt(node, active));
    else if (wanted.kind === 'shift' && work && node && line) await shift(wanted.to, node, line);
    else if (wanted.kind === 'type') {
      const now = Date.now();
      typed.current = {
        text: now - typed.current.at < 900 ? typed.current.text + wanted.text : wanted.text,
        at: now,
      };
      for (let i = 1; i <= lines.length; i++) {
        const to = lineAt(data.layout, scroll.first + ((activeLine - scroll.first + i) % lines.length));
        const there = to && data.nodeAt(to);
        if (
          there?.title.startsWith(typed.current.text) ||
          there?.code.startsWith(typed.current.text.toUpperCase())
        ) {
          await walkTo(lineOf(data.layout, to!.place, to!.index)!, 'walk');
          break;
        }
      }
    }
  };
  /** Moves the one looked at up, down, into what stands before it, or out behind what it stands under. */
  const shift = async (to: 'up' | 'down' | 'in' | 'out', here: TreeNode, line: Line): Promise<void> => {
    if (line.place === TOP) return;
    const chosen = only(pickedOf(here, line));
    const target = await shiftTarget(data, { to, here, line, at: activeLine ?? 0 });
    if (!target) return;
    await moved(chosen, target);
    await showWay({ fondsId: here.fondsId, steps: [{ id: here.id }] });
  };

  const dropTarget = async (d: Drop): Promise<TreeTarget | undefined> => {
    if (d.where === 'into') return targetAt(d.node, d.line);
    const parentId = d.line.place === d.node.fondsId ? null : d.line.place;
    if (d.where === 'after')
      return { fondsId: d.node.fondsId, parentId, after: d.node.id, label: d.node.title };
    const before =
      d.line.index === 0 ? null : await data.fetchNode({ place: d.line.place, index: d.line.index - 1 });
    return { fondsId: d.node.fondsId, parentId, after: before?.id ?? null, label: d.node.title };
  };
  const chosen = countOf(selection);
  const lineId = (line: Pick<Line, 'place' | 'index'>) => `tree-${line.place || 'top'}-${line.index}`;
  return (
    <div className="tree">
      <TreeHead
        q={q}
        onFind={setQ}
        cut={cut ? countOf(cut) : 0}
        chosen={work ? chosen : 0}
        onCut={() => setCut(selection)}
        onRenumber={() => work?.renumber(selection)}
        onSplit={() => work?.split(selection)}
      >
        {active && node && (
          <JumpField
            place={node.count > 0 && data.isOpen(node.id) ? node.id : active.place || node.id}
            onFound={showWay}
            onNumber={(place, n) => void walkToNumber(place, n)}
          />
        )}
      </TreeHead>
      {data.error !== null && data.error !== undefined && <Trouble error={data.error} retry={data.retry} />}
      {data.pending && <Loading lines={5} />}
      {data.none && <p className="soft small tree-none">{t(q ? 'tree.noMatch' : 'tree.none')}</p>}
      <div ref={scroll.box} className="tree-box" onScroll={scroll.onScroll}>
        <div
          role="tree"
          tabIndex={0}
          aria-label={t('tree.label')}
          aria-multiselectable={work ? true : undefined}
          aria-activedescendant={active && activeLine !== undefined ? lineId(active) : undefined}
          title={work ? t('tree.keys') : undefined}
          className="tree-lines"
          style={{ height: scroll.height }}
          onKeyDown={(event) => {
            const wanted = treeActOf(event);
            if (!wanted) return;
            event.preventDefault();
            void act(wanted);
          }}
        >
          <div style={{ transform: `translateY(${scroll.top}px)` }}>
            {lines.map((line) => {
              const here = data.nodeAt(line);
              const mark =
                drop && drop.line.place === line.place && drop.line.index === line.index ? drop : undefined;
              return (
                <TreeRow
                  key={`${line.place} ${line.index}`}
                  id={lineId(line)}
                  height={LINE}
                  line={line}
                  node={here}
                  open={here !== undefined && data.isOpen(here.id)}
                  current={here !== undefined && here.id === at}
                  active={active?.place === line.place && active.index === line.index}
                  chosen={
                    here !== undefined &&
                    (isChosen(selection, { ...line, id: here.id }) || (chosen === 0 && here.id === at))
                  }
                  cut={here !== undefined && cut !== undefined && isChosen(cut, { ...line, id: here.id })}
                  drop={mark}
                  movable={work !== undefined && line.place !== TOP}
                  onFold={() => here && data.fold(line, here, !data.isOpen(here.id))}
                  onPick={(how) => {
                    if (!here) return;
                    setActive(line);
                    const picked = pickedOf(here, line);
                    if (how === 'one' || line.place === TOP || !work) {
                      setSelection(line.place === TOP ? NOTHING : only(picked));
                      props.onPlace(placeOf(here, line.place));
                    } else
                      setSelection((now) => (how === 'more' ? toggled(now, picked) : drawnTo(now, picked)));
                  }}
                  onDragStart={() => {
                    if (!here) return;
                    const picked = pickedOf(here, line);
                    dragged.current = isChosen(selection, picked) ? selection : only(picked);
                  }}
                  onDragOver={(share) => {
                    if (!here || !dragged.current || !work) return false;
                    const found = dropAt({
                      share,
                      node: here,
                      line,
                      chosen: dragged.current,
                      above: aboveOf(line),
                    });
                    setDrop(found);
                    return found.why === undefined;
                  }}
                  onDragEnd={() => {
                    dragged.current = undefined;
                    setDrop(undefined);
                  }}
                  onDrop={() => {
                    const what = dragged.current;
                    const where = drop;
                    dragged.current = undefined;
                    setDrop(undefined);
                    if (!what || !where || where.why) return;
                    void dropTarget(where).then((to) => to && moved(what, to));
                  }}
                />
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );

  /** Ids of what a line stands below. */
  function aboveOf(line: Line): string[] {
    const ids: string[] = [];
    let at: Line | undefined = line;
    for (let depth = line.depth; at && depth > 0; depth--) {
      ids.push(at.place);
      let up: number = (lineOf(data.layout, at.place, 0) ?? 0) - 1;
      while (up >= 0 && data.nodeAt(lineAt(data.layout, up)!)?.id !== at.place) up--;
      at = up >= 0 ? lineAt(data.layout, up) : undefined;
    }
    return ids;
  }

  async function walkToNumber(place: string, n: number): Promise<void> {
    const line = lineOf(data.layout, place, n);
    if (line !== undefined) await walkTo(line, 'walk');
  }
}
