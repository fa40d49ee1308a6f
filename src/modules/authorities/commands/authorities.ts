import { type Actor, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { AuthoritiesDeps } from '../deps.ts';
import { type Authority, classOf } from '../domain/authority.ts';
import { type AuthorityInput, type AuthorityText, needsVocabulary, readAuthority } from '../domain/input.ts';
import {
  insertAuthority,
  namesOf,
  putNames,
  removeAuthority,
  updateAuthority,
} from '../store/authorities.ts';
import { isInUse } from '../store/links.ts';
import { vocabularyById } from '../store/vocabularies.ts';
import { changedMeanwhile, demandNew, tell, toChange } from './reach.ts';

const taken = (recordId: string | null) =>
  new Refusal('authority.recordIdTaken', 'Another authority of this network bears this record number.', {
    value: recordId,
  });

export interface NewAuthority extends AuthorityInput {
  archiveId: string;
  vocabularyId?: string | null;
}

/**
 * Adds an authority.
 *
 * @returns its id
 * @throws Refusal as `readAuthority`; archive.notFound, vocabulary.notFound, authority.recordIdTaken, actor.forbidden
 */
export async function addAuthority(
  deps: AuthoritiesDeps,
  actor: Actor,
  input: NewAuthority,
): Promise<string> {
  const networkId = await demandNew(deps, actor, input.archiveId);
  const text = readAuthority(input);
  return deps.db.as(scopeOf(actor), (tx) =>
    addIn(deps, tx, actor, {
      archiveId: input.archiveId,
      networkId,
      vocabularyId: input.vocabularyId ?? null,
      text,
    }),
  );
}

/** The same in a transaction, of what was judged. */
export async function addIn(
  deps: AuthoritiesDeps,
  tx: Tx,
  actor: Actor,
  o: {
    archiveId: string;
    networkId: string;
    vocabularyId: string | null;
    text: AuthorityText;
    from?: string;
  },
): Promise<string> {
  const { archiveId, networkId, text } = o;
  const id = deps.newId();
  const vocabularyId = await vocabularyFor(tx, text, o.vocabularyId, networkId);
  const key = keyOf(deps, text);
  const written = { id, archiveId, text, at: deps.clock.now(), byName: actor.name };
  if (!(await insertAuthority(tx, { ...written, networkId, vocabularyId, key }))) throw taken(text.recordId);
  await writeNames(deps, tx, { id, archiveId, text });
  await tell(deps, tx, actor, {
    archiveId,
    id,
    act: 'authority.added',
    detail: { kind: text.kind, ...named(text), ...(o.from ? { from: o.from } : {}) },
  });
  return id;
}

/** What of an authority the trail may name: a restricted one is told by its number. */
export const named = (of: {
  restricted: boolean;
  names: readonly { name: string }[];
  recordId: string | null;
}) => (of.restricted ? { name: of.recordId ?? '' } : { name: of.names[0]?.name ?? '' });

function keyOf(deps: AuthoritiesDeps, text: AuthorityText): string {
  return deps.fold(text.names[0]?.name ?? '');
}

async function vocabularyFor(
  tx: Tx,
  text: AuthorityText,
  vocabularyId: string | null,
  networkId: string,
): Promise<string | null> {
  if (!needsVocabulary(text.kind)) return null;
  const found = vocabularyId ? await vocabularyById(tx, vocabularyId) : undefined;
  if (!found || found.networkId !== networkId)
    throw new Refusal('vocabulary.notFound', 'Name the vocabulary this subject belongs to.', {
      field: 'vocabularyId',
    });
  return found.id;
}

function writeNames(
  deps: AuthoritiesDeps,
  tx: Tx,
  { id, archiveId, text }: { id: string; archiveId: string; text: AuthorityText },
): Promise<void> {
  const names = text.names.map((n) => ({ ...n, id: deps.newId(), key: deps.fold(n.name) }));
  return putNames(tx, { authorityId: id, archiveId, class: classOf(text.kind), names });
}

/** Changes of an authority: what is left out stays. */
export type Correction = Partial<AuthorityInput> & { vocabularyId?: string | null };

/**
 * Corrects an authority.
 *
 * @param version the one the correction was made from
 * @throws Refusal as `readAuthority`; authority.notFound, authority.changed, authority.merged, authority.kind, actor.forbidden
 */
export function correctAuthority(
  deps: AuthoritiesDeps,
  actor: Actor,
  id: string,
  version: number,
  input: Correction,
): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const before = await toChange(deps, tx, actor, id);
    if (before.version !== version) throw changedMeanwhile(before);
    await correctIn(deps, tx, actor, before, input);
  });
}

/** The same in a transaction. @throws Refusal as `correctAuthority` */
export async function correctIn(
  deps: AuthoritiesDeps,
  tx: Tx,
  actor: Actor,
  before: Authority,
  input: Correction,
  from?: string,
): Promise<void> {
  const kind = input.kind ?? before.kind;
  if (classOf(kind) !== classOf(before.kind))
    throw new Refusal(
      'authority.kind',
      'An agent stays an agent, a place a place: merge it or make it anew.',
      { field: 'kind' },
    );
  const text = readAuthority({
    kind,
    recordId: input.recordId === undefined ? before.recordId : input.recordId,
    names: input.names ?? (await namesOf(tx, before.id)),
    exist: input.exist ?? before.exist,
    identifiers: input.identifiers ?? before.identifiers,
    elements: { ...before.elements, ...input.elements },
    status: input.status ?? before.status,
    restricted: input.restricted ?? before.restricted,
    kept: input.kept ?? before.kept,
  });
  const vocabularyId = await vocabularyFor(
    tx,
    text,
    input.vocabularyId ?? before.vocabularyId,
    before.networkId,
  );
  const written = {
    id: before.id,
    archiveId: before.archiveId,
    text,
    at: deps.clock.now(),
    byName: actor.name,
  };
  const done = await updateAuthority(tx, {
    ...written,
    version: before.version,
    vocabularyId,
    key: keyOf(deps, text),
  }).catch((e: unknown) => {
    if (e instanceof Error && 'code' in e && e.code === '23505') throw taken(text.recordId);
    throw e;
  });
  if (!done) throw changedMeanwhile(before);
  if (input.names !== undefined || kind !== before.kind) await writeNames(deps, tx, written);
  const { kept: _, ...said } = input;
  await tell(deps, tx, actor, {
    archiveId: before.archiveId,
    id: before.id,
    act: 'authority.corrected',
    detail: { ...named(text), fields: Object.keys(said), ...(from ? { from } : {}) },
  });
}

/**
 * Removes an authority that was made by mistake: nothing hangs on it.
 *
 * @throws Refusal authority.notFound, authority.changed, authority.inUse, actor.forbidden
 */
export function removeUnused(
  deps: AuthoritiesDeps,
  actor: Actor,
  id: string,
  version: number,
): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const before = await toChange(deps, tx, actor, id);
    if (await isInUse(tx, id))
      throw new Refusal(
        'authority.inUse',
        'Records, fonds or relations hang on this authority. Merge it instead.',
      );
    if (!(await removeAuthority(tx, id, version))) throw changedMeanwhile(before);
    await tell(deps, tx, actor, {
      archiveId: before.archiveId,
      id,
      act: 'authority.removed',
      detail: before.restricted ? { name: before.recordId ?? '' } : { name: before.name },
    });
  });
}
