import { Readable } from 'node:stream';
import type { ObjectSource, OcflObject, WholeObject } from './describe.ts';
import type { Inventory } from './inventory.ts';

interface Held {
  object: OcflObject;
  bytes(path: string): Buffer | null;
}

function heldIn(whole: WholeObject, describe: (inventory: Inventory) => OcflObject): Held {
  const places = new Map(whole.places.map(([path, at, bytes]) => [path, { at, bytes }]));
  return {
    object: describe({
      ...whole.inventory,
      manifest: new Map(whole.manifest),
      versions: new Map(
        whole.versions.map(({ name, state, ...v }) => [name, { ...v, state: new Map(state) }]),
      ),
      fixity: new Map(),
    }),
    bytes(path) {
      const place = places.get(path);
      return place ? Buffer.from(whole.bytes.buffer, place.at, place.bytes) : null;
    },
  };
}

/** Objects that were read whole; what else is asked for the repository answers. */
export function sourceOf(
  behind: Pick<ObjectSource, 'getObject' | 'openFile'>,
  wholes: ReadonlyMap<string, WholeObject>,
  describe: (inventory: Inventory) => OcflObject,
): ObjectSource {
  const held = new Map([...wholes].map(([id, whole]) => [id, heldIn(whole, describe)]));
  const inMemory = (object: OcflObject, path: string) => {
    const one = held.get(object.id);
    return one?.object === object ? one.bytes(path) : null;
  };
  return {
    inMemory,
    getObject: async (objectId) => held.get(objectId)?.object ?? behind.getObject(objectId),
    async openFile(which, path, options = {}) {
      const object = typeof which === 'string' ? (held.get(which)?.object ?? which) : which;
      const { version, range } = options;
      const bytes =
        typeof object === 'string' || version !== undefined || range ? null : inMemory(object, path);
      if (bytes === null || typeof object === 'string') return behind.openFile(object, path, options);
      const stream = Readable.from(bytes.length > 0 ? [bytes] : [], { objectMode: false });
      return { ...object.file(path), size: bytes.length, stream };
    },
  };
}
