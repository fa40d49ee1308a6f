import { type Actor, can, scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { readableLead } from '../commands/leads.ts';
import { demandRead } from '../commands/reach.ts';
import { readableSource } from '../commands/sources.ts';
import type { AccessionDeps } from '../deps.ts';
import { PURPOSE, type SourceData } from '../domain/sourceData.ts';
import { clean } from '../domain/text.ts';
import { maskedOf } from '../personal.ts';
import { type AccessionRow, accessionNames, registerPage } from '../store/accessions.ts';
import { type Accrual, accrualsIn } from '../store/accruals.ts';
import { type Lead, leadPage } from '../store/leads.ts';
import {
  type Contact,
  contactsOf,
  type Honour,
  honoursOf,
  type Source,
  type SourceRow,
  sourcePage,
} from '../store/sources.ts';
import { wordsOf } from './register.ts';

const MOST_OF_ONE = 500;
const MOST_CONTACTS = 500;

/** A page of an archive's sources: by part of a name as shown, or by a whole name, number or telephone. @throws Refusal archive.notFound */
export async function listSources(
  deps: AccessionDeps,
  actor: Actor,
  o: { archiveId: string; q: string | undefined; cursor: string | undefined; limit: number },
): Promise<{ items: SourceRow[]; next: string | null }> {
  demandRead(actor, o.archiveId);
  const [key, id] = o.cursor ? decodeCursor(o.cursor, ['string', 'string']) : [];
  const after = id === undefined ? undefined : ([String(key), String(id)] as const);
  const asked = clean(o.q) ?? '';
  return deps.db.as(scopeOf(actor), async (tx) => {
    const matches: Buffer[] = [];
    if (asked !== '')
      for (const field of ['name', 'idNumber', 'telephone'] as const)
        matches.push(...(await deps.vault.matches(tx, o.archiveId, PURPOSE, field, asked)));
    const words = wordsOf(deps, o.q);
    const rows = await sourcePage(tx, { archiveId: o.archiveId, words, matches, after, limit: o.limit + 1 });
    const items = rows.slice(0, o.limit);
    const last = items.at(-1);
    return { items, next: rows.length > o.limit && last ? encodeCursor([last.key, last.id]) : null };
  });
}

export interface SourceView {
  source: Source;
  /** How it is reached, masked; null where it can not be opened. */
  data: SourceData | null;
  accessions: AccessionRow[];
  contacts: Contact[];
  honours: Honour[];
  leads: Lead[];
  allowed: { write: boolean; show: boolean };
}

/** A source with all it gave. @throws Refusal source.notFound */
export function readSourceOf(deps: AccessionDeps, actor: Actor, id: string): Promise<SourceView> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const source = await readableSource(tx, actor, id);
    const { archiveId } = source;
    const write = can(actor, 'accessions.write', archiveId, 'whole');
    return {
      source,
      data: await maskedOf(deps.vault, tx, source),
      accessions: await registerPage(tx, deps.handovers, { archiveId, sourceId: id, limit: MOST_OF_ONE }),
      contacts: await contactsOf(tx, { sourceId: id }, MOST_CONTACTS),
      honours: await honoursOf(tx, id),
      leads: await leadPage(tx, {
        archiveId,
        states: null,
        sourceId: id,
        words: [],
        after: undefined,
        limit: MOST_OF_ONE,
      }),
      allowed: { write, show: write || can(actor, 'personal.unmask', archiveId, 'whole') },
    };
  });
}

/** A page of an archive's leads. @throws Refusal archive.notFound */
export async function listLeads(
  deps: AccessionDeps,
  actor: Actor,
  o: {
    archiveId: string;
    states: readonly string[] | null;
    q: string | undefined;
    cursor: string | undefined;
    limit: number;
  },
): Promise<{ items: Lead[]; next: string | null }> {
  demandRead(actor, o.archiveId);
  const [year, no] = o.cursor ? decodeCursor(o.cursor, ['number', 'number']) : [];
  const after = year === undefined || no === undefined ? undefined : ([Number(year), Number(no)] as const);
  const { archiveId, states } = o;
  const words = wordsOf(deps, o.q);
  const rows = await deps.db.as(scopeOf(actor), (tx) =>
    leadPage(tx, { archiveId, states, sourceId: null, words, after, limit: o.limit + 1 }),
  );
  const items = rows.slice(0, o.limit);
  const last = items.at(-1);
  return { items, next: rows.length > o.limit && last ? encodeCursor([last.year, last.no]) : null };
}

/** A lead with what was said. @throws Refusal lead.notFound */
export function readLeadOf(deps: AccessionDeps, actor: Actor, id: string) {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const lead = await readableLead(tx, actor, id);
    const won = lead.accessionId
      ? (await accessionNames(tx, deps.handovers, [lead.accessionId])).get(lead.accessionId)
      : undefined;
    return {
      lead,
      contacts: await contactsOf(tx, { leadId: id }, MOST_CONTACTS),
      accession:
        won && lead.accessionId ? { id: lead.accessionId, number: won.number, title: won.title } : null,
      allowed: { write: can(actor, 'accessions.write', lead.archiveId, 'whole') },
    };
  });
}

/** What comes again and again to an archive. @throws Refusal archive.notFound */
export async function listAccruals(
  deps: AccessionDeps,
  actor: Actor,
  o: { archiveId: string; cursor: string | undefined; limit: number },
): Promise<{ items: (Accrual & { came: number; lastOn: string | null })[]; next: string | null }> {
  demandRead(actor, o.archiveId);
  const after = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
  const rows = await deps.db.as(scopeOf(actor), (tx) =>
    accrualsIn(tx, { archiveId: o.archiveId, after, limit: o.limit + 1 }),
  );
  const items = rows.slice(0, o.limit);
  const last = items.at(-1);
  return { items, next: rows.length > o.limit && last ? encodeCursor([last.id]) : null };
}
