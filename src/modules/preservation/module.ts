import { createReadStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import {
  createStorageRoot,
  type OcflRepository,
  openRepository,
  openStore,
  type StoreLocation,
  type StoreReader,
} from '#formats/ocfl';
import type { NotDrawn } from '#formats/ofd';
import { createIdentifierPool, type IdentifierConfig } from '#formats/pronom';
import { type Actor, scopeOf } from '#kernel/actor';
import type { AuditActor, AuditTrail } from '#kernel/audit';
import type { DigestName, DigestPool } from '#kernel/checksums';
import type { Clock } from '#kernel/clock';
import type { Database, Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { allDone, gathering } from '#kernel/gather';
import type { Jobs } from '#kernel/jobs';
import type { Log } from '#kernel/log';
import { takeUpFound } from './commands/found.ts';
import {
  type AfterHold,
  type HeldUnit,
  type HoldDeps,
  type HoldOutcome,
  holdContent,
} from './commands/hold.ts';
import { keepReports, type UnitReport } from './commands/keepReports.ts';
import { packageRenewal } from './commands/renewPackages.ts';
import { saveDueTexts } from './commands/saveTexts.ts';
import { createContentCache } from './contentCache.ts';
import { createTools } from './formats/convert/tools.ts';
import type { ConversionRules } from './formats/deps.ts';
import { identifyHeld } from './formats/identifyHeld.ts';
import { createIdentifying, type ToIdentify } from './formats/identifying.ts';
import { createFormats } from './formats/module.ts';
import type { UnitSnapshot } from './package/documents.ts';
import { clearScratch } from './package/spool.ts';
import type { ReadText } from './package/texts.ts';
import { createObjectReading } from './reading/reading.ts';
import {
  type Content,
  contentAt,
  contentOf,
  type Page,
  pagePlaces,
  pagesOf,
  pageWithContent,
  setNotDrawn,
} from './store/content.ts';
import type { ObjectOwner } from './store/objects.ts';
import { noteDue, noteDueNow } from './store/textDue.ts';
import { type OpenStore, quarantineOf } from './stores/openStore.ts';
import { createTextSaver } from './textSaver.ts';
import { createObjectWriting } from './writing.ts';

export interface PreservationDeps {
  db: Database;
  clock: Clock;
  newId(): string;
  audit: AuditTrail;
  digests: DigestPool;
  /** Where the OCFL storage root lies. */
  storage: StoreLocation;
  /** Digests of new content beside sha512 (default sha256). */
  fixity?: readonly DigestName[];
  /** Local copies of held files, where the storage root has no paths. */
  cache: { folder: string; bytes: number };
  attachObjects: HoldDeps['attachObjects'];
  log: Log;
  /** Units as their objects keep them. */
  snapshots(tx: Tx, ids: readonly string[]): Promise<Map<string, UnitSnapshot>>;
  /** Texts of a unit's pages by their numbers, both included, in order. */
  texts(unitId: string, from: number, to: number): Promise<ReadText[]>;
  /** A folder for what does not fit into memory. */
  scratch: string;
  /** Signatures that formats are told by; the built-in table when absent. */
  signatures?: IdentifierConfig;
}

/** Texts go into their object so long after the last page that was read of a unit, if nobody says it was the last. */
const TEXT_REST_SECONDS = 600;

/** A held file. */
export interface HeldFile extends Content {
  /**
   * Path it can be read by on this machine (checked when it was written, or copied here; `verified` streams check
   * again). Open it soon: a copy may be cleared away some minutes later.
   */
  localPath(): Promise<string>;
}

export type Preservation = Awaited<ReturnType<typeof openPreservation>>;

/** Files whose formats are asked for in one message. */
const IDENTIFIED_TOGETHER = 64;

/** Opens the storage root (making it when missing) and clears away what killed writers left there. */
export async function openPreservation(deps: PreservationDeps) {
  const { storage } = deps;
  if (storage.kind === 'folder') await mkdir(storage.root, { recursive: true });
  const opened = await openStore(storage, { pool: deps.digests });
  const { store } = opened;
  await createStorageRoot(store);
  const repository: OcflRepository = await openRepository({ store, fixity: deps.fixity });
  const swept = await repository.sweepStaging();
  const writing = createObjectWriting({
    db: deps.db,
    repository,
    clock: deps.clock,
    found: (tx, owner) => takeUpFound(tx, repository, owner),
  });
  const settled = await writing.settle();
  await clearScratch(deps.scratch);
  const identifying = createIdentifying(createIdentifierPool(deps.signatures ?? {}, 1), deps.log);
  const holding = {
    ...deps,
    repository,
    writing,
    identify: gathering({
      most: IDENTIFIED_TOGETHER,
      answer: async (files: readonly ToIdentify[]) => allDone(await identifying.identify(files)),
    }),
  };
  const saving = {
    ...holding,
    source: {
      texts: deps.texts,
      places: (unitId: string, from: number, to: number) => pagePlaces(deps.db.owner, unitId, from, to),
    },
  };

  const copies = createContentCache({ folder: deps.cache.folder, most: deps.cache.bytes });

  /** The cache digests them itself. */
  const bytesOf = async ({ objectId, logicalPath }: Content): Promise<Readable> =>
    (await repository.openFile(objectId, logicalPath)).stream;
  /** A held file's bytes, digested on the way: the stream fails at its end when they are not what was taken in. */
  async function verified({ objectId, logicalPath }: Content): Promise<Readable> {
    return (await repository.openFile(objectId, logicalPath, { verify: true })).stream;
  }
  const located = (content: Content): HeldFile => ({
    ...content,
    async localPath() {
      if (storage.kind === 's3') return copies.pathOf(content, () => bytesOf(content));
      const { objectId, logicalPath } = content;
      const place =
        content.contentPath ?? (await repository.getObject(objectId)).file(logicalPath).contentPath;
      return opened.localPath(`${repository.pathOf(objectId)}/${place}`) ?? '';
    },
  });

  return {
    repository,
    /** The storage root itself, for walking it. */
    root: store as StoreReader,
    /** The one way to write objects. */
    writing,
    swept,
    /** The storage root as one of the stores that hold copies. */
    main: {
      store,
      repository,
      close: () => {},
      folder: storage.kind === 'folder' ? storage.root : null,
      quarantine: storage.kind === 'folder' ? quarantineOf(storage.root) : null,
    } satisfies OpenStore,
    /** How objects are held, for staff. */
    reading: createObjectReading({ db: deps.db, repository, reader: store }),
    /** Objects found written and not entered. */
    settled,
    /** Takes the local copy of a held file out. For disposal alone. */
    forgetCopy: (file: { sha512: string }): Promise<void> => copies.forget(file),
    /** Files held for a unit, in order. */
    contents: (actor: Actor, unitId: string): Promise<Content[]> =>
      deps.db.as(scopeOf(actor), (tx) => contentOf(tx, unitId)),
    /** Pages of a unit, in order; nothing where the actor may not see it. */
    pages: (actor: Actor, unitId: string): Promise<Page[]> =>
      deps.db.as(scopeOf(actor), (tx) => pagesOf(tx, unitId)),
    /**
     * The held file a page is in, by path.
     *
     * @throws Refusal page.notFound, also when the actor may not see it
     */
    async pageFile(actor: Actor, unitId: string, pageNo: number): Promise<{ page: Page; file: HeldFile }> {
      const found = await deps.db.as(scopeOf(actor), (tx) => pageWithContent(tx, unitId, pageNo));
      if (!found) throw new Refusal('page.notFound', 'There is no such page.');
      return { page: found.page, file: located(found.content) };
    },
    /** Keeps, in the transaction given or in one of its own, what the pictures of pages do not show. */
    noteNotDrawn: (
      unitId: string,
      pages: readonly { pageNo: number; notDrawn: readonly NotDrawn[] }[],
      tx?: Tx,
    ): Promise<void> =>
      tx ? setNotDrawn(tx, unitId, pages) : deps.db.system((own) => setNotDrawn(own, unitId, pages)),
    /** A held file by its ordinal. @throws Refusal content.notFound */
    async file(actor: Actor, unitId: string, ordinal: number): Promise<HeldFile> {
      const content = await deps.db.as(scopeOf(actor), (tx) => contentAt(tx, unitId, ordinal));
      if (!content) throw new Refusal('content.notFound', 'There is no such file.');
      return located(content);
    },
    verified,
    /** A held file's bytes for handing out: from the folder as they lie there, from elsewhere digested on the way. */
    stream: async (file: HeldFile): Promise<Readable> =>
      storage.kind === 's3' ? verified(file) : createReadStream(await file.localPath()),
    hold: (actor: AuditActor, units: readonly HeldUnit[], after: AfterHold): Promise<HoldOutcome[]> =>
      holdContent(holding, actor, units, after),
    /** Keeps reports in their objects, a version each. @throws Refusal report.badName, unit.notHeld */
    keepReports: (actor: AuditActor, reports: readonly UnitReport[]) => keepReports(holding, actor, reports),
    /** Pages of a unit were read: their texts go into its object when it rests. */
    noteText: (tx: Tx, unit: { id: string; archiveId: string }): Promise<void> =>
      noteDue(tx, unit, TEXT_REST_SECONDS),
    /** No more is being read of a unit: what was is saved soon. */
    noteTextDone: (tx: Tx, unitId: string): Promise<void> => noteDueNow(tx, unitId),
    /** Saves the texts whose time has come, now. @returns objects that got a version */
    saveTexts: (signal?: AbortSignal): Promise<number> => saveDueTexts(saving, signal),
    textSaver: createTextSaver(deps.db, deps.log, async (signal) => {
      await writing.settle();
      return saveDueTexts(saving, signal);
    }),
    /** Gives objects of older layouts the present one. */
    renewal: packageRenewal(saving),
    /** The register of formats of all archives. */
    formatRegister: (jobs: Jobs, rules: ConversionRules) =>
      createFormats({
        ...holding,
        jobs,
        rules,
        identifying,
        tools: createTools(rules.commands, deps.scratch),
      }),
    /** Tells the formats of what was taken in before anybody looked. */
    identification: identifyHeld({
      db: deps.db,
      log: deps.log,
      identifying,
      async localPath({ unitId, ordinal }) {
        const content = await contentAt(deps.db.owner, unitId, ordinal);
        if (!content) throw new Refusal('content.notFound', 'There is no such file.');
        return located(content).localPath();
      },
    }),
    /** Keeps an archive's public certificates among the holdings: who has the root can verify what was signed. */
    async keepCertificates(
      owner: { id: string | null; code: string; name: string },
      pem: string,
    ): Promise<void> {
      const object: ObjectOwner = {
        objectId: `urn:lantai:certificates:${owner.code}`,
        kind: 'certificates',
        archiveId: owner.id,
        unitId: null,
      };
      const next = {
        files: [{ logicalPath: 'certificates.pem', source: { bytes: Buffer.from(pem, 'utf8') } }],
        message: `public certificates of ${owner.name}`,
        user: { name: 'lantai', address: 'urn:lantai:system' },
        created: deps.clock.now(),
      };
      const [outcome] = await writing.put([{ ...object, next }]);
      if (!outcome || 'error' in outcome) throw outcome?.error;
      await deps.db.system((tx) => writing.enter(tx, object, outcome.result));
    },
    async close(): Promise<void> {
      opened.close();
      await identifying.close();
    },
  };
}
