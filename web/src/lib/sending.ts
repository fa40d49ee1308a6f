import { type FolderFile, uploadFile } from './upload.ts';

const AT_ONCE = 4;
/** How often progress is told, at most. */
const TELL_MS = 250;

export interface Sent {
  files: number;
  bytes: number;
}

/**
 * Sends files some at a time. What arrived is remembered, so that a second try sends only the rest.
 *
 * @returns the ids of the uploads, in order
 */
export async function sendAll(
  chosen: readonly FolderFile[],
  arrived: Map<File, string>,
  o: { signal: AbortSignal; onProgress: (sent: Sent) => void },
): Promise<string[]> {
  const waiting = chosen.filter(({ file }) => !arrived.has(file));
  const parts = new Map<File, number>();
  let before = 0;
  for (const { file } of chosen) if (arrived.has(file)) before += file.size;
  let told = 0;
  const tell = (now = Date.now()): void => {
    if (now - told < TELL_MS) return;
    told = now;
    let sum = before;
    for (const part of parts.values()) sum += part;
    o.onProgress({ files: arrived.size, bytes: sum });
  };
  const one = async (): Promise<void> => {
    for (let next = waiting.shift(); next && !o.signal.aborted; next = waiting.shift()) {
      const { file, path } = next;
      const id = await uploadFile(file, {
        ...(path.includes('/') && { relativePath: path }),
        signal: o.signal,
        onProgress: ({ sent }) => {
          parts.set(file, sent);
          tell();
        },
      });
      arrived.set(file, id);
      parts.delete(file);
      before += file.size;
      tell();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  o.signal.throwIfAborted();
  return chosen.map(({ file }) => arrived.get(file)).filter((id) => id !== undefined);
}
