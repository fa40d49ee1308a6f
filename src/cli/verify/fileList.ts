import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { isAbsolute, join, normalize } from 'node:path';
import type { Json } from '#kernel/canonical';
import { messageOf, Refusal } from '#kernel/errors';

/** How a list of files, and the files themselves, stand to what was signed. */
export interface ListVerdict {
  /** The list is the one whose digest was signed, and every file that was looked for is there and the same. */
  matches: boolean;
  /** Files in the list. */
  files: number;
  /** The first of those that are missing or are others, by their paths in the list. */
  differing: string[];
  /** How many there are in all. */
  differ: number;
}

const MOST_NAMED = 1_000;
const at = (of: Json | undefined, ...names: string[]): Json | undefined =>
  names.reduce<Json | undefined>(
    (value, name) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) ? value[name] : undefined,
    of,
  );

/** The digest of the list of files that a receipt or register speaks of; undefined where it speaks of none. */
export function signedList(payload: { [key: string]: Json } | undefined): string | undefined {
  const found =
    at(payload, 'manifest', 'digest') ??
    at(payload, '数字摘要', 'manifest') ??
    at(payload, 'signedByAgency', 'payload', '数字摘要', 'manifest');
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/**
 * Compares a list of files (`files.jsonl` of a handover) with the digest that was signed, and the files in a folder with the list.
 *
 * @throws Refusal `verify.unreadable`
 */
export async function compareList(path: string, digest: string, folder?: string): Promise<ListVerdict> {
  const verdict: ListVerdict = { matches: false, files: 0, differing: [], differ: 0 };
  if ((await digestOf(path)) !== digest) return verdict;
  // One that fits was written by Lantai, so that every line is what it should be.
  for await (const line of linesOf(path)) {
    const { path: name, sha256 } = JSON.parse(line) as { path: string; sha256: string };
    verdict.files++;
    if (folder === undefined || (await isThere(folder, name, sha256))) continue;
    verdict.differ++;
    if (verdict.differing.length < MOST_NAMED) verdict.differing.push(name);
  }
  return { ...verdict, matches: verdict.differ === 0 };
}

/** By line feeds alone: a name may hold what else ends a line to some. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of createReadStream(path)) {
    rest = Buffer.concat([rest, piece as Buffer]);
    let from = 0;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10, from)) {
      yield rest.toString('utf8', from, end);
      from = end + 1;
    }
    rest = rest.subarray(from);
  }
}

async function isThere(folder: string, name: string, sha256: string): Promise<boolean> {
  const inside = normalize(name);
  if (isAbsolute(inside) || inside.startsWith('..')) return false;
  return digestOf(join(folder, inside)).then(
    (found) => found === sha256,
    () => false,
  );
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  } catch (cause) {
    throw new Refusal('verify.unreadable', `${path} can not be read: ${messageOf(cause)}.`, {}, { cause });
  }
  return hash.digest('hex');
}
