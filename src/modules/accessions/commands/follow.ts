import { dayIn } from '#kernel/calendar';
import type { Tx } from '#kernel/db';
import type { AccessionDeps, Handover } from '../deps.ts';
import { numberOf } from '../domain/numbers.ts';
import { insertTransfer, withoutLine } from '../store/accessions.ts';
import { nextNo } from '../store/counter.ts';
import { handoverById } from '../store/handovers.ts';
import { archiveOf } from './reach.ts';
import { keyOf } from './register.ts';

const AT_ONCE = 200;

/**
 * A countersigned handover takes its line of the register by itself, in the transaction in which it is accepted. What it says of
 * itself is not written a second time. One that has a line keeps it.
 */
export async function followHandover(deps: AccessionDeps, tx: Tx, batchId: string): Promise<void> {
  const handover = await handoverById(tx, deps.handovers, batchId);
  if (handover) await enter(deps, tx, handover);
}

async function enter(deps: AccessionDeps, tx: Tx, h: Handover): Promise<void> {
  const archive = await archiveOf(deps, h.archiveId);
  const registeredOn = dayIn(h.acceptedAt, deps.timeZone);
  const year = Number(registeredOn.slice(0, 4));
  const no = await nextNo(tx, 'accession', { archiveId: h.archiveId, year });
  const number = numberOf(archive.code, 'accession', { year, no });
  const id = deps.newId();
  const at = deps.clock.now();
  const by = { id: null, name: 'lantai' };
  const key = keyOf(deps, [number, h.number, h.title, h.agencyName]);
  const { archiveId } = h;
  const line = {
    id,
    archiveId,
    year,
    no,
    number,
    key,
    state: 'arranged' as const,
    by,
    at,
    registeredOn,
    transferId: h.id,
  };
  if (!(await insertTransfer(tx, line))) throw new Error(`the handover ${h.number} has a line already`);
  await deps.audit.append(tx, {
    actor: by,
    archiveId,
    act: 'accession.registered',
    target: { type: 'accession', id },
    detail: { number, way: 'transfer', state: 'arranged', batch: h.number },
  });
}

/** Lines for handovers that were accepted before there was a register, in the order in which they were. @returns how many */
export async function followThoseLeft(deps: AccessionDeps): Promise<number> {
  let n = 0;
  for (;;) {
    const ids = await withoutLine(deps.db.owner, deps.handovers, AT_ONCE);
    for (const id of ids)
      await deps.db.system(async (tx) => {
        const handover = await handoverById(tx, deps.handovers, id);
        if (handover) await enter(deps, tx, handover);
      });
    n += ids.length;
    if (ids.length < AT_ONCE) return n;
  }
}
