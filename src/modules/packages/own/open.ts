import type { Readable } from 'node:stream';
import type { FileTree } from '#formats/tree';
import { type Finding, Refusal } from '#kernel/errors';
import type { ConsignedDocument, ConsignedFile, ConsignedUnit, Consignment } from '../consignment.ts';
import type { Arrived } from '../kinds/kind.ts';
import { jsonLines } from '../lines.ts';
import { bad, errorAt, type FileLine, fileIn, fondsIn, type Said, textOf, unitIn } from './describe.ts';
import { FORMAT, FORMAT_VERSION, type OwnLayout } from './format.ts';

const MOST = 16 * 2 ** 20;

/** The content of a package of ours, by the paths its list of files has. */
export interface OwnContent {
  /** @returns null where there is no such file */
  measure(path: string): Promise<{ bytes: number; sha512: string } | null>;
  open(path: string): Promise<Readable>;
}

/** Content that lies as files in a folder of the tree. */
export function contentIn(tree: FileTree, folder: string): OwnContent {
  const below = tree.below(folder);
  return {
    async measure(path) {
      const entry = await below.entry(path);
      if (entry?.kind !== 'file') return null;
      const digests = await below.digests(path, ['sha512']);
      return { bytes: entry.bytes, sha512: digests.get('sha512') ?? '' };
    },
    open: (path) => below.open(path),
  };
}

/** Whether a package of this kind is one of ours. */
export async function isOwn(tree: FileTree, layout: OwnLayout): Promise<boolean> {
  return (await tree.entry(layout.about))?.kind === 'file';
}

/** Opens a package that we wrote. @throws Refusal ingest.unreadable, ingest.newer */
export async function openOwn(
  tree: FileTree,
  layout: OwnLayout,
  content: OwnContent,
  digest: string,
): Promise<Arrived> {
  const about = await aboutOf(tree, layout.about);
  const lists = Array.isArray(about.lists) ? about.lists.filter((l) => typeof l === 'string') : [];
  async function* linesOf(kind: string): AsyncGenerator<Said> {
    for (const list of lists.filter((l) => l.startsWith(`${kind}-`)))
      yield* jsonLines(await tree.open(`${layout.lists}/${list}`));
  }
  const archive = about.archive as Said | null | undefined;
  const documents = tree.below(layout.documents);
  const consignment: Consignment = {
    archive: archive ? { code: textOf(archive, 'code'), name: textOf(archive, 'name') } : null,
    title: textOf(about, 'title'),
    async *fonds() {
      for await (const line of linesOf('fonds')) yield fondsIn(line);
    },
    async *units() {
      const files = linesOf('files')[Symbol.asyncIterator]();
      let next = await fileAfter(files);
      for await (const line of linesOf('units')) {
        const { folder, ...unit } = unitIn(line);
        const more = () => (next !== null && next.unit === unit.key ? next : null);
        async function* own(): AsyncGenerator<ConsignedFile> {
          for (let file = more(); file; file = more()) {
            const { path } = file;
            next = await fileAfter(files);
            yield { ...file, ending: '', open: () => content.open(path) };
          }
        }
        yield {
          ...unit,
          hasFiles: more() !== null,
          files: own,
          documents: () => documentsIn(documents, folder),
        } satisfies ConsignedUnit;
        while (more()) next = await fileAfter(files);
      }
      if (next) throw bad(`the file ${next.path} is of no entry, or out of order.`);
    },
  };
  return { consignment, own: true, digest, judge: () => compare(content, linesOf('files')) };
}

async function aboutOf(tree: FileTree, path: string): Promise<Said> {
  const entry = await tree.entry(path);
  if (!entry || entry.bytes > MOST) throw bad(`${path} is missing or too large.`);
  const chunks: Buffer[] = [];
  for await (const chunk of await tree.open(path)) chunks.push(chunk as Buffer);
  let about: unknown;
  try {
    about = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw bad(`${path} is no JSON.`);
  }
  if (typeof about !== 'object' || about === null || (about as Said).format !== FORMAT)
    throw bad(`${path} is of another format.`);
  if (Number((about as Said).version) > FORMAT_VERSION)
    throw new Refusal('ingest.newer', 'The package was written by a newer version of Lantai.');
  return about as Said;
}

async function fileAfter(lines: AsyncIterator<Said>): Promise<FileLine | null> {
  const { value, done } = await lines.next();
  return done ? null : fileIn(value);
}

async function* documentsIn(tree: FileTree, folder: string | null): AsyncGenerator<ConsignedDocument> {
  if (folder === null) return;
  const below = tree.below(folder);
  for await (const { path, kind } of below.entries())
    if (kind === 'file') yield { path, open: () => below.open(path) };
}

/** Compares what the list of files says with the content. */
async function* compare(content: OwnContent, lines: AsyncIterable<Said>): AsyncGenerator<Finding> {
  for await (const line of lines) {
    const { path, bytes, sha512 } = fileIn(line);
    const there = await content.measure(path);
    if (!there)
      yield errorAt(
        path,
        'ingest.missingFile',
        'The list of files names it, and it is not among the content.',
      );
    else if (there.bytes !== bytes || there.sha512 !== sha512)
      yield errorAt(path, 'ingest.otherFile', 'It is not the file that the list of files speaks of.');
  }
}
