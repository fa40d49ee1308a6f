import {
  EAC_TEXTS,
  type EacKept,
  type EacName,
  type EacRecord,
  type EacRelation,
  writeEac,
} from '#formats/eac';
import { type Actor, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { networkOf, noAuthority } from '../commands/reach.ts';
import type { AuthoritiesDeps } from '../deps.ts';
import { type Authority, classOf, type Name } from '../domain/authority.ts';
import { inverseOf, type RelationType } from '../domain/relations.ts';
import { authorityById, authorityPage, namesOf } from '../store/authorities.ts';
import { fondsOfAuthority } from '../store/links.ts';
import { type RelationRow, relationsOf } from '../store/relations.ts';

/** Records read and written at once where many go out. */
const AT_ONCE = 50;

/** One agent as a document of EAC-CPF. @throws Refusal authority.notFound; authority.noAgent for a place, a subject or a function */
export async function eacOf(
  deps: AuthoritiesDeps,
  actor: Actor,
  id: string,
): Promise<{ name: string; xml: string }> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const found = await authorityById(tx, id);
    if (!found) throw noAuthority();
    if (classOf(found.kind) !== 'agent')
      throw new Refusal('authority.noAgent', 'EAC-CPF describes bodies, persons and families.');
    return {
      name: found.recordId ?? found.id,
      xml: `<?xml version="1.0" encoding="UTF-8"?>\n${await documentOf(deps, tx, found)}`,
    };
  });
}

/** All agents of a tree that the asker sees, as one document that holds a record for each; in pieces. */
export async function* everyEac(
  deps: AuthoritiesDeps,
  actor: Actor,
  archiveId: string,
): AsyncGenerator<string> {
  const networkId = await networkOf(deps, archiveId);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<export>\n';
  let after: [string, string] | undefined;
  for (;;) {
    const place = after;
    const { rows, xml } = await deps.db.as(scopeOf(actor), async (tx) => {
      const page = await authorityPage(tx, { class: 'agent', networkId, after: place, limit: AT_ONCE });
      const written: string[] = [];
      for (const { id } of page) {
        const found = await authorityById(tx, id);
        if (found) written.push(await documentOf(deps, tx, found));
      }
      return { rows: page, xml: written.join('') };
    });
    yield xml;
    const last = rows.at(-1);
    if (rows.length < AT_ONCE || !last) break;
    after = [last.key, last.id];
  }
  yield '</export>\n';
}

async function documentOf(deps: AuthoritiesDeps, tx: Tx, a: Authority): Promise<string> {
  const archive = (await deps.archives()).find((x) => x.id === a.archiveId);
  const relations = await relationsOf(tx, a.id);
  const fonds = await fondsOfAuthority(tx, a.id);
  return writeEac(recordOf(a, await namesOf(tx, a.id), relations), {
    agencyCode: archive?.code ?? '',
    agencyName: archive?.name ?? '',
    recordId: a.id,
    created: { at: a.createdAt, by: a.createdByName },
    ...(a.version > 1 ? { revised: { at: a.updatedAt, by: a.updatedByName } } : {}),
    creatorOf: fonds.map((f) => ({ entry: `${f.number} ${f.name}`, href: `urn:uuid:${f.id}` })),
  });
}

function recordOf(a: Authority, names: readonly Name[], relations: readonly RelationRow[]): EacRecord {
  const { eac } = a.kept;
  return {
    recordId: a.recordId,
    kind: a.kind === 'person' || a.kind === 'family' ? a.kind : 'body',
    final: a.status === 'final',
    names: names.map(
      ({ form, name, lang, note, text, from, to, kept }): EacName => ({
        form,
        name,
        lang,
        note,
        text,
        from,
        to,
        kept,
      }),
    ),
    identifiers: a.identifiers,
    exist: a.exist,
    texts: Object.fromEntries(
      EAC_TEXTS.flatMap((f) => (a.elements[f] === undefined ? [] : [[f, a.elements[f]]])),
    ),
    relations: relations.flatMap((r) => relationOf(a.id, r)),
    kept: isKept(eac) ? eac : {},
  };
}

/** It was put there by the import alone. */
const isKept = (eac: unknown): eac is EacKept => typeof eac === 'object' && eac !== null;

const TYPES: Readonly<Partial<Record<RelationType, EacRelation['type']>>> = {
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

function relationOf(id: string, r: RelationRow): EacRelation[] {
  const type = TYPES[r.turned ? inverseOf(r.type) : r.type];
  const name = r.other?.name ?? r.otherName;
  // EAC-CPF relates agents to agents, to functions they perform and to where they are.
  if (!type || !name || r.other?.kind === 'subject') return [];
  const words = r.kept.of === id && typeof r.kept.eac === 'string' ? { eac: r.kept.eac } : {};
  const recordId = r.other ? (r.other.recordId ?? r.other.id) : null;
  return [{ type, name, recordId, note: r.note, text: r.text, from: r.from, to: r.to, kept: words }];
}
