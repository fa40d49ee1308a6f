import { type Actor, type Capability, publicActor } from '#kernel/actor';
import { newId } from '#kernel/ids';

/** Somebody with a post in an archive, or in agencies that give it their records. @param agencies null: of the archive itself */
export function personAt(
  archiveId: string,
  name: string,
  capabilities: readonly Capability[],
  agencies: readonly string[] | null,
): Actor {
  const set = new Set(capabilities);
  return {
    ...publicActor(),
    kind: 'person',
    id: newId(),
    name,
    today: '2026-03-01',
    rights: new Map([[archiveId, set]]),
    posts: [
      { archiveId, role: 'test', capabilities: set, categories: null, fonds: agencies ? [] : null, agencies },
    ],
  };
}
