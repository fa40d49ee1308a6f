import type { CheckGroup } from './shapes.ts';

/** Findings told together: one title, one advice, the rules they fall under. */
export interface FoundFamily {
  family: CheckGroup['family'];
  severity: CheckGroup['severity'];
  count: number;
  groups: CheckGroup[];
}

/** Families in the order of their gravest and most frequent rule. */
export function familiesOf(groups: readonly CheckGroup[]): FoundFamily[] {
  const families = new Map<string, FoundFamily>();
  for (const group of groups) {
    const key = `${group.severity} ${group.family}`;
    const known = families.get(key);
    if (known) {
      known.groups.push(group);
      known.count += group.count;
    } else {
      const { family, severity, count } = group;
      families.set(key, { family, severity, count, groups: [group] });
    }
  }
  return [...families.values()];
}
