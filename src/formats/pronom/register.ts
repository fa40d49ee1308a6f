import { type ContainerHit, ContainerMatcher } from './containers/index.ts';
import { Matcher, type SignatureHit } from './matching/index.ts';
import type { Effort, Found } from './matching/sequence.ts';
import type { Held } from './source.ts';
import type { ContainerKind, ContainerSignature, Format, Match, Signature } from './types.ts';

/** What is known about formats: a signature file's content, or the built-in table's. */
export interface Knowledge {
  readonly formats: readonly Format[];
  readonly signatures: readonly Signature[];
  readonly containers: readonly ContainerSignature[];
  /** Formats told by bytes whose inside is looked at. */
  readonly triggers: ReadonlyMap<string, ContainerKind>;
}

/** A format with why. */
export interface Hit {
  readonly format: Format;
  readonly basis: string;
}

export const matchOf = ({ format: { puid, name, version, mime }, basis }: Hit): Match => ({
  puid,
  name,
  version,
  mime,
  basis,
});

const placeOf = ({ offset, length }: Found) => `${offset}, ${length}`;

/** Knowledge made ready to be asked: by bytes, by what is inside, by name. */
export class Register {
  readonly #matcher: Matcher;
  readonly #containers: ContainerMatcher;
  readonly #bySignature = new Map<string, Format[]>();
  readonly #byPuid = new Map<string, Format>();
  readonly #byExtension = new Map<string, Format[]>();
  readonly #triggers: ReadonlyMap<string, ContainerKind>;
  readonly #order = new Map<string, number>();

  constructor({ formats, signatures, containers, triggers }: Knowledge) {
    this.#triggers = triggers;
    for (const [i, format] of formats.entries()) {
      this.#order.set(format.puid, i);
      this.#byPuid.set(format.puid, format);
      for (const id of format.signatureIds) put(this.#bySignature, id, format);
      for (const extension of format.extensions) put(this.#byExtension, extension, format);
    }
    // A signature that belongs to no format can be found and says nothing.
    this.#matcher = new Matcher(signatures.filter((s) => this.#bySignature.has(s.id)));
    this.#containers = new ContainerMatcher(containers);
  }

  format(puid: string): Format | undefined {
    return this.#byPuid.get(puid);
  }

  /** Formats whose bytes are there, or what is inside, without those that others of them outrank. */
  async byContent(source: Held, most: number, effort: Effort): Promise<Hit[]> {
    const hits = new Map<string, Hit>();
    for (const hit of this.#matcher.find(source.windows, effort)) this.#note(hits, hit);
    const inside = await this.#inside(source, [...hits.keys()], most, effort);
    return this.#outranking(inside.size > 0 ? inside : hits);
  }

  /** Formats that are written with this ending. */
  byExtension(extension: string): readonly Format[] {
    return this.#byExtension.get(extension) ?? [];
  }

  #note(hits: Map<string, Hit>, { signature, found }: SignatureHit): void {
    for (const format of this.#bySignature.get(signature.id) ?? []) {
      if (hits.has(format.puid)) continue;
      hits.set(format.puid, { format, basis: `byte match at ${found.map(placeOf).join(' and ')}` });
    }
  }

  async #inside(
    source: Held,
    puids: readonly string[],
    most: number,
    effort: Effort,
  ): Promise<Map<string, Hit>> {
    const kinds = new Set(puids.flatMap((puid) => this.#triggers.get(puid) ?? []));
    const hits = new Map<string, Hit>();
    for (const kind of kinds) {
      for (const { signature, basis } of await this.#look(source, kind, most, effort)) {
        const format = this.#byPuid.get(signature.puid);
        if (format && !hits.has(format.puid)) hits.set(format.puid, { format, basis });
      }
    }
    return hits;
  }

  async #look(source: Held, kind: ContainerKind, most: number, effort: Effort): Promise<ContainerHit[]> {
    return (await this.#containers.find(source, kind, most, effort)) ?? [];
  }

  #outranking(hits: ReadonlyMap<string, Hit>): Hit[] {
    const lower = new Set([...hits.values()].flatMap(({ format }) => format.over));
    return [...hits.values()]
      .filter(({ format }) => !lower.has(format.id))
      .sort((a, b) => this.#order.get(a.format.puid)! - this.#order.get(b.format.puid)!);
  }
}

function put<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
