import type { OcflObject, OcflRepository } from '#formats/ocfl';
import { isRefusal } from '#kernel/errors';
import { digestOf, parseSegment, type Segment, segmentId } from './segment.ts';

/** A segment as the root has it. */
export interface FoundSegment {
  segment: Segment;
  /** Of its segment.json, which names the digests of all its files. */
  sha512: string;
  object: OcflObject;
}

/**
 * Reads what a segment says of itself; its rows are not read.
 *
 * @returns null when the root has no such object
 * @throws Refusal segment.unreadable, segment.swapped, ocfl.* for a damaged object
 */
export async function readSegment(
  repository: OcflRepository,
  stream: string,
  number: number,
): Promise<FoundSegment | null> {
  let object: OcflObject;
  try {
    object = await repository.getObject(segmentId(stream, number));
  } catch (e) {
    if (isRefusal(e) && e.code === 'ocfl.notFound') return null;
    throw e;
  }
  const { stream: bytes } = await repository.openFile(object, 'segment.json', { verify: true });
  const chunks: Buffer[] = [];
  for await (const chunk of bytes) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks);
  return { segment: parseSegment(text, stream, number), sha512: digestOf(text), object };
}
