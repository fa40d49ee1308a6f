import type { FileTree } from '#formats/tree';
import { Refusal } from '#kernel/errors';
import { tagDecoder } from './encoding.ts';

/** No name and no value is as long: what has longer lines is no tag file. */
const LONGEST = 128 * 1024;

/**
 * The lines of a tag file, without their ends (LF, CR or both), in bounded memory.
 * @throws Refusal `bag.encoding`, `bag.encodingUnknown`, `bag.longLine`, `tree.*`
 */
export async function* linesOf(tree: FileTree, path: string, encoding: string): AsyncGenerator<string> {
  let rest = '';
  let decoder: ReturnType<typeof tagDecoder> | null = null;
  let begin = Buffer.alloc(0);
  const cut = function* (text: string, last: boolean): Generator<string> {
    const parts = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = parts.pop() ?? '';
    if (last) {
      parts.push(...rest.split('\r'));
      if (parts.at(-1) === '') parts.pop();
    }
    for (const part of last ? parts : [...parts, rest])
      if (part.length > LONGEST)
        throw new Refusal('bag.longLine', `A line is longer than ${LONGEST} characters.`, { path });
    yield* parts;
  };
  for await (const piece of (await tree.open(path)) as AsyncIterable<Buffer>) {
    let bytes = piece;
    if (!decoder) {
      // The order of the bytes is told by the first four.
      begin = Buffer.concat([begin, piece]);
      if (begin.length < 4) continue;
      decoder = tagDecoder(encoding, begin);
      bytes = begin;
    }
    yield* cut(decoder.decode(bytes, false), false);
  }
  if (!decoder) {
    decoder = tagDecoder(encoding, begin);
    yield* cut(decoder.decode(begin, false), false);
  }
  yield* cut(decoder.decode(new Uint8Array(), true), true);
}
