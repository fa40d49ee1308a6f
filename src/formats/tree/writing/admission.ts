import { Refusal } from '#kernel/errors';
import { TREE_LIMITS } from '../limits.ts';
import { judgeName } from '../names.ts';
import { createNodes, FILE, FOLDER } from '../nodes.ts';
import type { NewFile } from './types.ts';

/** What may be written under a name: only what could be read again without a finding. */
export interface Admission {
  /** @returns false for a folder that is there already */
  admit(path: string, kind: 'file' | 'folder'): boolean;
}

export function createAdmission(): Admission {
  const nodes = createNodes();
  return {
    admit(written, kind) {
      const { path, problem } = judgeName(written, 'zip', TREE_LIMITS);
      if (path === null || path === '' || path !== written || problem?.severity === 'error')
        throw new Refusal(
          'tree.badPath',
          `Nothing can be written under the name ${written}. ${problem?.message ?? ''}`.trim(),
          { path: written },
        );
      const twice = () => new Refusal('tree.duplicate', `${path} was written already.`, { path });
      let at = 0;
      const steps = path.split('/');
      const name = steps.pop() ?? '';
      for (const step of steps) {
        const known = nodes.child(at, step);
        if (known >= 0 && nodes.kind(known) !== FOLDER) throw twice();
        at = known >= 0 ? known : nodes.add(at, step, FOLDER, 0, -1);
      }
      const known = nodes.child(at, name);
      if (known >= 0 && (kind === 'file' || nodes.kind(known) !== FOLDER)) throw twice();
      if (known >= 0) return false;
      nodes.add(at, name, kind === 'file' ? FILE : FOLDER, 0, -1);
      return true;
    },
  };
}

/** The content in pieces, held to the size that was said. */
export async function* piecesOf({ path, bytes, content = '' }: NewFile): AsyncGenerator<Uint8Array> {
  let size = 0;
  const wrong = () =>
    new Refusal('tree.size', `${path} has not the ${bytes} bytes that were said.`, { path });
  const pieces =
    typeof content === 'string'
      ? [Buffer.from(content)]
      : content instanceof Uint8Array
        ? [content]
        : content;
  for await (const piece of pieces) {
    size += piece.byteLength;
    if (bytes !== undefined && size > bytes) throw wrong();
    yield piece;
  }
  if (bytes !== undefined && size < bytes) throw wrong();
}
