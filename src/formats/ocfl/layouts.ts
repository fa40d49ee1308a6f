import { canDigest, digestBytes } from '#kernel/checksums';
import { Refusal } from '#kernel/errors';

/** Where objects lie under a storage root: a registered layout extension and its settings. */
export interface Layout {
  readonly extension: string;
  readonly config: Readonly<Record<string, string | number | boolean>>;
}

/** Object id to path, relative to the storage root. */
export type PathOf = (objectId: string) => string;

/**
 * The layout of new roots: two tuples of two hex digits, then the id itself. 65,536 folders hold a hundred million
 * objects with some 1,500 in each, folders soon exist already when an object arrives, and a person reads the id in the path.
 */
export const defaultLayout: Layout = {
  extension: '0003-hash-and-id-n-tuple-storage-layout',
  config: { digestAlgorithm: 'sha256', tupleSize: 2, numberOfTuples: 2 },
};

export const layoutDescriptions: Readonly<Record<string, string>> = {
  '0002-flat-direct-storage-layout':
    'Each object lies directly in the storage root, in a folder named by its id.',
  '0003-hash-and-id-n-tuple-storage-layout':
    'Folders named by the first digits of the digest of the object id, then one folder named by the id, percent-encoded.',
  '0004-hashed-n-tuple-storage-layout':
    'Folders named by the first digits of the digest of the object id, then one named by the whole digest.',
  '0006-flat-omit-prefix-storage-layout':
    'Each object lies directly in the storage root, named by its id without the prefix.',
  '0007-n-tuple-omit-prefix-storage-layout':
    'Folders named by parts of the object id without its prefix, then one named by the id without the prefix.',
};

const bad = (message: string) => new Refusal('ocfl.badLayout', message);

function digestOf(name: string, text: string): string {
  if (!canDigest(name)) throw bad(`The digest ${name} of the storage layout is not known here.`);
  return digestBytes(Buffer.from(text, 'utf8'), [name]).digests[name] ?? '';
}

function tuplesOf(text: string, size: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => text.slice(i * size, (i + 1) * size));
}

/** Percent-encoding of layout 0003: lower-case, all but letters, digits, `-` and `_`. */
function encodeId(id: string): string {
  const keep = /[A-Za-z0-9_-]/;
  return [...Buffer.from(id, 'utf8')]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      return byte < 128 && keep.test(char) ? char : `%${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
}

/** The id after the last place of the delimiter, in whatever case; the whole where it is not there. */
function afterDelimiter(id: string, delimiter: string): string {
  const at = id.toLowerCase().lastIndexOf(delimiter.toLowerCase());
  const rest = at < 0 ? id : id.slice(at + delimiter.length);
  if (rest === '') throw bad(`The object id ${id} is empty after its prefix.`);
  return rest;
}

/** One folder name: an id that would leave its folder, make two or be longer than file systems allow is refused. */
function asFolder(name: string): string {
  if (name === '' || name === '.' || name === '..' || /[/\\\0]/.test(name) || Buffer.byteLength(name) > 255)
    throw bad(`The object id gives "${name}", which can not name a folder.`);
  return name;
}

/** A folder directly in the storage root, where other things have their names too. */
function inRoot(name: string): string {
  if (name === 'extensions' || name === 'ocfl_layout.json' || name.startsWith('0='))
    throw bad(`The object id gives "${name}", which is the name of something else in a storage root.`);
  return asFolder(name);
}

/** Settings of a layout, read with their defaults. */
function settingsOf({ config }: Layout) {
  const count = (key: string, least: number): number => {
    const n = config[key] ?? 3;
    if (typeof n !== 'number' || !Number.isInteger(n) || n < least || n > 32)
      throw bad(`${key} is a whole number from ${least} to 32.`);
    return n;
  };
  return {
    text(key: string, whenAbsent: string): string {
      const value = config[key] ?? whenAbsent;
      if (typeof value !== 'string' || value === '') throw bad(`The layout needs its ${key}, a text.`);
      return value;
    },
    flag(key: string): boolean {
      const value = config[key] ?? false;
      if (typeof value !== 'boolean') throw bad(`${key} is true or false.`);
      return value;
    },
    tuples(least: 0 | 1): { size: number; tuples: number } {
      const [size, tuples] = [count('tupleSize', least), count('numberOfTuples', least)];
      if ((size === 0) !== (tuples === 0))
        throw bad('tupleSize and numberOfTuples are both zero or neither.');
      return { size, tuples };
    },
  };
}

/**
 * The mapping of a layout. Extensions 0002, 0003, 0004, 0006 and 0007 of the OCFL registry, with
 * the defaults and limits these set.
 *
 * @throws Refusal `ocfl.badLayout` for an unknown layout or settings that can not be; the mapping throws it for ids
 * that the layout can not place.
 */
export function pathsOf(layout: Layout): PathOf {
  const settings = settingsOf(layout);
  switch (layout.extension) {
    case '0002-flat-direct-storage-layout':
      return inRoot;
    case '0003-hash-and-id-n-tuple-storage-layout': {
      const { size, tuples } = settings.tuples(0);
      const algorithm = settings.text('digestAlgorithm', 'sha256');
      if (digestOf(algorithm, '').length < size * tuples)
        throw bad('The digest is shorter than the folders made of it.');
      return (id) => {
        const digest = digestOf(algorithm, id);
        const encoded = encodeId(id);
        const name = encoded.length > 100 ? `${encoded.slice(0, 100)}-${digest}` : encoded;
        return [...tuplesOf(digest, size, tuples), tuples === 0 ? inRoot(name) : asFolder(name)].join('/');
      };
    }
    case '0004-hashed-n-tuple-storage-layout': {
      const { size, tuples } = settings.tuples(0);
      const algorithm = settings.text('digestAlgorithm', 'sha256');
      const short = settings.flag('shortObjectRoot');
      const length = digestOf(algorithm, '').length;
      if (length < size * tuples || (short && length === size * tuples))
        throw bad('The digest is shorter than the folders made of it.');
      return (id) => {
        const digest = digestOf(algorithm, id);
        return [...tuplesOf(digest, size, tuples), short ? digest.slice(size * tuples) : digest].join('/');
      };
    }
    case '0006-flat-omit-prefix-storage-layout': {
      const delimiter = settings.text('delimiter', '');
      return (id) => inRoot(afterDelimiter(id, delimiter));
    }
    case '0007-n-tuple-omit-prefix-storage-layout': {
      const { size, tuples } = settings.tuples(1);
      const delimiter = settings.text('delimiter', ':');
      const padding = settings.text('zeroPadding', 'left');
      if (padding !== 'left' && padding !== 'right') throw bad('zeroPadding is left or right.');
      const reverse = settings.flag('reverseObjectRoot');
      return (id) => {
        if (!/^[\x20-\x7f]*$/.test(id))
          throw bad(`The object id ${id} is not in ASCII, as this layout needs.`);
        const rest = asFolder(afterDelimiter(id, delimiter));
        const width = size * tuples;
        const padded = padding === 'right' ? rest.padEnd(width, '0') : rest.padStart(width, '0');
        const turned = reverse ? [...padded].reverse().join('') : padded;
        const folders = tuplesOf(turned, size, tuples);
        return [inRoot(folders[0] ?? ''), ...folders.slice(1).map(asFolder), rest].join('/');
      };
    }
    default:
      throw bad(`The storage layout ${layout.extension} is not known here.`);
  }
}
