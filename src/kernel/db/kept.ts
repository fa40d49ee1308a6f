/** A table that comes back from the storage root alone; each module names its own (src/main/kept.ts has them all). */
export interface KeptTable {
  /** With its schema: `holdings.unit`. */
  table: string;
  /**
   * In which chain of segments its rows lie: the kind and the id that stands in the column. An empty column: the kind alone.
   * An empty kind: the column has the whole name.
   */
  kind: 'house' | 'archive' | 'events' | 'fonds' | '';
  column: string;
  /** Columns of the primary key. */
  key: readonly string[];
  /** The column that says which row of the same table a row is below: it is put in after that one. */
  below?: string;
  /**
   * The column that goes up with every change, where a row can come into another chain: of two rows with one key from two chains the
   * higher stands.
   */
  newer?: string;
  /** How it is brought back: emptied and put in whole, or put over what is there, because other tables refer to it. */
  way: 'anew' | 'over';
}
