import type { Finding, Severity } from './errors.ts';

/** Collects what a check found, in memory that does not grow with the number of faults. */
export interface Findings {
  add(severity: Severity, code: string, path: string, message: string): void;
  /** How many were added under a code, kept or not. */
  count(code: string): number;
  /** In the order they were added; where more were found under one code than are kept, a last one says how many. */
  all(): Finding[];
}

/** @param limit findings kept of one code */
export function collectFindings(limit = 1000): Findings {
  const kept: Finding[] = [];
  const counts = new Map<string, { severity: Severity; found: number }>();
  return {
    add(severity, code, path, message) {
      const told = counts.get(code) ?? { severity, found: 0 };
      told.found++;
      if (severity === 'error') told.severity = severity;
      counts.set(code, told);
      if (told.found <= limit) kept.push({ code, severity, path, message });
    },
    count: (code) => counts.get(code)?.found ?? 0,
    all() {
      const more = [...counts].filter(([, { found }]) => found > limit);
      return [
        ...kept,
        ...more.map(([code, { severity, found }]): Finding => {
          const message = `There are ${found - limit} more findings ${code}.`;
          return { code, severity, path: '', message };
        }),
      ];
    },
  };
}
