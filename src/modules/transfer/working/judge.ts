import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openTree } from '#formats/tree';
import { bearsSecretMark, isSecret } from '#kernel/classification';
import { isRefusal } from '#kernel/errors';
import { categoryOf, isPapers } from '#modules/checks';
import type { OpenPackage } from '#modules/packages';
import type { TransferDeps } from '../deps.ts';
import type { Batch } from '../store/batches.ts';
import { packageIn } from './folders.ts';

/** Something that bears a classification: where it lies, and what it is. */
export interface Classified {
  place: string;
  what: 'classification' | 'title' | 'name';
}

/** An entry as it is looked at for a classification. */
export type LookedAt = Parameters<NonNullable<Parameters<TransferDeps['packages']['judge']>[0]['look']>>[0];

/** What bears a classification of what was looked at so far. */
export interface Looking {
  readonly found: readonly Classified[];
  /** Categories of the entries seen, as far as one can tell. */
  readonly categories: ReadonlySet<string>;
  /** Records as the register counts them: items, or volumes where there are no items. */
  records(): number;
  name(at: string): void;
  entry(unit: LookedAt): void;
}

/** Of so many it is enough to know. */
const MOST_CLASSIFIED = 1_000;

export function createLooking(): Looking {
  const found: Classified[] = [];
  const told = new Set<string>();
  const categories = new Set<string>();
  let [items, others] = [0, 0];
  const note = (what: Classified['what'], at: string) => {
    const place = at.slice(0, 500);
    const key = `${what} ${place}`;
    if (told.has(key) || told.size >= MOST_CLASSIFIED) return;
    told.add(key);
    found.push({ what, place });
  };
  return {
    found,
    categories,
    records: () => items || others,
    name(at) {
      if (bearsSecretMark(at)) note('name', at);
    },
    entry(unit) {
      const { row, key } = unit;
      if (row.level === 'item') items++;
      else if (!isPapers(unit)) others++;
      const code = String(row.reference_code ?? key);
      if (typeof row.classification === 'string' && isSecret(row.classification))
        note('classification', code);
      if (typeof row.title === 'string' && bearsSecretMark(row.title)) note('title', code);
      const category = categoryOf(unit);
      if (category !== null) categories.add(category);
    },
  };
}

/** What lies in a place: names that bear a classification, or the package judged and open, to be closed; and its bytes. */
export type Judgement = { classified: readonly Classified[] } | { open: OpenPackage; bytes: number };

/**
 * Judges what lies in a place, by names first: where one bears a classification, nothing is opened.
 *
 * @param place the agency's folder of the batch, or the archive's quarantine
 */
export async function judgeContent(
  deps: TransferDeps,
  batch: Batch,
  place: string,
  o: { archive: string; isScanned: boolean; looking: Looking },
): Promise<Judgement> {
  const path = packageIn(place, batch);
  const { looking } = o;
  const bytes = await lookAtNames(deps, path, batch, looking);
  if (looking.found.length > 0) return { classified: looking.found };
  const open = await deps.packages.judge({
    path,
    archive: o.archive,
    limits: deps.limits,
    isScanned: o.isScanned,
    ...(batch.fonds ? { fonds: batch.fonds } : {}),
    look: looking.entry,
  });
  if (looking.found.length === 0) return { open, bytes };
  await open.close();
  return { classified: looking.found };
}

/** Looks at the names of everything that was sent, those inside of a wrapper included. @returns bytes that lie there */
async function lookAtNames(
  deps: TransferDeps,
  path: string,
  batch: Batch,
  looking: Looking,
): Promise<number> {
  if (batch.packageName) looking.name(batch.packageName);
  if (batch.form === 'folder') {
    let bytes = 0;
    for await (const entry of await opendir(path, { recursive: true })) {
      const at = join(entry.parentPath, entry.name);
      looking.name(at.slice(path.length + 1));
      if (entry.isFile()) bytes += (await stat(at)).size;
    }
    return bytes;
  }
  try {
    const tree = await openTree(path, { limits: deps.limits, scratch: deps.folder });
    try {
      for await (const entry of tree.entries()) looking.name(entry.path);
    } finally {
      await tree.close();
    }
  } catch (e) {
    // One file that is no wrapper has no names inside; what is wrong with a broken one the judgement says.
    if (!isRefusal(e)) throw e;
  }
  return (await stat(path)).size;
}
