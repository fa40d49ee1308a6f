import { type Actor, auditActor, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { StagedFile } from '#kernel/staging';
import type { FilingDeps } from '../deps.ts';
import { deleteFile, fileById, insertFile, recountFiles } from '../store/files.ts';
import { recordById } from '../store/records.ts';
import { changeable } from './records.ts';
import { noRecord } from './refusals.ts';

const MOST_FILES = 2_000;

/**
 * Attaches uploads to a record, in the order they are named. Content is digested and moved into place first, then the record
 * has it: broken off in between, a sweep takes away what nobody has.
 *
 * @throws Refusal record.*, upload.*, `record.tooManyFiles`
 */
export async function attachFiles(
  deps: FilingDeps,
  actor: Actor,
  id: string,
  o: { uploadIds: readonly string[]; reason?: string | undefined },
): Promise<void> {
  const { db, staging, digests, content } = deps;
  await db.as(scopeOf(actor), async (tx) => {
    const [found] = await changeable(tx, actor, [id], o.reason);
    if ((found?.files ?? 0) + o.uploadIds.length > MOST_FILES)
      throw new Refusal('record.tooManyFiles', `A record has at most ${MOST_FILES} files.`, {
        most: MOST_FILES,
      });
  });
  const arrived: { file: StagedFile; sha512: string; bytes: number }[] = [];
  for (const uploadId of o.uploadIds) {
    const file = await staging.file(uploadId, actor.id ?? '');
    const { digests: found, size } = await digests.digestFile(file.path, ['sha512']);
    arrived.push({ file, sha512: found.sha512 ?? '', bytes: size });
  }
  for (const { file, sha512 } of arrived) await content.take(file.path, sha512);
  await db.as(scopeOf(actor), async (tx) => {
    const [found] = await changeable(tx, actor, [id], o.reason);
    if (!found) throw noRecord();
    const at = deps.clock.now();
    for (const { file, sha512, bytes } of arrived)
      await insertFile(tx, {
        id: deps.newId(),
        recordId: id,
        name: file.name,
        mediaType: null,
        bytes,
        sha512,
        byName: actor.name,
        at,
      });
    await recountFiles(tx, id, at);
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: found.archiveId,
      act: 'record.filesAttached',
      target: { type: 'filingRecord', id },
      detail: {
        name: found.title,
        files: arrived.length,
        digests: arrived.map((a) => a.sha512),
        ...(o.reason && { reason: o.reason }),
      },
    });
  });
  for (const { file } of arrived) await staging.remove(file.id);
}

/** Takes a file from a record. Its content stays while another has it. @throws Refusal record.* */
export function detachFile(
  deps: FilingDeps,
  actor: Actor,
  id: string,
  o: { fileId: string; reason?: string | undefined },
): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const [found] = await changeable(tx, actor, [id], o.reason);
    const file = await fileById(tx, id, o.fileId);
    if (!found || !file) throw noRecord();
    await deleteFile(tx, o.fileId);
    await recountFiles(tx, id, deps.clock.now());
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: found.archiveId,
      act: 'record.fileDetached',
      target: { type: 'filingRecord', id },
      detail: {
        name: found.title,
        file: file.name,
        digest: file.sha512,
        ...(o.reason && { reason: o.reason }),
      },
    });
  });
}

/** A file of a record, for reading. @throws Refusal record.notFound */
export async function openFile(deps: FilingDeps, actor: Actor, id: string, fileId: string) {
  const file = await deps.db.as(scopeOf(actor), async (tx) => {
    if (!(await recordById(tx, id))) throw noRecord();
    return fileById(tx, id, fileId);
  });
  if (!file) throw noRecord();
  return { file, content: () => deps.content.open(file.sha512) };
}
