import { createByteStore, roomFor } from '#kernel/columns';
import type { HandoverProfile } from '../profile.ts';
import { createNameIndex } from './names.ts';

/** What a catalogue's row says of itself. */
export interface OwnerRow {
  readonly level: 'item' | 'volume';
  readonly code: string;
  readonly title: string;
  /** 页数, where the row says it. */
  readonly pages: string;
  /** The catalogue, and the row's line in it. */
  readonly catalogue: string;
  readonly line: number;
}

/** The same as it is kept, with what was found for it. */
export interface Owner extends OwnerRow {
  readonly row: number;
  readonly files: number;
  readonly metadata: number;
}

export const placeOf = ({ catalogue, line }: OwnerRow): string => `${catalogue}:${line}`;

/** Of a title or a count; what is longer is kept, and compared, as far as this. */
const KEPT = 5000;
const VOLUME = 1;
/** The first of its level and reference code. */
const FIRST = 2;

/** All rows by what names their files, as bytes and numbers: a row costs what it says and about a hundred bytes. */
export class Owners {
  readonly #profile: HandoverProfile;
  readonly #prefix: string;
  readonly #catalogues: string[] = [];
  /** Reference codes of items and of volumes, and names of files: each with the rows they stand for. */
  readonly #items = createNameIndex();
  readonly #volumes = createNameIndex();
  readonly #names = createNameIndex();
  readonly #text = createByteStore();
  #textAt = new Float64Array(256);
  #textBytes = new Uint16Array(256);
  #flags = new Uint8Array(256);
  #catalogue = new Uint16Array(256);
  #line = new Uint32Array(256);
  #files = new Uint32Array(256);
  #metadata = new Uint32Array(256);
  #count = 0;
  items = 0;
  volumes = 0;

  constructor(profile: HandoverProfile) {
    this.#profile = profile;
    this.#prefix = profile.records === '' ? '' : `${profile.records}/`;
  }

  /** @returns false where there is a row of this reference code and level already */
  add(owner: OwnerRow, names: string): boolean {
    const isItem = owner.level === 'item';
    if (isItem) this.items++;
    else this.volumes++;
    const row = this.#store(owner);
    const isNew = owner.code === '' || (isItem ? this.#items : this.#volumes).put(owner.code, row);
    if (owner.code !== '' && isNew) this.#flags[row] = (this.#flags[row] ?? 0) | FIRST;
    if (this.#profile.filesBy === 'column')
      for (const name of fileNames(this.#profile, names)) this.#names.put(name, row);
    return isNew;
  }

  #store({ level, code, title, pages, catalogue, line }: OwnerRow): number {
    const row = this.#count++;
    this.#textAt = roomFor(this.#textAt, this.#count, (n) => new Float64Array(n));
    this.#textBytes = roomFor(this.#textBytes, this.#count, (n) => new Uint16Array(n));
    this.#flags = roomFor(this.#flags, this.#count, (n) => new Uint8Array(n));
    this.#catalogue = roomFor(this.#catalogue, this.#count, (n) => new Uint16Array(n));
    this.#line = roomFor(this.#line, this.#count, (n) => new Uint32Array(n));
    this.#files = roomFor(this.#files, this.#count, (n) => new Uint32Array(n));
    this.#metadata = roomFor(this.#metadata, this.#count, (n) => new Uint32Array(n));
    const text = Buffer.from(
      [code, title, pages].map((v) => v.slice(0, KEPT).replaceAll('\0', '')).join('\0'),
    );
    this.#textAt[row] = this.#text.put(text);
    this.#textBytes[row] = text.length;
    this.#flags[row] = level === 'volume' ? VOLUME : 0;
    let at = this.#catalogues.indexOf(catalogue);
    if (at < 0) at = this.#catalogues.push(catalogue) - 1;
    this.#catalogue[row] = at;
    this.#line[row] = line;
    return row;
  }

  #at(row: number): Owner | undefined {
    if (row < 0) return undefined;
    const text = this.#text.get(this.#textAt[row] ?? 0, this.#textBytes[row] ?? 0).toString('utf8');
    const [code = '', title = '', pages = ''] = text.split('\0');
    return {
      row,
      level: ((this.#flags[row] ?? 0) & VOLUME) === 0 ? 'item' : 'volume',
      code,
      title,
      pages,
      catalogue: this.#catalogues[this.#catalogue[row] ?? 0] ?? '',
      line: this.#line[row] ?? 0,
      files: this.#files[row] ?? 0,
      metadata: this.#metadata[row] ?? 0,
    };
  }

  foundFile({ row }: Owner): void {
    this.#files[row] = (this.#files[row] ?? 0) + 1;
  }

  foundMetadata({ row }: Owner): void {
    this.#metadata[row] = (this.#metadata[row] ?? 0) + 1;
  }

  hasCode(code: string): boolean {
    return this.#items.find(code) >= 0 || this.#volumes.find(code) >= 0;
  }

  /** Whose a file is: by its own path or name, or by the nearest folder a row names; a volume only where no item claims it. */
  ownerOf(path: string): { owner: Owner; volume?: Owner } | undefined {
    if (!path.startsWith(this.#prefix)) return undefined;
    let volume = -1;
    let at = path.slice(this.#prefix.length);
    for (let isFile = true; at !== ''; isFile = false) {
      const name = at.slice(at.lastIndexOf('/') + 1);
      const row = this.#named(at, name, isFile ? withoutExtension(name) : name);
      const owner = this.#at(row);
      if (owner?.level === 'item') {
        const around = this.#at(volume >= 0 ? volume : this.#volumeAround(at));
        return { owner, ...(around ? { volume: around } : {}) };
      }
      if (volume < 0) volume = row;
      at = at.slice(0, Math.max(0, at.lastIndexOf('/')));
    }
    const owner = this.#at(volume);
    return owner && { owner };
  }

  #volumeAround(item: string): number {
    for (let at = item.slice(0, Math.max(0, item.lastIndexOf('/'))); at !== ''; ) {
      const row = this.#named(at, at.slice(at.lastIndexOf('/') + 1));
      if (row >= 0 && ((this.#flags[row] ?? 0) & VOLUME) !== 0) return row;
      at = at.slice(0, Math.max(0, at.lastIndexOf('/')));
    }
    return -1;
  }

  /** The row of the first of these names that any has. */
  #named(...names: string[]): number {
    for (const name of names) {
      const row = this.#profile.filesBy === 'column' ? this.#names.find(name) : this.#coded(name);
      if (row >= 0) return row;
    }
    return -1;
  }

  /** Catalogues of volumes are read first: where both have a code, the volume's row came first. */
  #coded(code: string): number {
    const volume = this.#volumes.find(code);
    return volume >= 0 ? volume : this.#items.find(code);
  }

  /** Rows with a reference code, the first of each. */
  *all(): Generator<Owner> {
    for (let row = 0; row < this.#count; row++)
      if (((this.#flags[row] ?? 0) & FIRST) !== 0) yield this.#at(row)!;
  }
}

/** The names in the column that names files, written with either slash, from the records' folder or from the root. */
export function fileNames(profile: HandoverProfile, names: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let i = 0; i <= names.length; i++)
    if (i === names.length || profile.nameSeparators.includes(names[i]!)) {
      parts.push(names.slice(from, i));
      from = i + 1;
    }
  return parts.flatMap((part) => {
    const path = part
      .trim()
      .replaceAll('\\', '/')
      .replace(/^\.?\/+|\/+$/g, '');
    const below = path.startsWith(`${profile.records}/`) ? path.slice(profile.records.length + 1) : path;
    return below === '' ? [] : [below];
  });
}

const withoutExtension = (name: string) => name.replace(/(?<=.)\.[^.]+$/, '');
