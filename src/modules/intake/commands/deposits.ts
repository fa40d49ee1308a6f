import { createHash } from 'node:crypto';
import { scopeOf } from '#kernel/actor';
import { canonicalBytes } from '#kernel/canonical';
import { bearsSecretMark } from '#kernel/classification';
import { isRefusal, Refusal } from '#kernel/errors';
import type { Deposits } from '#modules/deposit';
import type { IntakeDeps } from '../deps.ts';
import { releaseUploads } from '../store/uploads.ts';
import { countRefused } from '../store/use.ts';
import type { Planned } from './files.ts';
import { demandRoom } from './quota.ts';
import type { Sender } from './sender.ts';
import { saidOfUploads, type UploadsOrder, uploadedFiles } from './uploadedFiles.ts';

/** Early copies for registration backup 登记备份, as a system sends them. */
export interface SentDepositOrder extends UploadsOrder {
  senderId: string;
  title: string;
  category: string | null;
  yearFrom: number | null;
  yearTo: number | null;
  note: string | null;
}

export type Deposited = NonNullable<Awaited<ReturnType<Deposits['sentAs']>>>['deposit'];

export interface DepositAnswer {
  outcome: 'taken' | 'unchanged';
  deposit: Deposited;
}

/**
 * Makes a deposit of what a system sent, sealed and receipted like any other. A deposit is never changed: the same again is the same
 * one, and something else under its id is refused.
 *
 * @throws Refusal intake.findings, intake.deposited.conflict, intake.quota, intake.quota.tooMany, deposit.*, upload.*
 */
export async function sendDeposit(
  deps: IntakeDeps,
  sender: Sender,
  order: SentDepositOrder,
): Promise<DepositAnswer> {
  try {
    return await take(deps, sender, order);
  } catch (e) {
    // Made by the same call in another process meanwhile: told as it is now.
    if (isRefusal(e) && e.code === 'deposit.sentMeanwhile.conflict') return await take(deps, sender, order);
    if (isRefusal(e)) {
      const { system, actor } = sender;
      await deps.db.as(scopeOf(actor), (tx) => countRefused(tx, system.id, deps.today()));
    }
    throw e;
  }
}

async function take(deps: IntakeDeps, sender: Sender, order: SentDepositOrder): Promise<DepositAnswer> {
  const { system, actor } = sender;
  const { senderId, title, category, yearFrom, yearTo, note } = order;
  if (bearsSecretMark(senderId))
    throw new Refusal(
      'deposit.marked',
      'This bears a classification. Classified material is not deposited here.',
    );
  const of = { systemId: system.id, senderId };
  const before = await deps.deposits.sentAs(of);
  const files = await uploadedFiles(deps, sender, order, before?.sent.uploads ?? {});
  const digest = fingerprintOf(order, files);
  if (before && before.deposit.state !== 'failed') {
    if (before.sent.digest === digest) return { outcome: 'unchanged', deposit: before.deposit };
    throw new Refusal(
      'intake.deposited.conflict',
      'Something else was deposited under this id, and a deposit is never changed. Send it under another id.',
    );
  }
  const bytes = files.reduce((sum, f) => sum + f.bytes, 0);
  const uploadIds = order.uploads.map((u) => u.id);
  await deps.deposits.make(actor, {
    archiveId: system.archiveId,
    agencyId: system.agencyId,
    title,
    category,
    yearFrom,
    yearTo,
    note,
    system: system.settings.name,
    uploadIds,
    sent: {
      ...of,
      digest,
      uploads: saidOfUploads(files),
      async count(tx) {
        await releaseUploads(tx, uploadIds);
        await demandRoom(deps, tx, system, { items: 1, bytes });
      },
    },
  });
  const made = await deps.deposits.sentAs(of);
  if (!made) throw new Error(`deposit ${senderId} of ${system.id} was made and is not there`);
  return { outcome: 'taken', deposit: made.deposit };
}

function fingerprintOf(
  { title, category, yearFrom, yearTo, note }: SentDepositOrder,
  files: readonly Planned[],
): string {
  const list = files.map(({ name, sha512 }) => ({ name, sha512 })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const told = { title: title.trim(), category, yearFrom, yearTo, note, files: list };
  return createHash('sha256').update(canonicalBytes(told)).digest('hex');
}

/** What became of a deposit a system made. @throws Refusal deposit.notFound */
export async function sentDeposit(
  deps: IntakeDeps,
  { system }: Sender,
  senderId: string,
): Promise<Deposited> {
  const found = await deps.deposits.sentAs({ systemId: system.id, senderId });
  if (!found) throw new Refusal('deposit.notFound', 'There is no such deposit.');
  return found.deposit;
}
