const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'variant' });

/** Order of pages by their names: digits count as numbers, folders before what follows them; never 0 for two names. */
export function compareNaturally(a: string, b: string): number {
  const [as, bs] = [a.split('/'), b.split('/')];
  for (let i = 0; i < Math.min(as.length, bs.length); i++) {
    const order = collator.compare(as[i]!, bs[i]!);
    if (order !== 0) return order;
  }
  return as.length - bs.length || (a < b ? -1 : a > b ? 1 : 0);
}
