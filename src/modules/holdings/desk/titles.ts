import type { Tx } from '#kernel/db';
import type { Part } from './reach.ts';
import {
  beginnings,
  type Candidate,
  type Completion,
  completions,
  LEAST_TYPED,
  type Writing,
} from './rules/completions.ts';
import { lastChanged, lastSiblings, waysOn, waysOnInPart } from './store/titles.ts';

const SIBLINGS = 120;
const CHANGED = 150;
const WAYS = { fonds: 16, archive: 10 };
/** Characters behind what is typed that make another way to go on. */
const FURTHER = 3;

/** The likeliest titles that go on as the one being written begins, out of entries the transaction may see. */
export async function titlesLike(
  tx: Tx,
  o: {
    archiveId: string;
    underId: string | null;
    writing: Writing;
    /** Whether all entries of the archive, and all of the fonds, exist for who asks. */
    all: { archive: boolean; fonds: boolean };
    /** What of them exists by posts, where not all does. */
    parts: readonly Part[];
  },
): Promise<Completion[]> {
  const typed = o.writing.title.trimStart();
  if ([...typed].length < LEAST_TYPED) return [];
  const candidates: Candidate[] = [];
  const add = (near: Candidate['near'], rows: readonly Omit<Candidate, 'near'>[]) => {
    for (const row of rows) candidates.push({ ...row, near });
  };
  const { fondsId, year } = o.writing;
  if (o.underId && (o.all.fonds || o.underId !== fondsId))
    add('siblings', await lastSiblings(tx, o.underId, SIBLINGS));
  if (o.all.archive) add('recent', await lastChanged(tx, o.archiveId, CHANGED));
  const prefixes = beginnings(typed, year).map((b) => b.prefix);
  if (fondsId && o.all.fonds)
    add(
      'fonds',
      await waysOn(tx, { in: 'fonds', id: fondsId, prefixes, further: FURTHER, most: WAYS.fonds }),
    );
  // The words of years before are looked for in the fonds alone.
  if (o.all.archive)
    add(
      'archive',
      await waysOn(tx, {
        in: 'archive',
        id: o.archiveId,
        prefixes: [typed],
        further: FURTHER,
        most: WAYS.archive,
      }),
    );
  if (!o.all.archive)
    for (const part of o.parts) {
      if (part.fondsId === fondsId && o.all.fonds) continue;
      const within = part.fondsId === null ? 'archive' : 'fonds';
      add(
        part.fondsId !== null && part.fondsId === fondsId ? 'fonds' : 'archive',
        await waysOnInPart(tx, {
          archiveId: o.archiveId,
          fondsId: part.fondsId,
          prefixes: part.fondsId === fondsId ? prefixes : [typed],
          categories: part.categories,
          further: FURTHER,
          most: WAYS[within],
        }),
      );
    }
  return completions(o.writing, candidates);
}
