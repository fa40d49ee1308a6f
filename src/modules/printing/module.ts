import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { type Actor, auditActor } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { Refusal } from '#kernel/errors';
import { orderPrint, type Wanted } from './commands/order.ts';
import { noOrder, personOf } from './commands/person.ts';
import { previewPrint } from './commands/preview.ts';
import { cancelPrint, removeOverdue, removePrint } from './commands/remove.ts';
import { printJob } from './commands/run.ts';
import { dropFormSettings, formSettings, keepFormSettings } from './commands/settings.ts';
import type { PrintingDeps } from './deps.ts';
import type { Form } from './domain/forms.ts';
import { demandFormat } from './domain/may.ts';
import { fileOf } from './running/folders.ts';
import { orderOf, ordersOf, type PrintOrder } from './store/orders.ts';

export type Printing = ReturnType<typeof createPrinting>;

/** Printed matter: forms drawn by jobs for those who asked, and how an archive prints its forms. */
export function createPrinting(deps: PrintingDeps) {
  async function own(actor: Actor, id: string): Promise<PrintOrder> {
    const found = await orderOf(deps.db.owner, personOf(actor), id);
    if (!found) throw noOrder();
    return found;
  }
  return {
    jobs: [printJob(deps)],
    settings: (actor: Actor, archiveId: string) => formSettings(deps, actor, archiveId),
    keepSettings: (actor: Actor, archiveId: string, form: Form, settings: Wanted['settings']) =>
      keepFormSettings(deps, actor, archiveId, form, settings),
    dropSettings: (actor: Actor, archiveId: string, form: Form) =>
      dropFormSettings(deps, actor, archiveId, form),
    preview: (actor: Actor, wanted: Omit<Wanted, 'format'>) => previewPrint(deps, actor, wanted),
    order: (actor: Actor, wanted: Wanted) => orderPrint(deps, actor, wanted),
    one: own,
    now: () => deps.clock.now(),
    async list(actor: Actor, o: { cursor: string | undefined; limit: number }) {
      const before = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
      const rows = await ordersOf(deps.db.owner, { personId: personOf(actor), before, limit: o.limit + 1 });
      const items = rows.slice(0, o.limit);
      return { items, next: rows.length > o.limit ? encodeCursor([items.at(-1)!.id]) : null };
    },
    cancel: (actor: Actor, id: string) => cancelPrint(deps, actor, id),
    remove: (actor: Actor, id: string) => removePrint(deps, actor, id),
    /** For the clock of the house. */
    removeOverdue: () => removeOverdue(deps),
    /** The finished file, for who asked for it. @throws Refusal printing.notFound, actor.forbidden (not any more), printing.wrongState */
    async file(actor: Actor, id: string): Promise<{ order: PrintOrder; content: Readable }> {
      const order = await own(actor, id);
      demandFormat(actor, order, noOrder());
      if (order.state !== 'done')
        throw new Refusal('printing.wrongState', 'The file is not finished.', { state: order.state });
      await deps.db.system((tx) =>
        deps.audit.append(tx, {
          actor: auditActor(actor),
          archiveId: order.archiveId,
          act: 'printing.fetched',
          target: { type: 'printing', id },
          detail: { form: order.form, entries: order.done },
        }),
      );
      return { order, content: createReadStream(fileOf(deps.folder, order)) };
    },
  };
}
