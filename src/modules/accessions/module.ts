import { type Actor, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import type { Language } from '#kernel/wording';
import { addAccrual, correctAccrual } from './commands/accruals.ts';
import { addOpinion, placeIn, takeOutOf } from './commands/additions.ts';
import { addDeed, correctDeed, openDeedFile } from './commands/deeds.ts';
import { followHandover, followThoseLeft } from './commands/follow.ts';
import { addLead, correctLead, noteLeadContact, winLead } from './commands/leads.ts';
import { type ActOrder, actOn } from './commands/moves.ts';
import { demandRead } from './commands/reach.ts';
import { correctAccession, type NewAccession, registerAccession } from './commands/register.ts';
import {
  addSource,
  type ContactInput,
  correctSource,
  giveHonour,
  noteContact,
  type SourceInput,
  showSource,
} from './commands/sources.ts';
import type { AccessionDeps } from './deps.ts';
import { deedPaper, honourPaper, receiptPaper } from './papers/papers.ts';
import { registerPaper, registerSheet } from './papers/register.ts';
import { sourceShelf } from './personal.ts';
import { listAccruals, listLeads, listSources, readLeadOf, readSourceOf } from './queries/collecting.ts';
import { accessionsWaiting, listExpected } from './queries/expected.ts';
import {
  accessionHistory,
  accessionsInto,
  listRegister,
  type RegisterWish,
  readAccessionOf,
} from './queries/register.ts';
import { contentsInUse } from './store/deeds.ts';
import { statistics } from './store/statistics.ts';

export type Accessions = ReturnType<typeof createAccessions>;

/** What comes to an archive and from whom: the register, sources, agreements, what was promised, what is looked for. */
export function createAccessions(deps: AccessionDeps) {
  return {
    register: (actor: Actor, input: NewAccession) => registerAccession(deps, actor, input),
    correct: (
      actor: Actor,
      of: Parameters<typeof correctAccession>[2],
      input: Parameters<typeof correctAccession>[3],
    ) => correctAccession(deps, actor, of, input),
    act: (actor: Actor, id: string, order: ActOrder) => actOn(deps, actor, id, order),
    list: (actor: Actor, wish: Parameters<typeof listRegister>[2]) => listRegister(deps, actor, wish),
    read: (actor: Actor, id: string) => readAccessionOf(deps, actor, id),
    history: (actor: Actor, id: string) => accessionHistory(deps, actor, id),
    into: (actor: Actor, archiveId: string, targetId: string) =>
      accessionsInto(deps, actor, archiveId, targetId),
    addOpinion: (actor: Actor, id: string, input: Parameters<typeof addOpinion>[3]) =>
      addOpinion(deps, actor, id, input),
    place: (actor: Actor, id: string, to: Parameters<typeof placeIn>[3]) => placeIn(deps, actor, id, to),
    takeOut: (actor: Actor, id: string, arrangedId: string) => takeOutOf(deps, actor, id, arrangedId),

    addDeed: (actor: Actor, id: string, input: Parameters<typeof addDeed>[3]) =>
      addDeed(deps, actor, id, input),
    correctDeed: (
      actor: Actor,
      of: Parameters<typeof correctDeed>[2],
      input: Parameters<typeof correctDeed>[3],
    ) => correctDeed(deps, actor, of, input),
    openDeedFile: (actor: Actor, of: Parameters<typeof openDeedFile>[2]) => openDeedFile(deps, actor, of),

    sources: (actor: Actor, o: Parameters<typeof listSources>[2]) => listSources(deps, actor, o),
    source: (actor: Actor, id: string) => readSourceOf(deps, actor, id),
    addSource: (actor: Actor, input: SourceInput & { archiveId: string }) => addSource(deps, actor, input),
    correctSource: (actor: Actor, of: Parameters<typeof correctSource>[2], input: SourceInput) =>
      correctSource(deps, actor, of, input),
    showSource: (actor: Actor, id: string, why: Parameters<typeof showSource>[3]) =>
      showSource(deps, actor, id, why),
    noteContact: (actor: Actor, id: string, input: ContactInput) => noteContact(deps, actor, id, input),
    giveHonour: (actor: Actor, id: string, input: Parameters<typeof giveHonour>[3]) =>
      giveHonour(deps, actor, id, input),

    leads: (actor: Actor, o: Parameters<typeof listLeads>[2]) => listLeads(deps, actor, o),
    lead: (actor: Actor, id: string) => readLeadOf(deps, actor, id),
    addLead: (actor: Actor, input: Parameters<typeof addLead>[2]) => addLead(deps, actor, input),
    correctLead: (
      actor: Actor,
      of: Parameters<typeof correctLead>[2],
      input: Parameters<typeof correctLead>[3],
    ) => correctLead(deps, actor, of, input),
    winLead: (actor: Actor, id: string, input: Parameters<typeof winLead>[3]) =>
      winLead(deps, actor, id, input),
    noteLeadContact: (actor: Actor, id: string, input: ContactInput) =>
      noteLeadContact(deps, actor, id, input),

    accruals: (actor: Actor, o: Parameters<typeof listAccruals>[2]) => listAccruals(deps, actor, o),
    addAccrual: (actor: Actor, input: Parameters<typeof addAccrual>[2]) => addAccrual(deps, actor, input),
    correctAccrual: (
      actor: Actor,
      of: Parameters<typeof correctAccrual>[2],
      input: Parameters<typeof correctAccrual>[3],
    ) => correctAccrual(deps, actor, of, input),

    expected: (actor: Actor, o: Parameters<typeof listExpected>[2]) => listExpected(deps, actor, o),
    waiting: (actor: Actor, limit: number) => accessionsWaiting(deps, actor, limit),
    /** Figures by year and way. @throws Refusal archive.notFound */
    async statistics(actor: Actor, o: { archiveId: string; from: number; to: number }) {
      demandRead(actor, o.archiveId);
      return deps.db.as(scopeOf(actor), (tx) => statistics(tx, deps.handovers, o));
    },

    deedPaper: (actor: Actor, id: string, language: Language) => deedPaper(deps, actor, id, language),
    receiptPaper: (actor: Actor, of: Parameters<typeof receiptPaper>[2], language: Language) =>
      receiptPaper(deps, actor, of, language),
    honourPaper: (actor: Actor, id: string, language: Language) => honourPaper(deps, actor, id, language),
    registerPaper: (actor: Actor, wish: RegisterWish, language: Language) =>
      registerPaper(deps, actor, wish, language),
    registerSheet: (actor: Actor, wish: RegisterWish, o: Parameters<typeof registerSheet>[3]) =>
      registerSheet(deps, actor, wish, o),

    /** In the transaction in which a handover is accepted: it takes its line. */
    handedOver: (tx: Tx, batchId: string) => followHandover(deps, tx, batchId),
    /** For the clock of the house: handovers of before the register was; contents no agreement has any more. */
    async tidy(): Promise<number> {
      const followed = await followThoseLeft(deps);
      await deps.content.sweep((some) => contentsInUse(deps.db.owner, some), deps.clock.now());
      return followed;
    },
    /** Where personal data is kept, for new keys. */
    shelves: [sourceShelf(deps.vault)],
  };
}
