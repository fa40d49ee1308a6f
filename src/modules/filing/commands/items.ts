import { type Actor, auditActor, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { FilingDeps } from '../deps.ts';
import { orderWithinItem, type Part, partOf } from '../domain/arrange.ts';
import { partsOf, putIntoItem, takeOut } from '../store/records.ts';
import { changeable } from './records.ts';
import { noRecord, recordState } from './refusals.ts';

/**
 * Groups documents into one item 组件: the first document stands for the item, the others lie in it in the order of the rule.
 *
 * @param parts what each is there; told by its title where it is not said
 * @throws Refusal record.notFound, record.wrongState, `record.otherYear`, `record.hasParts`
 */
export function groupRecords(
  deps: FilingDeps,
  actor: Actor,
  itemId: string,
  parts: readonly { id: string; part?: Part | undefined }[],
): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const ids = parts.map((p) => p.id);
    const found = await changeable(tx, actor, [itemId, ...ids]);
    if (ids.includes(itemId)) throw new Refusal('record.inItself', 'A document can not lie in itself.');
    const item = found.find((r) => r.id === itemId);
    if (!item || item.itemId !== null) throw noRecord();
    for (const r of found) {
      if (r.state !== 'registered') throw recordState(r.state);
      if (r.agencyId !== item.agencyId || r.year !== item.year)
        throw new Refusal('record.otherYear', 'The documents of an item are of one agency and one year.');
    }
    if ((await partsOf(tx, ids)).length > 0)
      throw new Refusal(
        'record.hasParts',
        'One of these is an item with documents in it. Take them out first.',
      );
    const there = (await partsOf(tx, [itemId])).filter((r) => !ids.includes(r.id));
    const named = new Map(parts.map((p) => [p.id, p.part]));
    const documents = [...there, ...found.filter((r) => r.id !== itemId)].map((r) => ({
      id: r.id,
      part: named.get(r.id) ?? r.part ?? partOf(r.title),
      dateFrom: r.dateFrom,
      title: r.title,
    }));
    await putIntoItem(
      tx,
      itemId,
      orderWithinItem(documents).map(({ id, part }) => ({ id, part })),
      deps.clock.now(),
    );
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: item.archiveId,
      act: 'record.grouped',
      target: { type: 'filingRecord', id: itemId },
      detail: { name: item.title, documents: documents.length },
    });
  });
}

/** Takes documents out of an item; each is one again. @throws Refusal record.notFound, record.wrongState */
export function ungroupRecords(
  deps: FilingDeps,
  actor: Actor,
  itemId: string,
  ids: readonly string[],
): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const [item] = await changeable(tx, actor, [itemId]);
    const within = new Set((await partsOf(tx, [itemId])).map((r) => r.id));
    if (!item || ids.some((id) => !within.has(id))) throw noRecord();
    if (item.state !== 'registered') throw recordState(item.state);
    await takeOut(tx, ids, deps.clock.now());
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: item.archiveId,
      act: 'record.ungrouped',
      target: { type: 'filingRecord', id: itemId },
      detail: { name: item.title, documents: ids.length },
    });
  });
}
