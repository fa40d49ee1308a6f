import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** Bytes that are gathered before they go to the disk. */
const PIECE = 1 << 18;

/** A document that grows while other files are written, and waits on the disk until its turn comes. */
export interface WaitingDocument {
  readonly bytes: number;
  add(piece: Buffer): Promise<void>;
  /** Everything added; nothing is added any more. */
  content(): AsyncIterable<Buffer>;
  close(): Promise<void>;
}

export async function createWaitingDocument(path: string): Promise<WaitingDocument> {
  const file: FileHandle = await open(path, 'wx');
  let gathered: Buffer[] = [];
  let [held, written] = [0, 0];
  const flush = async () => {
    const all = Buffer.concat(gathered);
    gathered = [];
    held = 0;
    await file.writeFile(all);
    written += all.length;
  };
  return {
    get bytes() {
      return written + held;
    },
    async add(piece) {
      gathered.push(piece);
      held += piece.length;
      if (held > PIECE) await flush();
    },
    async *content() {
      await flush();
      yield* createReadStream(path) as AsyncIterable<Buffer>;
    },
    close: () => file.close(),
  };
}
