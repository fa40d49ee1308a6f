import type { Capability } from '../../api/shapes.ts';
import { useSession } from '../../shell/place.ts';

/** What is the whole house's is looked after at the top, in every archive there. The server decides again. */
export function useMayForHouse(capability: Capability): boolean {
  const { archives } = useSession();
  const tops = archives.filter((archive) => archive.parentId === null);
  return tops.length > 0 && tops.every((archive) => archive.capabilities.includes(capability));
}
