import type { CliHouse } from '../house.ts';
import { ARCHIVES, archiveOf, type SampleArchive } from './network/archives.ts';
import type { SampleState } from './state.ts';
import { importCatalogue } from './steps/catalogues.ts';
import { addAccounts, foundNetwork } from './steps/network.ts';
import { openOldRecords, proposeMore } from './steps/opening.ts';

/** Archives filled at the same time. */
const TOGETHER = 3;

export interface Seeding {
  house: CliHouse;
  state: SampleState;
  signal: AbortSignal;
  note(text: string): void;
}

/** A step by name, done once. Doing it again after a kill changes nothing. */
export async function step(
  { state, signal }: Pick<Seeding, 'state' | 'signal'>,
  name: string,
  work: () => Promise<unknown>,
): Promise<void> {
  if (state.done(name)) return;
  signal.throwIfAborted();
  await work();
  await state.mark(name);
}

/** Makes all of the sample that must be there before it counts as ready: network, accounts, catalogues, open records. */
export async function seed(s: Seeding): Promise<void> {
  const { house, state, note } = s;
  if (!state.done('network')) note('Making the sample network: archives and accounts …');
  await step(s, 'network', () => foundNetwork(house));
  await step(s, 'accounts', () => addAccounts(house));
  // Some archives beside each other: the database and the reading of workbooks keep different processes busy.
  const waiting = [...ARCHIVES].sort((a, b) => b.entries - a.entries);
  const line = async () => {
    for (let archive = waiting.shift(); archive; archive = waiting.shift()) await fillArchive(s, archive);
  };
  await Promise.all(Array.from({ length: TOGETHER }, line));
  await step(s, 'proposal', () => proposeMore(house, archiveOf('970121')));
}

async function fillArchive(s: Seeding, archive: SampleArchive): Promise<void> {
  const { house, state, signal, note } = s;
  await step(s, `catalogue ${archive.code}`, async () => {
    note(`Importing the catalogue of ${archive.nameEn} …`);
    await importCatalogue(house, state.folder, archive, signal);
  });
  await step(s, `opening ${archive.code}`, () => openOldRecords(house, archive));
}
