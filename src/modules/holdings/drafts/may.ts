import { type Actor, can } from '#kernel/actor';

/** Whether somebody describes by drafts in an archive; who writes may always. */
export const mayDraft = (
  actor: Actor,
  archiveId: string,
  on: { category: string | null; fondsId: string },
): boolean => can(actor, 'holdings.draft', archiveId, on) || can(actor, 'holdings.write', archiveId, on);
