import { type Actor, auditActor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import { isId } from '#kernel/ids';
import type { PrintingDeps } from '../deps.ts';
import { foldersThere, removeAll, removeOldPreviews } from '../running/folders.ts';
import { deleteOrder, existing, noteEnd, orderOf, overdue } from '../store/orders.ts';
import { noOrder, personOf } from './person.ts';

const AT_ONCE = 100;

/** Ends a job of one's own; what it wrote is taken away. @throws Refusal printing.notFound, printing.wrongState */
export async function cancelPrint(deps: PrintingDeps, actor: Actor, id: string): Promise<void> {
  const found = await orderOf(deps.db.owner, personOf(actor), id);
  if (!found) throw noOrder();
  const { archiveId } = found;
  const ended = await deps.db.system(async (tx) => {
    if (!(await noteEnd(tx, id, 'cancelled', null, deps.clock.now()))) return false;
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId,
      act: 'printing.cancelled',
      target: { type: 'printing', id },
      detail: { form: found.form },
    });
    return true;
  });
  if (!ended) throw new Refusal('printing.wrongState', 'It has ended already.', { state: found.state });
}

/** Takes away an order of one's own with its file. @throws Refusal printing.notFound */
export async function removePrint(deps: PrintingDeps, actor: Actor, id: string): Promise<void> {
  const found = await orderOf(deps.db.owner, personOf(actor), id);
  if (!found) throw noOrder();
  await deps.db.system(async (tx) => {
    await deleteOrder(tx, id);
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: found.archiveId,
      act: 'printing.removed',
      target: { type: 'printing', id },
      detail: { form: found.form },
    });
  });
  await removeAll(deps.folder, id);
}

/** Takes away what has had its days, and folders left behind when something was broken off. @returns how many ended */
export async function removeOverdue(deps: PrintingDeps): Promise<number> {
  let ended = 0;
  for (;;) {
    const some = await overdue(deps.db.owner, deps.clock.now(), AT_ONCE);
    for (const id of some) {
      await deps.db.system((tx) => deleteOrder(tx, id));
      await removeAll(deps.folder, id);
    }
    ended += some.length;
    if (some.length < AT_ONCE) break;
  }
  const there = (await foldersThere(deps.folder)).filter(isId);
  for (let i = 0; i < there.length; i += AT_ONCE) {
    const ids = there.slice(i, i + AT_ONCE);
    const known = await existing(deps.db.owner, ids);
    for (const id of ids) if (!known.has(id)) await removeAll(deps.folder, id);
  }
  await removeOldPreviews(deps.folder, deps.clock.now());
  return ended;
}
