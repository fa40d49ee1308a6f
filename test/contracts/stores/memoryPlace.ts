import { memoryStore, newMemory } from '#formats/ocfl';
import { dyingStore, type PlaceKind } from './place.ts';

/** Memory that outlives its writers, as a test of recovery needs it. */
export const memoryPlaces: PlaceKind = {
  name: 'memory',
  begin: async () => {},
  end: async () => {},
  async make() {
    const memory = newMemory();
    const open = async () => memoryStore(memory);
    return {
      open,
      dying: async (steps, answered) => dyingStore(await open(), steps, answered),
      kill: async () => memory.locks.clear(),
      leftovers: async () => [...memory.locks],
      async alter(path, change) {
        memory.files.set(path, change(Buffer.from(memory.files.get(path)!)));
      },
      lose: async (path) => void memory.files.delete(path),
      close: async () => {},
    };
  },
};
