import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolderDurably, writeDurably } from '#kernel/durably';
import { Refusal } from '#kernel/errors';

/** Which sample this is: one made by another version of the generator is left as it is. */
export const SAMPLE = 1;

/** What has been done to make the sample, kept beside it; a killed start goes on where it was. */
export interface SampleState {
  /** Folder of the sample's own files. */
  folder: string;
  done(step: string): boolean;
  /** Remembers a step, durably. */
  mark(step: string): Promise<void>;
}

const folderOf = (dataDir: string) => join(dataDir, 'sample');

/** The state of the sample in a data folder; undefined where none was begun. @throws Refusal demo.state */
export async function readState(dataDir: string): Promise<SampleState | undefined> {
  const file = join(folderOf(dataDir), 'state.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (e) {
    if (e instanceof Error && 'code' in e && e.code === 'ENOENT') return undefined;
    throw e;
  }
  return stateOf(dataDir, stepsIn(text, file));
}

/** Begins a sample in a data folder that holds nothing else. */
export async function beginState(dataDir: string): Promise<SampleState> {
  await makeFolderDurably(folderOf(dataDir));
  const state = stateOf(dataDir, []);
  await state.mark('begun');
  return state;
}

function stateOf(dataDir: string, known: readonly string[]): SampleState {
  const folder = folderOf(dataDir);
  const steps = new Set(known);
  let written = Promise.resolve();
  return {
    folder,
    done: (step) => steps.has(step),
    async mark(step) {
      steps.add(step);
      // One after the other, so that an older list never replaces a newer.
      const write = () =>
        writeDurably(
          join(folder, 'state.json'),
          `${JSON.stringify({ sample: SAMPLE, steps: [...steps] })}\n`,
        );
      written = written.then(write, write);
      await written;
    },
  };
}

function stepsIn(text: string, file: string): string[] {
  try {
    const { steps } = JSON.parse(text) as { steps?: unknown };
    if (Array.isArray(steps) && steps.every((s) => typeof s === 'string')) return steps;
  } catch {
    // Told below.
  }
  throw new Refusal(
    'demo.state',
    `${file} can not be read. Remove the data folder, or name another: LANTAI_DATA=./data-demo ./lantai demo`,
  );
}
