import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openTree } from '#formats/tree';
import { type Finding, isRefusal, messageOf } from '#kernel/errors';
import { layUploads } from '#kernel/laying';
import type { StagedFile } from '#kernel/staging';
import { moveBySystem } from '../commands/moving.ts';
import { type ListedFile, type MediaSet, mediumOf, pathOnMedium } from '../domain/media.ts';
import { setKnown, setMediaUploads } from '../store/batches.ts';
import { keepFindings } from '../store/findings.ts';
import { listedLines } from '../store/listed.ts';
import { outgoing, quarantine } from './folders.ts';
import { manifestOf } from './manifest.ts';
import { type Step, still } from './step.ts';

/** Of so many it is enough to know by name. */
const MOST_NAMED = 1_000;

const errorOf = (code: string, path: string, message: string): Finding => ({
  code,
  severity: 'error',
  path,
  message,
});

/** What is known of a set of media while it is read. */
interface Reading extends Step {
  place: string;
  /** Files by path, with their lines' numbers. Paths are held in memory, bytes are not. */
  listed: ReadonlyMap<string, ListedFile & { line: number }>;
  set: MediaSet;
  /** Media something was read of now. */
  touched: Set<number>;
  wrong: Finding[];
}

/**
 * What was read off media, compared with the list that was signed: what is the same goes into quarantine, what is not is named
 * and stays out. The batch is received when all media are there, and their files come to the digest that was signed.
 */
export async function readMedia(step: Step): Promise<void> {
  const { deps, batch, run } = step;
  const { media: set, mediaBy } = batch;
  if (!set || mediaBy === null) throw new Error(`batch ${batch.id} is on no media`);
  const place = quarantine(deps.folder, batch);
  // What an earlier round left.
  if (!set.media.some((m) => m.read)) await rm(place, { recursive: true, force: true });
  await mkdir(place, { recursive: true, mode: 0o700 });
  const reading: Reading = { ...step, place, listed: await listOf(step), set, touched: new Set(), wrong: [] };
  let done = 0;
  for (const upload of batch.mediaUploads) {
    run.signal.throwIfAborted();
    try {
      await take(reading, await deps.staging.file(upload, mediaBy));
    } catch (e) {
      if (!isRefusal(e) || e.code !== 'upload.infected') throw e;
      note(reading, errorOf(e.code, String(e.detail.name ?? ''), messageOf(e)));
    }
    run.progress({ step: 'reading', done: ++done, total: batch.mediaUploads.length });
  }
  if (reading.touched.size === 0 && reading.wrong.length === 0)
    note(reading, errorOf('transfer.media.nothing', '', 'Nothing of this batch’s media is in it.'));
  const media = await standingOf(reading);
  const isWhole = media.every((m) => m.read) && reading.wrong.length === 0;
  if (isWhole) await demandSigned(reading);
  await still(step, async (tx, now) => {
    await keepFindings(tx, now, 'archive', reading.wrong.slice(0, MOST_NAMED));
    await setKnown(tx, now.id, { media: { ...set, media, wrong: reading.wrong.length } });
    await setMediaUploads(tx, now.id, { uploads: [], by: null });
    const detail = { read: media.filter((m) => m.read).length, media: media.length };
    if (isWhole) await moveBySystem(deps, tx, now, 'readWhole', { manifest: now.manifest, files: now.files });
    else if (reading.wrong.length === 0) await moveBySystem(deps, tx, now, 'readPartly', detail);
    else await moveBySystem(deps, tx, now, 'readWrong', { ...detail, errors: reading.wrong.length });
  });
  for (const upload of batch.mediaUploads) await deps.staging.remove(upload);
  // The agency's copy in its folder of the batch has done its service.
  if (isWhole) await rm(outgoing(deps.folder, batch), { recursive: true, force: true });
}

async function listOf({ deps, batch }: Step): Promise<Reading['listed']> {
  const listed = new Map<string, ListedFile & { line: number }>();
  let line = 0;
  for await (const { file } of listedLines(deps.db.owner, batch.id))
    listed.set(file.path, { ...file, line: line++ });
  return listed;
}

const note = (reading: Reading, finding: Finding) => void reading.wrong.push(finding);

/** One upload: a file of a medium's folder, or a medium in a ZIP. */
async function take(reading: Reading, file: StagedFile): Promise<void> {
  const { deps, place } = reading;
  const name = file.relativePath ?? file.name;
  if (!name.includes('/') && /\.zip$/i.test(name)) {
    await takeZip(reading, file);
    return;
  }
  const path = pathOnMedium(name);
  if (path === null) return;
  const { size, digests } = await deps.digests.digestFile(file.path, ['sha256']);
  if (isSigned(reading, path, size, digests.sha256)) await layUploads(place, [file], { paths: [path] });
}

async function takeZip(reading: Reading, file: StagedFile): Promise<void> {
  const { deps, place } = reading;
  try {
    const tree = await openTree(file.path, { limits: deps.limits, scratch: deps.scratch });
    try {
      for await (const entry of tree.entries()) {
        const path = entry.kind === 'file' ? pathOnMedium(entry.path) : null;
        if (path === null) continue;
        const digests = await tree.digests(entry.path, ['sha256']);
        if (!isSigned(reading, path, entry.bytes, digests.get('sha256'))) continue;
        const target = join(place, path);
        await mkdir(dirname(target), { recursive: true, mode: 0o700 });
        await pipeline(await tree.open(entry.path), createWriteStream(target));
      }
      for (const f of tree.findings)
        if (f.severity === 'error') note(reading, errorOf(f.code, `${file.name}: ${f.path}`, f.message));
    } finally {
      await tree.close();
    }
  } catch (e) {
    if (!isRefusal(e)) throw e;
    note(reading, errorOf(e.code, file.name, messageOf(e)));
  }
}

/** Whether a file is one that was signed; told where it is not. The path is then one of the list, and leads nowhere else. */
function isSigned(reading: Reading, path: string, bytes: number, sha256: string | undefined): boolean {
  const known = reading.listed.get(path);
  if (!known) {
    note(reading, errorOf('transfer.media.unknown', path, 'It is not in the list that was signed.'));
    return false;
  }
  const no = mediumOf(reading.set, known.line)?.no;
  if (no !== undefined) reading.touched.add(no);
  if (known.bytes === bytes && known.sha256 === sha256) return true;
  note(reading, errorOf('transfer.media.differs', path, 'It is not the file whose digest was signed.'));
  return false;
}

/** How the media stand now; what is missing of those that were read is told. */
async function standingOf(reading: Reading): Promise<MediaSet['media']> {
  const { set, listed, place, touched } = reading;
  const missing = new Map<number, number>();
  const differing = new Set(reading.wrong.map((f) => f.path));
  for (const file of listed.values()) {
    const no = mediumOf(set, file.line)?.no ?? 0;
    const there = await stat(join(place, file.path)).catch(() => undefined);
    if (there?.size === file.bytes) continue;
    missing.set(no, (missing.get(no) ?? 0) + 1);
    if (touched.has(no) && !differing.has(file.path))
      note(reading, errorOf('transfer.media.missing', file.path, 'It is in the list, and was not read.'));
  }
  return set.media.map((m) => ({ ...m, read: !missing.has(m.no) }));
}

/** All together is what was signed, byte for byte. */
async function demandSigned({ deps, batch, place, run }: Reading): Promise<void> {
  const { digest } = await manifestOf(deps.digests, place, {
    signal: run.signal,
    progress: (done, total) => run.progress({ step: 'digesting', done, total }),
  });
  if (digest !== batch.manifest)
    throw new Error(`what was read of batch ${batch.number} does not come to the digest that was signed`);
}
