import type { Clock } from '../clock.ts';
import { type Database, sql } from '../db.ts';
import type { AuditAct } from './entry.ts';
import type { AuditTrail } from './trail.ts';

const REMEMBERED = 20_000;
const DAY_MS = 86_400_000;

export interface ReadTrail {
  /**
   * Writes that somebody read what is not public: at most one entry per person, thing, act and part of a day, so that
   * paging through an item is one entry.
   *
   * @param act asked for only when this reading is not written yet; undefined when nothing is to be written (the thing
   *   is public after all)
   */
  auditRead(
    read: { personId: string; act: string; target: { type: string; id: string } },
    act: () => Promise<AuditAct | undefined>,
  ): Promise<void>;
  /** Marks of days that are over are of no more use; what was read stands in the trail. */
  forgetOld(): Promise<void>;
}

export function createReadTrail(deps: {
  db: Database;
  clock: Clock;
  audit: AuditTrail;
  timeZone: string;
}): ReadTrail {
  const partOfDay = partsOfDay(deps.timeZone);
  // What this process knows to be written; the table is what several processes agree by.
  const known = new Set<string>();
  const remember = (key: string) => {
    if (known.size >= REMEMBERED) known.clear();
    known.add(key);
  };
  return {
    async auditRead({ personId, act, target }, told) {
      const part = partOfDay(deps.clock.now());
      const key = `${part} ${personId} ${act} ${target.type} ${target.id}`;
      if (known.has(key)) return;
      const entry = await told();
      if (entry) {
        await deps.db.system(async (tx) => {
          const mark = await sql`insert into audit.read_mark (person_id, part, act, target_type, target_id)
            values (${personId}, ${part}, ${act}, ${target.type}, ${target.id}) on conflict do nothing
            returning part`.execute(tx);
          if (mark.rows.length > 0) await deps.audit.append(tx, entry);
        });
      }
      remember(key);
    },
    async forgetOld() {
      const before = partOfDay(new Date(deps.clock.now().getTime() - 2 * DAY_MS));
      await sql`delete from audit.read_mark where part < ${before}`.execute(deps.db.owner);
    },
  };
}

/** A day has four parts of six hours, in the archive's time zone: `2026-03-01/2`. */
export function partsOfDay(timeZone: string): (at: Date) => string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  return (at) => {
    const [day, hour] = format.format(at).split(' ');
    return `${day}/${Math.floor(Number(hour) / 6)}`;
  };
}
