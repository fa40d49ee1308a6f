import type { Actor } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { HoldingsDeps } from '../deps.ts';
import { type ChangeKind, enterChangeset, insertChangeset } from './store/changesets.ts';

const REASON_LIMIT = 1_000;

/** What a changeset is begun with. */
export interface NewChangeset {
  archiveId: string;
  kind: ChangeKind;
  /** Where work that goes on in several transactions has a name for it. */
  id?: string;
  reason?: string | null;
  /** The changeset it takes back. */
  undoes?: string | null;
}

/**
 * Begins a changeset: what the transaction changes in entries from here on belongs to it. The history itself is written by the
 * database, so that no road to an entry goes round it.
 *
 * @returns its id, for {@link goOnWith} in the later transactions of a long change
 * @throws Refusal change.reason
 */
export async function beginChange(
  deps: Pick<HoldingsDeps, 'newId' | 'clock'>,
  tx: Tx,
  actor: Pick<Actor, 'id' | 'name'>,
  { archiveId, kind, reason, undoes, ...given }: NewChangeset,
): Promise<string> {
  const why = reason?.trim() || null;
  if (why !== null && [...why].length > REASON_LIMIT)
    throw new Refusal('change.reason', `The reason has more than ${REASON_LIMIT} characters.`, {
      field: 'reason',
    });
  const id = given.id ?? deps.newId();
  await insertChangeset(tx, {
    id,
    archiveId,
    kind,
    reason: why,
    actorId: actor.id,
    actorName: actor.name,
    at: deps.clock.now(),
    undoes: undoes ?? null,
  });
  await enterChangeset(tx, id);
  return id;
}

/** What this transaction changes belongs to a changeset begun before. */
export const goOnWith = (tx: Tx, changesetId: string): Promise<void> => enterChangeset(tx, changesetId);
