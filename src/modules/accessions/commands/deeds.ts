import type { DeedKind } from '#kernel/accessionWords';
import { type Actor, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { takeUploads } from '#modules/filing';
import type { AccessionDeps } from '../deps.ts';
import { readDay } from '../domain/days.ts';
import { numberOf } from '../domain/numbers.ts';
import { demandUnmarked, needed, optional } from '../domain/text.ts';
import { nextNo } from '../store/counter.ts';
import {
  type Deed,
  type DeedText,
  deedById,
  insertDeed,
  insertFiles,
  removeFile,
  updateDeed,
} from '../store/deeds.ts';
import {
  archiveOf,
  changedMeanwhile,
  demandRead,
  demandWrite,
  tell,
  todayOf,
  writableAccession,
} from './reach.ts';

const MOST_FILES = 20;
export const noDeed = () => new Refusal('deed.notFound', 'There is no such agreement.');

export interface DeedInput {
  kind: DeedKind;
  signedOn?: string | null | undefined;
  ourParty: string;
  theirParty: string;
  propertyPasses: boolean;
  rights?: string | null | undefined;
  conditions?: string | null | undefined;
  endsOn?: string | null | undefined;
  uploadIds: readonly string[];
}

/** @throws Refusal accession.needed, accession.tooLong, accession.day, accession.marked, deed.property, deed.ends */
function readDeed(input: DeedInput): DeedText {
  const text = {
    kind: input.kind,
    signedOn: readDay(input.signedOn, 'signedOn'),
    ourParty: needed(input.ourParty, 'ourParty', 300),
    theirParty: needed(input.theirParty, 'theirParty', 300),
    propertyPasses: input.propertyPasses,
    rights: optional(input.rights, 'rights', 20_000),
    conditions: optional(input.conditions, 'conditions', 20_000),
    endsOn: readDay(input.endsOn, 'endsOn'),
  };
  demandUnmarked({ rights: text.rights, conditions: text.conditions });
  if (text.kind === 'deposit' && text.propertyPasses)
    throw new Refusal('deed.property', 'What is deposited stays its owner’s.', { field: 'propertyPasses' });
  if (text.endsOn !== null && text.signedOn !== null && text.endsOn < text.signedOn)
    throw new Refusal('deed.ends', 'It would end before it is signed.', { field: 'endsOn' });
  return text;
}

/**
 * Adds an agreement to an accession, under the next number of its year, with files that were uploaded.
 *
 * @returns its id
 * @throws Refusal accession.notFound, deed.*, accession.*, upload.*, record.secret, actor.forbidden
 */
export async function addDeed(
  deps: AccessionDeps,
  actor: Actor,
  accessionId: string,
  input: DeedInput,
): Promise<string> {
  const text = readDeed(input);
  const { archiveId } = await deps.db.as(scopeOf(actor), (tx) =>
    writableAccession(deps, tx, actor, accessionId),
  );
  const files = await filesOf(deps, actor, archiveId, input.uploadIds, 0);
  const id = deps.newId();
  await deps.db.as(scopeOf(actor), async (tx) => {
    const a = await writableAccession(deps, tx, actor, accessionId);
    const year = Number((text.signedOn ?? todayOf(deps)).slice(0, 4));
    const no = await nextNo(tx, 'deed', { archiveId, year });
    const number = numberOf((await archiveOf(deps, archiveId)).code, 'deed', { year, no });
    const by = { at: deps.clock.now(), byName: actor.name };
    await insertDeed(tx, Object.assign({ id, archiveId, accessionId, year, no, number }, by, text));
    await insertFiles(tx, { deedId: id, archiveId }, files);
    await note(deps, tx, actor, a, 'accession.deedAdded', {
      deed: number,
      kind: text.kind,
      files: files.length,
    });
  });
  for (const upload of input.uploadIds) await deps.staging.remove(upload);
  return id;
}

/** Corrects an agreement, adds files to it or takes some away. @throws Refusal as `addDeed`; deed.notFound, accession.changed */
export async function correctDeed(
  deps: AccessionDeps,
  actor: Actor,
  of: { id: string; version: number },
  input: DeedInput & { removeFiles: readonly string[] },
): Promise<string> {
  const text = readDeed(input);
  const before = await deps.db.as(scopeOf(actor), (tx) => readableDeed(tx, actor, of.id));
  demandWrite(actor, before.archiveId, noDeed());
  const { archiveId, accessionId } = before;
  const left = before.files.filter((f) => !input.removeFiles.includes(f.id)).length;
  const files = await filesOf(deps, actor, archiveId, input.uploadIds, left);
  await deps.db.as(scopeOf(actor), async (tx) => {
    const a = await writableAccession(deps, tx, actor, accessionId);
    const by = { at: deps.clock.now(), byName: actor.name };
    if (!(await updateDeed(tx, Object.assign({ id: of.id, version: of.version }, by, text))))
      throw changedMeanwhile();
    for (const fileId of input.removeFiles) if (!(await removeFile(tx, of.id, fileId))) throw noDeed();
    await insertFiles(tx, { deedId: of.id, archiveId }, files);
    const removed = before.files
      .filter((f) => input.removeFiles.includes(f.id))
      .map(({ name, sha512 }) => ({ name, sha512 }));
    await note(deps, tx, actor, a, 'accession.deedCorrected', { deed: before.number, removed });
  });
  for (const upload of input.uploadIds) await deps.staging.remove(upload);
  return accessionId;
}

/** @throws Refusal deed.notFound */
export async function readableDeed(tx: Tx, actor: Actor, id: string): Promise<Deed> {
  const deed = await deedById(tx, id);
  if (!deed) throw noDeed();
  demandRead(actor, deed.archiveId, noDeed());
  return deed;
}

/** A file of an agreement. @throws Refusal deed.notFound */
export async function openDeedFile(deps: AccessionDeps, actor: Actor, of: { id: string; fileId: string }) {
  const deed = await deps.db.as(scopeOf(actor), (tx) => readableDeed(tx, actor, of.id));
  const file = deed.files.find((f) => f.id === of.fileId);
  if (!file) throw noDeed();
  return { file, content: () => deps.content.open(file.sha512, file.bytes) };
}

function filesOf(
  deps: AccessionDeps,
  actor: Actor,
  archiveId: string,
  uploadIds: readonly string[],
  there: number,
) {
  if (there + uploadIds.length > MOST_FILES)
    throw new Refusal('deed.tooManyFiles', `At most ${MOST_FILES} files go with an agreement.`, {
      most: MOST_FILES,
    });
  return takeUploads(deps, actor, { archiveId, uploadIds });
}

function note(
  deps: AccessionDeps,
  tx: Tx,
  actor: Actor,
  a: { id: string; archiveId: string; number: string },
  act: string,
  detail: Record<string, unknown>,
): Promise<unknown> {
  const all = Object.assign({ number: a.number }, detail);
  return tell(deps, tx, actor, { archiveId: a.archiveId, type: 'accession', id: a.id, act, detail: all });
}
