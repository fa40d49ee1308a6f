import { type Actor, auditActor, scopeOf } from '#kernel/actor';
import { bearsSecretMark } from '#kernel/classification';
import { Refusal } from '#kernel/errors';
import type { StagedFile } from '#kernel/staging';
import type { FilingDeps } from '../deps.ts';
import { deleteFile, fileById, insertFiles, recountFiles } from '../store/files.ts';
import { type FilingRecord, recordById } from '../store/records.ts';
import { refuseClassifiedFiles } from './door.ts';
import { changeable } from './records.ts';
import { noRecord } from './refusals.ts';

const MOST_FILES = 2_000;

/** A file on its way to a record: it is moved from where it lies. */
export interface Incoming {
  path: string;
  /** As the sender's machine named it. */
  name: string;
}

/**
 * Attaches uploads to a record, in the order they are named.
 *
 * @throws Refusal record.*, upload.*, `record.tooManyFiles`, `record.secret`
 */
export async function attachFiles(
  deps: FilingDeps,
  actor: Actor,
  id: string,
  o: { uploadIds: readonly string[]; reason?: string | undefined },
): Promise<void> {
  const record = await demandRoom(deps, actor, id, o.uploadIds.length, o.reason);
  const arrived: StagedFile[] = [];
  for (const uploadId of o.uploadIds) arrived.push(await deps.staging.file(uploadId, actor.id ?? ''));
  try {
    await refuseClassifiedFiles(deps, actor, record, 'form', arrived);
  } catch (e) {
    // What was set apart has left its name beside where it waited.
    for (const file of arrived) if (bearsSecretMark(file.name)) await deps.staging.remove(file.id);
    throw e;
  }
  await attachMoved(deps, actor, id, { files: arrived, reason: o.reason });
  for (const file of arrived) await deps.staging.remove(file.id);
}

/** The same for files of this machine, on the data folder's file system. @throws Refusal record.* */
export async function attachLocal(
  deps: FilingDeps,
  actor: Actor,
  id: string,
  files: readonly Incoming[],
): Promise<void> {
  const record = await demandRoom(deps, actor, id, files.length);
  await refuseClassifiedFiles(deps, actor, record, record.source, files);
  await attachMoved(deps, actor, id, { files });
}

async function demandRoom(
  { db }: FilingDeps,
  actor: Actor,
  id: string,
  many: number,
  reason?: string | undefined,
): Promise<FilingRecord> {
  return db.as(scopeOf(actor), async (tx) => {
    const [found] = await changeable(tx, actor, [id], reason);
    if ((found?.files ?? 0) + many > MOST_FILES)
      throw new Refusal('record.tooManyFiles', `A record has at most ${MOST_FILES} files.`, {
        most: MOST_FILES,
      });
    if (!found) throw noRecord();
    return found;
  });
}

/**
 * Content is digested and moved into place first, then the record has it: broken off in between, a sweep takes away what
 * nobody has.
 */
async function attachMoved(
  deps: FilingDeps,
  actor: Actor,
  id: string,
  { files, reason }: { files: readonly Incoming[]; reason?: string | undefined },
): Promise<void> {
  const held: { name: string; sha512: string; bytes: number }[] = [];
  for (const { path, name } of files) {
    const { digests, size } = await deps.digests.digestFile(path, ['sha512']);
    const sha512 = digests.sha512 ?? '';
    await deps.content.take(path, sha512);
    held.push({ name, sha512, bytes: size });
  }
  await deps.db.as(scopeOf(actor), async (tx) => {
    const [found] = await changeable(tx, actor, [id], reason);
    if (!found) throw noRecord();
    const at = deps.clock.now();
    const files = held.map((file) => ({ ...file, id: deps.newId(), recordId: id }));
    await insertFiles(tx, files, { name: actor.name, at });
    await recountFiles(tx, id, at);
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: found.archiveId,
      act: 'record.filesAttached',
      target: { type: 'filingRecord', id },
      detail: {
        name: found.title,
        files: held.length,
        digests: held.map((f) => f.sha512),
        ...(reason && { reason }),
      },
    });
  });
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
