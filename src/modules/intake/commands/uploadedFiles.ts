import type { Language } from '#kernel/actor';
import { bearsSecretMark } from '#kernel/classification';
import { Refusal } from '#kernel/errors';
import type { IntakeDeps } from '../deps.ts';
import type { Found } from '../domain/registration.ts';
import { say } from '../domain/say.ts';
import type { SaidBefore } from '../store/items.ts';
import { type Planned, planFiles } from './files.ts';
import type { Sender } from './sender.ts';

type Uploads = SaidBefore['uploads'];

/** What is sent as uploads alone: packages, deposits. */
export interface UploadsOrder {
  uploads: readonly { id: string; digest?: string | undefined }[];
  language: Language;
}

/**
 * The files of an order, by content.
 *
 * @param known uploads of the same thing from before, which are gone by now
 * @throws Refusal intake.findings, upload.duplicate
 */
export async function uploadedFiles(
  deps: IntakeDeps,
  { system }: Sender,
  { uploads, language }: UploadsOrder,
  known: Uploads,
): Promise<Planned[]> {
  const files: Planned[] = [];
  const found: Found[] = [];
  for (const [i, { id, digest }] of uploads.entries()) {
    const ref = { name: 'x', upload: id, ...(digest === undefined ? {} : { digest }) };
    const planned = await planFiles(deps, system.id, [ref], { at: 'uploads', known });
    found.push(...planned.found.map((f) => ({ ...f, field: `uploads[${i}]` })));
    for (const file of planned.files) {
      const staged = file.from && 'upload' in file.from ? file.from.upload : undefined;
      files.push({ ...file, name: staged?.relativePath ?? staged?.name ?? known[id]?.name ?? '' });
    }
  }
  if (new Set(uploads.map((u) => u.id)).size !== uploads.length)
    throw new Refusal('upload.duplicate', 'The same upload is named twice.');
  if (found.length > 0)
    throw new Refusal('intake.findings', 'What was sent has faults and was not taken.', {
      findings: found.map((f) => say(f, 'error', language)),
    });
  return files;
}

/** As they are remembered when they are gone; of a name that bears a classification nothing is. */
export const saidOfUploads = (
  files: readonly Planned[],
): Record<string, { sha512: string; bytes: number; name: string }> =>
  Object.fromEntries(
    files.map(({ uploadId, sha512, bytes, name }) => [
      uploadId ?? '',
      { sha512, bytes, name: bearsSecretMark(name) ? '' : name },
    ]),
  );
