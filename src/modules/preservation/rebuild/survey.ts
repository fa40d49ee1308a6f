import { readInventory } from '#formats/ocfl';
import { isRefusal, messageOf } from '#kernel/errors';
import type { RebuildDeps, RebuildOrder } from './deps.ts';
import { type RebuildState, saveState } from './store/state.ts';
import { type SurveyedObject, saveSurveyed } from './store/survey.ts';
import { objectPathsAfter } from './walk.ts';

const BATCH = 200;
const AT_ONCE = 8;

/** Walks the root and enters what it finds; goes on behind the last object entered. */
export async function survey(deps: RebuildDeps, order: RebuildOrder, state: RebuildState): Promise<void> {
  let batch: string[] = [];
  const enter = async () => {
    const found = new Array<SurveyedObject>(batch.length);
    const todo = batch.entries();
    const look = async () => {
      for (const [i, path] of todo) found[i] = await lookAt(deps, path);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, look));
    state.counts.objects += batch.length;
    state.place = { path: batch.at(-1) ?? state.place.path ?? '' };
    batch = [];
    await deps.db.system(async (tx) => {
      await saveSurveyed(tx, found);
      await saveState(tx, state);
    });
    order.progress?.({ step: 'survey', done: state.counts.objects });
    order.signal?.throwIfAborted();
  };
  for await (const path of objectPathsAfter(deps.root, state.place.path)) {
    batch.push(path);
    if (batch.length === BATCH) await enter();
  }
  if (batch.length > 0) await enter();
}

async function lookAt({ repository, root }: RebuildDeps, path: string): Promise<SurveyedObject> {
  const nothing = {
    ...{
      path,
      objectId: null,
      head: null,
      inventoryDigest: null,
      files: 0,
      bytes: 0,
      created: null,
      changed: null,
    },
  };
  let objectId: string | null = null;
  try {
    const read = await readInventory(root, path);
    if (!read) return { ...nothing, trouble: 'There is no inventory.' };
    const { inventory } = read;
    objectId = inventory.id;
    if (repository.pathOf(inventory.id) !== path)
      return { ...nothing, objectId, trouble: `The object ${inventory.id} lies where another one belongs.` };
    const { head, inventoryDigest, files, bytes } = await repository.measure(inventory.id);
    const versions = [...inventory.versions.values()];
    return {
      path,
      objectId,
      head,
      inventoryDigest,
      files,
      bytes,
      trouble: null,
      created: versions[0]?.created ?? null,
      changed: versions.at(-1)?.created ?? null,
    };
  } catch (e) {
    if (!isRefusal(e)) throw e;
    return { ...nothing, objectId, trouble: messageOf(e) };
  }
}
