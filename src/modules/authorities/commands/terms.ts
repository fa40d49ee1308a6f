import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { openSheets } from '#formats/sheets';
import { readSkos, type SkosConcept } from '#formats/skos';
import { type Actor, auditActor, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { AuthoritiesDeps } from '../deps.ts';
import { clean } from '../domain/input.ts';
import { canonical } from '../domain/relations.ts';
import { circleIn, type TermGiven, termColumns, termsIn } from '../domain/termSheet.ts';
import { authorityById, namesOf } from '../store/authorities.ts';
import { insertRelations, lockHierarchy, type NewRelation, recount } from '../store/relations.ts';
import {
  broaderOf,
  insertTerms,
  termsByKeys,
  type Vocabulary,
  vocabularyById,
} from '../store/vocabularies.ts';
import { correctIn } from './authorities.ts';
import { mayKeep } from './reach.ts';

const MOST_TERMS = 50_000;
const MOST_NAME = 1_000;
const noVocabulary = () => new Refusal('vocabulary.notFound', 'There is no such vocabulary.');

export interface TermsImported {
  added: number;
  updated: number;
}

/**
 * Takes a thesaurus into a vocabulary, from a table (CSV, Excel) or SKOS: new terms are added, the use-for forms and notes of those that
 * are there are added to. A term that is only named as a broader or related one is added too. All of it or nothing.
 *
 * @throws Refusal vocabulary.notFound, upload.*, skos.*, sheet.*, terms.heading, terms.tooMany, terms.tooLong, relation.circle, actor.forbidden
 */
export async function importTerms(
  deps: AuthoritiesDeps,
  actor: Actor,
  o: { vocabularyId: string; uploadId: string },
): Promise<TermsImported> {
  const vocabulary = await deps.db.as(scopeOf(actor), (tx) => vocabularyById(tx, o.vocabularyId));
  if (!vocabulary) throw noVocabulary();
  if (!(await mayKeep(deps, actor, vocabulary.networkId)))
    throw new Refusal('actor.forbidden', 'Your roles in this archive do not include this.', {
      capability: 'holdings.write',
    });
  const file = await deps.staging.file(o.uploadId, actor.id ?? '');
  const given = await termsOf(file.path);
  const done = await deps.db.as(scopeOf(actor), async (tx) => {
    await lockHierarchy(tx, vocabulary.networkId);
    const result = await enterTerms(deps, tx, actor, vocabulary, given);
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: vocabulary.archiveId,
      act: 'vocabulary.imported',
      target: { type: 'vocabulary', id: vocabulary.id },
      detail: { name: vocabulary.name, from: file.name, ...result },
    });
    return result;
  });
  await deps.staging.remove(o.uploadId);
  return done;
}

async function termsOf(path: string): Promise<TermGiven[]> {
  const terms = (await isXml(path)) ? await fromSkos(path) : await fromSheet(path);
  const long = terms.find((t) =>
    [t.name, ...t.useFor, ...t.broader, ...t.related].some((n) => [...n].length > MOST_NAME),
  );
  if (long)
    throw new Refusal('terms.tooLong', `A name has at most ${MOST_NAME} characters.`, {
      row: long.row,
      most: MOST_NAME,
    });
  return terms;
}

const tooMany = () =>
  new Refusal('terms.tooMany', `One file holds at most ${MOST_TERMS} terms. Divide it.`, {
    most: MOST_TERMS,
  });

async function isXml(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return /^\s*<[?!a-z]/i.test(
      buffer
        .toString('latin1', 0, bytesRead)
        .replace(/^\u00ef\u00bb\u00bf|^\u00ff\u00fe|^\u00fe\u00ff|\u0000/g, ''),
    );
  } finally {
    await file.close();
  }
}

async function fromSheet(path: string): Promise<TermGiven[]> {
  const book = await openSheets(path);
  try {
    const terms: TermGiven[] = [];
    let columns: ReturnType<typeof termColumns>;
    const [sheet] = book.sheets;
    if (!sheet) return [];
    for await (const rows of sheet.rows())
      for (const { number, cells } of rows) {
        if (!columns) {
          columns = termColumns(cells);
          if (!columns)
            throw new Refusal('terms.heading', 'The first row names the columns, one of which is the term.', {
              row: number,
            });
          continue;
        }
        const cell = (at: number | undefined) => (at === undefined ? undefined : cells[at]);
        const name = clean(cell(columns.term));
        if (name === null) continue;
        if (terms.length === MOST_TERMS) throw tooMany();
        terms.push({
          row: number,
          name,
          useFor: termsIn(cell(columns.useFor)),
          broader: termsIn(cell(columns.broader)),
          related: termsIn(cell(columns.related)),
          scope: clean(cell(columns.scope)),
        });
      }
    return terms;
  } finally {
    await book.close();
  }
}

async function fromSkos(path: string): Promise<TermGiven[]> {
  const concepts: SkosConcept[] = [];
  for await (const c of readSkos(createReadStream(path))) {
    if (concepts.length === MOST_TERMS) throw tooMany();
    concepts.push(c);
  }
  const names = new Map(concepts.map((c) => [c.about, c.preferred]));
  const named = (about: readonly string[]) => about.flatMap((a) => names.get(a) ?? []);
  const terms = new Map(
    concepts.map((c): [string, TermGiven] => [
      c.about,
      {
        row: c.line,
        name: c.preferred,
        useFor: c.alternative,
        broader: named(c.broader),
        related: named(c.related),
        scope: c.scope,
      },
    ]),
  );
  // What says what is narrower says of that what is broader.
  for (const c of concepts) for (const below of c.narrower) terms.get(below)?.broader.push(c.preferred);
  return [...terms.values()];
}

async function enterTerms(
  deps: AuthoritiesDeps,
  tx: Tx,
  actor: Actor,
  vocabulary: Vocabulary,
  given: readonly TermGiven[],
): Promise<TermsImported> {
  const keyed = new Map<string, TermGiven>();
  const put = (t: TermGiven): void => {
    const key = deps.fold(t.name);
    const there = keyed.get(key);
    if (key === '') return;
    if (!there) keyed.set(key, t);
    else {
      there.useFor.push(...t.useFor);
      there.broader.push(...t.broader);
      there.related.push(...t.related);
      there.scope ??= t.scope;
    }
  };
  for (const t of given) put(t);
  for (const t of given)
    for (const name of [...t.broader, ...t.related])
      put({ row: t.row, name, useFor: [], broader: [], related: [], scope: null });

  const known = await termsByKeys(tx, vocabulary.id, [...keyed.keys()]);
  const ids = new Map(
    known.toSorted((a, b) => Number(a.isAuthorised) - Number(b.isAuthorised)).map((k) => [k.key, k.id]),
  );
  const fresh = [...keyed].filter(([key]) => !ids.has(key));
  let updated = 0;
  for (const [key, t] of keyed) {
    const id = ids.get(key);
    if (id && (await addTo(deps, tx, actor, id, t))) updated++;
  }
  for (const [key] of fresh) ids.set(key, deps.newId());
  const at = deps.clock.now();
  for (let i = 0; i < fresh.length; i += 2_000) {
    const some = fresh.slice(i, i + 2_000);
    await insertTerms(
      tx,
      { vocabulary, byName: actor.name, at },
      some.map(([key, t]) => ({ id: ids.get(key) ?? '', name: t.name, key, scope: t.scope })),
      some.flatMap(
        ([key, t]) =>
        formsOf(deps, t).map((n, position) => ({
          id: deps.newId(), authorityId: ids.get(key) ?? '', position, form: position === 0 ? 'authorised' : 'other', ...n,
        })), // biome-ignore format: a table of fields
      ),
    );
  }
  await relateTerms(deps, tx, vocabulary, keyed, ids);
  return { added: fresh.length, updated };
}

/** The term and its use-for forms, none twice. */
function formsOf(deps: AuthoritiesDeps, t: TermGiven): { name: string; key: string }[] {
  const forms = new Map([t.name, ...t.useFor].map((name) => [name, { name, key: deps.fold(name) }]));
  return [...forms.values()].filter((n) => n.key !== '');
}

/** @returns whether there was something new to say */
async function addTo(
  deps: AuthoritiesDeps,
  tx: Tx,
  actor: Actor,
  id: string,
  t: TermGiven,
): Promise<boolean> {
  if (t.useFor.length === 0 && t.scope === null) return false;
  const before = await authorityById(tx, id);
  if (!before) return false;
  const names = await namesOf(tx, id);
  const new_ = [...new Set(t.useFor)].filter((u) => !names.some((n) => n.name === u));
  const scope = t.scope !== null && t.scope !== before.elements.scope;
  if (new_.length === 0 && !scope) return false;
  await correctIn(deps, tx, actor, before, {
    names: [...names, ...new_.map((name) => ({ form: 'other' as const, name }))],
    ...(scope ? { elements: { scope: t.scope } } : {}),
  });
  return true;
}

async function relateTerms(
  deps: AuthoritiesDeps,
  tx: Tx,
  vocabulary: Vocabulary,
  keyed: ReadonlyMap<string, TermGiven>,
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const broader = new Map<string, string[]>();
  const above = (id: string, b: string) => {
    const list = broader.get(id);
    if (list) list.push(b);
    else broader.set(id, [b]);
  };
  for (const r of await broaderOf(tx, vocabulary.id)) above(r.id, r.broader);
  const rows: NewRelation[] = [];
  const touched = new Set<string>();
  const { archiveId } = vocabulary;
  const rest = { archiveId, otherName: null, text: null, from: null, to: null, note: null, kept: {} };
  for (const [key, t] of keyed) {
    const id = ids.get(key) ?? '';
    for (const [type, names] of [
      ['superior', t.broader],
      ['associative', t.related],
    ] as const)
      for (const name of new Set(names)) {
        const other = ids.get(deps.fold(name));
        if (!other || other === id) continue;
        const [authorityId, written, otherId] = canonical(id, type, other);
        rows.push({ ...rest, id: deps.newId(), authorityId, type: written, otherId });
        if (type !== 'superior') continue;
        above(id, other);
        touched.add(id).add(other);
      }
  }
  const circle = circleIn(broader);
  if (circle) {
    const found = await authorityById(tx, circle);
    throw new Refusal('relation.circle', 'A term would stand below itself.', {
      field: 'broader',
      value: found?.name ?? '',
    });
  }
  for (let i = 0; i < rows.length; i += 5_000) await insertRelations(tx, rows.slice(i, i + 5_000));
  await recount(tx, [...touched]);
}
