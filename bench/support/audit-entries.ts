import { leafHashOf } from '#kernel/audit';
import { type Database, sql } from '#kernel/db';
import { bulkTransaction, copyInto } from '#kernel/db/copy';
import { CopyBuffer } from '#kernel/db/copy-buffer';
import { newId } from '#kernel/ids';

const BATCH = 20_000;
const SHARES = [
  ['unit.read', 400],
  ['unit.contentRead', 300],
  ['unit.corrected', 150],
  ['session.opened', 80],
  ['unit.accessChanged', 60],
  ['certificate.issued', 9],
  ['export.made', 1],
] as const;

export interface InventedTrail {
  archives: readonly string[];
  people: readonly string[];
  /** A unit about which there are entries. */
  unit: string;
}

/** Writes entries as a busy network leaves them: many readings, some corrections, few of the rest. */
export async function writeEntries(db: Database, count: number, archiveCount = 130): Promise<InventedTrail> {
  const archives = Array.from({ length: archiveCount }, newId);
  const people = Array.from({ length: 400 }, newId);
  const units = Array.from({ length: Math.max(1, Math.floor(count / 8)) }, newId);
  const acts = SHARES.flatMap(([act, n]) => Array.from({ length: n }, () => act));
  const begin = Date.parse('2026-01-01T00:00:00Z');
  for (let from = 0; from < count; from += BATCH) {
    const entries = new CopyBuffer(BATCH * 512);
    const marks = new CopyBuffer(BATCH * 64);
    for (let i = from; i < Math.min(from + BATCH, count); i++) {
      // A stride prime to the lengths mixes people, units and acts without a random source.
      const mixed = (i * 7_919) % 1_000_003;
      const person = people[mixed % people.length]!;
      const entry = {
        id: newId(),
        at: new Date(begin + i * 200),
        actor: { id: person, name: `王某${mixed % people.length}` },
        archiveId: archives[mixed % archives.length]!,
        act: acts[mixed % acts.length]!,
        target: { type: 'unit', id: units[mixed % units.length]! },
        detail:
          mixed % 7 === 0
            ? { before: { title: '关于拨付经费的通知' }, after: { title: `关于拨付经费的通知（${i}）` } }
            : { referenceCode: `J019-WS·2003·D30-BGS-${i}` },
        address: '192.0.2.7',
      };
      const leaf = `\\x${leafHashOf('sha256', entry).toString('hex')}`;
      entries
        .put(entry.id)
        .put(entry.at.toISOString())
        .put(entry.actor.id)
        .put(entry.actor.name)
        .put(entry.archiveId)
        .put(entry.act)
        .put('unit')
        .put(entry.target.id)
        .put(JSON.stringify(entry.detail))
        .put(entry.address)
        .put('sha256')
        .put(leaf)
        .end();
      marks.put(entry.id).put(entry.at.toISOString()).end();
    }
    await bulkTransaction(db, async (tx) => {
      await copyInto(
        tx,
        'audit.entry (id, at, actor_id, actor_name, archive_id, act, target_type, target_id, detail, address, algorithm, leaf_hash)',
        [entries.bytes()],
      );
      await copyInto(tx, 'audit.unplaced (entry_id, at)', [marks.bytes()]);
    });
  }
  await sql`analyze audit.entry`.execute(db.owner);
  return { archives, people, unit: units[0]! };
}
