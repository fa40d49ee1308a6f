import type { Sql } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { type IntakeItem, wasBefore } from '../store/items.ts';

/**
 * Whether what was sent is there already.
 *
 * @returns true where nothing is to be done, false where it is a later version
 * @throws Refusal intake.superseded.conflict, intake.revision.conflict
 */
export async function isThere(
  on: Sql,
  item: IntakeItem,
  { digest, revision }: { digest: string; revision: number | null },
): Promise<boolean> {
  const later = revision !== null && item.revision !== null && revision > item.revision;
  if (revision !== null && item.revision !== null && revision < item.revision) throw superseded(item);
  if (item.digest === digest && !later) return true;
  if (later) return false;
  if (revision !== null && revision === item.revision)
    throw new Refusal('intake.revision.conflict', 'Other content was sent under this revision before.', {
      revision,
    });
  if (await wasBefore(on, item.id, digest)) throw superseded(item);
  return false;
}

export const superseded = ({ version }: Pick<IntakeItem, 'version'>) =>
  new Refusal(
    'intake.superseded.conflict',
    'This is an earlier version: what came after it is here already.',
    {
      version,
    },
  );
