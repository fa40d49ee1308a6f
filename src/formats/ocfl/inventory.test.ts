import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestBytes } from '#kernel/checksums';
import { compactMap, createPairs } from './compact/maps.ts';
import { createNames } from './compact/names.ts';
import { type Inventory, inventoryChunks } from './inventory.ts';
import { parseInventory } from './readObject.ts';

const digestOf = (text: string) => digestBytes(Buffer.from(text), ['sha512', 'sha256']).digests;
const user = { name: '某人 "x"', address: 'urn:test' };

/** An inventory of the contents given, the same files in each of some versions. */
function inventoryOf(contents: readonly string[], versions: number): Inventory {
  const files = contents.map((c, i) => [`f${i}.txt`, digestOf(c)] as const);
  const names = Array.from({ length: versions }, (_, i) => `v${i + 1}`);
  const one = (v: number) => ({
    created: '2026-01-02T03:04:05Z',
    message: v % 2 === 0 ? 'Line one\nline two' : undefined,
    user: v % 3 === 0 ? user : undefined,
    state: new Map(files.map(([name, d]) => [`n/${name}`, d.sha512!])),
  });
  const kept = new Map(files.map(([name, d]) => [d.sha512!, [`v1/content/${name}`, d] as const]));
  return {
    id: 'urn:test:1',
    spec: '1.1',
    digestAlgorithm: 'sha512',
    head: names.at(-1)!,
    contentDirectory: 'content',
    manifest: new Map([...kept.values()].map(([path, d]) => [path, d.sha512!])),
    versions: new Map(names.map((name, v) => [name, one(v)])),
    fixity:
      kept.size > 0
        ? new Map([['sha256', new Map([...kept.values()].map(([path, d]) => [path, d.sha256!]))]])
        : new Map(),
  };
}

/** What JSON.stringify makes of it. */
function plainly(inventory: Inventory): string {
  const block = (paths: ReadonlyMap<string, string>) => {
    const groups: Record<string, string[]> = {};
    for (const path of [...paths.keys()].sort()) {
      const digest = paths.get(path)!;
      groups[digest] = [...(groups[digest] ?? []), path];
    }
    return groups;
  };
  const { id, digestAlgorithm, head, manifest, versions, fixity } = inventory;
  const json = {
    id,
    type: 'https://ocfl.io/1.1/spec/#inventory',
    digestAlgorithm,
    head,
    manifest: block(manifest),
    versions: Object.fromEntries([...versions].map(([n, v]) => [n, { ...v, state: block(v.state) }])),
    ...(fixity.size > 0 ? { fixity: Object.fromEntries([...fixity].map(([n, b]) => [n, block(b)])) } : {}),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

describe('an inventory', () => {
  it('is written in pieces as JSON.stringify would write the whole, and reads back as it was', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 3 }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 4 }),
        (contents, versions) => {
          const inventory = inventoryOf(contents, versions);
          const bytes = Buffer.concat([...inventoryChunks(inventory)]);
          expect(bytes.toString('utf8')).toBe(plainly(inventory));
          const back = parseInventory(bytes, 'x');
          expect(new Map(back.manifest)).toEqual(inventory.manifest);
          expect([...back.versions.keys()]).toEqual([...inventory.versions.keys()]);
          for (const [name, v] of inventory.versions) {
            const { state, ...rest } = back.versions.get(name)!;
            expect(new Map(state)).toEqual(v.state);
            expect(rest).toEqual({ created: v.created, message: v.message, user: v.user });
          }
          expect([...back.fixity].map(([n, b]) => [n, new Map(b)])).toEqual([...inventory.fixity]);
        },
      ),
    );
  });
});

describe('a compact map', () => {
  it('holds what a Map of the same pairs holds', () => {
    const letters = fc.constantFrom<string[]>('a', 'b', 'c', 'd', 'e', 'f');
    fc.assert(
      fc.property(fc.array(fc.tuple(letters, letters)), (list) => {
        const names = createNames();
        const pairs = createPairs();
        // Numbers in another order than the pairs come in.
        for (const text of 'fbdace') names.numberOf(text);
        for (const [path, digest] of list) pairs.add(names.numberOf(path), names.numberOf(digest));
        let twice = 0;
        const compact = compactMap(names, pairs, () => {
          twice++;
        });
        const plain = new Map(list);
        expect(new Map(compact)).toEqual(plain);
        expect(compact.size).toBe(plain.size);
        expect(twice).toBe(list.length - plain.size);
        for (const text of 'abcdefg') {
          expect(compact.get(text)).toBe(plain.get(text));
          expect(compact.has(text)).toBe(plain.has(text));
        }
        expect([...compact.keys()].sort()).toEqual([...plain.keys()].sort());
        expect([...compact.values()].sort()).toEqual([...plain.values()].sort());
      }),
    );
  });
});
