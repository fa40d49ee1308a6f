import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { demandRoom, npm } from './npm.mjs';
import { RUNTIME_VERSION } from './place.mjs';
import { Trouble } from './trouble.mjs';

/** The first major of Node that runs Lantai. */
const WANTED_MAJOR = 24;

/** What it takes, with some to spare. */
const ROOM = 250 * 1024 * 1024;

const folderName = () => `node-${RUNTIME_VERSION}-${process.platform}-${process.arch}`;

/** @returns {boolean} whether the Node that runs the launcher is new enough to run Lantai */
export function ownNodeWillDo(version = process.versions.node) {
  return Number(version.split('.')[0]) >= WANTED_MAJOR;
}

/** @returns {string | undefined} the fetched Node, when it is in place */
export function installedRuntime(home) {
  const node = join(home, '.runtime/node/bin/node');
  try {
    return readlinkSync(join(home, '.runtime/node')) === folderName() && existsSync(node) ? node : undefined;
  } catch {
    return undefined;
  }
}

/** Fetches Node from npm into `.runtime/`. Built aside and moved into place, so that it is there whole or not at all. */
export async function fetchRuntime(home) {
  const what = `Node ${RUNTIME_VERSION} could not be installed`;
  const base = join(home, '.runtime');
  const aside = join(base, `new-${process.pid}`);
  const target = join(base, folderName());
  const name = `node-${process.platform}-${process.arch}`;
  mkdirSync(aside, { recursive: true });
  try {
    if (!existsSync(join(target, 'bin/node'))) {
      demandRoom(aside, ROOM, what);
      writeFileSync(join(aside, 'package.json'), '{"private":true}\n');
      const args = ['install', '--no-save', '--ignore-scripts', '--no-package-lock', '--loglevel=error'];
      await npm({ home, node: process.execPath, cwd: aside, what }, [...args, `${name}@${RUNTIME_VERSION}`]);
      const fetched = join(aside, 'node_modules', name);
      chmodSync(join(fetched, 'bin/node'), 0o755);
      proveItRuns(join(fetched, 'bin/node'));
      rmSync(join(fetched, 'include'), { recursive: true, force: true });
      moveIn(fetched, target);
    }
    pointTo(base, folderName());
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  sweep(base);
  return join(base, 'node/bin/node');
}

/** A Node for another C library starts on no account; better told now than as a riddle later. */
function proveItRuns(node) {
  try {
    execFileSync(node, ['--version'], { stdio: 'ignore', timeout: 30_000 });
  } catch {
    throw new Trouble(
      `the Node ${RUNTIME_VERSION} that npm offers does not run on this system (${process.platform} ${process.arch}). Install Node ${WANTED_MAJOR} or newer from your system and start again.`,
    );
  }
}

function moveIn(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  }
}

function pointTo(base, name) {
  const link = join(base, `link-${process.pid}`);
  rmSync(link, { force: true });
  symlinkSync(name, link);
  renameSync(link, join(base, 'node'));
}

/** Removes what killed launchers left. */
function sweep(base) {
  for (const entry of readdirSync(base)) {
    const pid = /^(?:new|link)-(\d+)$/.exec(entry)?.[1];
    if (pid && !isAlive(Number(pid))) rmSync(join(base, entry), { recursive: true, force: true });
  }
}

/** @returns {boolean} whether a process with this number exists on this machine */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
