import { type Actor, type AgencyOf, canFor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';

export const noDeposit = () => new Refusal('deposit.notFound', 'There is no such deposit.');
export const forbidden = () => new Refusal('actor.forbidden', 'Your roles do not include this here.');
export const wrongState = (state: string) =>
  new Refusal('deposit.wrongState', 'The deposit does not stand where this can be done.', { state });

/** For who may not act in an agency's name: as if it were not there, where they do not see it. */
export const agencyRefusal = (actor: Actor, of: AgencyOf): Refusal =>
  canFor(actor, 'filing.read', of) ? forbidden() : new Refusal('agency.notFound', 'There is no such agency.');
