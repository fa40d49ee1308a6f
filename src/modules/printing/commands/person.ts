import type { Actor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';

export const noOrder = () => new Refusal('printing.notFound', 'There is no such printing job.');

/** @throws Refusal printing.notFound for whoever is no person: what is printed belongs to people */
export function personOf(actor: Actor): string {
  if (actor.id === null) throw noOrder();
  return actor.id;
}
