import { type Actor, auditActor, demand, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { DeskDeps } from './deps.ts';
import { kindsOff, setKindsOff } from './store/settings.ts';

/** Kinds of suggestions; each can be switched off by an archive. */
export const HELP_KINDS = ['titles', 'numbers', 'dates', 'names', 'flags'] as const;
export type HelpKind = (typeof HELP_KINDS)[number];

const noArchive = () => new Refusal('archive.notFound', 'There is no such archive.');

/** The kinds of help an archive has. */
export async function helpOf(tx: Tx, archiveId: string): Promise<ReadonlySet<HelpKind>> {
  const off = await kindsOff(tx, archiveId);
  return new Set(HELP_KINDS.filter((kind) => !off.includes(kind)));
}

/** @throws Refusal archive.notFound */
export const deskHelp = (
  deps: DeskDeps,
  actor: Actor,
  archiveId: string,
): Promise<Record<HelpKind, boolean>> =>
  deps.db.as(scopeOf(actor), async (tx) => {
    demand(actor, 'holdings.read', archiveId, noArchive());
    const on = await helpOf(tx, archiveId);
    return kindsOf((kind) => on.has(kind));
  });

const kindsOf = (isOn: (kind: HelpKind) => boolean): Record<HelpKind, boolean> => ({
  titles: isOn('titles'),
  numbers: isOn('numbers'),
  dates: isOn('dates'),
  names: isOn('names'),
  flags: isOn('flags'),
});

/** Says which kinds of help an archive has, for all who describe there. @throws Refusal archive.notFound, actor.forbidden */
export const setDeskHelp = (
  deps: DeskDeps,
  actor: Actor,
  archiveId: string,
  wanted: Readonly<Record<HelpKind, boolean>>,
): Promise<Record<HelpKind, boolean>> =>
  deps.db.as(scopeOf(actor), async (tx) => {
    demand(actor, 'holdings.read', archiveId, noArchive());
    demand(actor, 'holdings.write', archiveId, undefined, 'whole');
    const off = HELP_KINDS.filter((kind) => !wanted[kind]);
    await setKindsOff(tx, { archiveId, off, at: deps.clock.now(), byName: actor.name });
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId,
      act: 'deskHelp.set',
      target: { type: 'archive', id: archiveId },
      detail: { off },
    });
    return kindsOf((kind) => wanted[kind]);
  });
