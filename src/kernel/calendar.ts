/** Days as a place counts them: an archive's day begins and ends by its own clock, not by UTC. */

const DAY_MS = 86_400_000;

/** The calendar day in a time zone, `YYYY-MM-DD`. @param timeZone IANA name */
export function dayIn(at: Date, timeZone: string): string {
  const { year, month, day } = fieldsIn(at, timeZone);
  return `${year}-${month}-${day}`;
}

/** The last millisecond of a day in a time zone. @param day `YYYY-MM-DD` */
export function endOfDay(day: string, timeZone: string): Date {
  return new Date(startOfDay(new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS), timeZone) - 1);
}

/** The moment a day begins; of a day that begins twice (a clock set back at midnight), the first. */
function startOfDay(utcMidnight: Date, timeZone: string): number {
  const day = utcMidnight.toISOString().slice(0, 10);
  let at = utcMidnight.getTime() - offsetAt(utcMidnight, timeZone);
  // The offset may be another one there: what was found is moved by the difference.
  at = utcMidnight.getTime() - offsetAt(new Date(at), timeZone);
  // A clock set forward over midnight: the day begins where the jump ends.
  while (dayIn(new Date(at), timeZone) < day) at += 15 * 60_000;
  while (dayIn(new Date(at - 1), timeZone) >= day) at -= 15 * 60_000;
  return at;
}

/** What the clocks of a zone are ahead of UTC, in milliseconds. */
function offsetAt(at: Date, timeZone: string): number {
  const { year, month, day, hour, minute, second } = fieldsIn(at, timeZone);
  const local = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return local - Math.floor(at.getTime() / 1000) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function fieldsIn(at: Date, timeZone: string) {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map((p) => [p.type, p.value]));
  const of = (type: string) => parts[type] ?? '';
  return {
    year: of('year').padStart(4, '0'),
    month: of('month'),
    day: of('day'),
    hour: of('hour'),
    minute: of('minute'),
    second: of('second'),
  };
}
