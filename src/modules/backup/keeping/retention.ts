import type { KeepRule } from '#kernel/keepRule';

const DAY_MS = 86_400_000;

/**
 * Which of these backups stay: of the last so many days, weeks and months in which there is one, the newest of each; and the
 * newest of all with those of a day before it, so that
 * a backup made to be sure is not cleared away by the next. Counted by days with backups, so that a time without them costs no old ones.
 *
 * @param dayOf the day of a moment by the archives' clock, `YYYY-MM-DD`
 */
export function kept<B extends { takenAt: Date }>(
  backups: readonly B[],
  rule: KeepRule,
  dayOf: (at: Date) => string,
): Set<B> {
  const newestFirst = [...backups].sort((a, b) => b.takenAt.getTime() - a.takenAt.getTime());
  const newest = newestFirst[0]?.takenAt.getTime() ?? 0;
  const staying = new Set<B>(newestFirst.filter((b) => newest - b.takenAt.getTime() < DAY_MS));
  const keep = (many: number, periodOf: (day: string) => string) => {
    const periods = new Set<string>();
    for (const backup of newestFirst) {
      const period = periodOf(dayOf(backup.takenAt));
      if (periods.has(period)) continue;
      if (periods.size === many) return;
      periods.add(period);
      staying.add(backup);
    }
  };
  keep(rule.days, (day) => day);
  keep(rule.weeks, weekOf);
  keep(rule.months, (day) => day.slice(0, 7));
  return staying;
}

/** The Monday a week begins with. */
function weekOf(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7));
  return at.toISOString().slice(0, 10);
}
