import type { Actor } from './actor.ts';
import { Refusal } from './errors.ts';

const SENTENCES = {
  access: 'Another person than the one who proposed has to decide.',
  grant: 'Another person than the one who asked has to decide.',
  certificate: 'Another person than the one who asked has to approve.',
  rights: 'Another person than the one who asked has to decide.',
  schedule: 'Another person than those who drafted and submitted it has to approve.',
  filing: 'Another person than the one who prepared the filing has to confirm it.',
  checkScheme: 'Another person than the one who proposed the scheme has to decide.',
  trustedCertificate: 'Another person than the one who proposed the certificate has to decide.',
  transfer: 'Another person has to do this than those who prepared, received or proposed it.',
  intake: 'Another person than the one who asked has to agree.',
  deposit: 'Another person than the one who asked has to agree.',
  accession: 'Another person than those who registered or proposed it has to decide.',
  draft: 'Another person than the one who wrote the draft has to look through it.',
  disposal: 'Two other persons than the one who proposed have to agree, each once.',
} as const;

/** Where two persons are demanded. */
export type TwoPersonAct = keyof typeof SENTENCES;

/**
 * Demands four eyes: that who decides is somebody else than who proposed, and does not stand in for them there. The one
 * place where this is asked [S:9.3].
 *
 * @param proposerId nobody (the system proposed, say at the command line): any person may decide
 * @throws Refusal `access.samePerson`, `grant.samePerson`, `certificate.samePerson`, `rights.samePerson`,
 * `schedule.samePerson`, `filing.samePerson`, `checkScheme.samePerson`, `trustedCertificate.samePerson`, `deposit.samePerson`, `accession.samePerson`, `draft.samePerson`, `disposal.samePerson`
 */
export function demandOther(
  actor: Actor,
  proposerId: string | null,
  act: TwoPersonAct,
  archiveId: string,
): asserts actor is Actor & { id: string } {
  const standsIn = actor.delegatedBy?.get(archiveId)?.some((d) => d.id === proposerId) ?? false;
  if (!actor.id || actor.id === proposerId || standsIn)
    throw new Refusal(`${act}.samePerson`, SENTENCES[act]);
}
