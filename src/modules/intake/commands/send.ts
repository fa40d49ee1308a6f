import { allDone, gathering } from '#kernel/gather';
import type { IntakeDeps } from '../deps.ts';
import type { SaidRecord } from '../domain/message.ts';
import { demandKeepable } from '../domain/readSaid.ts';
import type { SaidFinding } from '../domain/registration.ts';
import { type IntakeItem, type ItemKey, itemsByKeys } from '../store/items.ts';
import { atHand, keepPlanned } from './files.ts';
import { type Plan, planOf, type RecordOrder, rememberedPlaces } from './planning.ts';
import { noteRefused } from './refused.ts';
import { isThere } from './sameAgain.ts';
import type { Sender } from './sender.ts';
import { warningsOf } from './warnings.ts';
import { type Ready, recordWriter, titleOf, writeChange } from './writing.ts';

/** What became of one that was sent. */
export interface Answer {
  senderId: string;
  outcome: 'taken' | 'changed' | 'unchanged';
  version: number;
  /** The record as filing knows it. */
  recordId: string;
  /** Warnings alone: with an error it would have been refused. */
  findings: SaidFinding[];
}

/**
 * Takes a record from a system: registers it, changes it while it may be, or finds that it is there already. Written in one
 * transaction, perhaps with others, so that a second call after any break comes to the same.
 *
 * @throws Refusal intake.message.invalid, intake.findings (with `findings`), intake.superseded.conflict, intake.revision.conflict, intake.filed.conflict,
 *   intake.gone.conflict, intake.quota, intake.quota.tooMany, record.secret, upload.*
 */
export type SendRecord = (sender: Sender, order: RecordOrder) => Promise<Answer>;

/** Sending of records in this process: what is ready at one moment is read and written together. */
export function recordSending(deps: IntakeDeps): SendRecord {
  const standing = gathering<ItemKey, IntakeItem | undefined>({
    inTurn: () => '',
    most: 500,
    answer: async (keys) => allDone(await itemsByKeys(deps.db.owner, keys)),
  });
  const write = recordWriter(deps);
  const places = rememberedPlaces(deps);

  async function take(sender: Sender, order: RecordOrder): Promise<Answer> {
    const { senderId, said } = order;
    demandKeepable(said);
    const item = await standing({ systemId: sender.system.id, kind: 'record', senderId });
    const plan = await planOf(deps, sender, order, { item, places: places(sender) });
    const { digest } = plan;
    if (item && (await isThere(deps.db.owner, item, { digest, revision: said.revision ?? null })))
      return { senderId, outcome: 'unchanged', version: item.version, recordId: item.targetId, findings: [] };
    await demandUnclassified(deps, sender, order, plan);
    const ready: Ready = { sender, order, plan, around: deps.audit.around() };
    const coming = Object.values(plan.files).flat();
    await keepPlanned(deps, coming);
    const written = (item ? undefined : await write(ready)) ?? (await writeChange(deps, ready));
    for (const { from } of coming)
      if (from !== null && 'upload' in from) await deps.staging.remove(from.upload.id);
    const findings = written.outcome === 'unchanged' ? [] : warningsOf(deps, order, plan);
    return { senderId, ...written, findings };
  }

  return async (sender, order) => {
    try {
      return await take(sender, order);
    } catch (e) {
      await noteRefused(deps, sender, { ...order, kind: 'record', title: titleOf(order) }, e);
      throw e;
    }
  };
}

/** @throws Refusal record.secret */
function demandUnclassified(
  deps: IntakeDeps,
  { system, actor }: Sender,
  { senderId, said }: RecordOrder,
  plan: Plan,
): Promise<void> {
  const coming = Object.values(plan.files).flat();
  return deps.filing.demandUnclassified(actor, system, {
    system: system.settings.name,
    senderKey: senderId,
    inputs: [plan.main.input, ...plan.parts.map((p) => p.read.input)],
    words: [...wordsOf(said), ...coming.map((f) => f.name)],
    files: (use) => atHand(deps, coming, use),
  });
}

/** Words of a message that stand in no field of the record. */
const wordsOf = ({ parts = [], events = [] }: SaidRecord): string[] => [
  ...parts.map((p) => p.id),
  ...events.flatMap((e) => [e.action, e.basis ?? '', e.note ?? '']),
];
