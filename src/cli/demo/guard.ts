import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '#kernel/errors';
import type { CliContext } from '../command.ts';
import type { CliHouse } from '../house.ts';
import { ARCHIVES } from './network/archives.ts';
import { beginState, readState, type SampleState } from './state.ts';

/**
 * The sample's state, begun where there is nothing yet. An installation that is no sample is never touched.
 *
 * @throws Refusal demo.otherInstallation, demo.state
 */
export async function claimDataFolder(ctx: CliContext): Promise<SampleState> {
  const { dataDir, databaseUrl } = ctx.config;
  const known = await readState(dataDir);
  if (known) return known;
  const holdsDatabase = databaseUrl !== undefined || (await isThere(join(dataDir, 'postgresql')));
  if (holdsDatabase && (await ctx.withHouse(isInUse))) throw notTheSample(dataDir);
  return beginState(dataDir);
}

/** @throws Refusal demo.otherInstallation when the database is not the one the sample was put into */
export async function demandSample(house: CliHouse, state: SampleState, dataDir: string): Promise<void> {
  if (!state.done('network')) return;
  const codes = new Set((await house.holdings.archives()).map((a) => a.code));
  if (!ARCHIVES.every((a) => codes.has(a.code))) throw notTheSample(dataDir);
}

async function isInUse(house: CliHouse): Promise<boolean> {
  return !(await house.identity.setupNeeded()) || (await house.holdings.archives()).length > 0;
}

function notTheSample(dataDir: string): Refusal {
  return new Refusal(
    'demo.otherInstallation',
    `${dataDir} holds an installation that is not the sample. Give the sample a folder of its own: LANTAI_DATA=./data-demo ./lantai demo`,
    { dataDir },
  );
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
