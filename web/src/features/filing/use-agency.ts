import { useQuery } from '@tanstack/react-query';
import { useUrlState } from '../../lib/use-url-state.ts';
import { useArchive } from '../../shell/place.ts';
import { type Agency, agencies } from './queries.ts';

/** The agencies of the archive one works in, and the one the address names; somebody in a single agency is always in it. */
export function useAgency(): {
  all: Agency[];
  one: Agency | undefined;
  pending: boolean;
  error: unknown;
  choose: (agencyId: string | undefined) => void;
} {
  const archive = useArchive();
  const [view, change] = useUrlState(['agency']);
  const found = useQuery(agencies);
  const all = (found.data ?? []).filter((a) => !archive || a.archiveId === archive.id);
  const own = all.filter((a) => a.side === 'agency');
  const one =
    all.find((a) => a.agencyId === view.agency) ?? (own.length > 0 && !view.agency ? own[0] : undefined);
  return {
    all,
    one,
    pending: found.isPending,
    error: found.error,
    choose: (agencyId) => change({ agency: agencyId }),
  };
}
