import { type AltoPage, readAlto } from '#formats/alto';
import {
  type ObjectFile,
  type ObjectSource,
  type OcflObject,
  type OcflRepository,
  versionNumber,
} from '#formats/ocfl';
import { readPremisEvents } from '#formats/premis';
import { isRefusal, Refusal } from '#kernel/errors';
import type { PreservationEvent } from '../store/events.ts';
import type { DerivativeRecord } from './derivatives.ts';
import type { ObjectDocument } from './documents.ts';
import { eventOf } from './events.ts';
import { FORMAT, FORMAT_VERSION, filesPath, OBJECT, OLD_FILES, textPath } from './format.ts';
import type { FileRecord } from './records.ts';

/** The text of a page as its object keeps it. */
export interface PackagedText {
  /** The file it stands in, from 1. */
  ordinal: number;
  /** Page within the file, from 1. */
  filePage: number;
  /** Page of the unit, from 1. */
  pageNo: number;
  page: AltoPage;
}

/** An object of a unit, opened. What grows with it is streamed; every byte is checked while it is read. */
export interface OpenedPackage {
  objectId: string;
  head: string;
  /** Version of the format; 0: the layout before it. */
  format: number;
  object: OcflObject;
  /** What `metadata/object.json` says; null in the layout before. */
  about: ObjectDocument | null;
  /** Files in order. */
  files(): AsyncGenerator<FileRecord>;
  /** Records of one part, from 1. */
  part(number: number): Promise<FileRecord[]>;
  /** Texts of pages that are kept, in order. */
  texts(): AsyncGenerator<PackagedText>;
  /** The text of one page of a file; undefined where none is kept. */
  text(path: string, filePage: number): Promise<AltoPage | undefined>;
  /** What was made of its files, the oldest first. */
  derivatives(): AsyncGenerator<DerivativeRecord>;
  /** What happened to the object when its versions were made, the oldest first. */
  events(): AsyncGenerator<PreservationEvent>;
}

const broken = (objectId: string, why: string, cause?: unknown) =>
  new Refusal('package.damaged', `The object can not be understood: ${why}`, { objectId }, { cause });

const EVENTS = /^metadata\/premis\/events-(v\d+)\.xml$/;
const DERIVATIVES = /^metadata\/derivatives-(v\d+)\.json$/;

/**
 * Opens the object of a unit, of this format or of the layout before it.
 *
 * @returns null where there is no such object
 * @throws Refusal `package.damaged`, `package.newer`, and those of OCFL
 */
export async function openPackage(repository: ObjectSource, objectId: string): Promise<OpenedPackage | null> {
  const object = await repository.getObject(objectId).catch((e: unknown) => {
    if (isRefusal(e) && e.code === 'ocfl.notFound') return null;
    throw e;
  });
  if (!object) return null;
  const state = object.inventory.versions.get(object.head)!.state;

  const bytes = async (path: string): Promise<Buffer> => {
    const there = repository.inMemory?.(object, path);
    if (there) return Buffer.from(there.buffer, there.byteOffset, there.byteLength);
    const { stream } = await repository.openFile(object, path, { verify: true });
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  const json = async <T>(path: string): Promise<T> => {
    try {
      return JSON.parse((await bytes(path)).toString('utf8')) as T;
    } catch (e) {
      if (e instanceof SyntaxError) throw broken(objectId, `${path} is no JSON.`, e);
      throw e;
    }
  };
  const about = state.has(OBJECT) ? await json<ObjectDocument>(OBJECT) : null;
  if (about && about.format !== FORMAT) throw broken(objectId, `${OBJECT} is of another format.`);
  if (about && about.version > FORMAT_VERSION)
    throw new Refusal('package.newer', 'The object was written by a newer version of Lantai.', { objectId });

  /** Documents of which there is one to a version, in the order of these. */
  const ofVersions = (named: RegExp): string[] =>
    [...state.keys()]
      .flatMap((path) => {
        const version = named.exec(path)?.[1];
        return version ? [{ path, number: versionNumber(version) ?? 0 }] : [];
      })
      .sort((a, b) => a.number - b.number)
      .map(({ path }) => path);

  const oldFiles = async (): Promise<FileRecord[]> =>
    state.has(OLD_FILES) ? oldRecords(object, await json(OLD_FILES)) : [];
  const part = async (number: number): Promise<FileRecord[]> => {
    const { files } = await json<{ files: FileRecord[] }>(filesPath(number));
    return files;
  };
  async function* files(): AsyncGenerator<FileRecord> {
    if (about) for (let n = 1; n <= about.parts; n++) yield* await part(n);
    else yield* await oldFiles();
  }
  const text = async (path: string, filePage: number): Promise<AltoPage | undefined> => {
    const alto = `${textPath(path, filePage)}.alto.xml`;
    return state.has(alto) ? readAlto(await bytes(alto)) : undefined;
  };

  return {
    objectId,
    head: object.head,
    format: about?.version ?? 0,
    object,
    about,
    files,
    part,
    text,
    async *texts() {
      let pageNo = 0;
      for await (const { ordinal, path, pages } of files())
        for (let filePage = 1; filePage <= pages.length; filePage++) {
          pageNo++;
          const page = await text(path, filePage);
          if (page) yield { ordinal, filePage, pageNo, page };
        }
    },
    async *derivatives() {
      for (const path of ofVersions(DERIVATIVES))
        yield* (await json<{ derivatives: DerivativeRecord[] }>(path)).derivatives;
    },
    async *events() {
      for (const path of ofVersions(EVENTS)) {
        const { stream } = await repository.openFile(object, path, { verify: true });
        for (const event of await readPremisEvents(stream))
          yield eventOf(event, objectId, about?.archive.id ?? null);
      }
    },
  };
}

/**
 * Reads the object of a unit back: its row, files, pages, texts and events.
 *
 * @throws Refusal `ocfl.notFound` and as `openPackage`
 */
export async function readPackage(repository: OcflRepository, objectId: string): Promise<OpenedPackage> {
  const opened = await openPackage(repository, objectId);
  if (!opened) throw new Refusal('ocfl.notFound', 'There is no such object in the store.', { objectId });
  return opened;
}

type OldRecord = Omit<FileRecord, 'ordinal' | 'heldAt'>;

/** Records of the layout before, with the times of the versions that brought the files. */
function oldRecords(object: OcflObject, { files }: { files: readonly OldRecord[] }): FileRecord[] {
  const created = new Map(object.versions.map((v) => [v.version, new Date(v.created).toISOString()]));
  const places = new Map<string, ObjectFile>(object.files().map((f) => [f.logicalPath, f]));
  return files.map((f, i) => {
    const version = places.get(f.path)?.contentPath.split('/')[0] ?? object.head;
    return { ...f, ordinal: i + 1, heldAt: created.get(version) ?? new Date(0).toISOString() };
  });
}
