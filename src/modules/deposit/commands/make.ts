import { type Actor, auditActor } from '#kernel/actor';
import { dayIn } from '#kernel/calendar';
import { bearsSecretMark } from '#kernel/classification';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { layOut } from '#kernel/laying';
import { mayInAgency } from '#modules/filing';
import type { DepositDeps } from '../deps.ts';
import { insertDeposit, nextNumber, type SentBySystem, setJob } from '../store/deposits.ts';
import { SEAL_JOB } from '../working/seal.ts';
import { agencyRefusal } from './refusals.ts';

/** What is deposited, as its agency says it. */
export interface DepositOrder {
  archiveId: string;
  agencyId: string;
  title: string;
  /** From which system it was taken. */
  system: string | null;
  category: string | null;
  yearFrom: number | null;
  yearTo: number | null;
  note: string | null;
  uploadIds: readonly string[];
  /** Where a sender system makes it; `count` counts it in the same transaction. */
  sent?: (SentBySystem & { count(tx: Tx): Promise<void> }) | undefined;
}

const MOST_UPLOADS = 100_000;

/**
 * An agency deposits copies: they are sealed by a job, and receipted when they are.
 *
 * @returns its id
 * @throws Refusal `agency.notFound`, `actor.forbidden`, `deposit.title`, `deposit.years`, `deposit.empty`, `deposit.marked`,
 *   `deposit.sentMeanwhile.conflict`, `upload.*`
 */
export async function makeDeposit(deps: DepositDeps, actor: Actor, order: DepositOrder): Promise<string> {
  const { archiveId, agencyId, uploadIds } = order;
  const archive = (await deps.archives()).find((a) => a.id === archiveId);
  const agency = (await deps.agencies(archiveId)).find((a) => a.id === agencyId);
  const of = { archiveId, agencyId };
  if (!archive || !agency || !mayInAgency(actor, 'filing.write', of)) throw agencyRefusal(actor, of);
  const said = readOrder(order);
  if (
    uploadIds.length === 0 ||
    uploadIds.length > MOST_UPLOADS ||
    new Set(uploadIds).size !== uploadIds.length
  )
    throw new Refusal('deposit.empty', 'Send what is to be deposited, each file once.');
  const arrived = [];
  for (const upload of uploadIds) arrived.push(await deps.staging.arrived(upload, actor.id ?? ''));
  layOut(arrived);
  const id = deps.newId();
  const madeAt = deps.clock.now();
  await deps.db.system(async (tx) => {
    const year = Number(dayIn(madeAt, deps.timeZone).slice(0, 4));
    const n = await nextNumber(tx, archiveId, year);
    const number = `${archive.code}-BF-${year}-${String(n).padStart(4, '0')}`;
    const isNew = await insertDeposit(
      tx,
      {
        id,
        archiveId,
        agencyId,
        agencyCode: agency.code,
        agencyName: agency.name,
        number,
        ...said,
        uploads: [...uploadIds],
        madeBy: actor.id ?? '',
        madeByName: actor.name,
        madeAt,
      },
      order.sent ?? null,
    );
    if (!isNew)
      throw new Refusal('deposit.sentMeanwhile.conflict', 'It was made by another call just now. Ask again.');
    await order.sent?.count(tx);
    const title = number;
    await setJob(
      tx,
      id,
      await deps.jobs.enqueue(tx, SEAL_JOB, { id }, { archiveId, title, createdBy: actor.id }),
    );
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId,
      act: 'deposit.made',
      target: { type: 'deposit', id },
      detail: { number, agency: agency.code, files: uploadIds.length },
    });
  });
  return id;
}

function readOrder(o: DepositOrder) {
  const text = (value: string | null, most: number): string | null =>
    [...(value?.normalize('NFC').trim() ?? '')].slice(0, most).join('') || null;
  const title = text(o.title, 300);
  if (title === null) throw new Refusal('deposit.title', 'A deposit needs a name.', { field: 'title' });
  const [system, category, note] = [text(o.system, 200), text(o.category, 100), text(o.note, 4_000)];
  if (o.yearFrom !== null && o.yearTo !== null && o.yearTo < o.yearFrom)
    throw new Refusal('deposit.years', 'The last year is not before the first.', { field: 'yearTo' });
  if ([title, system, category, note].some((t) => t !== null && bearsSecretMark(t)))
    throw new Refusal(
      'deposit.marked',
      'This bears a classification. Classified material is not deposited here.',
    );
  return { title, system, category, note, yearFrom: o.yearFrom, yearTo: o.yearTo };
}
