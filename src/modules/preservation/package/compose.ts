import { type NewFile, nextVersion } from '#formats/ocfl';
import type { Digests } from '#kernel/checksums';
import { type Counts, filesDocument, premisFilesDocument } from './documents.ts';
import { checkPath, filesPath, jsonText, OLD_FILES, PART, premisFilesPath } from './format.ts';
import type { OpenedPackage } from './read.ts';
import {
  type FileAt,
  type FileRecord,
  type FoundFormat,
  type IncomingFacts,
  type IncomingFile,
  type IntakeCheck,
  identity,
  recordOf,
} from './records.ts';
import { type Source, type Spool, textOf } from './spool.ts';

/** Tells the format of a file that comes in. */
export type IdentifyFile = (file: FileAt & Pick<IncomingFacts, 'name'>) => Promise<FoundFormat | undefined>;

/** The files of an object's next version, and the documents that speak of them. */
export interface Composed {
  version: string;
  files: NewFile[];
  remove: string[];
  counts: Counts;
  before: Counts;
  /** Checks that every new file passed. */
  checked: readonly string[];
  /** Records of the new files, in order. */
  added(): AsyncGenerator<FileRecord>;
}

export const versionAfter = (held: Pick<OpenedPackage, 'head'> | null): string =>
  held ? (nextVersion(held.head) ?? held.head) : 'v1';

/**
 * Gives incoming files their places behind those the object holds, and writes the documents of the parts that change.
 * What is held already gets no second place, so that taking the same files in twice changes nothing. (The store keeps
 * equal bytes once, whatever their names.) Of what comes in, one part is in memory.
 */
export async function composeFiles(
  unitId: string,
  held: OpenedPackage | null,
  incoming: AsyncIterable<IncomingFile> | Iterable<IncomingFile>,
  spool: Spool,
  at: Date,
  identify?: IdentifyFile,
): Promise<Composed> {
  const version = versionAfter(held);
  const documents = partDocuments(unitId, spool);
  const reports = intakeReports(version, spool, at);
  const known = new Set<string>();
  const before: Counts = { files: 0, pages: 0 };
  // An older layout has no parts: all of them are written now. Otherwise the last one goes on.
  const carriedFrom = held && held.format > 0 ? Math.floor((held.about?.files ?? 0) / PART) * PART : 0;
  documents.startAt(carriedFrom);
  if (held)
    for await (const record of held.files()) {
      before.files++;
      before.pages += record.pages.length;
      known.add(identity(record.name, record.sha512));
      if (record.ordinal > carriedFrom) await documents.add(record);
    }
  const counts = { ...before };
  const files: NewFile[] = [];
  let checked: Set<string> | undefined;
  for await (const file of incoming) {
    const same = identity(file.name, file.digests.sha512 ?? '');
    if (known.has(same)) continue;
    known.add(same);
    const record = recordOf(file, ++counts.files, at, await identify?.(file));
    counts.pages += record.pages.length;
    await documents.add(record);
    await reports.add(record, file.checks);
    const passed = new Set(file.checks?.flatMap((c) => (c.outcome === 'passed' ? c.check : [])));
    checked = checked ? checked.intersection(passed) : passed;
    files.push(new ContentFile(record, file.content ?? file.path));
  }
  const parts = await documents.done();
  files.push(...parts.flatMap((p) => p.files), ...(await reports.done()));
  return {
    version,
    files,
    remove:
      held?.format === 0 && held.object.files().some((f) => f.logicalPath === OLD_FILES) ? [OLD_FILES] : [],
    counts,
    before,
    checked: [...(checked ?? [])],
    async *added() {
      for (const { records } of parts)
        for (const record of (JSON.parse(await textOf(records)) as { files: FileRecord[] }).files)
          if (record.ordinal > before.files) yield record;
    },
  };
}

/** A content file to be written. Of a hundred thousand of them all are in memory, so each is kept small. */
class ContentFile implements NewFile {
  readonly logicalPath: string;
  readonly #at: string | Uint8Array;
  /** Their bytes, a character each: half of what hexadecimal takes. */
  readonly #digests: string;
  constructor(record: FileRecord, at: string | Uint8Array) {
    this.logicalPath = record.path;
    this.#at = at;
    this.#digests = Buffer.from(record.sha512 + record.sha256, 'hex').toString('latin1');
  }
  get source() {
    return typeof this.#at === 'string' ? { path: this.#at } : { bytes: this.#at };
  }
  get expect(): Digests {
    const hex = Buffer.from(this.#digests, 'latin1').toString('hex');
    return { sha512: hex.slice(0, 128), sha256: hex.slice(128) };
  }
}

interface Part {
  records: Source;
  files: NewFile[];
}

/** Turns records, in order, into the documents of their parts. */
function partDocuments(unitId: string, spool: Spool) {
  const parts: Part[] = [];
  let part = 1;
  let records: FileRecord[] = [];
  const close = async () => {
    const list = await spool.keep(filesDocument(part, records));
    const premis = await spool.keep(premisFilesDocument(unitId, records));
    parts.push({
      records: list,
      files: [
        { logicalPath: filesPath(part), source: list },
        { logicalPath: premisFilesPath(part), source: premis },
      ],
    });
    part++;
    records = [];
  };
  return {
    startAt(files: number) {
      part = files / PART + 1;
    },
    async add(record: FileRecord) {
      records.push(record);
      if (records.length === PART) await close();
    },
    async done(): Promise<Part[]> {
      if (records.length > 0) await close();
      return parts;
    },
  };
}

/** What was looked at when files came in; no report where nobody says. */
function intakeReports(version: string, spool: Spool, at: Date) {
  const files: NewFile[] = [];
  let list: { path: string; checks: readonly IntakeCheck[] }[] = [];
  const close = async () => {
    const report = { report: 'intake', version, at: at.toISOString(), files: list };
    files.push({
      logicalPath: checkPath(version, 'intake', files.length + 1),
      source: await spool.keep(jsonText(report)),
    });
    list = [];
  };
  return {
    async add({ path }: FileRecord, checks: readonly IntakeCheck[] | undefined) {
      if (!checks) return;
      list.push({ path, checks });
      if (list.length === PART) await close();
    },
    async done(): Promise<NewFile[]> {
      if (list.length > 0) await close();
      return files;
    },
  };
}
