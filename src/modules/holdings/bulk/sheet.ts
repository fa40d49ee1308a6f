import { type Actor, demand, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { isRefusal, Refusal } from '#kernel/errors';
import { beginChange } from '../changes/index.ts';
import { correctUnitIn, createUnitIn, type NewUnitInput, type Reasons } from '../commands/units.ts';
import type { HoldingsDeps } from '../deps.ts';
import type { UnitFields, UnitInput } from '../domain/unitInput.ts';
import { type UnitRecord, unitsByIds } from '../store/units.ts';
import { type Finding, findingOf } from './judge.ts';
import { type Difference, differencesOf } from './preview.ts';
import { savepoint } from './store/units.ts';

/** Rows of one paste. */
export const MOST_ROWS = 1_000;

/** A row as it was pasted: an entry with the version it was seen in, or a new one. */
export type SheetRow =
  | { id: string; version: number; input: UnitInput & Reasons }
  | { fondsId: string; parentId?: string | null | undefined; input: UnitInput };

export interface SheetWish {
  archiveId: string;
  rows: readonly SheetRow[];
  reason?: string | null | undefined;
  /** Only look: nothing is written. */
  dryRun: boolean;
}

export interface SheetResult {
  /** The entry; of a new one that was only looked at, null. */
  id: string | null;
  /** What is otherwise now; null where the row was refused. */
  differences: Difference[];
  finding: Finding | null;
}

export interface SheetAnswer {
  /** The changeset, by which it can be taken back; null where nothing of what there was is changed. */
  changesetId: string | null;
  rows: SheetResult[];
  changed: number;
  added: number;
  refused: number;
}

class LookedAt extends Error {
  readonly answer: SheetAnswer;
  constructor(answer: SheetAnswer) {
    super('only looked at');
    this.answer = answer;
  }
}

/**
 * Writes rows as they were pasted: each by the rules every change goes by, all in one transaction and one changeset. Rows that are
 * refused are left as they were and say why. A look does the same and takes it back, so that it tells what would be.
 *
 * @throws Refusal sheet.tooMany, archive.notFound, actor.forbidden
 */
export async function writeSheet(deps: HoldingsDeps, actor: Actor, wish: SheetWish): Promise<SheetAnswer> {
  const { archiveId, rows, dryRun } = wish;
  demand(actor, 'holdings.write', archiveId, new Refusal('archive.notFound', 'There is no such archive.'));
  if (rows.length === 0 || rows.length > MOST_ROWS)
    throw new Refusal('sheet.rows', `From 1 to ${MOST_ROWS} rows are written at once.`, { most: MOST_ROWS });
  try {
    return await deps.db.as(scopeOf(actor), async (tx) => {
      const answer = await writeRows(deps, tx, actor, wish);
      if (dryRun) throw new LookedAt(answer);
      return answer;
    });
  } catch (e) {
    if (e instanceof LookedAt) return e.answer;
    throw e;
  }
}

async function writeRows(deps: HoldingsDeps, tx: Tx, actor: Actor, wish: SheetWish): Promise<SheetAnswer> {
  const { archiveId, rows, dryRun } = wish;
  const changesetId = await beginChange(deps, tx, actor, {
    archiveId,
    kind: 'paste',
    reason: wish.reason ?? null,
  });
  const ids = rows.flatMap((r) => ('id' in r ? [r.id] : []));
  const before = new Map((await unitsByIds(tx, ids)).map((u) => [u.id, u]));
  // The index is told of all at once, at the end.
  const quiet: HoldingsDeps = { ...deps, index: { ...deps.index, changed: async () => {} } };
  const written: (string | Finding)[] = [];
  for (const row of rows) written.push(await writeRow(quiet, tx, actor, { ...wish, changesetId }, row));
  const after = new Map(
    (
      await unitsByIds(
        tx,
        written.filter((w) => typeof w === 'string'),
      )
    ).map((u) => [u.id, u]),
  );
  if (!dryRun) await deps.index.changed(tx, [...after.keys()]);
  const results = rows.map((row, i): SheetResult => {
    const done = written[i];
    if (typeof done !== 'string')
      return { id: 'id' in row ? row.id : null, differences: [], finding: done ?? null };
    const was = before.get(done);
    const is = after.get(done);
    return { id: was || !dryRun ? done : null, differences: was && is ? differ(was, is) : [], finding: null };
  });
  const added = results.filter((r, i) => !('id' in rows[i]!) && !r.finding).length;
  const refused = results.filter((r) => r.finding).length;
  return {
    changesetId: dryRun ? null : changesetId,
    rows: results,
    changed: rows.length - added - refused,
    added,
    refused,
  };
}

/** @returns the entry, or why the row was refused; then nothing of it is written */
async function writeRow(
  deps: HoldingsDeps,
  tx: Tx,
  actor: Actor,
  { archiveId, reason, changesetId }: SheetWish & { changesetId: string },
  row: SheetRow,
): Promise<string | Finding> {
  try {
    return await savepoint(tx, async () => {
      if ('id' in row) {
        const input = reason && !row.input.codeReason ? { ...row.input, codeReason: reason } : row.input;
        await correctUnitIn(
          deps,
          tx,
          actor,
          { id: row.id, version: row.version, changeset: changesetId },
          input,
        );
        return row.id;
      }
      const { fondsId, parentId, input } = row;
      const wish: NewUnitInput = { ...input, fondsId, parentId: parentId ?? null };
      const id = await createUnitIn(deps, tx, actor, wish);
      const [made] = await unitsByIds(tx, [id]);
      if (made?.archiveId !== archiveId) throw new Refusal('fonds.notFound', 'There is no such fonds.');
      return id;
    });
  } catch (e) {
    if (isRefusal(e)) return findingOf({ code: e.code, message: e.message, detail: plain(e.detail) });
    throw e;
  }
}

/** The entry as it stands now is told by its version alone: who pasted reads it anew. */
const plain = ({ current, ...rest }: Readonly<Record<string, unknown>>): Record<string, unknown> => rest;

const NAMES = [
  'level', 'referenceCode', 'title', 'creator', 'docNo', 'date', 'category', 'year', 'retention', 'classification', 'pages', 'description',
] as const satisfies readonly (keyof UnitFields)[]; // biome-ignore format: a row of fields

const differ = (was: UnitRecord, is: UnitRecord): Difference[] => differencesOf(was, is, NAMES);
