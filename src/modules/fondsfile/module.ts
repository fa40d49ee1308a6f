import type { Actor } from '#kernel/actor';
import { addDocument, correctDocument, openFile, readFile, takeOutDocument } from './commands/documents.ts';
import type { FondsFileDeps } from './deps.ts';
import { contentsInUse } from './store/documents.ts';

export type FondsFiles = ReturnType<typeof createFondsFiles>;

/** Files of fonds 全宗卷. */
export function createFondsFiles(deps: FondsFileDeps) {
  return {
    read: (actor: Actor, fondsId: string) => readFile(deps, actor, fondsId),
    add: (actor: Actor, fondsId: string, input: Parameters<typeof addDocument>[3]) =>
      addDocument(deps, actor, fondsId, input),
    correct: (
      actor: Actor,
      of: Parameters<typeof correctDocument>[2],
      input: Parameters<typeof correctDocument>[3],
    ) => correctDocument(deps, actor, of, input),
    takeOut: (actor: Actor, of: Parameters<typeof takeOutDocument>[2]) => takeOutDocument(deps, actor, of),
    openFile: (actor: Actor, of: Parameters<typeof openFile>[2]) => openFile(deps, actor, of),
    /** For the clock of the house: contents no document has any more. */
    tidy: (): Promise<number> =>
      deps.content.sweep((some) => contentsInUse(deps.db.owner, some), deps.clock.now()),
  };
}
