export interface Rule {
  /** Clauses by part; part 3 has those of part 2 unless it says otherwise, and null where it has none. */
  1?: string;
  2?: string;
  3?: string | null;
  4?: string;
  /** Only for these levels; for all where absent. */
  levels?: readonly string[];
  /** What is wanted. */
  says: string;
}
