import Type from 'typebox';
import { type Actor, type Capability, can, systemActor } from '#kernel/actor';
import type { AuditEntry, EntryFilter } from '#kernel/audit';
import type { Database } from '#kernel/db';
import { isRefusal } from '#kernel/errors';
import { Id } from '#kernel/http/route';
import { isId } from '#kernel/ids';
import type { Language } from '#kernel/wording';
import type { Archive, Holdings } from '#modules/holdings';
import type { ThingNames } from './sentence.ts';

export interface AskingDeps {
  db: Database;
  holdings: Pick<Holdings, 'archives' | 'names' | 'findByCode'>;
}

/** What may be asked for, as the address holds it. */
export const EntryQuery = Type.Object({
  archive: Type.Optional(Id),
  person: Type.Optional(Type.String({ maxLength: 200 })),
  thing: Type.Optional(Type.String({ maxLength: 200 })),
  act: Type.Optional(Type.String({ maxLength: 100 })),
  from: Type.Optional(Type.String({ format: 'date-time' })),
  to: Type.Optional(Type.String({ format: 'date-time' })),
  result: Type.Optional(Type.Enum(['done', 'refused', 'failed'])),
});
type EntryQuery = Type.Static<typeof EntryQuery>;

/**
 * Whose entries somebody may read: their archives', and the installation's own where they are the audit administrator
 * of every archive at the top of the tree.
 */
export async function reach(deps: AskingDeps, actor: Actor, capability: Capability) {
  const all = await deps.holdings.archives();
  const mine = all.filter((a) => can(actor, capability, a.id));
  const tops = all.filter((a) => a.parentId === null);
  const installation = tops.length > 0 && tops.every((top) => mine.some((a) => a.id === top.id));
  return { archives: mine, installation };
}

/** A question as the trail takes it. An archive outside the asker's reach gives nothing. */
export async function filterOf(
  deps: AskingDeps,
  actor: Actor,
  q: EntryQuery,
  capability: Capability = 'audit.read',
): Promise<EntryFilter> {
  const { archives, installation } = await reach(deps, actor, capability);
  const chosen = q.archive ? archives.filter((a) => a.id === q.archive) : archives;
  const person = q.person?.normalize('NFKC').trim();
  return {
    archives: chosen.map((a) => a.id),
    installation: installation && !q.archive,
    ...(person ? (isId(person) ? { personId: person } : { personName: person }) : {}),
    ...(q.thing?.trim() ? { thing: await thingId(deps, chosen, q.thing.trim()) } : {}),
    ...(q.act ? { act: q.act } : {}),
    ...(q.from ? { from: new Date(q.from) } : {}),
    ...(q.to ? { to: new Date(q.to) } : {}),
    ...(q.result ? { result: q.result as EntryFilter['result'] } : {}),
  };
}

/** A thing as people name it: an id, or a reference code of one of these archives, present or former. */
async function thingId(deps: AskingDeps, archives: readonly Archive[], text: string): Promise<string> {
  if (isId(text)) return text;
  for (const a of archives) {
    try {
      return await deps.holdings.findByCode(systemActor('lantai'), a.id, text);
    } catch (e) {
      if (!isRefusal(e)) throw e;
    }
  }
  return text;
}

const nameIn = (language: Language, a: Archive): string =>
  (language === 'zh-TW' ? a.nameHant : language === 'en' ? a.nameEn : null) ?? a.name;

/** Names of the things some entries are about. Titles are content and not told here. */
export async function namesOf(
  deps: AskingDeps,
  entries: readonly AuditEntry[],
  language: Language,
): Promise<ThingNames> {
  const names = new Map<string, string>();
  for (const a of await deps.holdings.archives()) names.set(a.id, nameIn(language, a));
  // The thing itself, or the record it is of.
  const units = entries
    .map((e) => (e.target.type === 'unit' ? e.target.id : e.detail.unit))
    .filter((id): id is string => typeof id === 'string' && isId(id));
  const found = await deps.db.system((tx) => deps.holdings.names(tx, [...new Set(units)]));
  for (const [id, { referenceCode }] of found) if (referenceCode) names.set(id, referenceCode);
  return names;
}
