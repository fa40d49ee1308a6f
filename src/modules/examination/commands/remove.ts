import { type Actor, auditActor } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { isId } from '#kernel/ids';
import type { ExaminationDeps } from '../deps.ts';
import { deleteExamination, type Ended, examinationOf, existing, overdue } from '../store/examinations.ts';
import { foldersThere, removeAll } from '../working/folders.ts';
import { noExamination, personOf } from './begin.ts';

const AT_ONCE = 100;

/** A person's own report and what was sent for it. @throws Refusal examination.notFound */
export async function removeExamination(deps: ExaminationDeps, actor: Actor, id: string): Promise<void> {
  const found = await examinationOf(deps.db.owner, personOf(actor), id);
  if (!found) throw noExamination();
  await end(deps, found, (tx) =>
    deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: null,
      act: 'examination.removed',
      target: { type: 'examination', id },
      detail: {},
    }),
  );
}

/** The row goes first: without it nobody is shown what is being taken away. */
async function end(
  deps: ExaminationDeps,
  { id, uploadIds }: Ended,
  tell: (tx: Tx) => Promise<unknown> = async () => {},
): Promise<void> {
  await deps.db.system(async (tx) => {
    await deleteExamination(tx, id);
    await tell(tx);
  });
  await removeAll(deps.folder, id);
  for (const upload of uploadIds) await deps.staging.remove(upload);
}

/** Takes away what has had its days, and folders left behind when a removal was broken off. @returns how many ended */
export async function removeOverdue(deps: ExaminationDeps): Promise<number> {
  let ended = 0;
  for (;;) {
    const some = await overdue(deps.db.owner, deps.clock.now(), AT_ONCE);
    for (const one of some) await end(deps, one);
    ended += some.length;
    if (some.length < AT_ONCE) break;
  }
  const there = (await foldersThere(deps.folder)).filter(isId);
  for (let i = 0; i < there.length; i += AT_ONCE) {
    const ids = there.slice(i, i + AT_ONCE);
    const known = await existing(deps.db.owner, ids);
    for (const id of ids) if (!known.has(id)) await removeAll(deps.folder, id);
  }
  return ended;
}
