import { mkdir } from 'node:fs/promises';
import { packageIn, removeContent } from './folders.ts';
import { handoverConsignment } from './recordsLeaving.ts';
import type { Step } from './step.ts';

/**
 * Writes the records of a batch as a handover folder of DA/T 93-2022 with all that is known of them beside, into the agency's
 * folder of the batch. Anew each time: what was mended since is in it. One record after another is in memory.
 */
export async function writeRecords({ deps, batch, archive, run }: Step, place: string): Promise<void> {
  await removeContent(deps.folder, batch);
  await mkdir(place, { recursive: true, mode: 0o700 });
  const consignment = handoverConsignment(deps.filing, { batch, archive }, (done) => {
    run.signal.throwIfAborted();
    run.progress({ step: 'laying', done, total: batch.entries });
  });
  await deps.packages.write(consignment, {
    kind: 'handover',
    target: packageIn(place, batch),
    wrapper: 'folder',
    name: batch.number,
    archive,
    papers: {
      note: {
        移交单位: batch.agencyName,
        内容描述: batch.content || batch.title,
        制作单位: batch.agencyName,
      },
      register: { 交接工作名称: batch.title, 内容描述: batch.content || batch.title },
    },
  });
}
