import { compactMap, createPairs } from '../compact/maps.ts';
import { createMarks, type Names } from '../compact/names.ts';
import { ignoring, type JsonSink } from '../json/sink.ts';
import { checkConflicts, checkPath, type PathCodes } from './pathRules.ts';
import type { Say } from './say.ts';

/** A manifest, a state, or the fixity values of one algorithm: paths by digest, as inventories write them. */
export interface Block {
  /** Path to digest, lower case. */
  readonly byPath: ReadonlyMap<string, string>;
  /** The digests as they are written, by number. */
  readonly digests: readonly number[];
}

export interface BlockCodes {
  /** A digest without a list of paths. */
  readonly list: string;
  /** A digest that stands twice, whatever its case; of a state only the very same one is looked for. */
  readonly twice: string;
  readonly anyCase: boolean;
  readonly paths: PathCodes;
}

const DIGITS: Readonly<Record<string, number>> = {
  md5: 32, sha1: 40, sha256: 64, sha384: 96, sha512: 128, 'sha512/256': 64,
  'blake2b-160': 40, 'blake2b-256': 64, 'blake2b-384': 96, 'blake2b-512': 128, sm3: 64,
}; // biome-ignore format: a table

/** Whether a text can be a digest of an algorithm; true where the algorithm is not known. */
export function hasFormOf(digest: string, algorithm: string): boolean {
  const digits = DIGITS[algorithm];
  return digits === undefined || (digest.length === digits && /^[0-9A-Fa-f]*$/.test(digest));
}

/** A list of paths under one digest; anything in it that is no string makes it none. */
function listSink(path: (path: string) => void, wrong: () => void): JsonSink {
  const other = () => {
    wrong();
    return ignoring;
  };
  return {
    name: () => {},
    scalar: (value) => (typeof value === 'string' ? path(value) : wrong()),
    object: other,
    array: other,
    end: () => {},
  };
}

/** Reads one block, and says what is wrong with its digests and paths. */
export function blockSink(
  names: Names,
  codes: BlockCodes,
  where: string,
  say: Say,
  done: (block: Block) => void,
): JsonSink {
  const pairs = createPairs();
  const digests: number[] = [];
  const seen = createMarks();
  const twice = new Set<number>();
  let at = '';
  let lower = 0;
  let told = false;
  const noList = () => {
    if (!told) say.error(codes.list, where, `The digest ${at} has no list of paths.`);
    told = true;
  };
  const list = listSink((path) => {
    checkPath(path, codes.paths, where, say);
    pairs.add(names.numberOf(path), lower);
  }, noList);
  return {
    name(digest) {
      at = digest;
      told = false;
      digests.push(names.numberOf(digest));
      lower = names.numberOf(digest.toLowerCase());
      const key = codes.anyCase ? lower : names.numberOf(digest);
      if (seen.has(key)) {
        twice.add(lower);
        say.error(codes.twice, where, `The digest ${digest} stands twice.`);
      }
      seen.add(key);
    },
    scalar: noList,
    object() {
      noList();
      return ignoring;
    },
    array: () => list,
    end() {
      const byPath = compactMap(names, pairs, (path, before, now) => {
        // Where a digest stands twice with the same paths, that is one fault and not two.
        if (before !== now || !twice.has(now))
          say.error(codes.paths.conflict, where, `The path "${path}" stands twice.`);
      });
      checkConflicts(byPath, codes.paths, where, say);
      done({ byPath, digests });
    },
  };
}

/** Says which digests of a block can not be of the algorithm it is for. */
export function checkForm(
  { digests }: Block,
  algorithm: string,
  code: string,
  where: string,
  names: Names,
  say: Say,
): void {
  for (const number of digests)
    if (!hasFormOf(names.textOf(number), algorithm))
      say.error(code, where, `"${names.textOf(number)}" is no ${algorithm} digest.`);
}
