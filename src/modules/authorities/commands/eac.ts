import { createReadStream } from 'node:fs';
import { type EacRecord, type EacRelation, readEac } from '#formats/eac';
import { type Actor, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { AuthoritiesDeps } from '../deps.ts';
import { classOf, type Kept } from '../domain/authority.ts';
import { type AuthorityInput, clean, readAuthority } from '../domain/input.ts';
import { canonical, type RelationType } from '../domain/relations.ts';
import { identifierKey } from '../domain/terms.ts';
import { authorityById, sameAs } from '../store/authorities.ts';
import {
  insertRelations,
  lockHierarchy,
  type NewRelation,
  recount,
  removeNamedRelations,
  standsBelow,
} from '../store/relations.ts';
import { addIn, correctIn } from './authorities.ts';
import { demandNew } from './reach.ts';

/** Records of one file; they are entered whole or not at all, in one transaction. */
const MOST_RECORDS = 2_000;

export interface Imported {
  added: number;
  updated: number;
  skipped: number;
  /** What became of each record, in the order of the file. */
  records: { id: string; name: string; act: 'added' | 'updated' | 'skipped' }[];
}

/**
 * Takes in the agents of a document of EAC-CPF: new ones are added, those that are here already (by record number, by identifier, by one
 * name and kind) are updated or passed over. Relations are tied to records of the list by number or by name; others stay named.
 *
 * @throws Refusal archive.notFound, upload.*, eac.*, authority.*, actor.forbidden
 */
export async function importEac(
  deps: AuthoritiesDeps,
  actor: Actor,
  o: { archiveId: string; uploadId: string; same: 'update' | 'skip' },
): Promise<Imported> {
  const networkId = await demandNew(deps, actor, o.archiveId);
  const file = await deps.staging.file(o.uploadId, actor.id ?? '');
  const done = await deps.db.as(scopeOf(actor), async (tx) => {
    await lockHierarchy(tx, networkId);
    const result: Imported = { added: 0, updated: 0, skipped: 0, records: [] };
    const ids: string[] = [];
    for await (const record of readEac(createReadStream(file.path))) {
      if (result.records.length === MOST_RECORDS)
        throw new Refusal('eac.tooMany', `One file holds at most ${MOST_RECORDS} records. Divide it.`, {
          most: MOST_RECORDS,
        });
      const entered = await enter(
        deps,
        tx,
        actor,
        { archiveId: o.archiveId, networkId, same: o.same, from: file.name },
        record,
      );
      result[entered.act]++;
      result.records.push({ ...entered, name: record.names[0]?.name ?? '' });
      ids.push(entered.act === 'skipped' ? '' : entered.id);
    }
    // Once more, now that all of them are there to be related to.
    let at = 0;
    const hierarchy = new Set<string>();
    for await (const record of readEac(createReadStream(file.path))) {
      const id = ids[at++];
      if (!id) continue;
      await removeNamedRelations(tx, id);
      for (const x of await tieRelations(deps, tx, { id, networkId, archiveId: o.archiveId }, record))
        hierarchy.add(x);
    }
    if (hierarchy.size > 0) await recount(tx, [...hierarchy]);
    return result;
  });
  await deps.staging.remove(o.uploadId);
  return done;
}

/** A record as the list has it. */
export function inputOf(r: EacRecord): AuthorityInput {
  return {
    kind: r.kind,
    recordId: r.recordId,
    names: r.names.map((n) => ({ ...n, kept: { ...n.kept } })),
    exist: r.exist,
    identifiers: r.identifiers.map((i) => ({ ...i })),
    elements: r.texts,
    status: r.final ? 'final' : 'draft',
    kept: { eac: r.kept },
  };
}

async function enter(
  deps: AuthoritiesDeps,
  tx: Tx,
  actor: Actor,
  o: { archiveId: string; networkId: string; same: 'update' | 'skip'; from: string },
  record: EacRecord,
): Promise<{ id: string; act: 'added' | 'updated' | 'skipped' }> {
  const input = inputOf(record);
  const text = readAuthority(input);
  const { name } = text.names[0] ?? { name: '' };
  const alike = await sameAs(tx, {
    networkId: o.networkId,
    class: classOf(text.kind),
    recordId: text.recordId,
    key: deps.fold(name),
    identifierKeys: text.identifiers.map((i) => identifierKey(i.value)).filter((k) => k !== ''),
  });
  const byNumber = alike.find((a) => a.by !== 'name')?.id;
  const byName = [...new Set(alike.filter((a) => a.by === 'name').map((a) => a.id))];
  const id = byNumber ?? (byName.length === 1 ? byName[0] : undefined);
  const before = id ? await authorityById(tx, id) : undefined;
  // One that bears another number is another, whatever it is called.
  const isOther = !byNumber && before?.recordId && text.recordId && before.recordId !== text.recordId;
  if (!before || isOther || before.kind !== text.kind) {
    const { archiveId, networkId, from } = o;
    return {
      id: await addIn(deps, tx, actor, { archiveId, networkId, vocabularyId: null, text, from }),
      act: 'added',
    };
  }
  if (o.same === 'skip') return { id: before.id, act: 'skipped' };
  // What went out under its id comes back without a number of its own.
  const recordId = text.recordId === before.id ? before.recordId : text.recordId;
  await correctIn(deps, tx, actor, before, { ...input, recordId, restricted: before.restricted }, o.from);
  return { id: before.id, act: 'updated' };
}

const TYPES: Readonly<Record<EacRelation['type'], RelationType>> = {
  superior: 'superior',
  subordinate: 'subordinate',
  hierarchical: 'hierarchical',
  earlier: 'earlier',
  later: 'later',
  temporal: 'temporal',
  family: 'family',
  associative: 'associative',
  identity: 'identity',
  performs: 'performs',
  located: 'located',
};

const CLASS_OF_OTHER: Partial<Record<RelationType, 'function' | 'place'>> = {
  performs: 'function',
  located: 'place',
};

/** @returns those whose hierarchy changed */
async function tieRelations(
  deps: AuthoritiesDeps,
  tx: Tx,
  of: { id: string; networkId: string; archiveId: string },
  record: EacRecord,
): Promise<string[]> {
  const rows: NewRelation[] = [];
  const touched: string[] = [];
  for (const x of record.relations) {
    const otherName = clean(x.name);
    if (otherName === null) continue;
    const type = TYPES[x.type];
    const other = await otherOf(deps, tx, of, x, type);
    const kept: Kept = { ...x.kept, of: of.id };
    const row = {
      id: deps.newId(),
      archiveId: of.archiveId,
      text: clean(x.text),
      from: x.from,
      to: x.to,
      note: clean(x.note),
      kept,
    };
    const [from, written, to] = other ? canonical(of.id, type, other) : [of.id, type, null];
    // What would stand below itself stays a name.
    if (to === null || (written === 'superior' && (await standsBelow(tx, to, from)))) {
      rows.push({ ...row, authorityId: of.id, otherId: null, otherName, type });
      continue;
    }
    const tied = { ...row, authorityId: from, otherId: to, otherName: null, type: written };
    if (written !== 'superior') rows.push(tied);
    else {
      // At once, so that the next is judged with it.
      await insertRelations(tx, [tied]);
      touched.push(from, to);
    }
  }
  await insertRelations(tx, rows);
  return touched;
}

/** The one of the list that a relation names, by number or else by the only one of that name. */
async function otherOf(
  deps: AuthoritiesDeps,
  tx: Tx,
  of: { id: string; networkId: string },
  x: EacRelation,
  type: RelationType,
): Promise<string | undefined> {
  const alike = await sameAs(tx, {
    networkId: of.networkId,
    class: CLASS_OF_OTHER[type] ?? 'agent',
    recordId: x.recordId,
    key: deps.fold(x.name),
    identifierKeys: [],
  });
  const byNumber = alike.find((a) => a.by === 'recordId')?.id;
  const named = [...new Set(alike.map((a) => a.id))];
  const found = byNumber ?? (named.length === 1 ? named[0] : undefined);
  return found === of.id ? undefined : found;
}
