import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, mkdir, open as openFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SegmentPart } from './segment.ts';

/**
 * Cuts lines into files of at most `most` lines each, in constant memory, and digests them on the way.
 *
 * @param lines bytes with a line end after each line, however they are cut
 * @param at folder of the files: they become `<at>/<name>/000001.jsonl` …
 */
export async function writeParts(
  lines: AsyncIterable<Buffer>,
  at: string,
  name: string,
  most: number,
  first = 1,
): Promise<SegmentPart[]> {
  const parts: SegmentPart[] = [];
  let open: { path: string; rows: number; hash: Hash; file: FileHandle } | undefined;
  const close = async () => {
    if (!open) return;
    await open.file.close();
    parts.push({ path: open.path, rows: open.rows, sha512: open.hash.digest('hex') });
    open = undefined;
  };
  const put = async (bytes: Buffer) => {
    if (!open) {
      const path = `${name}/${String(first + parts.length).padStart(6, '0')}.jsonl`;
      await mkdir(dirname(join(at, path)), { recursive: true });
      open = { path, rows: 0, hash: createHash('sha512'), file: await openFile(join(at, path), 'wx') };
    }
    open.hash.update(bytes);
    await open.file.writeFile(bytes);
  };
  try {
    await cut();
    await close();
  } finally {
    await open?.file.close();
  }
  return parts;

  async function cut(): Promise<void> {
    for await (const chunk of lines) {
      let start = 0;
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, end + 1)) {
        // A part that is full ends here; the first line of a part may begin in the chunk before.
        if ((open?.rows ?? 0) + 1 < most) {
          if (open) open.rows++;
          else {
            await put(chunk.subarray(start, end + 1));
            open!.rows++;
            start = end + 1;
          }
          continue;
        }
        await put(chunk.subarray(start, end + 1));
        open!.rows++;
        start = end + 1;
        await close();
      }
      if (start < chunk.length) await put(chunk.subarray(start));
    }
  }
}
