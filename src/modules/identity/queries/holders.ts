import type { IdentityDeps } from '../deps.ts';
import { holdersIn } from '../store/holders.ts';

/** More people than this in one archive are not looked through one by one. */
const MOST = 500;

export function holderQueries({ db, archives }: IdentityDeps) {
  return {
    /**
     * User names of those whose posts reach into an archive, from it or from above, and of the persons named by id.
     *
     * @returns at most 500, the persons named first, and whether there are more
     */
    async holders(
      archiveId: string,
      personIds: readonly string[],
    ): Promise<{ usernames: string[]; more: boolean }> {
      const path = (await archives()).find((a) => a.id === archiveId)?.path ?? [archiveId];
      const found = await holdersIn(db.owner, path, personIds, MOST + 1);
      return { usernames: found.slice(0, MOST), more: found.length > MOST };
    },
  };
}
