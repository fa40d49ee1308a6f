import type { FileTree } from '#formats/tree';
import { catalogueRows, UnreadableCatalogue } from '../catalogue/rows.ts';
import { type CatalogueRule, type HandoverProfile, partsOf } from '../profile.ts';
import { folderDigest } from './folderDigest.ts';
import type { SeenNames } from './names.ts';
import { gigabytesFit } from './register.ts';
import { quoted, type Say } from './say.ts';

/** How the columns of a list of digests are called. */
const NAMES = [
  '文件路径',
  '路径',
  '文件名',
  '文件名称',
  '计算机文件名',
  '名称',
  '载体(包)编号',
  '载体（包）编号',
  '载体包编号',
  '载体编号',
  '包编号',
];
const DIGESTS = ['数字摘要', '摘要', '校验码', '摘要值'];
const ALGORITHMS = ['摘要算法', '算法', '数字摘要算法'];
const SIZES = ['字节数', '文件大小', '计算机文件大小'];
const GIGABYTES = ['实际容量(GB)', '实际容量（GB）', '实际容量GB', '实际容量'];

/** The list as XML: rows of these names in a root of any of the lists’ names. */
export const DIGEST_ROW = '摘要';

const BY_LENGTH: Readonly<Record<number, readonly string[]>> = {
  32: ['md5'],
  40: ['sha1'],
  56: ['sha224'],
  64: ['sm3', 'sha256'],
  96: ['sha384'],
  128: ['sha512'],
};

/** The runtime's names for a digest as people write it; those of its length where none is named. */
export function algorithmsOf(said: string, digest: string): readonly string[] {
  const plain = said.toLowerCase().replace(/[^a-z0-9]/g, '');
  const found = /sm3|sha(?:1|224|256|384|512)|md5/.exec(plain)?.[0];
  return found === undefined ? (BY_LENGTH[digest.length] ?? []) : [found];
}

export interface DigestWork {
  readonly tree: FileTree;
  readonly profile: HandoverProfile;
  /** What the register says of the algorithm. */
  readonly algorithm: string;
  /** 载体编号 of the explanatory file: a list may name the whole by it. */
  readonly carrier: string;
  /** Files that are not part of what was digested: register and lists themselves. */
  isLeftOut(path: string): boolean;
  readonly say: Say;
}

/** Compares a list of digests with what is there. @param listed takes the paths of single files it lists */
export async function checkDigests(work: DigestWork, path: string, listed: SeenNames): Promise<void> {
  const { tree, say } = work;
  const rule: CatalogueRule = {
    files: [],
    root: partsOf(path).base,
    row: DIGEST_ROW,
    level: 'item',
    columns: [],
  };
  try {
    for await (const { values, line } of catalogueRows(tree, path, rule)) {
      const first = (names: readonly string[]) =>
        names.map((n) => values.get(n)?.trim() ?? '').find((v) => v !== '') ?? '';
      await checkOne(
        work,
        first(NAMES),
        first(DIGESTS).toLowerCase(),
        first(ALGORITHMS),
        { bytes: first(SIZES), gigabytes: first(GIGABYTES) },
        `${path}:${line}`,
        listed,
      );
    }
  } catch (e) {
    if (!(e instanceof UnreadableCatalogue)) throw e;
    say('error', 'digestList', path, e.message.replace('The catalogue', 'The list of digests'));
  }
}

async function checkOne(
  work: DigestWork,
  name: string,
  digest: string,
  algorithm: string,
  { bytes: size, gigabytes }: { bytes: string; gigabytes: string },
  place: string,
  listed: SeenNames,
): Promise<void> {
  const { tree, say } = work;
  const algorithms = algorithmsOf(algorithm || work.algorithm, digest);
  if (name === '' || !/^[0-9a-f]+$/.test(digest)) {
    say(
      'error',
      'digestForm',
      place,
      `The row should name a file or package and give its digest in hexadecimal: ${quoted(digest)}.`,
    );
    return;
  }
  const [one] = algorithms;
  if (one === undefined) {
    say(
      'error',
      'digestAlgorithm',
      place,
      `Which algorithm made the digest of ${quoted(name)} is not said and can not be told.`,
    );
    return;
  }
  const path = name.replaceAll('\\', '/').replace(/^\.?\/+|\/+$/g, '');
  const entry = path === '' ? null : await tree.entry(path);
  let found: Iterable<string>;
  if (entry?.kind === 'file') {
    listed.add(entry.path);
    found = (await tree.digests(entry.path, algorithms)).values();
    if (/^\d{1,15}$/.test(size) && Number(size) !== entry.bytes)
      say(
        'error',
        'size',
        place,
        `The list says that ${quoted(name)} has ${size} bytes; it has ${entry.bytes}.`,
      );
  } else if (entry || path === '' || name === work.carrier) {
    const of = entry ? tree.below(entry.path) : tree;
    const isLeftOut = (p: string) => work.isLeftOut(entry ? `${entry.path}/${p}` : p);
    const digests: string[] = [];
    for (const algorithm of algorithms) digests.push(await folderDigest(of, algorithm, isLeftOut));
    found = digests;
    await checkCapacity(of, gigabytes, name, isLeftOut, place, say);
  } else {
    say('error', 'digestNoFile', place, `The list gives a digest of ${quoted(name)}, which is not there.`);
    return;
  }
  if (![...found].includes(digest))
    say(
      'error',
      'digest',
      place,
      `${quoted(name)} has another digest (${algorithms.join(' or ')}) than the list says: it was changed.`,
    );
}

/** 实际容量(GB) of a carrier or package; what is left out of the digest may be counted or not. */
async function checkCapacity(
  of: FileTree,
  said: string,
  name: string,
  isLeftOut: (path: string) => boolean,
  place: string,
  say: Say,
): Promise<void> {
  const number = /^(\d+(?:\.\d+)?)\s*(?:GB|G)?$/i.exec(said)?.[1];
  if (number === undefined) return;
  let [all, digested] = [0, 0];
  for await (const { path, bytes } of of.entries()) {
    all += bytes;
    if (!isLeftOut(path)) digested += bytes;
  }
  if (![all, digested].some((bytes) => gigabytesFit(Number(number), bytes)))
    say('error', 'size', place, `The list says that ${quoted(name)} has ${said} GB; it has ${all} bytes.`);
}
