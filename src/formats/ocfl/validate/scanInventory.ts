import { type DigestName, type Digests, multiDigest } from '#kernel/checksums';
import { isRefusal, Refusal } from '#kernel/errors';
import type { Names } from '../compact/names.ts';
import { jsonParser, NotJson } from '../json/parser.ts';
import type { StoreReader } from '../storage.ts';
import { inventorySink, type LooseInventory } from './inventoryRules.ts';
import type { Say } from './say.ts';

/** An inventory larger than this is not read (some four million files). */
export const INVENTORY_LIMIT = 1024 * 1024 * 1024;

/** Files up to this size are read at once: that is quicker than a stream. */
const AT_ONCE = 256 * 1024;

/**
 * The bytes of a file of an object, in pieces; null when there is none.
 *
 * @throws Refusal `ocfl.tooLarge` beyond the limit, perhaps only while they are read.
 */
export async function bytesOf(
  reader: StoreReader,
  path: string,
  limit = INVENTORY_LIMIT,
): Promise<AsyncIterable<Uint8Array> | Iterable<Uint8Array> | null> {
  try {
    const whole = await reader.readAll(path, Math.min(AT_ONCE, limit));
    return whole === null ? null : [whole];
  } catch (e) {
    if (!(isRefusal(e) && e.code === 'ocfl.tooLarge') || limit <= AT_ONCE) throw e;
  }
  const stream = await reader.open(path);
  return limited(stream, path, limit);
}

async function* limited(
  chunks: AsyncIterable<Uint8Array>,
  path: string,
  limit: number,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.byteLength;
    if (size > limit)
      throw new Refusal('ocfl.tooLarge', `${path} has more than ${limit} bytes; no more are read.`, { path });
    yield chunk;
  }
}

/** Takes the bytes of an inventory piece by piece. */
export interface InventoryScan {
  take(chunk: Uint8Array): void;
  /** No more follows. @returns what could be read; null when the bytes are no inventory */
  finish(): LooseInventory | null;
}

/** Checks an inventory while its bytes pass, and says what is wrong. */
export function scanInventory(where: string, say: Say, names: Names): InventoryScan {
  const { sink, finish } = inventorySink(where, say, names);
  const parser = jsonParser(sink);
  let broken = false;
  const guarded = (step: () => void) => {
    if (broken) return;
    try {
      step();
    } catch (e) {
      if (!(e instanceof NotJson)) throw e;
      broken = true;
      say.error('E033', where, `The inventory is not JSON in UTF-8: ${e.message}`);
    }
  };
  return {
    take: (chunk) => guarded(() => parser.write(chunk)),
    finish() {
      guarded(() => parser.end());
      return broken ? null : finish();
    },
  };
}

export interface ScannedInventory {
  readonly loose: LooseInventory | null;
  readonly digests: Digests;
  readonly size: number;
}

/** Reads and checks `inventory.json` at a path, digesting it in the same pass; null when it is not there. */
export async function scanInventoryFile(
  reader: StoreReader,
  path: string,
  where: string,
  digests: readonly DigestName[],
  say: Say,
  names: Names,
): Promise<ScannedInventory | null> {
  const chunks = await bytesOf(reader, path);
  if (chunks === null) return null;
  const all = multiDigest(digests);
  const scan = scanInventory(where, say, names);
  for await (const chunk of chunks) {
    all.update(chunk);
    scan.take(chunk);
  }
  const loose = scan.finish();
  return { loose, ...all.done() };
}
