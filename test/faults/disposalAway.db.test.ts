import { mkdir, readdir, readFile, rename, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyFile } from '#formats/certificate';
import { systemActor } from '#kernel/actor';
import { type KeptHouse, keptHouse } from '../support/keptHouse.ts';

const SYSTEM = systemActor('test');
let kept: KeptHouse;
beforeEach(async () => {
  kept = await keptHouse();
});
afterEach(() => kept.close());

const at = (name: string) => join(kept.folder, name);
const addStore = (name: string) =>
  kept.house.copies.addStore(SYSTEM, {
    name,
    secrets: null,
    megabytesPerSecond: null,
    location: { kind: 'folder', root: at(name) },
  });
async function filesWith(folder: string, needle: string): Promise<string[]> {
  const found: string[] = [];
  for (const e of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(e.parentPath, e.name);
    if (e.isFile() && (await readFile(path)).includes(needle)) found.push(path);
  }
  return found;
}

/** How a store goes away, and comes back. */
const ways: Record<string, { leave(): Promise<void>; back(): Promise<void> }> = {
  'is gone with its folder': {
    leave: () => rename(at('second'), at('gone')),
    back: () => rename(at('gone'), at('second')),
  },
  'leaves an empty folder, as a disk that is not mounted does': {
    async leave() {
      await rename(at('second'), at('gone'));
      await mkdir(at('second'));
    },
    async back() {
      await rmdir(at('second'));
      await rename(at('gone'), at('second'));
    },
  },
  'is another disk': {
    async leave() {
      for (const part of ['', '.staging']) {
        await rename(at(`second${part}`), at(`gone${part}`));
        await rename(at(`third${part}`), at(`second${part}`));
      }
    },
    async back() {
      for (const part of ['', '.staging']) {
        await rename(at(`second${part}`), at(`third${part}`));
        await rename(at(`gone${part}`), at(`second${part}`));
      }
    },
  },
};

describe('destroying while a store is away', () => {
  it.each(Object.entries(ways))(
    'which %s: it waits for it, and certifies when it was emptied',
    async (_, way) => {
      const { copies, disposals, preservation } = kept.house;
      const second = await addStore('second');
      const units = await kept.hold([
        { code: 'J019-WS·2003·D10-0001', title: '甲', text: '鹿鸣呦呦甲' },
        { code: 'J019-WS·2003·D10-0002', title: '乙', text: '鹿鸣呦呦乙' },
      ]);
      await copies.catchUp();
      const third = await addStore('third');
      expect(await filesWith(at('second'), '鹿鸣呦呦')).not.toEqual([]);
      const id = await disposals.propose(kept.keeper, {
        archiveId: kept.archive,
        unitIds: units,
        title: '到期',
        reason: '期满',
        basis: '鉴定意见',
      });
      for (const name of ['李某', '赵某']) await disposals.decide(kept.person(name), id, 'agreed', null);
      await way.leave();
      const first = await kept.run('destroy-content', { id });
      expect(first).toMatchObject({ waiting: expect.any(Number) });
      expect((first as { waiting: number }).waiting).toBeGreaterThanOrEqual(2);
      // Gone from the house, and nobody says that it is gone from the world.
      for (const unit of units) expect(await preservation.repository.exists(`urn:uuid:${unit}`)).toBe(false);
      const away = await disposals.disposal(kept.keeper, id);
      expect(away.disposal.state).toBe('destroying');
      expect((await disposals.certificate(kept.keeper, id)).certificate ?? null).toBeNull();
      // Nothing brings it back from there meanwhile.
      await copies.catchUp();
      await copies.verifyNow({ repair: true });
      for (const unit of units) expect(await preservation.repository.exists(`urn:uuid:${unit}`)).toBe(false);

      await way.back();
      expect(await filesWith(at('second'), '鹿鸣呦呦')).not.toEqual([]);
      expect(await kept.run('destroy-content', { id })).toEqual({ state: 'done', waiting: 0 });
      for (const folder of ['second', 'second.staging', 'third'])
        expect(await filesWith(at(folder), '鹿鸣呦呦'), folder).toEqual([]);
      const { certificate } = await disposals.certificate(kept.keeper, id);
      const verdict = await verifyFile(Buffer.from(certificate ?? '', 'utf8'), {
        trust: [await kept.house.access.trust('990111')],
        now: kept.house.clock.now(),
      });
      expect(verdict).toMatchObject({ verdict: 'genuine' });
      const places = (verdict.payload?.places ?? []) as {
        id: string;
        name: string;
        objects: number;
        until: string;
      }[];
      expect(places.map((p) => [p.id, p.name, p.objects])).toEqual(
        expect.arrayContaining([
          [second.id, 'second', 2],
          [third.id, 'third', 2],
        ]),
      );
      // The certificate says when the store was emptied: after the rest.
      const when = (storeId: string) => Date.parse(places.find((p) => p.id === storeId)!.until);
      const main = places.find((p) => ![second.id, third.id].includes(p.id))!;
      expect(when(second.id)).toBeGreaterThan(Date.parse(main.until));
    },
  );
});
