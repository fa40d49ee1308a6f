import type { Actor } from '#kernel/actor';
import type { DigestPool } from '#kernel/checksums';
import { bearsSecretMark } from '#kernel/classification';
import { Refusal } from '#kernel/errors';
import type { NewId } from '#kernel/ids';
import type { Staging } from '#kernel/staging';
import type { Classified } from '#modules/classified';
import type { ContentStore } from './content.ts';

/** A file that goes with a paper, as its row keeps it. */
export interface TakenFile {
  id: string;
  name: string;
  bytes: number;
  sha512: string;
}

export interface UploadsDeps {
  newId: NewId;
  staging: Pick<Staging, 'file' | 'remove'>;
  digests: Pick<DigestPool, 'digestFile'>;
  classified: Pick<Classified, 'block'>;
  content: ContentStore;
}

/**
 * Takes uploads in that go with a paper. Content is in place before a row speaks of it; what no row has a sweep takes away.
 *
 * @throws Refusal upload.*, `record.secret` where a name bears a classification: they are set apart
 */
export async function takeUploads(
  deps: UploadsDeps,
  actor: Actor,
  { archiveId, uploadIds }: { archiveId: string; uploadIds: readonly string[] },
): Promise<TakenFile[]> {
  const arrived = [];
  for (const upload of uploadIds) arrived.push(await deps.staging.file(upload, actor.id ?? ''));
  const marked = arrived.filter((f) => bearsSecretMark(f.name));
  if (marked.length > 0) {
    const { number } = await deps.classified.block(actor, {
      archiveId,
      agencyId: null,
      door: 'file',
      source: 'form',
      marks: marked.map((f) => ({ what: 'name', place: f.name })),
      files: marked.map(({ path, name }) => ({ path, name })),
    });
    for (const f of marked) await deps.staging.remove(f.id);
    throw new Refusal('record.secret', 'This was set apart, and the security administrator was told.', {
      number,
    });
  }
  const files: TakenFile[] = [];
  for (const { path, name } of arrived) {
    const { digests, size } = await deps.digests.digestFile(path, ['sha512']);
    const sha512 = digests.sha512 ?? '';
    await deps.content.take(path, sha512);
    files.push({ id: deps.newId(), name, bytes: size, sha512 });
  }
  return files;
}
