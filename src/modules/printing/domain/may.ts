import { type Actor, demand } from '#kernel/actor';
import type { Refusal } from '#kernel/errors';
import { CAPABILITY_FOR } from '#kernel/visibility';
import { type Format, SIGHT_FOR } from './forms.ts';

/**
 * Demands what a file of this format takes: reading the holdings for paper, taking out for a workbook.
 *
 * @param hidden for whoever reads nothing there
 * @throws Refusal hidden, actor.forbidden
 */
export function demandFormat(
  actor: Actor,
  { archiveId, format }: { archiveId: string; format: Format },
  hidden: Refusal,
): void {
  demand(actor, CAPABILITY_FOR[SIGHT_FOR[format]], archiveId, hidden);
}
