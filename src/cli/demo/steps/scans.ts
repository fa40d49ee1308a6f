import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Refusal } from '#kernel/errors';
import type { Thread } from '#kernel/threads';
import type { CliHouse } from '../../house.ts';
import type { SampleArchive } from '../network/archives.ts';
import { scansOf } from '../pages/plan.ts';
import type { Making } from '../pages/thread.ts';
import { transferOf } from '../transfer/documents.ts';
import { archivistOf } from './catalogues.ts';

const MAKE_MS = 120_000;
const LOOK_MS = 500;

/** Makes the pictures of an archive's scans that are not there yet. */
export async function drawScans(thread: Thread, folder: string, archive: SampleArchive, signal: AbortSignal) {
  for (const order of scansOf(archive)) await make(thread, { order, path: join(folder, order.path) }, signal);
}

/** Makes the files of the born-digital transfer that are not there yet. */
export async function writeTransfer(thread: Thread, folder: string, signal: AbortSignal): Promise<void> {
  for (const record of transferOf()) await make(thread, { record, path: join(folder, record.path) }, signal);
}

async function make(thread: Thread, wanted: Making, signal: AbortSignal): Promise<void> {
  if (await stat(wanted.path).catch(() => undefined)) return;
  await thread.ask(wanted, { timeoutMs: MAKE_MS, signal });
}

/** Takes a folder in as a person would: matched first, then taken in. What a killed start began goes on. */
export async function takeScansIn(
  { digitisation, ...house }: CliHouse,
  folder: string,
  archive: SampleArchive,
  signal: AbortSignal,
): Promise<void> {
  const actor = await archivistOf({ digitisation, ...house }, archive);
  const { id: archiveId } = await house.holdings.archiveByCode(archive.code);
  const { items } = await digitisation.scanImports(actor, { archiveId, limit: 100 });
  const known = items.find((s) => s.source === folder);
  const id = known?.id ?? (await digitisation.begin(actor, { archiveId, from: { folder } }));
  for (;;) {
    const { state } = await digitisation.scanImport(actor, id);
    if (state === 'done') return;
    if (state === 'matched') await digitisation.run(actor, id);
    if (state === 'failed')
      throw new Refusal('scans.failed', `The scans in ${folder} could not be taken in; see the log.`);
    await pause(LOOK_MS, undefined, { signal });
  }
}
