import {
  codeOf,
  counterAt,
  counterScopeKey,
  type ReferenceTemplate,
  type Slot,
  sortKey,
  standardTemplate,
} from '#formats/reference-codes';
import { type Actor, type AgencyOf, auditActor, scopeOf } from '#kernel/actor';
import { isRefusal, Refusal } from '#kernel/errors';
import type { FilingDeps } from '../deps.ts';
import { inOrder, type Order } from '../domain/arrange.ts';
import { demandInAgency } from '../domain/side.ts';
import {
  clearNumbers,
  highest,
  itemsToNumber,
  lockYear,
  setNumbers,
  type ToNumber,
} from '../store/numbering.ts';
import { agencyOf } from './agencies.ts';
import { noAgency } from './refusals.ts';

interface ClassOfNumbers {
  template: ReferenceTemplate;
  counter: Slot;
  values: Record<string, string>;
  scope: string;
  items: ToNumber[];
}

export interface Numbered {
  numbered: number;
  /** Items that could not be, each with the element that lacks or can not stand in a code. */
  left: { id: string; title: string; element: string }[];
}

/** How many codes are tried at a time. */
const TRIED = 500;

/**
 * Gives the items of a year that are not filed their numbers, class by class in this order, after those given before.
 *
 * @param o.again takes away and gives anew what is not filed yet, so that the class runs in order
 * @throws Refusal agency.notFound, actor.forbidden
 */
export async function numberRecords(
  deps: FilingDeps,
  actor: Actor,
  of: AgencyOf & { year: number },
  o: { order: Order; again: boolean },
): Promise<Numbered> {
  const { name } = await agencyOf(deps, actor, of);
  demandInAgency(actor, 'filing.write', of, noAgency());
  const fonds = new Map((await deps.holdings.fondsOfAgencies([of.agencyId])).map((f) => [f.id, f]));
  const templates = new Map<string, Promise<ReferenceTemplate>>();
  const templateOf = (fondsId: string, category: string): Promise<ReferenceTemplate> => {
    const key = `${fondsId} ${category}`;
    const known =
      templates.get(key) ??
      deps.holdings
        .codeTemplateFor({ id: fondsId, archiveId: of.archiveId }, category)
        .then((own) => own ?? standardTemplate(category, 'item'));
    templates.set(key, known);
    return known;
  };
  return deps.db.as(scopeOf(actor), async (tx) => {
    await lockYear(tx, of.agencyId, of.year);
    const all = await itemsToNumber(tx, of.agencyId, of.year);
    if (o.again)
      await clearNumbers(
        tx,
        all.map((i) => i.id),
      );
    const waiting = o.again ? all : all.filter((i) => i.itemNo === null);
    const classes = new Map<string, ClassOfNumbers>();
    const left: Numbered['left'] = [];
    for (const item of waiting) {
      const number = fonds.get(item.fondsId)?.number ?? '';
      const template = await templateOf(item.fondsId, item.category);
      try {
        const found = classOf(template, item, { fonds: number, year: of.year });
        const there = classes.get(found.scope) ?? found;
        there.items.push(item);
        classes.set(found.scope, there);
      } catch (e) {
        if (!isRefusal(e)) throw e;
        left.push({ id: item.id, title: item.title, element: String(e.detail.element ?? '') });
      }
    }
    const last = await highest(tx, of.agencyId, [...classes.keys()]);
    let numbered = 0;
    for (const one of classes.values()) {
      const ordered = inOrder(one.items, o.order);
      const free = await freeAfter(deps, of.archiveId, one, last.get(one.scope) ?? 0, ordered.length);
      await setNumbers(
        tx,
        ordered.flatMap((item, i) => {
          const given = free[i];
          return given
            ? [{ id: item.id, scope: one.scope, n: given.n, code: given.code, sortKey: sortKey(given.code) }]
            : [];
        }),
      );
      numbered += ordered.length;
    }
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: of.archiveId,
      act: 'record.numbered',
      target: { type: 'agency', id: of.agencyId },
      detail: { name, year: of.year, records: numbered, left: left.length, again: o.again },
    });
    return { numbered, left };
  });
}

/** The class an item is numbered in. @throws Refusal referenceCode.* where an element lacks or can not stand in a code */
function classOf(
  template: ReferenceTemplate,
  item: ToNumber,
  { fonds, year }: { fonds: string; year: number },
): ClassOfNumbers {
  const counter = counterAt(template, 'item') ?? counterAt(template, 'file') ?? template.slots.at(-1);
  const values: Record<string, string> = { fonds, category: item.category, year: String(year) };
  if (item.retention) values.retention = item.retention;
  if (item.classCode) values.department = item.classCode;
  if (item.volumeNo) {
    values.volume = item.volumeNo;
    values.group = item.volumeNo;
  }
  if (!counter) throw new Error('a template has slots');
  if (!item.retention)
    // What has no retention has no class yet, whatever the template asks for.
    throw new Refusal('referenceCode.missingElement', 'The record has no retention period yet.', {
      element: 'retention',
    });
  codeOf(template, counter, values, 1);
  return { template, counter, values, scope: counterScopeKey(template, counter.name, values), items: [] };
}

async function freeAfter(
  deps: FilingDeps,
  archiveId: string,
  { template, counter, values }: ClassOfNumbers,
  last: number,
  many: number,
): Promise<{ n: number; code: string }[]> {
  const free: { n: number; code: string }[] = [];
  let next = last + 1;
  while (free.length < many) {
    const size = Math.min(TRIED, many - free.length + 20);
    const tried = Array.from({ length: size }, (_, i) => ({
      n: next + i,
      code: codeOf(template, counter, values, next + i),
    }));
    next += size;
    const taken = await deps.holdings.codesTaken(
      archiveId,
      tried.map((t) => t.code),
    );
    free.push(...tried.filter((t) => !taken.has(t.code)));
  }
  return free.slice(0, many);
}
