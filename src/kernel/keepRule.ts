/** How many backups are kept: the newest of so many days, weeks and months. */
export interface KeepRule {
  days: number;
  weeks: number;
  months: number;
}

/** `7d 5w 12m`, in any order, each at most once; undefined where it says something else. */
export function readKeepRule(text: string): KeepRule | undefined {
  const rule: KeepRule = { days: 0, weeks: 0, months: 0 };
  const words = text.trim().split(/[\s,]+/);
  const seen = new Set<string>();
  for (const word of words) {
    const found = /^(\d{1,4})([dwm])$/.exec(word);
    if (!found || seen.has(found[2]!)) return undefined;
    seen.add(found[2]!);
    const part = { d: 'days', w: 'weeks', m: 'months' } as const;
    rule[part[found[2] as 'd' | 'w' | 'm']] = Number(found[1]);
  }
  return rule.days + rule.weeks + rule.months > 0 ? rule : undefined;
}
