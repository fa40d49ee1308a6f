import { createHash } from 'node:crypto';
import type { AuditActor } from '#kernel/audit';
import type { Tx } from '#kernel/db';
import { bulkTransaction } from '#kernel/db/copy';
import { Refusal } from '#kernel/errors';
import { beginChange } from '../../changes/index.ts';
import type { OwnScheme } from '../../domain/schemes.ts';
import { ownWordsOf } from '../../domain/searched.ts';
import type { CatalogueImportDeps } from '../deps.ts';
import { indexed } from '../reading/ready.ts';
import { rowIds } from '../rows/row-ids.ts';
import { copyFindings } from '../store/findings.ts';
import { describeMadeFonds, type FondsToMake, fondsIds, makeFonds } from '../store/fonds.ts';
import { type ImportRecord, lockedPlace, saveProgressOf } from '../store/imports.ts';
import { copyUnits, insertAliases, lockArchive, overwriteUnits, type PlacedRow } from '../store/units.ts';
import type { EntryKey, FondsRow, ReadyChunk, Stretch } from '../types.ts';
import { changeFonds, heldFonds } from './held-fonds.ts';
import { joinNoted, matchHeld } from './match-held.ts';
import type { Matched } from './matched.ts';
import { namedParents } from './named-parents.ts';
import { placeRows } from './place-rows.ts';
import { addChangedFonds, addMatched, addNoted, copyOf, problemList, type Tally } from './tally.ts';

export interface ChunkContext {
  deps: CatalogueImportDeps;
  import: ImportRecord;
  actor: AuditActor;
  /** Only look: nothing is written but the findings. */
  dry: boolean;
  /** Whether the archive is asked which codes it holds; see `matchHeld`. */
  askCodes: boolean;
  /** What the archive says over the standards' schemes. */
  own: readonly OwnScheme[];
}

/**
 * Stores one chunk: entries, search index, findings, audit entry, counts and place, all in one transaction. A process
 * killed at any point leaves the chunk whole or absent.
 *
 * @returns the tally with the chunk in it
 * @throws Refusal `import.wrongState` when another process has gone on with this import meanwhile; `holdsCode` is true of what
 * is thrown where codes were not asked for and one is held
 */
export async function storeChunk(
  c: ChunkContext,
  chunk: ReadyChunk,
  before: Tally,
  place: ImportRecord['place'],
): Promise<Tally> {
  const { deps, import: imp, dry, askCodes } = c;
  const store = async (tx: Tx): Promise<Tally> => {
    if (!dry) await lockArchive(tx, imp.archiveId);
    await demandPlace(tx, imp, place);
    const tally = copyOf(before);
    const { archiveId, options, sheets } = imp;
    const matching = { archiveId, options, sheets, own: c.own, indexer: deps.indexer, askCodes };
    const matched = await matchHeld(tx, chunk, matching);
    const named = await namedParents(tx, imp.archiveId, chunk, matched.fresh, sheets);
    const refused = [...matched.refused, ...named.refused];
    const heldOnes = await heldFonds(tx, imp, chunk.fonds);
    const told = [...matched.remarks, ...heldOnes.noted];
    const changed = new Set(heldOnes.changed.map((c) => c.row));
    const otherFonds = chunk.fonds.filter((f) => !changed.has(f));
    let accepted = matched.fresh.length - named.refused.length + otherFonds.length;
    let unchanged = matched.unchanged.length;
    if (!dry) {
      await changeFonds(deps, tx, c.actor, imp, heldOnes.changed);
      const fonds = await bringFonds(tx, c, matched, otherFonds);
      const placed = await placeRows(tx, imp.archiveId, chunk, matched, fonds.ids, rowIds(imp.id), {
        named,
        sheets,
      });
      refused.push(...placed.refused);
      accepted = placed.rows.length + fonds.described;
      unchanged += otherFonds.length - fonds.described;
      await writeRows(tx, c, placed.rows, matched, chunk);
    }
    const noted = joinNoted(joinNoted(chunk.noted, told), refused);
    await copyFindings(tx, { archiveId: imp.archiveId, importId: imp.id }, noted);
    addNoted(tally, noted);
    tally.counts.total += chunk.rows;
    tally.counts.accepted += accepted;
    tally.counts.unchanged += unchanged;
    addMatched(tally, matched);
    addChangedFonds(tally, heldOnes.changed);
    countSheets(tally, chunk);
    await saveProgressOf(tx, imp.id, {
      counts: { ...tally.counts, bySheet: tally.rows },
      problems: problemList(tally),
      preview: tally.preview,
      place: chunk.last,
    });
    return tally;
  };
  return bulkTransaction(deps.db, store, { part: true });
}

function countSheets(tally: Tally, chunk: Stretch): void {
  for (const [sheet, n] of Object.entries(chunk.rowsBySheet)) {
    tally.rows[Number(sheet)] = (tally.rows[Number(sheet)] ?? 0) + n;
  }
}

/** Another process may have taken the job over: only one goes on from a place. */
async function demandPlace(tx: Tx, imp: ImportRecord, place: ImportRecord['place']): Promise<void> {
  const now = await lockedPlace(tx, imp.id);
  if (now && now.state === imp.state && now.sheet === place.sheet && now.row === place.row) return;
  throw new Refusal('import.wrongState', 'Another process has gone on with this import.');
}

interface Brought {
  ids: Map<string, string>;
  /** Fonds rows that made or described a fonds. */
  described: number;
}

/** Sees to it that all fonds the rows name are there. */
async function bringFonds(
  tx: Tx,
  { deps, import: imp, actor }: ChunkContext,
  matched: Matched,
  fondsRows: readonly FondsRow[],
): Promise<Brought> {
  const wanted = new Map<string, EntryKey | FondsRow>();
  for (const row of matched.fresh) if (!wanted.has(row.fonds)) wanted.set(row.fonds, row);
  for (const row of fondsRows) wanted.set(row.fonds, row);
  const ids = await fondsIds(tx, imp.archiveId, [...wanted.keys()]);
  const missing = [...wanted].filter(([number]) => !ids.has(number));
  const made = await makeFonds(
    tx,
    { archiveId: imp.archiveId, importId: imp.id },
    missing.map(([number, row]) => toMake(deps.newId(), number, row, imp)),
  );
  if (missing.length > 0) {
    for (const [number, id] of await fondsIds(
      tx,
      imp.archiveId,
      missing.map(([number]) => number),
    ))
      ids.set(number, id);
  }
  const named = [...made];
  let described = fondsRows.filter((f) => made.includes(f.fonds)).length;
  for (const row of fondsRows) {
    if (made.includes(row.fonds)) continue;
    if (await describeMadeFonds(tx, imp.id, toMake(ids.get(row.fonds)!, row.fonds, row, imp))) {
      named.push(row.fonds);
      described++;
    }
  }
  if (named.length > 0) {
    const labels = named.map((number) => ({
      archiveId: imp.archiveId,
      number,
      name: toMake('', number, wanted.get(number)!, imp).name,
    }));
    await deps.indexer.indexFonds(tx, labels);
  }
  for (const number of made) {
    await deps.audit.append(tx, {
      actor,
      archiveId: imp.archiveId,
      act: 'fonds.added',
      target: { type: 'fonds', id: ids.get(number)! },
      detail: { number, import: imp.id },
    });
  }
  return { ids, described };
}

function toMake(id: string, number: string, row: EntryKey | FondsRow, imp: ImportRecord): FondsToMake {
  if (row.kind === 'fonds') {
    const { name, dates, history, custody, scope } = row;
    return { id, number, name, dates, history, custody, scope };
  }
  const usual = number === imp.options.defaultFonds ? imp.options.defaultFondsName : undefined;
  return {
    id,
    number,
    name: row.fondsName ?? usual ?? number,
    dates: null,
    history: null,
    custody: null,
    scope: null,
  };
}

async function writeRows(
  tx: Tx,
  { deps, import: imp, actor, own }: ChunkContext,
  rows: readonly PlacedRow[],
  matched: Matched,
  chunk: ReadyChunk,
): Promise<void> {
  const at = deps.clock.now();
  const written = copyUnits(tx, chunk.units, rows);
  // Worked out while the database takes the rows in.
  const proof = proofOf(rows);
  await written;
  await insertAliases(
    tx,
    { archiveId: imp.archiveId, actorName: actor.name, basis: imp.fileName, at },
    aliasesOf(rows),
  );
  const words = ownWordsOf(own);
  const changes = matched.changed.map(({ held, after }) => ({ id: held.id, row: after }));
  if (changes.length > 0) {
    const { id, archiveId } = imp;
    await beginChange(deps, tx, actor, { id, archiveId, kind: 'import', reason: imp.fileName });
    await overwriteUnits(tx, changes, at);
    // A code that gave way stays known.
    const given = matched.changed.flatMap(({ held, after }) =>
      held.code !== null && after.code !== held.code ? [{ unitId: held.id, code: held.code }] : [],
    );
    await insertAliases(tx, { archiveId, actorName: actor.name, basis: imp.fileName, at }, given);
  }
  await deps.indexer.indexNewUnits(
    tx,
    chunk.searched,
    rows.map((r) => r.row.place),
  );
  await deps.indexer.indexUnits(
    tx,
    changes.map(({ id, row }) => indexed(imp.archiveId, id, row, words)),
  );
  if (rows.length + matched.changed.length === 0) return;
  await deps.audit.append(tx, {
    actor,
    archiveId: imp.archiveId,
    act: 'import.entriesAdded',
    target: { type: 'import', id: imp.id },
    detail: {
      count: rows.length,
      ...(rows.length > 0 ? { firstId: rows[0]!.id, lastId: rows.at(-1)!.id, ...proof } : {}),
      ...(matched.changed.length > 0
        ? {
            updated: matched.changed.map(({ row, held }) => ({
              id: held.id,
              before: held.digest ?? '',
              after: row.digest,
            })),
          }
        : {}),
    },
  });
}

function aliasesOf(rows: readonly PlacedRow[]): { unitId: string; code: string }[] {
  return rows.flatMap(({ id, row }) => {
    const codes = row.formerCodes?.split(/[\n;；]/).map((c) => c.trim()) ?? [];
    return codes.filter((c) => c !== '' && c !== row.code).map((code) => ({ unitId: id, code }));
  });
}

/** What the trail keeps of a chunk's rows: enough to prove each of them against it. */
function proofOf(rows: readonly PlacedRow[]): {
  access: Record<string, number>;
  digest: string;
  digestOver: string;
} {
  const hash = createHash('sha256');
  const access: Record<string, number> = {};
  for (const { id, row } of rows) {
    hash.update(`${id} ${row.digest}\n`);
    access[row.accessStatus] = (access[row.accessStatus] ?? 0) + 1;
  }
  return {
    access,
    digest: hash.digest('hex'),
    digestOver: 'SHA-256 of the lines "id import_digest" in order of id',
  };
}
