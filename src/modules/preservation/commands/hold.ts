import type { NewFile, OcflRepository } from '#formats/ocfl';
import type { AuditActor, AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Database, Tx } from '#kernel/db';
import { isRefusal } from '#kernel/errors';
import {
  type FileRecord,
  type IncomingFile,
  objectIdOf,
  type PlannedFile,
  planFiles,
} from '../domain/objectFiles.ts';
import { contentOf, insertContent, insertPages, type NewPage } from '../store/content.ts';
import { insertEvents } from '../store/events.ts';
import type { ObjectOwner } from '../store/objects.ts';
import type { ObjectWriting } from '../writing.ts';

/** A unit whose files are to be held, and what the object shall say of it. */
export interface HeldUnit {
  id: string;
  archiveId: string;
  /** The description as it stands, kept in the object so that it explains itself without us. */
  description: Record<string, unknown>;
  files: readonly IncomingFile[];
}

export interface HoldDeps {
  db: Database;
  clock: Clock;
  audit: AuditTrail;
  repository: OcflRepository;
  writing: ObjectWriting;
  newId(): string;
  attachObject(tx: Tx, unitId: string, objectId: string, pageCount: number): Promise<void>;
}

export type HoldOutcome =
  | { status: 'held'; newFiles: number; pageCount: number }
  /** The unit holds all of it already; nothing was written. */
  | { status: 'known' }
  | { status: 'failed'; error: unknown };

/**
 * Takes files into the storage root and says so in the catalogue: one object a unit, built aside, read back and
 * digested again, made visible, and only then entered. Killed in between, a second run finds the same state and goes
 * on: nothing is lost, half there or doubled.
 *
 * @param after work in the same transaction, for each unit (the text job)
 * @returns one outcome a unit, in order
 */
export async function holdContent(
  deps: HoldDeps,
  actor: AuditActor,
  units: readonly HeldUnit[],
  after: (tx: Tx, unit: HeldUnit, pageCount: number) => Promise<void>,
): Promise<HoldOutcome[]> {
  const plans = await Promise.all(units.map((u) => planUnit(deps.repository, u)));
  const created = deps.clock.now();
  const outcomes = await deps.writing.put(
    units.map((unit, i) => ({
      ...ownerOf(unit),
      next: {
        files: versionFiles(unit, plans[i]!),
        message: 'content taken in',
        user: { name: actor.name, address: actor.id ? `urn:uuid:${actor.id}` : 'urn:lantai:system' },
        created,
      },
    })),
  );
  const results: HoldOutcome[] = [];
  for (const [i, unit] of units.entries()) {
    const outcome = outcomes[i]!;
    if ('error' in outcome) {
      results.push({ status: 'failed', error: outcome.error });
      continue;
    }
    const plan = plans[i]!;
    if (!outcome.result.written && (await contentOf(deps.db.owner, unit.id)).length === plan.length) {
      await deps.writing.enter(deps.db.owner, ownerOf(unit), outcome.result);
      results.push({ status: 'known' });
      continue;
    }
    results.push(
      await deps.db.system(async (tx) => {
        const pageCount = await enter(deps, tx, unit, plan, created);
        const newFiles = plan.filter((p) => p.source).length;
        await deps.writing.enter(tx, ownerOf(unit), outcome.result);
        await insertEvents(tx, [
          {
            ...{ id: deps.newId(), objectId: objectIdOf(unit.id), archiveId: unit.archiveId, storeId: null },
            ...{
              type: 'ingestion',
              at: created,
              outcome: 'success',
              actorId: actor.id,
              actorName: actor.name,
            },
            detail: { version: outcome.result.version, newFiles, files: plan.length },
          },
        ]);
        await deps.audit.append(tx, {
          actor,
          archiveId: unit.archiveId,
          act: 'unit.contentHeld',
          target: { type: 'unit', id: unit.id },
          detail: {
            object: objectIdOf(unit.id),
            version: outcome.result.version,
            newFiles,
            files: plan.length,
            pages: pageCount,
          },
        });
        await after(tx, unit, pageCount);
        return { status: 'held' as const, newFiles, pageCount };
      }),
    );
  }
  return results;
}

const ownerOf = (unit: HeldUnit): ObjectOwner => ({
  objectId: objectIdOf(unit.id),
  kind: 'unit',
  archiveId: unit.archiveId,
  unitId: unit.id,
});

/** What the object will hold: what it has, and the incoming files it has not. */
async function planUnit(repository: OcflRepository, unit: HeldUnit): Promise<PlannedFile[]> {
  return planFiles(await heldFiles(repository, objectIdOf(unit.id)), unit.files);
}

/** The object's own list of its files; empty when there is no object yet. */
export async function heldFiles(repository: OcflRepository, objectId: string): Promise<FileRecord[]> {
  try {
    const { stream } = await repository.openFile(objectId, 'metadata/files.json', { verify: true });
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    return (JSON.parse(Buffer.concat(chunks).toString('utf8')) as { files: FileRecord[] }).files;
  } catch (e) {
    if (isRefusal(e) && (e.code === 'ocfl.notFound' || e.code === 'ocfl.noSuchFile')) return [];
    throw e;
  }
}

function versionFiles(unit: HeldUnit, plan: readonly PlannedFile[]): NewFile[] {
  const json = (value: unknown) => ({ bytes: Buffer.from(`${JSON.stringify(value, null, 2)}\n`, 'utf8') });
  const content = plan.flatMap(({ record, source }): NewFile[] =>
    source
      ? [
          {
            logicalPath: record.path,
            source: { path: source },
            expect: { sha512: record.sha512, sha256: record.sha256 },
          },
        ]
      : [],
  );
  return [
    ...content,
    { logicalPath: 'metadata/files.json', source: json({ files: plan.map((p) => p.record) }) },
    { logicalPath: 'metadata/description.json', source: json(unit.description) },
  ];
}

/** Writes the catalogue's view of the object: files and pages. Returns the number of pages. */
async function enter(
  deps: HoldDeps,
  tx: Tx,
  unit: HeldUnit,
  plan: readonly PlannedFile[],
  heldAt: Date,
): Promise<number> {
  const objectId = objectIdOf(unit.id);
  const pages: NewPage[] = [];
  for (const [i, { record }] of plan.entries()) {
    await insertContent(tx, unit.id, unit.archiveId, {
      ordinal: i + 1,
      objectId,
      logicalPath: record.path,
      originalName: record.name,
      mediaType: record.mediaType,
      bytes: record.bytes,
      sha256: record.sha256,
      sha512: record.sha512,
      heldAt,
    });
    for (const [n, p] of record.pages.entries()) {
      pages.push({
        pageNo: pages.length + 1,
        ordinal: i + 1,
        filePage: n + 1,
        width: p.width,
        height: p.height,
        label: null,
      });
    }
  }
  await insertPages(tx, unit.id, unit.archiveId, pages);
  await deps.attachObject(tx, unit.id, objectId, pages.length);
  return pages.length;
}
