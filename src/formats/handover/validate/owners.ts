import type { HandoverProfile } from '../profile.ts';

/** What a catalogue's row speaks of, and what was found for it. */
export interface Owner {
  readonly level: 'item' | 'volume';
  readonly code: string;
  readonly title: string;
  /** 页数, where the row says it. */
  readonly pages: string;
  /** The row: file and line. */
  readonly place: string;
  files: number;
  metadata: number;
}

/** All rows by what names their files: some hundred bytes a row, so that a hundred thousand are no matter. */
export class Owners {
  readonly #byName = new Map<string, Owner>();
  readonly #codes = new Map<string, Owner>();
  readonly #prefix: string;
  readonly #profile: HandoverProfile;
  items = 0;
  volumes = 0;

  constructor(profile: HandoverProfile) {
    this.#profile = profile;
    this.#prefix = profile.records === '' ? '' : `${profile.records}/`;
  }

  /** @returns false where there is a row of this reference code and level already */
  add(owner: Owner, names: string): boolean {
    if (owner.level === 'item') this.items++;
    else this.volumes++;
    const key = `${owner.level}\n${owner.code}`;
    const isNew = owner.code === '' || !this.#codes.has(key);
    if (owner.code !== '' && isNew) this.#codes.set(key, owner);
    for (const name of this.#namesOf(owner, names))
      if (!this.#byName.has(name)) this.#byName.set(name, owner);
    return isNew;
  }

  #namesOf(owner: Owner, names: string): string[] {
    if (this.#profile.filesBy === 'code') return owner.code === '' ? [] : [owner.code];
    return fileNames(this.#profile, names);
  }

  byCode(code: string): Owner | undefined {
    return this.#codes.get(`item\n${code}`) ?? this.#codes.get(`volume\n${code}`);
  }

  /** Whose a file is: by its own path or name, or by the nearest folder a row names; a volume only where no item claims it. */
  ownerOf(path: string): { owner: Owner; volume?: Owner } | undefined {
    if (!path.startsWith(this.#prefix)) return undefined;
    let volume: Owner | undefined;
    let at = path.slice(this.#prefix.length);
    for (let isFile = true; at !== ''; isFile = false) {
      const name = at.slice(at.lastIndexOf('/') + 1);
      const owner =
        this.#named(at) ?? this.#named(name) ?? (isFile ? this.#named(withoutExtension(name)) : undefined);
      if (owner?.level === 'item') return { owner, ...(this.#around(at, volume) ?? {}) };
      volume ??= owner;
      at = at.slice(0, Math.max(0, at.lastIndexOf('/')));
    }
    return volume && { owner: volume };
  }

  #around(item: string, found: Owner | undefined): { volume: Owner } | undefined {
    if (found) return { volume: found };
    for (let at = item.slice(0, Math.max(0, item.lastIndexOf('/'))); at !== ''; ) {
      const owner = this.#named(at) ?? this.#named(at.slice(at.lastIndexOf('/') + 1));
      if (owner?.level === 'volume') return { volume: owner };
      at = at.slice(0, Math.max(0, at.lastIndexOf('/')));
    }
    return undefined;
  }

  #named(name: string): Owner | undefined {
    return this.#byName.get(name);
  }

  all(): Iterable<Owner> {
    return this.#codes.values();
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
