import type { Finding, Severity } from '#kernel/errors';

/** Findings of a check over input of any size: of each code the first are kept, the others counted. */
export interface FindingList {
  /** Grows while the check goes on. Where more was found than is kept, the last of a code says how many more. */
  readonly all: readonly Finding[];
  add(code: string, severity: Severity, path: string, message: string): void;
  /** Errors found, kept or not. */
  readonly errors: number;
}

/** @param kept of each code and severity */
export function createFindingList(kept = 200): FindingList {
  const all: Finding[] = [];
  const counts = new Map<string, { n: number; more: Finding | null }>();
  let errors = 0;
  return {
    all,
    get errors() {
      return errors;
    },
    add(code, severity, path, message) {
      if (severity === 'error') errors++;
      const key = `${severity} ${code}`;
      const count = counts.get(key) ?? { n: 0, more: null };
      counts.set(key, count);
      count.n++;
      if (count.n <= kept) {
        all.push({ code, severity, path, message });
        return;
      }
      if (!count.more) {
        count.more = { code, severity, path: '', message: '' };
        all.push(count.more);
      }
      count.more.message = `The same was found ${count.n - kept} more times.`;
    },
  };
}
