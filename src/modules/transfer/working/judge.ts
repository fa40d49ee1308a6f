import { opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { openTree } from '#formats/tree';
import { bearsSecretMark, isSecret } from '#kernel/classification';
import { isRefusal } from '#kernel/errors';
import type { JudgedPackage } from '#modules/packages';
import type { TransferDeps } from '../deps.ts';
import type { Batch } from '../store/batches.ts';
import { packageIn } from './folders.ts';

/** Something that bears a classification: where it lies, and what it is. */
export interface Classified {
  place: string;
  what: 'classification' | 'title' | 'name';
}

/** What is in a package, or where it bears a classification: then nothing else is said of it. */
export type Judgement = { classified: readonly Classified[] } | { package: JudgedPackage };

/** Of so many it is enough to know. */
const MOST_CLASSIFIED = 1_000;

/**
 * Judges what lies in a place, by names first: where one bears a classification, nothing is opened.
 *
 * @param place the agency's folder of the batch, or the archive's quarantine
 */
export async function judgeContent(
  deps: TransferDeps,
  batch: Batch,
  place: string,
  archiveCode: string,
): Promise<Judgement> {
  const path = packageIn(place, batch);
  const classified: Classified[] = [];
  const told = new Set<string>();
  const note = (what: Classified['what'], at: string) => {
    const place = at.slice(0, 500);
    const key = `${what} ${place}`;
    if (told.has(key) || told.size >= MOST_CLASSIFIED) return;
    told.add(key);
    classified.push({ what, place });
  };
  for await (const name of namesIn(deps, path, batch)) if (bearsSecretMark(name)) note('name', name);
  if (classified.length > 0) return { classified };
  const judged = await deps.packages.judge({
    path,
    archive: archiveCode,
    limits: deps.limits,
    ...(batch.fonds ? { fonds: batch.fonds } : {}),
    look(unit) {
      const code = String(unit.row.reference_code ?? unit.key);
      if (typeof unit.row.classification === 'string' && isSecret(unit.row.classification))
        note('classification', code);
      if (typeof unit.row.title === 'string' && bearsSecretMark(unit.row.title)) note('title', code);
    },
  });
  return classified.length > 0 ? { classified } : { package: judged };
}

/** Names of everything that was sent, those inside of a wrapper included. */
async function* namesIn(deps: TransferDeps, path: string, batch: Batch): AsyncGenerator<string> {
  if (batch.packageName) yield batch.packageName;
  if (batch.form === 'folder') {
    for await (const entry of await opendir(path, { recursive: true }))
      yield join(entry.parentPath, entry.name).slice(path.length + 1);
    return;
  }
  try {
    const tree = await openTree(path, { limits: deps.limits, scratch: deps.folder });
    try {
      for await (const entry of tree.entries()) yield entry.path;
    } finally {
      await tree.close();
    }
  } catch (e) {
    // One file that is no wrapper has no names inside; what is wrong with a broken one the judgement says.
    if (!isRefusal(e)) throw e;
  }
}
