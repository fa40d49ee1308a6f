import { useSession } from '../../shell/place.ts';

/** Stores belong to the whole house: whoever looks after them does so at the top. The server decides again. */
export function useMayManageStores(): boolean {
  const { archives } = useSession();
  const tops = archives.filter((archive) => archive.parentId === null);
  return tops.length > 0 && tops.every((archive) => archive.capabilities.includes('stores.manage'));
}
