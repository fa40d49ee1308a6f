/** Archival date (YYYYMMDD, unknown parts 0, ranges, inferred in [ ]) as people read it: 2003-05-17, 1979, [1950] – 1953. */
export function archivalDate(value: string | null | undefined): string {
  if (!value) return '';
  const range = /^(\[?\d{8}\]?)-(\[?\d{8}\]?)$/.exec(value);
  if (range?.[1] && range[2]) return `${archivalDate(range[1])} – ${archivalDate(range[2])}`;
  return value.replace(/\d{8}/g, (d) => {
    const [year, month, day] = [d.slice(0, 4), d.slice(4, 6), d.slice(6)];
    if (month === '00') return year;
    return day === '00' ? `${year}-${month}` : `${year}-${month}-${day}`;
  });
}

export function count(n: number | null | undefined): string {
  return n === null || n === undefined ? '' : n.toLocaleString('en-US');
}

/** 1,536 bytes -> "1.5 kB"; whole numbers from 100 up. */
export function bytes(n: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = n;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const text =
    unit === 0 || value >= 100 ? Math.round(value).toString() : value.toFixed(1).replace(/\.0$/, '');
  return `${text} ${units[unit]}`;
}

const two = (n: number): string => n.toString().padStart(2, '0');

/** Local calendar day and clock time of an instant. */
export function dayAndTime(iso: string): { day: string; time: string } {
  const d = new Date(iso);
  return {
    day: `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`,
    time: `${two(d.getHours())}:${two(d.getMinutes())}`,
  };
}

/** This day, `YYYY-MM-DD`. */
export function today(): string {
  return dayAndTime(new Date().toISOString()).day;
}

/** Which word goes before the time: today, yesterday, or the day itself. */
export function whenOf(
  iso: string,
  now: Date,
): { near: 'today' | 'yesterday' | null; day: string; time: string } {
  const { day, time } = dayAndTime(iso);
  const today = dayAndTime(now.toISOString()).day;
  const before = dayAndTime(new Date(now.getTime() - 86_400_000).toISOString()).day;
  return { near: day === today ? 'today' : day === before ? 'yesterday' : null, day, time };
}

/** Seconds as 45 s -> {n:45, unit:'s'}, 200 s -> 3 min, 5400 s -> 1.5 h, 5 days -> 5 d. */
export function span(seconds: number): { n: number; unit: 's' | 'min' | 'h' | 'd' } {
  if (seconds < 90) return { n: Math.max(1, Math.round(seconds)), unit: 's' };
  if (seconds < 5400) return { n: Math.round(seconds / 60), unit: 'min' };
  if (seconds < 172_800) return { n: Math.round(seconds / 360) / 10, unit: 'h' };
  return { n: Math.round(seconds / 86_400), unit: 'd' };
}

/** Whole percent of a part, never 100 before all is done and never 0 once something is. */
export function percent(part: number, whole: number): number {
  if (whole <= 0) return 0;
  const raw = (part / whole) * 100;
  if (part >= whole) return 100;
  return Math.min(99, Math.max(part > 0 ? 1 : 0, Math.floor(raw)));
}

/** Seconds left at this rate, or null while nobody can know. */
export function secondsLeft(p: { done?: number; total?: number; rate?: number }): number | null {
  if (!p.total || !p.rate || p.rate <= 0) return null;
  return Math.max(0, (p.total - (p.done ?? 0)) / p.rate);
}

/** Things named one after another, as the language does it: A、B和C / A, B and C. */
export function listOf(language: string, things: readonly string[]): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(things);
}
