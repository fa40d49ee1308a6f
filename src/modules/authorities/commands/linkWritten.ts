import { type Actor, demand } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { JobKind } from '#kernel/jobs';
import type { AuthoritiesDeps } from '../deps.ts';
import { WRITTEN, type WrittenField, writtenNames } from '../domain/written.ts';
import { agentsNamed, insertLinks, type NewLink, type WrittenUnit, writtenUnits } from '../store/written.ts';
import { networkOf } from './reach.ts';

export const LINK_JOB = 'link-authorities';

/** What is to be linked, and whether it is only looked at. */
export interface LinkOrder {
  archiveId: string;
  fondsId: string | null;
  fields: WrittenField[];
  preview: boolean;
  by: { id: string | null; name: string };
}

export interface LinkResult {
  /** Entries looked at; that have a name of the list; links made, or that would be; authorities they are to. */
  seen: number;
  units: number;
  links: number;
  authorities: number;
  /** Names that several authorities have: nobody but a person can tell which is meant. */
  ambiguous: number;
  /** Those that occur most. */
  examples: { name: string; authorityId: string; units: number }[];
}

/**
 * Has a job link entries by the names written in them.
 *
 * @returns the job's id
 * @throws Refusal archive.notFound, fonds.notFound, link.fields, actor.forbidden
 */
export async function linkWritten(
  deps: AuthoritiesDeps,
  actor: Actor,
  o: { archiveId: string; fondsId: string | null; fields: readonly WrittenField[]; preview: boolean },
): Promise<string> {
  demand(
    actor,
    'holdings.write',
    o.archiveId,
    new Refusal('archive.notFound', 'There is no such archive.'),
    'whole',
  );
  if (o.fields.length === 0)
    throw new Refusal('link.fields', 'Say which elements are looked at.', { field: 'fields' });
  let title = '';
  if (o.fondsId) {
    const fonds = await deps.holdings.fonds(actor, o.fondsId);
    if (fonds.archiveId !== o.archiveId) throw new Refusal('fonds.notFound', 'There is no such fonds.');
    title = `${fonds.number} ${fonds.name}`;
  }
  const by = { id: actor.id, name: actor.name };
  const order: LinkOrder = {
    archiveId: o.archiveId,
    fondsId: o.fondsId,
    fields: [...new Set(o.fields)],
    preview: o.preview,
    by,
  };
  return deps.db.system((tx) =>
    deps.jobs.enqueue(tx, LINK_JOB, order, { archiveId: o.archiveId, title, createdBy: actor.id }),
  );
}

/** Entries read at a time. */
const AT_ONCE = 2_000;
const EXAMPLES = 50;

/** Links what is not linked; killed anywhere, a second run passes over what is there. */
export function linkJob(deps: AuthoritiesDeps): JobKind<LinkOrder> {
  return {
    name: LINK_JOB,
    async run({ data, signal, progress }): Promise<LinkResult> {
      const networkId = await networkOf(deps, data.archiveId);
      const tally = new Tally();
      for (let after: string | null = null; ; ) {
        signal.throwIfAborted();
        const units = await writtenUnits(deps.db.owner, { ...data, after, limit: AT_ONCE });
        const found = await linksFor(deps, networkId, units, data.fields, tally);
        if (!data.preview && found.length > 0)
          await deps.db.system(async (tx) => {
            const links = await insertLinks(
              tx,
              { archiveId: data.archiveId, byName: data.by.name, at: deps.clock.now() },
              found,
            );
            if (links === 0) return;
            await deps.audit.append(tx, {
              actor: data.by,
              archiveId: data.archiveId,
              act: 'authorities.linked',
              target: { type: 'archive', id: data.archiveId },
              detail: { links, fonds: data.fondsId, first: units[0]?.id, last: units.at(-1)?.id },
            });
          });
        tally.seen += units.length;
        progress({ step: data.preview ? 'reading' : 'storing', done: tally.seen });
        const last = units.at(-1);
        if (units.length < AT_ONCE || !last) return tally.result();
        after = last.id;
      }
    },
  };
}

/** What is counted while it goes on. */
class Tally {
  seen = 0;
  units = 0;
  links = 0;
  readonly ambiguous = new Set<string>();
  readonly #of = new Map<string, { name: string; authorityId: string; units: number }>();

  note(authorityId: string, name: string): void {
    this.links++;
    const there = this.#of.get(authorityId);
    if (there) there.units++;
    else this.#of.set(authorityId, { name, authorityId, units: 1 });
  }

  result(): LinkResult {
    const { seen, units, links, ambiguous } = this;
    const most = [...this.#of.values()].toSorted((a, b) => b.units - a.units);
    return {
      seen,
      units,
      links,
      authorities: most.length,
      ambiguous: ambiguous.size,
      examples: most.slice(0, EXAMPLES),
    };
  }
}

async function linksFor(
  deps: AuthoritiesDeps,
  networkId: string,
  units: readonly WrittenUnit[],
  fields: readonly WrittenField[],
  tally: Tally,
): Promise<NewLink[]> {
  const folded = new Map<string, string>();
  const fold = (name: string) => {
    const there = folded.get(name);
    if (there !== undefined) return there;
    const key = deps.fold(name);
    folded.set(name, key);
    return key;
  };
  const written = units.map((u) => ({
    id: u.id,
    names: fields.flatMap((field) =>
      writtenNames(u[field]).map((name) => ({ field, name, key: fold(name) })),
    ),
  }));
  const keys = [...new Set(written.flatMap((w) => w.names.map((n) => n.key)))].filter((k) => k !== '');
  const known = await agentsNamed(deps.db.owner, networkId, keys);
  const links: NewLink[] = [];
  for (const { id, names } of written) {
    const of = new Map<string, NewLink>();
    for (const { field, name, key } of names) {
      const meant = (known.get(key) ?? []).filter((a) => WRITTEN[field].classes.includes(a.class));
      if (meant.length > 1) tally.ambiguous.add(key);
      const [only] = meant;
      if (!only || meant.length > 1) continue;
      const { role } = WRITTEN[field];
      const link = `${only.id} ${role}`;
      if (!of.has(link)) tally.note(only.id, name);
      of.set(link, { unitId: id, authorityId: only.id, role });
    }
    if (of.size > 0) tally.units++;
    links.push(...of.values());
  }
  return links;
}
