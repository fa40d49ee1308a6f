import { mkdir } from 'node:fs/promises';
import { type Fetched, fetchMissing } from '#formats/bagit';
import type { FileTree, TreeLimits } from '#formats/tree';
import type { Outbound } from '#kernel/outbound';

export interface FetchOrder {
  /** From where what a bag leaves out may be fetched; without it nothing is. */
  outbound?: Outbound | undefined;
  limits?: Partial<TreeLimits> | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * A bag with what it left out, as far as leave was given; null where none was. What came waits in the scratch folder until it
 * is closed: it is taken in from there.
 */
export async function withLeftOut(
  bag: FileTree,
  { outbound, limits, signal }: FetchOrder,
  scratch: string,
): Promise<Fetched | null> {
  if (!outbound) return null;
  await mkdir(scratch, { recursive: true });
  return fetchMissing(bag, {
    outbound,
    scratch,
    ...(limits ? { limits } : {}),
    ...(signal ? { signal } : {}),
  });
}
