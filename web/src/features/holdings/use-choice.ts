import { useMemo, useState } from 'react';
import type { UnitFilter } from '../../api/requests.ts';
import type { TableRow } from '../../api/shapes.ts';

/** Rows that were ticked, or all that match, however many of them were loaded. */
export interface Choice {
  chosen: ReadonlySet<string>;
  everything: boolean;
  /** To untick one of all leaves those that are loaded. */
  choose: (chosen: ReadonlySet<string>) => void;
  chooseEverything: () => void;
  clear: () => void;
}

const NONE: ReadonlySet<string> = new Set();

/** What is chosen belongs to the list it was chosen on. */
export function useChoice(archiveId: string, filter: UnitFilter, rows: readonly TableRow[]): Choice {
  const where = JSON.stringify([archiveId, filter]);
  const [at, setAt] = useState(where);
  const [ticked, setTicked] = useState(NONE);
  const [everything, setEverything] = useState(false);
  const clear = (): void => {
    setTicked(NONE);
    setEverything(false);
  };
  if (at !== where) {
    setAt(where);
    clear();
  }
  const loaded = useMemo(() => new Set(rows.map((row) => row.id)), [rows]);
  return {
    chosen: everything ? loaded : ticked,
    everything,
    choose: (chosen) => {
      setEverything(false);
      setTicked(chosen);
    },
    chooseEverything: () => setEverything(true),
    clear,
  };
}
