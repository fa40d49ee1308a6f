import { dirname, join } from 'node:path';
import { messageOf } from '#kernel/errors';
import type { Log } from '#kernel/log';
import { Thread } from '#kernel/threads';
import { archiveOf } from './network/archives.ts';
import { SCANNED } from './pages/plan.ts';
import { type Seeding, step } from './seed.ts';
import { collect } from './steps/accessions.ts';
import { listNames } from './steps/authorities.ts';
import { importSheets } from './steps/catalogues.ts';
import { askForCopies } from './steps/copies.ts';
import { proposeDestruction } from './steps/disposals.ts';
import { fileYear } from './steps/filedYear.ts';
import { draftSchedules } from './steps/filing.ts';
import { handOver } from './steps/handovers.ts';
import { keepTwice, tryRestoring } from './steps/keeping.ts';
import { makeMediaSets } from './steps/media.ts';
import { drawScans, takeScansIn, writeTransfer } from './steps/scans.ts';
import { letSystemsIn } from './steps/senders.ts';
import { RECEIVER, transferSheets } from './transfer/documents.ts';

/**
 * What the sample gets while it is served already: a born-digital transfer, the list of names, what an agency files and hands over, page images,
 * certified copies, a second store with a copy that was mended, a backup and its drill, a list of what is to be destroyed,
 * off-line media. Ends early when the command ends; the next start goes on. A failure is told and stops nothing else.
 */
export async function fillInBackground(s: Seeding, log: Log): Promise<void> {
  const thread = new Thread({ script: new URL('./pages/thread.ts', import.meta.url) });
  try {
    await fill(s, thread);
  } catch (e) {
    if (s.signal.aborted) return;
    log.error({ err: e }, 'the sample could not be completed');
    s.note(`The sample is not complete: ${messageOf(e)} The next start goes on with it.`);
  } finally {
    await thread.stop();
  }
}

async function fill(s: Seeding, thread: Thread): Promise<void> {
  const { house, state, signal, note } = s;
  // First what has its text in it: it is found by its words at once, while pages take minutes to be read.
  await step(s, 'transfer', async () => {
    const folder = join(state.folder, 'transfer');
    const files = join(folder, '原文');
    const path = join(folder, '教育局2021年电子档案移交目录.xlsx');
    await importSheets(house, { archive: RECEIVER, path, sheets: transferSheets() }, signal);
    await writeTransfer(thread, files, signal);
    await takeScansIn(house, files, RECEIVER, signal);
  });
  await step(s, 'names', () => listNames(house, RECEIVER));
  // The agency's side is a matter of seconds; pages take minutes.
  await step(s, 'schedules', () => draftSchedules(house, RECEIVER));
  await step(s, 'filing', () => fileYear(house, RECEIVER, state.folder));
  await step(s, 'accessions', () => collect(house, RECEIVER));
  await step(s, 'handovers', () => handOver(house, RECEIVER, signal));
  await step(s, 'sender systems', () => letSystemsIn(house, RECEIVER));
  for (const code of SCANNED) {
    const archive = archiveOf(code);
    const folder = join(state.folder, 'scans', archive.place);
    await step(s, `scans ${code}`, async () => {
      await drawScans(thread, folder, archive, signal);
      await takeScansIn(house, folder, archive, signal);
      note(`The page images of ${archive.nameEn} are held; their text is being read.`);
    });
  }
  await step(s, 'copies', async () => {
    await askForCopies(house, RECEIVER);
  });
  await step(s, 'second store', async () => {
    await keepTwice(house, RECEIVER, dirname(state.folder), signal);
  });
  await step(s, 'drill', () => tryRestoring(house, dirname(state.folder), signal));
  await step(s, 'destruction', () => proposeDestruction(house, RECEIVER));
  await step(s, 'media', async () => {
    await makeMediaSets(house, RECEIVER, signal);
    note('The sample is complete; text may still be being read.');
  });
}
