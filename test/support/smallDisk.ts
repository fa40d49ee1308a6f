import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Runs a program with a small file system in memory at a folder, seen by this one process and gone with it; needs no root
 * where user namespaces work.
 */
export const inSmallDisk = (disk: string, megabytes: number, words: readonly string[]) =>
  run('unshare', [
    '-rm',
    'sh',
    '-c',
    `mount -t tmpfs -o size=${megabytes}m,nr_inodes=20000 none "$0" && exec "$@"`,
    disk,
    ...words,
  ]);

/** Whether this machine lets one be mounted. */
export const canMount = (folder: string): Promise<boolean> =>
  inSmallDisk(folder, 1, ['true']).then(
    () => true,
    () => false,
  );
