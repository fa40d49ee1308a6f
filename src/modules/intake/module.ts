import type { Actor, AgencyOf, Language } from '#kernel/actor';
import type { Arrival } from '#modules/identity';
import { type SentDepositOrder, sendDeposit, sentDeposit } from './commands/deposits.ts';
import { type PackageOrder, packageSending } from './commands/packages.ts';
import type { RecordOrder } from './commands/planning.ts';
import { pruneLines } from './commands/pruning.ts';
import { recordSending } from './commands/send.ts';
import { senderOf } from './commands/sender.ts';
import { sendMany } from './commands/sendMany.ts';
import {
  changeSystem,
  createToken,
  decideSystem,
  endSystem,
  registerSystem,
  revokeToken,
} from './commands/systems.ts';
import { beginUpload, sweepUploads } from './commands/uploads.ts';
import type { IntakeDeps } from './deps.ts';
import type { SettingsInput } from './domain/settings.ts';
import { dropWatch } from './drop/watch.ts';
import { listArrivals, listDrop } from './queries/arrivals.ts';
import { listPackages, readPackage } from './queries/packages.ts';
import { changesSince, listRecords, readRecord } from './queries/standing.ts';
import { listSystems, readSystem, waitingSystems } from './queries/systems.ts';
import { releaseUploads } from './store/uploads.ts';

export type { Token } from './queries/systems.ts';
export type Intake = ReturnType<typeof createIntake>;

/** What comes in from other systems of agencies: which may send what, what they sent, and what became of it. */
export function createIntake(deps: IntakeDeps) {
  const sendRecord = recordSending(deps);
  const sendPackage = packageSending(deps);
  const drop = dropWatch(deps, { sendRecord, sendPackage });
  return {
    /** Watches drop folders, in a process that works. */
    drop,
    register: (actor: Actor, of: AgencyOf, settings: SettingsInput) =>
      registerSystem(deps, actor, of, settings),
    change: (actor: Actor, id: string, o: { version: number; settings: SettingsInput }) =>
      changeSystem(deps, actor, id, o),
    decide: (actor: Actor, id: string, o: Parameters<typeof decideSystem>[3]) =>
      decideSystem(deps, actor, id, o),
    end: (actor: Actor, id: string, reason: string) => endSystem(deps, actor, id, reason),
    createToken: (actor: Actor, id: string, o: { name: string; days: number }, from: Arrival) =>
      createToken(deps, actor, id, o, from),
    revokeToken: (actor: Actor, o: { id: string; tokenId: string }, from: Arrival) =>
      revokeToken(deps, actor, o, from),
    sender: (actor: Actor) => senderOf(deps, actor),
    send: async (actor: Actor, order: RecordOrder) =>
      sendRecord(await senderOf(deps, actor, 'records'), order),
    sendMany: async (actor: Actor, records: readonly unknown[], language: Language) =>
      sendMany(sendRecord, await senderOf(deps, actor, 'records'), records, language),
    sentRecord: async (actor: Actor, senderId: string) =>
      readRecord(deps, await senderOf(deps, actor), senderId),
    sentRecords: async (actor: Actor, o: { cursor: string | undefined; limit: number }) =>
      listRecords(deps, await senderOf(deps, actor), o),
    changes: async (actor: Actor, o: { cursor: string | undefined; limit: number }) =>
      changesSince(deps, await senderOf(deps, actor), o),
    sendPackage: async (actor: Actor, order: PackageOrder) =>
      sendPackage(await senderOf(deps, actor, 'packages'), order),
    sentPackage: async (actor: Actor, senderId: string) =>
      readPackage(deps, await senderOf(deps, actor), senderId),
    sentPackages: async (actor: Actor, o: { cursor: string | undefined; limit: number }) =>
      listPackages(deps, await senderOf(deps, actor), o),
    sendDeposit: async (actor: Actor, order: SentDepositOrder) =>
      sendDeposit(deps, await senderOf(deps, actor, 'deposits'), order),
    sentDeposit: async (actor: Actor, senderId: string) =>
      sentDeposit(deps, await senderOf(deps, actor), senderId),
    /** The signed receipt of a deposit, byte for byte. @throws Refusal deposit.notFound, deposit.noReceipt */
    async depositReceipt(actor: Actor, senderId: string): Promise<string> {
      const sender = await senderOf(deps, actor);
      const { id } = await sentDeposit(deps, sender, senderId);
      return (await deps.deposits.receipt(sender.actor, id)).text;
    },
    beginUpload: (actor: Actor, upload: { id: string; bytes: number | undefined }) =>
      beginUpload(deps, actor, upload),
    endUpload: (id: string) => releaseUploads(deps.db.owner, [id]),
    /** For the clock of the house: uploads of systems that nothing has used for a week. @returns how many went */
    sweep: () => sweepUploads(deps),
    /** For the clock of the house: lines that were kept for their days. @returns how many went */
    prune: () => pruneLines(deps),
    systems: (actor: Actor, o: Parameters<typeof listSystems>[2]) => listSystems(deps, actor, o),
    waiting: (actor: Actor, limit: number) => waitingSystems(deps, actor, limit),
    arrivals: (actor: Actor, o: Parameters<typeof listArrivals>[2]) => listArrivals(deps, actor, o),
    dropEntries: (actor: Actor, o: Parameters<typeof listDrop>[2]) => listDrop(deps, actor, o),
    async system(actor: Actor, id: string) {
      const read = await readSystem(deps, actor, id);
      const dropFolder = read.system.settings.drop ? await drop.folderOf(read.system) : null;
      return { ...read, dropFolder };
    },
  };
}
