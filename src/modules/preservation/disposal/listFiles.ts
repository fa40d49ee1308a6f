import { createHash } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { OcflRepository } from '#formats/ocfl';
import type { Sql } from '#kernel/db';
import { isRefusal } from '#kernel/errors';
import { contentOf } from '../store/content.ts';
import { type ListedUnit, listedPage } from './store/units.ts';

/** Lines in one document of the list. */
const LINES = 1_000;
const UNITS_AT_ONCE = 200;

export interface ListPart {
  /** Name in the tombstone. */
  name: string;
  path: string;
  sha512: string;
  lines: number;
}

/** What is destroyed of one unit: the entry's line, then one for each file. */
async function* linesOf(
  on: Sql,
  repository: OcflRepository,
  unit: ListedUnit,
): AsyncGenerator<Record<string, unknown>> {
  const contents = new Map((await contentOf(on, unit.unitId)).map((c) => [c.logicalPath, c]));
  const object = await repository.getObject(unit.objectId).catch((e: unknown) => {
    // Damaged or lost: what the catalogue knows of it is listed, and that it could not be read.
    if (isRefusal(e)) return null;
    throw e;
  });
  yield {
    kind: 'unit',
    unit: unit.unitId,
    object: unit.objectId,
    referenceCode: unit.referenceCode,
    title: unit.title,
    fonds: unit.fonds,
    category: unit.category,
    year: unit.year,
    date: unit.date,
    retention: unit.retention,
    expiresOn: unit.expiresOn,
    pages: unit.pages,
    files: unit.files,
    bytes: unit.bytes,
    readable: object !== null,
    versions: object?.versions.map(({ version, created, message }) => ({ version, created, message })) ?? [],
  };
  const seen = new Set<string>();
  for (const [contentPath, digest] of object?.inventory.manifest ?? []) {
    const [version = '', , ...rest] = contentPath.split('/');
    const path = rest.join('/');
    const held = contents.get(path);
    seen.add(path);
    yield {
      kind: 'file',
      unit: unit.unitId,
      path,
      version,
      name: held?.originalName ?? null,
      mediaType: held?.mediaType ?? null,
      bytes: held?.bytes ?? null,
      sha512: object?.inventory.digestAlgorithm === 'sha512' ? digest : (held?.sha512 ?? null),
      sha256: object?.inventory.digestAlgorithm === 'sha256' ? digest : (held?.sha256 ?? null),
    };
  }
  for (const c of contents.values())
    if (!seen.has(c.logicalPath))
      yield {
        kind: 'file',
        unit: unit.unitId,
        path: c.logicalPath,
        version: null,
        name: c.originalName,
        mediaType: c.mediaType,
        bytes: c.bytes,
        sha512: c.sha512,
        sha256: c.sha256,
      };
}

/**
 * Writes the list of what is to be destroyed, in documents of at most a thousand lines of JSON: one line for an entry,
 * one for each of its files. Nothing of it is in memory for longer than a line.
 */
export async function writeList(
  deps: { on: Sql; repository: OcflRepository; signal: AbortSignal },
  disposalId: string,
  folder: string,
): Promise<ListPart[]> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const parts: ListPart[] = [];
  let file: Awaited<ReturnType<typeof open>> | undefined;
  let hash = createHash('sha512');
  let lines = 0;
  let waiting = '';
  const flush = async () => {
    if (!file) return;
    hash.update(waiting);
    await file.writeFile(waiting);
    waiting = '';
  };
  const end = async () => {
    const part = parts.at(-1);
    if (!file || !part) return;
    await flush();
    await file.close();
    file = undefined;
    part.sha512 = hash.digest('hex');
    part.lines = lines;
  };
  try {
    let after = 0;
    for (;;) {
      const units = await listedPage(deps.on, disposalId, { after, state: 'listed', limit: UNITS_AT_ONCE });
      if (units.length === 0) break;
      for (const unit of units) {
        deps.signal.throwIfAborted();
        after = unit.seq;
        for await (const line of linesOf(deps.on, deps.repository, unit)) {
          if (!file || lines === LINES) {
            await end();
            const name = `list/${String(parts.length + 1).padStart(5, '0')}.jsonl`;
            const path = join(folder, `${parts.length + 1}.jsonl`);
            parts.push({ name, path, sha512: '', lines: 0 });
            file = await open(path, 'w', 0o600);
            hash = createHash('sha512');
            lines = 0;
          }
          waiting += `${JSON.stringify(line)}\n`;
          lines++;
          if (waiting.length > 65_536) await flush();
        }
      }
    }
    await end();
  } finally {
    await file?.close();
  }
  return parts;
}
