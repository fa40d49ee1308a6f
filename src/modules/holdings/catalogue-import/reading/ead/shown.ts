const POINT = /^(\d{4})(\d\d)(\d\d)$/;

/** `19580312` as `1958-03-12`, a day or month nobody knows left out. */
function point(text: string): string {
  const [, year, month, day] = POINT.exec(text) ?? [];
  if (year === undefined || month === undefined) return text;
  if (month === '00') return year;
  return day === '00' || day === undefined ? `${year}-${month}` : `${year}-${month}-${day}`;
}

const isCanonical = (text: string) => text.split('-').every((p) => POINT.test(p));

/** The date of an entry in words that other products read too; text that is no canonical date stays as it is. */
export function shownDate(text: string): string {
  return isCanonical(text) ? text.split('-').map(point).join('/') : text;
}

/** First and last day as the shortest points that mean them: `1958`, `1958-03/1960`. */
export function normalOf(from: string | null, to: string | null): string {
  if (from === null) return '';
  const last = to ?? from;
  const [a, b] = [from.slice(0, 4), last.slice(0, 4)];
  const whole = from.endsWith('-01-01') && last.endsWith('-12-31');
  if (whole) return a === b ? a : `${a}/${b}`;
  const months = from.endsWith('-01') && isLastDay(last);
  if (months) {
    const [m, n] = [from.slice(0, 7), last.slice(0, 7)];
    return m === n ? m : `${m}/${n}`;
  }
  return from === last ? from : `${from}/${last}`;
}

function isLastDay(day: string): boolean {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.getUTCDate() === 1;
}
