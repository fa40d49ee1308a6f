import { Refusal } from '#kernel/errors';
import type { EepSource } from '../reading/source.ts';
import { Unreadable, walk } from '../reading/walk.ts';
import { type ByteRange, findRanges } from './ranges.ts';
import type { EepEncoding } from './write.ts';

/** Where the parts of a package lie in its file. */
export interface Outline {
  readonly encoding: EepEncoding;
  /** Of its elements, with colon; '' where they have none. */
  readonly prefix: string;
  readonly layers: number;
  readonly object: ByteRange;
  readonly signatures: ByteRange | undefined;
  readonly lock: ByteRange | undefined;
  readonly rootEnd: number;
}

/**
 * Reads a package once for its outline and once for the places of its bytes.
 *
 * @throws Refusal `eep.unreadable` (no EEP that is well-formed), `eep.unknownEncoding` (neither UTF-8 nor GB 18030)
 */
export async function outlineOf(source: EepSource): Promise<Outline> {
  const below: string[] = [];
  let depth = 0;
  let layers = 0;
  let root = '';
  try {
    await walk(source, {
      open({ name }) {
        depth++;
        if (depth === 1) root = name;
        if (depth === 2) below.push(name);
        if (name === '被签名对象') layers++;
      },
      text() {},
      close() {
        depth--;
      },
    });
  } catch (cause) {
    if (!(cause instanceof Unreadable)) throw cause;
    throw unreadable(cause.message, cause);
  }
  const encoding = await encodingOf(source);
  const { children, rootEnd } = await findRanges(source, encoding === 'gb18030');
  const part = (name: string) => {
    const at = below.indexOf(name);
    return at < 0 ? undefined : children[at];
  };
  const object = part('被签名对象');
  if (root !== '电子文件封装包' || !object || children.length !== below.length || rootEnd < 0)
    throw unreadable('it is no “电子文件封装包” with “被签名对象”.');
  return {
    encoding,
    prefix: await prefixAt(source, object.from, encoding),
    layers,
    object,
    signatures: part('电子签名块'),
    lock: part('锁定签名'),
    rootEnd,
  };
}

async function encodingOf(source: EepSource): Promise<EepEncoding> {
  const head = (await bytesAt(source, 0, 256)).toString('latin1');
  const said = /^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([^"']+)["']/.exec(head)?.[1] ?? 'utf-8';
  if (/^utf-?8$/i.test(said) && !/^(?:\xff\xfe|\xfe\xff)/.test(head)) return 'utf-8';
  if (/^gb(?:18030|k|2312)$/i.test(said)) return 'gb18030';
  throw new Refusal(
    'eep.unknownEncoding',
    'Only packages in UTF-8 or GB 18030 can be added to: their bytes are to stay as they are.',
    { encoding: said },
  );
}

async function prefixAt(source: EepSource, from: number, encoding: EepEncoding): Promise<string> {
  const tag = new TextDecoder(encoding).decode(await bytesAt(source, from, 200));
  const found = /^<(?:([^\s:<>/]+):)?被签名对象[\s/>]/.exec(tag);
  if (!found) throw unreadable('its “被签名对象” does not lie where it should.');
  return found[1] === undefined ? '' : `${found[1]}:`;
}

async function bytesAt(source: EepSource, from: number, length: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let at = 0;
  for await (const piece of await source.open()) {
    const end = at + piece.length;
    if (end > from) parts.push(piece.subarray(Math.max(0, from - at), from + length - at));
    at = end;
    if (at >= from + length) break;
  }
  return Buffer.concat(parts);
}

function unreadable(why: string, cause?: unknown): Refusal {
  return new Refusal('eep.unreadable', `The package can not be read: ${why}`, {}, { cause });
}
