import { matchSignature, type Windows } from '../matching/index.ts';
import type { Effort } from '../matching/sequence.ts';
import type { Held } from '../source.ts';
import type { ContainerKind, ContainerSignature, InnerFile } from '../types.ts';
import { openOle } from './ole2.ts';
import { listZip, readZipEntry } from './zip.ts';

export interface ContainerHit {
  readonly signature: ContainerSignature;
  readonly basis: string;
}

const NOTHING: Buffer = Buffer.alloc(0);

/** The files of a container that signatures ask for. */
interface Inside {
  has(path: string): boolean;
  /** The beginning of a file; undefined when it can not be read. */
  read(path: string, most: number): Promise<Windows | undefined>;
}

/** Container signatures of one kind, by the files they ask for. */
export class ContainerMatcher {
  readonly #byKind: Readonly<Record<ContainerKind, readonly ContainerSignature[]>>;
  readonly #names: Readonly<Record<ContainerKind, ReadonlySet<string>>>;

  constructor(signatures: readonly ContainerSignature[]) {
    const of = (kind: ContainerKind) => signatures.filter((s) => s.kind === kind);
    this.#byKind = { ZIP: of('ZIP'), OLE2: of('OLE2') };
    const names = (kind: ContainerKind) =>
      new Set(this.#byKind[kind].flatMap((s) => s.files.map((f) => f.path)));
    this.#names = { ZIP: names('ZIP'), OLE2: names('OLE2') };
  }

  /**
   * Formats whose files are all inside, with the contents wanted.
   *
   * @param most bytes read of each file inside
   * @returns undefined when the container can not be opened
   */
  async find(
    source: Held,
    kind: ContainerKind,
    most: number,
    effort: Effort,
  ): Promise<ContainerHit[] | undefined> {
    const inside = kind === 'ZIP' ? await this.#zip(source) : await ole(source);
    if (!inside) return undefined;
    const contents = new Map<string, Windows | undefined>();
    const content = async (path: string) => {
      if (!contents.has(path)) contents.set(path, await inside.read(path, most));
      return contents.get(path);
    };
    const hits: ContainerHit[] = [];
    for (const signature of this.#byKind[kind]) {
      if (!signature.files.every((f) => inside.has(f.path))) continue;
      const reasons: string[] = [];
      for (const file of signature.files) {
        const reason = await reasonOf(file, content, effort);
        if (reason === undefined) break;
        reasons.push(reason);
      }
      if (reasons.length === signature.files.length)
        hits.push({ signature, basis: `container ${reasons.join('; ')}` });
    }
    return hits;
  }

  async #zip(source: Held): Promise<Inside | undefined> {
    const entries = await listZip(source, this.#names.ZIP);
    return (
      entries && {
        has: (path) => entries.has(path),
        async read(path, most) {
          const entry = entries.get(path);
          const bytes = entry && (await readZipEntry(source, entry, most));
          return bytes && entry && windowsOf(bytes, entry.bytes);
        },
      }
    );
  }
}

async function ole(source: Held): Promise<Inside | undefined> {
  const file = await openOle(source);
  return (
    file && {
      has: (path) => file.entries.has(path),
      async read(path, most) {
        const entry = file.entries.get(path);
        return entry && windowsOf(await file.read(entry, most), entry.bytes);
      },
    }
  );
}

/** What ends beyond what was read has no end to look at. */
function windowsOf(head: Buffer, bytes: number): Windows {
  return head.length >= bytes ? { head, tail: head, bytes: head.length } : { head, tail: NOTHING, bytes };
}

async function reasonOf(
  { path, signatures }: InnerFile,
  content: (path: string) => Promise<Windows | undefined>,
  effort: Effort,
): Promise<string | undefined> {
  if (signatures.length === 0) return `name ${path}`;
  const windows = await content(path);
  if (!windows) return undefined;
  for (const signature of signatures) {
    const found = matchSignature(signature, windows, effort);
    if (found)
      return `name ${path} with byte match at ${found.map((f) => `${f.offset}, ${f.length}`).join(' and ')}`;
  }
  return undefined;
}
