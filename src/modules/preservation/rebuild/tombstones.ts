import { createInterface } from 'node:readline';
import { isRefusal, messageOf } from '#kernel/errors';
import type { RebuildDeps, RebuildOrder } from './deps.ts';
import { condemn } from './store/contents.ts';
import { noteTrouble } from './store/state.ts';
import { surveyedAfter } from './store/survey.ts';

const PAGE = 100;
const AT_ONCE = 1_000;

/** Reads what was destroyed, or is being: objects named there are left out, wherever a copy of them turned up again. */
export async function readTombstones(deps: RebuildDeps, order: RebuildOrder): Promise<void> {
  for (let after = ''; ; ) {
    const page = await surveyedAfter(deps.db.owner, { prefix: 'urn:lantai:disposal:', after, limit: PAGE });
    for (const { objectId } of page) {
      order.signal?.throwIfAborted();
      try {
        await readOne(deps, objectId);
      } catch (e) {
        if (!isRefusal(e) && !(e instanceof SyntaxError)) throw e;
        const message = `The list of what ${objectId} destroyed can not be read: ${messageOf(e)}`;
        await deps.db.system((tx) => noteTrouble(tx, [{ code: 'tombstone.unreadable', objectId, message }]));
      }
    }
    if (page.length < PAGE) return;
    after = page.at(-1)!.objectId;
  }
}

async function readOne({ db, repository }: RebuildDeps, objectId: string): Promise<void> {
  const tombstone = await repository.getObject(objectId);
  let named: string[] = [];
  const put = async () => {
    const some = named;
    named = [];
    if (some.length > 0) await db.system((tx) => condemn(tx, some));
  };
  for (const { logicalPath } of tombstone.files().filter((f) => /^list\/\d+\.jsonl$/.test(f.logicalPath))) {
    const { stream } = await repository.openFile(tombstone, logicalPath, { verify: true });
    for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
      const said = JSON.parse(line) as { kind?: unknown; object?: unknown };
      if (said.kind === 'unit' && typeof said.object === 'string') named.push(said.object);
      if (named.length === AT_ONCE) await put();
    }
  }
  await put();
}
