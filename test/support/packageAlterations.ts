import { gzipSync } from 'node:zlib';
import { rawTar } from '../../src/formats/tree/testing/rawTar.ts';
import { type RawEntry, rawZip } from '../../src/formats/tree/testing/rawZip.ts';

/** Numbers that look random and come again from the same seed. */
export interface Chance {
  /** A whole number below `n`. */
  below(n: number): number;
  of<T>(items: readonly T[]): T;
}

export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number) => Math.floor(next() * n);
  return {
    below,
    of(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('nothing to choose from');
      return item;
    },
  };
}

export type PackageFiles = ReadonlyMap<string, Buffer>;

const HOSTILE_PATHS = [
  '../../../escaped',
  '/tmp/escaped',
  'C:\\escaped',
  '~/escaped',
  'a\0b',
  '\u001b[2J',
  `${'x/'.repeat(300)}y`,
  '文'.repeat(200),
  '..\\..\\escaped',
  './././a',
  'A/../B',
  '',
  ' ',
  '%2e%2e/escaped',
];
const HOSTILE_TEXTS = [
  '../../../../etc/passwd',
  'file:///etc/passwd',
  '&lol;',
  '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>',
  '\ufeff',
  '\u0000',
  '9'.repeat(400),
  '-1',
  'NaN',
  '<'.repeat(2000),
  '{"'.repeat(500),
  '][',
  '\r',
  '%0A',
  '档案',
  '\ud800',
];
const ODD_NUMBERS = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0xffffffff];

/** Turns, takes, doubles, moves and cuts bytes at a few places. */
export function alterBytes(bytes: Buffer, chance: Chance): Buffer {
  let out = Buffer.from(bytes);
  for (let n = 1 + chance.below(4); n > 0 && out.length > 0; n--) {
    const at = chance.below(out.length);
    const length = Math.min(out.length - at, 1 + chance.below(chance.of([2, 16, 600])));
    switch (chance.below(8)) {
      case 0:
        out[at] = (out[at] ?? 0) ^ (1 << chance.below(8));
        break;
      case 1:
        out = out.subarray(0, at);
        break;
      case 2:
        out = Buffer.concat([out.subarray(0, at), out.subarray(at + length)]);
        break;
      case 3:
        out = Buffer.concat([out.subarray(0, at + length), out.subarray(at)]);
        break;
      case 4: {
        const to = chance.below(Math.max(1, out.length - length));
        out.copyWithin(to, at, at + length);
        break;
      }
      case 5:
        out.fill(chance.of([0, 0xff, 0x20]), at, at + length);
        break;
      case 6:
        out = Buffer.concat([out.subarray(0, at), Buffer.from(chance.of(HOSTILE_TEXTS)), out.subarray(at)]);
        break;
      default:
        if (at + 4 <= out.length) out.writeUInt32LE(chance.of(ODD_NUMBERS), at);
    }
  }
  return out;
}

/** Numbers in the headers of a ZIP or TAR changed where they stand; a TAR's sum is made to fit again. */
export function alterHeaders(bytes: Buffer, chance: Chance): Buffer {
  const out = Buffer.from(bytes);
  const marks: number[] = [];
  for (let at = out.indexOf('PK'); at >= 0 && marks.length < 2000; at = out.indexOf('PK', at + 1))
    marks.push(at);
  if (marks.length > 0) {
    for (let n = 1 + chance.below(3); n > 0; n--) {
      const at = chance.of(marks) + 4 + chance.below(42);
      if (at + 4 <= out.length) out.writeUInt32LE(chance.of(ODD_NUMBERS), at);
    }
    return out;
  }
  const blocks: number[] = [];
  for (let at = 0; at + 512 <= out.length; at += 512)
    if (out.toString('latin1', at + 257, at + 262) === 'ustar') blocks.push(at);
  if (blocks.length === 0) return alterBytes(bytes, chance);
  const at = chance.of(blocks);
  const [from, text] = chance.of([
    [156, chance.of(['1', '2', '3', '6', 'x', 'g', 'L', 'S', '7', 'V', '\0'])],
    [
      124,
      chance.of([
        '77777777777\0',
        '00000000000\0',
        '-0000000001\0',
        'zzzz',
        '\x80\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff',
      ]),
    ],
    [0, `${chance.of(HOSTILE_PATHS)}\0`.slice(0, 100)],
    [345, `${chance.of(HOSTILE_PATHS)}\0`.slice(0, 150)],
  ] as const);
  out.write(text, at + from, 'latin1');
  out.write('        ', at + 148);
  let sum = 0;
  for (let i = 0; i < 512; i++) sum += out[at + i] ?? 0;
  out.write(`${sum.toString(8).padStart(6, '0')}\0 `, at + 148);
  return out;
}

/** One or a few files altered, taken away, added, doubled or renamed: the wrapper is sound, what is in it is not. */
export function alterFiles(files: PackageFiles, chance: Chance): Map<string, Buffer> {
  const out = new Map(files);
  for (let n = 1 + chance.below(3); n > 0 && out.size > 0; n--) {
    const path = chance.of([...out.keys()]);
    const content = out.get(path) ?? Buffer.alloc(0);
    switch (chance.below(7)) {
      case 0:
        out.delete(path);
        break;
      case 1:
        out.delete(path);
        out.set(
          chance.of([
            path.toUpperCase(),
            path.normalize('NFD'),
            `${path} `,
            `x/${path}`,
            path.slice(1),
            chance.of(HOSTILE_PATHS),
          ]),
          content,
        );
        break;
      case 2:
        out.set(
          chance.of([...HOSTILE_PATHS, `${path}/below`, `${path}2`, 'data/new', 'METS.xml', 'bagit.txt']),
          content,
        );
        break;
      case 3:
        out.set(path, out.get(chance.of([...out.keys()])) ?? content);
        break;
      case 4:
        out.set(path, alterLines(content, chance));
        break;
      default:
        out.set(path, alterBytes(content, chance));
    }
  }
  return out;
}

function alterLines(content: Buffer, chance: Chance): Buffer {
  const lines = content.toString('utf8').split('\n');
  const at = chance.below(lines.length);
  const line = lines[at] ?? '';
  const changed = chance.of([
    [],
    [line, line],
    [line.replace(/\s+/, '')],
    [`${line}${chance.of(HOSTILE_TEXTS)}`],
    [line.replace(/[\w/.]+$/, chance.of(HOSTILE_PATHS))],
    [line.toUpperCase()],
    [line.replace(/\d+/, '99999999999999999999')],
  ]);
  lines.splice(at, 1, ...changed);
  return Buffer.from(lines.join(chance.of(['\n', '\n', '\r\n', '\r'])));
}

/** Puts files into a ZIP, a TAR or a TAR by gzip, as they are. */
export function wrapFiles(files: PackageFiles, chance: Chance): Buffer {
  const entries = [...files].map(
    ([name, content]): RawEntry => ({ name, content, method: chance.of([0, 8]) }),
  );
  switch (chance.below(3)) {
    case 0:
      return rawZip(entries);
    case 1:
      return tarOf(files);
    default:
      return gzipSync(tarOf(files), { level: 1 });
  }
}

const tarOf = (files: PackageFiles): Buffer =>
  rawTar(
    [...files].flatMap(([name, content]) =>
      Buffer.byteLength(name) > 100
        ? [
            { name: '././@LongLink', type: 'L', content: `${name}\0` },
            { name: name.slice(0, 30), content },
          ]
        : [{ name, content }],
    ),
  );

/** A package inside a package, some layers deep. */
export function nest(bytes: Buffer, chance: Chance): Buffer {
  let out = bytes;
  for (let n = 1 + chance.below(6); n > 0; n--)
    out =
      chance.below(3) === 0
        ? gzipSync(out, { level: 1 })
        : wrapFiles(new Map([[chance.of(['inner.zip', 'data/inner.tar', 'a/b/c']), out]]), chance);
  return out;
}
