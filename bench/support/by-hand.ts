import { execFile } from 'node:child_process';
import { mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Files of bytes that do not repeat, as scans are. */
export async function makeFiles(folder: string, bytes: number, count: number): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const random = await open('/dev/urandom', 'r');
  const paths: string[] = [];
  const chunk = Buffer.alloc(1_000_000);
  try {
    for (let i = 0; i < count; i++) {
      const path = join(folder, `${String(i).padStart(5, '0')}.bin`);
      const file = await open(path, 'w');
      for (let left = bytes; left > 0; left -= chunk.length) {
        await random.read(chunk, 0, chunk.length, null);
        await file.write(chunk, 0, Math.min(left, chunk.length));
      }
      await file.close();
      paths.push(path);
    }
  } finally {
    await random.close();
  }
  return paths;
}

/** Seconds that something takes, with nothing waiting for the disk before. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  await run('sync');
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
}

/** What a careful person does by hand: copy, flush, digest what was copied. */
export async function byHand(home: string, source: string) {
  const target = join(home, 'copy');
  return timed(async () => {
    await run('cp', ['-r', source, target]);
    await run('sync');
    const files = (await readdir(target)).map((f) => join(target, f));
    await run('sha512sum', files, { maxBuffer: 64 * 1024 * 1024 });
  });
}

export const median = (list: readonly number[]) =>
  [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
