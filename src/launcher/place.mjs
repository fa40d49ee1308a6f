import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The exact Node that Lantai runs on where the machine's own is older than major 24. */
export const RUNTIME_VERSION = '24.21.0';

/** The clone: where `lantai` lies. */
export const HOME = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Where everything the launcher makes and can make again is kept. */
export const buildDir = (home) => join(home, '.build');

/** @returns {boolean} whether this user may write in the folder, or in the nearest one above it that exists */
export function mayWrite(folder) {
  let at = folder;
  while (!existsSync(at)) at = dirname(at);
  try {
    accessSync(at, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
