import { useState } from 'react';
import type { Agency } from './queries.ts';

/**
 * The agency a form is about: the one that was chosen, else the first there is, also where the list of agencies comes after the form.
 *
 * @param first chosen from the start
 * @returns its id, '' while there is none, and what chooses another
 */
export function useChosenAgency(
  agencies: readonly Pick<Agency, 'agencyId'>[],
  first?: string,
): [string, (id: string) => void] {
  const [chosen, choose] = useState(first);
  return [chosen ?? agencies[0]?.agencyId ?? '', choose];
}
