import type { Bag } from '#formats/bagit';
import type { FileTree } from '#formats/tree';
import { type Finding, Refusal } from '#kernel/errors';
import type { FormerCode } from '#modules/holdings';
import type {
  ConsignedDocument,
  ConsignedFile,
  ConsignedFonds,
  ConsignedUnit,
  Consignment,
} from '../../consignment.ts';
import { jsonLines } from '../../lines.ts';
import type { Arrived } from '../kind.ts';
import { DOCUMENTS, FORMAT, FORMAT_VERSION, LISTS, PACKAGE } from './names.ts';

const MOST = 16 * 2 ** 20;

type Said = Record<string, unknown>;

const bad = (what: string) =>
  new Refusal('ingest.unreadable', `What the package says of its entries can not be read: ${what}`);

function textOf(of: Said, name: string): string {
  const value = of[name];
  if (typeof value !== 'string') throw bad(`${name} is missing or no text.`);
  return value;
}
const textOrNull = (of: Said, name: string): string | null =>
  of[name] === null || of[name] === undefined ? null : textOf(of, name);

interface FileLine {
  unit: string;
  path: string;
  name: string;
  nameBytes: Buffer;
  mediaType: string | null;
  bytes: number;
  sha512: string;
}

/** A bag that we wrote. @throws Refusal ingest.unreadable, ingest.newer */
export async function openOwnBag(tree: FileTree, bag: Bag, digest: string): Promise<Arrived> {
  const about = await aboutOf(tree);
  const lists = Array.isArray(about.lists) ? about.lists.filter((l) => typeof l === 'string') : [];
  async function* linesOf(kind: string): AsyncGenerator<Said> {
    for (const list of lists.filter((l) => l.startsWith(`${kind}-`)))
      yield* jsonLines(await tree.open(`${LISTS}/${list}`));
  }
  const archive = about.archive as Said | null | undefined;
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
        const unit = unitIn(line);
        const more = () => (next !== null && next.unit === unit.key ? next : null);
        async function* own(): AsyncGenerator<ConsignedFile> {
          for (let file = more(); file; file = more()) {
            next = await fileAfter(files);
            yield { ...file, ending: '', open: () => tree.open(`data/${(file as FileLine).path}`) };
          }
        }
        const place = next?.unit === unit.key ? next.path.slice(0, next.path.lastIndexOf('/')) : null;
        yield {
          ...unit,
          hasFiles: place !== null,
          files: own,
          async *documents() {
            if (place !== null) yield* documentsIn(tree, `${DOCUMENTS}/${place}`);
          },
        } satisfies ConsignedUnit;
        for (; more(); ) next = await fileAfter(files);
      }
      if (next) throw bad(`the file ${next.path} is of no entry, or out of order.`);
    },
  };
  return {
    consignment,
    own: true,
    digest,
    judge: () => compareLists(tree, bag, linesOf('files')),
  };
}

async function aboutOf(tree: FileTree): Promise<Said> {
  const entry = await tree.entry(PACKAGE);
  if (!entry || entry.bytes > MOST) throw bad(`${PACKAGE} is missing or too large.`);
  const chunks: Buffer[] = [];
  for await (const chunk of await tree.open(PACKAGE)) chunks.push(chunk as Buffer);
  let about: unknown;
  try {
    about = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw bad(`${PACKAGE} is no JSON.`);
  }
  if (typeof about !== 'object' || about === null || (about as Said).format !== FORMAT)
    throw bad(`${PACKAGE} is of another format.`);
  if (Number((about as Said).version) > FORMAT_VERSION)
    throw new Refusal('ingest.newer', 'The package was written by a newer version of Lantai.');
  return about as Said;
}

async function fileAfter(lines: AsyncIterator<Said>): Promise<FileLine | null> {
  const { value, done } = await lines.next();
  return done ? null : fileIn(value);
}

function fileIn(line: Said): FileLine {
  const name = textOf(line, 'name');
  const sha512 = textOf(line, 'sha512');
  const { bytes } = line;
  if (typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes < 0) throw bad('bytes is no size.');
  if (!/^[0-9a-f]{128}$/.test(sha512)) throw bad('sha512 is no digest.');
  const given = textOrNull(line, 'nameBytes');
  return {
    ...{ unit: textOf(line, 'unit'), path: textOf(line, 'path'), name, bytes, sha512 },
    nameBytes: given === null ? Buffer.from(name, 'utf8') : Buffer.from(given, 'base64'),
    mediaType: textOrNull(line, 'mediaType'),
  };
}

function fondsIn(line: Said): ConsignedFonds {
  const agency = line.agency as Said | null | undefined;
  return {
    ...{ number: textOf(line, 'number'), name: textOf(line, 'name'), dates: textOrNull(line, 'dates') },
    ...{ history: textOrNull(line, 'history'), custody: textOrNull(line, 'custody') },
    scope: textOrNull(line, 'scope'),
    agency: agency ? { code: textOf(agency, 'code'), name: textOf(agency, 'name') } : null,
  };
}

function unitIn(line: Said): Omit<ConsignedUnit, 'hasFiles' | 'files' | 'documents'> {
  const { row, formerCodes } = line;
  if (typeof row !== 'object' || row === null || Array.isArray(row)) throw bad('an entry has no row.');
  if (!Array.isArray(formerCodes)) throw bad('an entry has no list of former codes.');
  return {
    ...{ key: textOf(line, 'key'), parentKey: textOrNull(line, 'parent'), fonds: textOf(line, 'fonds') },
    row: row as Said,
    formerCodes: formerCodes.map((c: Said): FormerCode => {
      const at = textOf(c, 'at');
      if (Number.isNaN(Date.parse(at))) throw bad('the time of a former code.');
      return { at, code: textOf(c, 'code'), basis: textOf(c, 'basis'), actorName: textOf(c, 'actorName') };
    }),
  };
}

async function* documentsIn(tree: FileTree, folder: string): AsyncGenerator<ConsignedDocument> {
  const below = tree.below(folder);
  for await (const { path, kind } of below.entries())
    if (kind === 'file') yield { path, open: () => below.open(path) };
}

/**
 * Compares what the list of files says with the manifest of the bag, which was compared with the bytes. Both are in one
 * order where we wrote them; otherwise each file is digested again.
 */
async function* compareLists(tree: FileTree, bag: Bag, lines: AsyncIterable<Said>): AsyncGenerator<Finding> {
  const manifest = bag.manifest('sha512')[Symbol.asyncIterator]();
  for await (const line of lines) {
    const file = fileIn(line);
    const path = `data/${file.path}`;
    const entry = await tree.entry(path);
    const error = (code: string, message: string): Finding => ({ code, severity: 'error', path, message });
    if (entry?.kind !== 'file') {
      yield error('ingest.missingFile', 'The list of files names it, and it is not in the payload.');
      continue;
    }
    const { value, done } = await manifest.next();
    const digest =
      !done && value.path === path ? value.digest : (await tree.digests(path, ['sha512'])).get('sha512');
    if (digest !== file.sha512 || entry.bytes !== file.bytes)
      yield error('ingest.otherFile', 'It is not the file that the list of files speaks of.');
  }
}
