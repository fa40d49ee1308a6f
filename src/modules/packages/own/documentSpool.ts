import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';

/** Read at once when documents are read again, one behind the other. */
const AHEAD = 2 ** 20;
/** Written at once. */
const TOGETHER = 2 ** 20;

/** Where a document lies among the others. */
export interface SpooledDocument {
  at: number;
  bytes: number;
}

/**
 * Documents that wait on the disk, in one file: entries have a dozen each, and a file for each of them costs many times what
 * they hold.
 */
export async function openDocumentSpool(path: string) {
  const file: FileHandle = await open(path, 'wx+');
  let end = 0;
  let waiting: Uint8Array[] = [];
  let held = 0;
  const flush = async () => {
    if (held > 0) await file.appendFile(Buffer.concat(waiting));
    waiting = [];
    held = 0;
  };
  const put = async (piece: Uint8Array) => {
    waiting.push(piece);
    held += piece.length;
    end += piece.length;
    if (held >= TOGETHER) await flush();
  };
  let window: Buffer = Buffer.alloc(0);
  let from = 0;
  const readAt = async (at: number, most: number): Promise<Buffer> => {
    const into = Buffer.allocUnsafe(most);
    const { bytesRead } = await file.read(into, 0, most, at);
    return into.subarray(0, bytesRead);
  };
  async function* pieces({ at, bytes }: SpooledDocument): AsyncGenerator<Buffer> {
    for (let done = 0; done < bytes; ) {
      const piece = await readAt(at + done, Math.min(AHEAD, bytes - done));
      if (piece.length === 0) throw new Error('a document that waited is cut off');
      done += piece.length;
      yield piece;
    }
  }
  return {
    async keep(content: Uint8Array | Readable): Promise<SpooledDocument> {
      const at = end;
      if (content instanceof Uint8Array) await put(content);
      else for await (const piece of content) await put(piece as Uint8Array);
      return { at, bytes: end - at };
    },
    /** A document, whole where it is small; quick where they are asked for in the order they were kept in. */
    async read(document: SpooledDocument): Promise<Uint8Array | AsyncIterable<Uint8Array>> {
      await flush();
      const { at, bytes } = document;
      if (bytes > AHEAD) return pieces(document);
      if (at < from || at + bytes > from + window.length) {
        window = await readAt(at, AHEAD);
        from = at;
        if (window.length < bytes) throw new Error('a document that waited is cut off');
      }
      return window.subarray(at - from, at - from + bytes);
    },
    close: () => file.close(),
  };
}
