import { type Actor, auditActor, can, demand, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { FondsLine } from '#kernel/fondsLines';
import { takeUploads } from '#modules/filing';
import type { FondsFileDeps } from '../deps.ts';
import { type DocumentText, readDocument } from '../domain/document.ts';
import {
  documentById,
  documentsOf,
  type FondsDocument,
  insertDocument,
  insertFiles,
  linesOf,
  removeDocument,
  removeFile,
  updateDocument,
} from '../store/documents.ts';

const MOST_DOCUMENTS = 5_000;
const MOST_LINES = 1_000;
const MOST_FILES = 20;
const noDocument = () => new Refusal('fondsFile.notFound', 'There is no such document.');
const noFonds = () => new Refusal('fonds.notFound', 'There is no such fonds.');
const changed = () => new Refusal('fondsFile.changed', 'Somebody else changed this document meanwhile.');

async function fondsToRead(deps: FondsFileDeps, actor: Actor, id: string) {
  const fonds = await deps.holdings.fonds(actor, id);
  if (!can(actor, 'holdings.read', fonds.archiveId, 'whole')) throw noFonds();
  return fonds;
}

async function fondsToWrite(deps: FondsFileDeps, actor: Actor, id: string) {
  const fonds = await deps.holdings.fonds(actor, id);
  demand(actor, 'holdings.write', fonds.archiveId, noFonds(), 'whole');
  return fonds;
}

export interface FondsFileView {
  documents: FondsDocument[];
  lines: FondsLine[];
  allowed: { write: boolean };
}

/** The file of a fonds, with what the house itself knows. @throws Refusal fonds.notFound, also for who has no post for the whole archive */
export async function readFile(deps: FondsFileDeps, actor: Actor, fondsId: string): Promise<FondsFileView> {
  const fonds = await fondsToRead(deps, actor, fondsId);
  const of = { ...fonds, timeZone: deps.timeZone };
  return deps.db.as(scopeOf(actor), async (tx) => ({
    documents: await documentsOf(tx, fondsId, MOST_DOCUMENTS),
    lines: await linesOf(
      tx,
      deps.lines.map((source) => source(of)),
      MOST_LINES,
    ),
    allowed: { write: can(actor, 'holdings.write', fonds.archiveId, 'whole') },
  }));
}

/**
 * Adds a document, with files that were uploaded.
 *
 * @returns its id
 * @throws Refusal fonds.notFound, fondsFile.*, upload.*, record.secret, actor.forbidden
 */
export async function addDocument(
  deps: FondsFileDeps,
  actor: Actor,
  fondsId: string,
  input: DocumentText & { uploadIds: readonly string[] },
): Promise<string> {
  const { archiveId, number } = await fondsToWrite(deps, actor, fondsId);
  const text = readDocument(input);
  const files = await filesOf(deps, actor, archiveId, input.uploadIds, 0);
  const id = deps.newId();
  await deps.db.as(scopeOf(actor), async (tx) => {
    await insertDocument(tx, { ...text, id, archiveId, fondsId, at: deps.clock.now(), byName: actor.name });
    await insertFiles(tx, { documentId: id, archiveId, from: 0 }, files);
    await tell(deps, tx, actor, { archiveId, fondsId }, 'fondsFile.added', {
      name: text.title,
      number,
      files: files.length,
    });
  });
  for (const upload of input.uploadIds) await deps.staging.remove(upload);
  return id;
}

/**
 * Corrects a document, adds files to it or takes some away.
 *
 * @throws Refusal fonds.notFound, fondsFile.*, upload.*, record.secret, actor.forbidden
 */
export async function correctDocument(
  deps: FondsFileDeps,
  actor: Actor,
  of: { fondsId: string; id: string; version: number },
  input: DocumentText & { uploadIds: readonly string[]; removeFiles: readonly string[] },
): Promise<void> {
  const { archiveId, number } = await fondsToWrite(deps, actor, of.fondsId);
  const text = readDocument(input);
  const before = await deps.db.as(scopeOf(actor), (tx) => documentById(tx, of.fondsId, of.id));
  if (!before) throw noDocument();
  const files = await filesOf(
    deps,
    actor,
    archiveId,
    input.uploadIds,
    before.files.length - input.removeFiles.length,
  );
  await deps.db.as(scopeOf(actor), async (tx) => {
    const written = { ...text, id: of.id, version: of.version, at: deps.clock.now(), byName: actor.name };
    if (!(await updateDocument(tx, written))) throw changed();
    for (const fileId of input.removeFiles) if (!(await removeFile(tx, of.id, fileId))) throw noDocument();
    await insertFiles(tx, { documentId: of.id, archiveId, from: before.files.length }, files);
    await tell(deps, tx, actor, { archiveId, fondsId: of.fondsId }, 'fondsFile.corrected', {
      name: text.title,
      number,
    });
  });
  for (const upload of input.uploadIds) await deps.staging.remove(upload);
}

/** Takes a document out. @throws Refusal fonds.notFound, fondsFile.notFound, fondsFile.changed, actor.forbidden */
export async function takeOutDocument(
  deps: FondsFileDeps,
  actor: Actor,
  of: { fondsId: string; id: string; version: number },
): Promise<void> {
  const { archiveId, number } = await fondsToWrite(deps, actor, of.fondsId);
  await deps.db.as(scopeOf(actor), async (tx) => {
    const before = await documentById(tx, of.fondsId, of.id);
    if (!before) throw noDocument();
    if (!(await removeDocument(tx, of.id, of.version))) throw changed();
    const files = before.files.map(({ name, sha512 }) => ({ name, sha512 }));
    await tell(deps, tx, actor, { archiveId, fondsId: of.fondsId }, 'fondsFile.removed', {
      name: before.title,
      number,
      files,
    });
  });
}

/** A file of a document. @throws Refusal fonds.notFound, fondsFile.notFound */
export async function openFile(
  deps: FondsFileDeps,
  actor: Actor,
  of: { fondsId: string; id: string; fileId: string },
) {
  await fondsToRead(deps, actor, of.fondsId);
  const document = await deps.db.as(scopeOf(actor), (tx) => documentById(tx, of.fondsId, of.id));
  const file = document?.files.find((f) => f.id === of.fileId);
  if (!file) throw noDocument();
  return { file, content: () => deps.content.open(file.sha512, file.bytes) };
}

function filesOf(
  deps: FondsFileDeps,
  actor: Actor,
  archiveId: string,
  uploadIds: readonly string[],
  there: number,
) {
  if (there + uploadIds.length > MOST_FILES)
    throw new Refusal('fondsFile.tooManyFiles', `At most ${MOST_FILES} files go with a document.`, {
      most: MOST_FILES,
    });
  return takeUploads(deps, actor, { archiveId, uploadIds });
}

function tell(
  deps: FondsFileDeps,
  tx: Tx,
  actor: Actor,
  of: { archiveId: string; fondsId: string },
  act: string,
  detail: Record<string, unknown>,
): Promise<unknown> {
  const target = { type: 'fonds', id: of.fondsId };
  return deps.audit.append(tx, { actor: auditActor(actor), archiveId: of.archiveId, act, target, detail });
}
