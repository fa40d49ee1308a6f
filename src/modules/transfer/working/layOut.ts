import { mkdir } from 'node:fs/promises';
import { type Finding, isRefusal, messageOf } from '#kernel/errors';
import { layOut, layUploads } from '#kernel/laying';
import { moveBack, removeContent } from './folders.ts';
import type { Step } from './step.ts';
import { writeRecords } from './writeRecords.ts';

const errorOf = (code: string, path: string, message: string): Finding => ({
  code,
  severity: 'error',
  path,
  message,
});

/**
 * Lays out what a batch holds in the agency's folder; killed anywhere, it begins anew.
 *
 * @returns what is wrong where there is nothing to lay out, or malware in it
 */
export async function lay(step: Step, place: string): Promise<Finding | undefined> {
  const { deps, batch } = step;
  if (batch.source === 'records') {
    await writeRecords(step, place);
    return undefined;
  }
  if (batch.laid) {
    await moveBack(deps.folder, batch);
    return undefined;
  }
  if (batch.uploads.length === 0)
    return errorOf('transfer.empty', '', 'The batch holds nothing yet: give it a package or a folder.');
  await removeContent(deps.folder, batch);
  await mkdir(place, { recursive: true, mode: 0o700 });
  const files = [];
  for (const upload of batch.uploads) {
    try {
      files.push(await deps.staging.file(upload, batch.preparedBy));
    } catch (e) {
      if (!isRefusal(e) || e.code !== 'upload.infected') throw e;
      return errorOf(e.code, String(e.detail.name ?? ''), messageOf(e));
    }
  }
  await layUploads(place, files, layOut(files));
  return undefined;
}
