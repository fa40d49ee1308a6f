import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { demandRoom, npm } from './npm.mjs';
import { buildDir } from './place.mjs';
import { isAlive } from './runtime.mjs';
import { digestOf, readStamp, writeStamp } from './stamp.mjs';

/** Inside node_modules, so that the stamp goes where the packages go. */
const stampFile = (home) => join(home, 'node_modules/.lantai-installed');

/** What the packages take, with some to spare. */
const ROOM = 1200 * 1024 * 1024;

/** What the installed packages depend on: the lock file, the scripts allowed to run, the Node and the machine. */
export function packagesStamp(home, nodeMajor) {
  const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  const { dependencies, devDependencies, optionalDependencies, allowScripts } = manifest;
  return digestOf([
    readFileSync(join(home, 'package-lock.json'), 'utf8'),
    JSON.stringify({ dependencies, devDependencies, optionalDependencies, allowScripts }),
    `node ${nodeMajor}`,
    `${process.platform} ${process.arch}`,
  ]);
}

export function packagesFit(home, nodeMajor) {
  return readStamp(stampFile(home)) === packagesStamp(home, nodeMajor);
}

/**
 * Installs the packages of the lock file. npm empties node_modules before it begins, so it works in a folder aside, and
 * the result is swapped in: when it fails, what was installed before still runs.
 */
export async function installPackages(home, node, nodeMajor) {
  const stamp = packagesStamp(home, nodeMajor);
  const base = buildDir(home);
  sweep(home);
  const what = 'The packages could not be installed';
  const aside = join(base, `packages-${process.pid}`);
  mkdirSync(aside, { recursive: true });
  try {
    demandRoom(aside, ROOM, what);
    for (const name of ['package.json', 'package-lock.json'])
      copyFileSync(join(home, name), join(aside, name));
    if (existsSync(join(home, '.npmrc'))) copyFileSync(join(home, '.npmrc'), join(aside, '.npmrc'));
    await npm({ home, node, cwd: aside, what }, [
      'ci',
      '--include=dev',
      '--include=optional',
      '--loglevel=error',
    ]);
    writeStamp(join(aside, 'node_modules/.lantai-installed'), stamp);
    swap(join(aside, 'node_modules'), join(home, 'node_modules'), join(aside, 'previous'));
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** Puts `fresh` in the place of `current`; if the second move fails, the first is taken back. */
export function swap(fresh, current, previous) {
  const had = existsSync(current);
  if (had) renameSync(current, previous);
  try {
    renameSync(fresh, current);
  } catch (error) {
    if (had) renameSync(previous, current);
    throw error;
  }
}

/** Removes what killed launchers left; if one was killed between the two moves of a swap, its packages are put back. */
function sweep(home) {
  const base = buildDir(home);
  if (!existsSync(base)) return;
  for (const entry of readdirSync(base)) {
    const pid = /^(?:packages|web)-(\d+)(?:-previous)?$/.exec(entry)?.[1];
    if (!pid || isAlive(Number(pid))) continue;
    const previous = join(base, entry, 'previous');
    if (existsSync(previous) && !existsSync(join(home, 'node_modules'))) {
      renameSync(previous, join(home, 'node_modules'));
    }
    rmSync(join(base, entry), { recursive: true, force: true });
  }
}
