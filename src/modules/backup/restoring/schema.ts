import type { Migration } from '#kernel/db/migrate';
import { Refusal } from '#kernel/errors';
import type { Manifest } from '../manifest.ts';

/**
 * The migrations that make the schema the backup was made of. Functions are left to what this version has of them: they
 * are made after the rows are in.
 *
 * @throws Refusal restore.newer, restore.changed
 */
export function schemaOf(
  backup: Pick<Manifest, 'migrations' | 'madeBy'>,
  known: readonly Migration[],
): Migration[] {
  const byName = new Map(known.map((m) => [m.name, m]));
  for (const { name, digest } of backup.migrations) {
    const here = byName.get(name);
    if (!here)
      throw new Refusal(
        'restore.newer',
        `The backup was made by a newer Lantai (${backup.madeBy.lantai}; it has ${name}). Restore it with that version.`,
        { name },
      );
    if (!here.again && here.digest !== digest)
      throw new Refusal(
        'restore.changed',
        `The migration ${name} is another here than where the backup was made.`,
        { name },
      );
  }
  const run = new Set(backup.migrations.map((m) => m.name));
  return known.filter((m) => !m.again && run.has(m.name));
}
