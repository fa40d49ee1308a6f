/** Whose rows exist for a transaction: what row-level security is told. */
export interface Scope {
  /** Archives (ids) whose records the asker works with. Empty: the public, which sees what is open. */
  archives: readonly string[];
  /** All archives. For the system itself only. */
  all?: boolean;
}

export const PUBLIC: Scope = { archives: [] };
export const SYSTEM: Scope = { archives: [], all: true };

export function archivesScope(archives: readonly string[]): Scope {
  return { archives };
}
