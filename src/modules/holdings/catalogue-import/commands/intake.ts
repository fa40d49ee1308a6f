import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Actor, auditActor, demand, scopeOf } from '#kernel/actor';
import { bearsSecretMark } from '#kernel/classification';
import { Refusal } from '#kernel/errors';
import { schemesInForce } from '../../store/schemes.ts';
import type { CatalogueImportDeps } from '../deps.ts';
import { applyProfile, signatureOf } from '../headings/profile.ts';
import { inspectCatalogue } from '../reading/inspect.ts';
import { START } from '../reading/validate.ts';
import { NO_PREVIEW } from '../run/preview.ts';
import { type ImportRecord, insertImport, NO_COUNTS, optionsBefore } from '../store/imports.ts';
import { profilesBySignature, touchProfile } from '../store/profiles.ts';
import type { ImportOptions } from '../types.ts';

export const noImport = () => new Refusal('import.notFound', 'There is no such import.');

/** A catalogue may hold anything, and brings fonds with it: importing takes a post for the whole archive. */
export function demandImport(actor: Actor, archiveId: string, hidden = noImport()): void {
  demand(actor, 'import.run', archiveId, hidden, 'whole');
}

/** Takes over an upload as a new import. @throws Refusal upload.*, sheet.*, import.* (`import.secret`: its name bears a classification) */
export async function createImport(
  deps: CatalogueImportDeps,
  actor: Actor,
  o: { archiveId: string; uploadId: string },
): Promise<string> {
  demandImport(actor, o.archiveId, new Refusal('archive.notFound', 'There is no such archive.'));
  const file = await deps.staging.file(o.uploadId, actor.id ?? '');
  if (deps.turnedAway && bearsSecretMark(file.name)) {
    await deps.turnedAway(actor, { archiveId: o.archiveId, path: file.path, name: file.name, what: 'name' });
    await deps.staging.remove(o.uploadId);
    throw new Refusal('import.secret', 'This was set apart, and the security administrator was told.');
  }
  const id = await takeFile(deps, actor, { archiveId: o.archiveId, path: file.path, fileName: file.name });
  await deps.staging.remove(o.uploadId);
  return id;
}

/**
 * Copies a file in and reads how it is built. Remembered profiles are applied.
 *
 * @returns the id of the import, in state draft
 */
export async function takeFile(
  deps: CatalogueImportDeps,
  actor: Actor,
  o: { archiveId: string; path: string; fileName: string },
): Promise<string> {
  demandImport(actor, o.archiveId, new Refusal('archive.notFound', 'There is no such archive.'));
  const fileName = basename(o.fileName.replaceAll('\\', '/')).replace(/[\u0000-\u001f]/g, '') || 'catalogue';
  // Refused before anything is kept.
  const { own } = await schemesInForce(deps.db.owner, o.archiveId);
  const found = await inspectCatalogue(o.path, fileName, undefined, own);
  const id = deps.newId();
  const target = join(deps.folder, id);
  await mkdir(deps.folder, { recursive: true, mode: 0o700 });
  const fileSha256 = await copyHashed(o.path, target);
  try {
    await deps.db.as(scopeOf(actor), async (tx) => {
      const at = deps.clock.now();
      const known = await profilesBySignature(tx, o.archiveId, found.sheets.map(signatureOf));
      const profile = found.sheets.map((s) => known.get(signatureOf(s))).find((p) => p !== undefined);
      if (profile) await touchProfile(tx, profile.id, at);
      const sheets = found.sheets.map((s) => {
        const p = known.get(signatureOf(s));
        return p ? applyProfile(s, p) : s;
      });
      const record: ImportRecord = {
        id, archiveId: o.archiveId, fileName, filePath: id, fileSha256, format: found.format, encoding: found.encoding,
        state: 'draft', sheets, options: { ...found.options, ...profile?.options, ...fondsOf(await optionsBefore(tx, o.archiveId, fileSha256)) }, profileId: profile?.id ?? null,
        profileName: profile?.name ?? null,
        counts: NO_COUNTS, problems: [], preview: NO_PREVIEW, place: START, takenBack: null, jobId: null, createdAt: at, createdBy: actor.id,
        createdByName: actor.name, finishedAt: null,
      }; // biome-ignore format: a table of fields
      await insertImport(tx, record);
      await deps.audit.append(tx, {
        actor: auditActor(actor),
        archiveId: o.archiveId,
        act: 'import.created',
        target: { type: 'import', id },
        detail: { fileName, fileSha256 },
      });
    });
  } catch (e) {
    await rm(target, { force: true });
    throw e;
  }
  return id;
}

function fondsOf(before: ImportOptions | undefined): ImportOptions {
  if (!before?.defaultFonds) return {};
  const { defaultFonds, defaultFondsName } = before;
  return { defaultFonds, ...(defaultFondsName ? { defaultFondsName } : {}) };
}

/** Copies a file and says its SHA-256, in one pass. */
async function copyHashed(from: string, to: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(
    createReadStream(from),
    async function* (source: AsyncIterable<Buffer>) {
      for await (const piece of source) {
        hash.update(piece);
        yield piece;
      }
    },
    createWriteStream(to, { mode: 0o600, flush: true }),
  );
  return hash.digest('hex');
}

/** SHA-256 of a file. @throws Refusal import.notFound when there is no such file */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  } catch (cause) {
    throw new Refusal('sheet.notFound', `The file "${path}" can not be read.`, { path }, { cause });
  }
  return hash.digest('hex');
}
