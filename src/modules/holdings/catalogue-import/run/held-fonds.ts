import type { AuditActor } from '#kernel/audit';
import type { Tx } from '#kernel/db';
import { applyFonds } from '../../domain/fondsInput.ts';
import { type Fonds, fondsById, updateFonds } from '../../store/fonds.ts';
import { schemesInForce } from '../../store/schemes.ts';
import type { CatalogueImportDeps } from '../deps.ts';
import {
  FONDS_WORDS,
  type FondsWord,
  putOverFonds,
  takeBackFonds,
  type WordChange,
} from '../rows/put-over-fonds.ts';
import { fondsHeld, lockFonds } from '../store/fonds.ts';
import { fondsChangesOf, noteFondsChange } from '../store/import-fonds.ts';
import type { ImportRecord } from '../store/imports.ts';
import type { FondsRow, NotedRow } from '../types.ts';
import { columnOf } from './column-of.ts';
import type { ChangedFonds } from './matched.ts';

export interface HeldFonds {
  changed: ChangedFonds[];
  /** Rows whose fonds stays as it is though they say otherwise: whoever brought the file is told. */
  noted: NotedRow[];
}

/**
 * What rows of a chunk are to the fonds the archive holds. Where the import neither updates nor merges, and where a fonds is closed, it
 * stays as it is.
 */
export async function heldFonds(
  tx: Tx,
  { archiveId, id, sheets, options }: Pick<ImportRecord, 'archiveId' | 'id' | 'sheets' | 'options'>,
  rows: readonly FondsRow[],
): Promise<HeldFonds> {
  const found: HeldFonds = { changed: [], noted: [] };
  if (rows.length === 0) return found;
  const numbers = rows.map((r) => r.fonds);
  const held = await fondsHeld(tx, archiveId, id, numbers);
  const { existing = 'keep' } = options;
  for (const row of rows) {
    const fonds = held.get(row.fonds);
    if (!fonds) continue;
    const puts = existing === 'update' || existing === 'merge';
    if (puts && fonds.closedAt === null) {
      const changes = putOverFonds(row, fonds, existing);
      if (changes.length === 0) continue;
      found.changed.push({ row, held: fonds, rule: existing, changes });
      // Another row of the chunk may be about the same fonds.
      held.set(row.fonds, { ...fonds, ...spoken(after(changes), fonds), version: fonds.version + 1 });
    } else if (FONDS_WORDS.some((w) => row[w] !== null && row[w] !== fonds[w])) {
      const column = columnOf(sheets, row.sheet, 'fondsNo', 'referenceCode', 'title');
      const findings = [
        { code: 'fonds.held' as const, severity: 'warning' as const, column, value: row.fonds },
      ];
      found.noted.push({ sheet: row.sheet, row: row.row, rejected: false, findings, cells: null });
    }
  }
  return found;
}

type Words = Partial<Record<FondsWord, string | null>>;
const side = (changes: readonly WordChange[], which: 'before' | 'after'): Words =>
  Object.fromEntries(changes.map((c) => [c.word, c[which]]));
const before = (changes: readonly WordChange[]) => side(changes, 'before');
const after = (changes: readonly WordChange[]) => side(changes, 'after');

/** A fonds always has a name. */
const spoken = ({ name, ...rest }: Words, { name: was }: Pick<Fonds, 'name'>) => ({
  ...rest,
  name: name ?? was,
});

/** Writes them, tells the trail and the search, and notes what was, so that the import can be taken back. */
export async function changeFonds(
  deps: Pick<CatalogueImportDeps, 'audit' | 'indexer'>,
  tx: Tx,
  actor: AuditActor,
  imp: Pick<ImportRecord, 'id' | 'archiveId'>,
  changed: readonly ChangedFonds[],
): Promise<void> {
  for (const { held, changes } of changed) {
    const words = { before: before(changes), after: after(changes) };
    await writeFonds(deps, tx, actor, imp, held, words.after);
    await noteFondsChange(tx, { importId: imp.id, archiveId: imp.archiveId }, { fondsId: held.id, ...words });
  }
}

/**
 * Takes back what an import made of fonds, the last change first, as far as nobody wrote over it since.
 *
 * @returns how many fonds are as they were in some word again, and how many words were left
 */
export async function takeBackFondsChanges(
  deps: Pick<CatalogueImportDeps, 'audit' | 'indexer'>,
  tx: Tx,
  actor: AuditActor,
  imp: Pick<ImportRecord, 'id' | 'archiveId'>,
): Promise<{ restored: number; left: number }> {
  const restored = new Set<string>();
  let left = 0;
  const changes = await fondsChangesOf(tx, imp.id);
  await lockFonds(
    tx,
    changes.map((c) => c.fondsId),
  );
  for (const change of changes) {
    const now = await fondsById(tx, change.fondsId);
    if (!now) continue;
    const back = takeBackFonds(now, change.before, change.after);
    left += back.left.length;
    if (Object.keys(back.restored).length === 0) continue;
    await writeFonds(deps, tx, actor, imp, now, back.restored);
    restored.add(now.id);
  }
  return { restored: restored.size, left };
}

/** A fonds' words become others, as by a correction by hand. */
async function writeFonds(
  deps: Pick<CatalogueImportDeps, 'audit' | 'indexer'>,
  tx: Tx,
  actor: AuditActor,
  imp: Pick<ImportRecord, 'id' | 'archiveId'>,
  held: Fonds,
  words: Words,
): Promise<void> {
  const fonds = applyFonds(held, spoken(words, held), await schemesInForce(tx, imp.archiveId), false);
  if (!(await updateFonds(tx, fonds))) throw new Error(`fonds ${held.number} changed under its lock`);
  await deps.audit.append(tx, {
    actor,
    archiveId: imp.archiveId,
    act: 'fonds.corrected',
    target: { type: 'fonds', id: held.id },
    detail: {
      before: Object.fromEntries(FONDS_WORDS.filter((w) => w in words).map((w) => [w, held[w]])),
      after: words,
      import: imp.id,
    },
  });
  if (fonds.name !== held.name)
    await deps.indexer.indexFonds(tx, [{ archiveId: imp.archiveId, number: held.number, name: fonds.name }]);
}
