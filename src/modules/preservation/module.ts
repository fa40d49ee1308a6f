import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { createStorageRoot, filesystemStore, type OcflRepository, openRepository } from '#formats/ocfl';
import type { NotDrawn } from '#formats/ofd';
import { type Actor, scopeOf } from '#kernel/actor';
import type { AuditActor, AuditTrail } from '#kernel/audit';
import type { DigestPool } from '#kernel/checksums';
import type { Clock } from '#kernel/clock';
import type { Database, Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { type HeldUnit, type HoldOutcome, holdContent } from './commands/hold.ts';
import { type Content, contentOf, type Page, pagesOf, setNotDrawn } from './store/content.ts';
import type { ObjectOwner } from './store/objects.ts';
import { createObjectWriting } from './writing.ts';

export interface PreservationDeps {
  db: Database;
  clock: Clock;
  newId(): string;
  audit: AuditTrail;
  digests: DigestPool;
  /** The OCFL storage root. */
  storage: string;
  attachObject(tx: Tx, unitId: string, objectId: string, pageCount: number): Promise<void>;
}

/** A held file that can be read by its path (checked when it was written; `verified` streams check again). */
export interface HeldFile extends Content {
  path: string;
}

export type Preservation = Awaited<ReturnType<typeof openPreservation>>;

/** Opens the storage root (making it when missing) and clears away what killed writers left there. */
export async function openPreservation(deps: PreservationDeps) {
  const { storage } = deps;
  await mkdir(storage, { recursive: true });
  // Drafts lie beside the root on the same file system, so that publishing is one rename.
  const store = filesystemStore({ root: storage, staging: `${storage}.staging`, pool: deps.digests });
  await createStorageRoot(store);
  const repository: OcflRepository = await openRepository({ store });
  const swept = await repository.sweepStaging();
  const writing = createObjectWriting({ db: deps.db, repository, clock: deps.clock });
  const settled = await writing.settle();

  async function located(content: Content): Promise<HeldFile> {
    const object = await repository.getObject(content.objectId);
    const file = object.files().find((f) => f.logicalPath === content.logicalPath);
    if (!file) throw new Error(`object ${content.objectId} lacks ${content.logicalPath}`);
    return { ...content, path: join(storage, object.path, file.contentPath) };
  }

  return {
    repository,
    /** The one way to write objects. */
    writing,
    swept,
    /** Objects found written and not entered. */
    settled,
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
      const found = await deps.db.as(scopeOf(actor), async (tx) => {
        const page = (await pagesOf(tx, unitId)).find((p) => p.pageNo === pageNo);
        const content = page && (await contentOf(tx, unitId)).find((c) => c.ordinal === page.ordinal);
        return page && content ? { page, content } : undefined;
      });
      if (!found) throw new Refusal('page.notFound', 'There is no such page.');
      return { page: found.page, file: await located(found.content) };
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
      const content = (await deps.db.as(scopeOf(actor), (tx) => contentOf(tx, unitId))).find(
        (c) => c.ordinal === ordinal,
      );
      if (!content) throw new Refusal('content.notFound', 'There is no such file.');
      return located(content);
    },
    /** A held file's bytes, digested on the way: the stream fails at its end when they are not what was taken in. */
    async verified(file: Content): Promise<Readable> {
      return (await repository.openFile(file.objectId, file.logicalPath, { verify: true })).stream;
    },
    hold: (
      actor: AuditActor,
      units: readonly HeldUnit[],
      after: (tx: Tx, unit: HeldUnit, pageCount: number) => Promise<void>,
    ): Promise<HoldOutcome[]> => holdContent({ ...deps, repository, writing }, actor, units, after),
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
  };
}
