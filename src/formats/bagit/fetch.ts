import type { FileTree } from '#formats/tree';
import { linesOf } from './lines.ts';

export const FETCH = 'fetch.txt';

/** A line of fetch.txt: a file that was left out and where it is to be had. */
export interface FetchLine {
  readonly number: number;
  readonly url: string;
  /** null where it says "-". */
  readonly bytes: number | null;
  /** As it is written. */
  readonly path: string;
}

/** @throws Refusal as `linesOf` */
export async function* fetchLines(
  tree: FileTree,
  encoding: string,
): AsyncGenerator<FetchLine | { number: number; url: null; blank: boolean }> {
  let number = 0;
  for await (const line of linesOf(tree, FETCH, encoding)) {
    number++;
    const match = /^(\S+)[ \t]+(\d{1,15}|-)[ \t]+(.+)$/s.exec(line);
    if (!match) yield { number, url: null, blank: line.trim() === '' };
    else
      yield {
        number,
        url: match[1] ?? '',
        bytes: match[2] === '-' ? null : Number(match[2]),
        path: match[3] ?? '',
      };
  }
}
