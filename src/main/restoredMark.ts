import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type AuditTrail, type BroughtBack, type CheckpointCopy, settleRestoration } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Config } from '#kernel/config';
import type { Database } from '#kernel/db';
import { writeDurably } from '#kernel/durably';
import type { Keyring } from '#kernel/keyring';

/**
 * Stands beside the master key from a restore until this installation, with that key at hand, has signed what the restore
 * left behind. Not in the database: who can only write there must not be able to call a cut a restore.
 */
const markIn = (dataDir: string) => join(dataDir, 'secrets', 'trail-restored.json');

type Mark = BroughtBack & { size?: number };

export async function leaveMark(dataDir: string, { backup, takenAt, size }: Mark): Promise<void> {
  const mark = markIn(dataDir);
  await mkdir(dirname(mark), { recursive: true, mode: 0o700 });
  await writeDurably(mark, `${JSON.stringify({ backup, takenAt, size })}\n`);
}

/** Signs for a restore that nobody has signed for yet; nothing where there was none. */
export async function settleRestored(
  deps: { config: Config; db: Database; clock: Clock; keyring: Keyring; audit: AuditTrail },
  copies: readonly CheckpointCopy[],
): Promise<void> {
  const mark = markIn(deps.config.dataDir);
  let text: string;
  try {
    text = await readFile(mark, 'utf8');
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw e;
  }
  const back = JSON.parse(text) as Mark;
  const { size, settled } = await settleRestoration({ ...deps, copies }, { id: null, name: 'lantai' }, back);
  if (settled) await rm(mark, { force: true });
  else if (back.size === undefined) await leaveMark(deps.config.dataDir, { ...back, size });
}
