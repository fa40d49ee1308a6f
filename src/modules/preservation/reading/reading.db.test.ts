import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#kernel/actor';
import { type ScanningHouse, scanningHouse } from '../../../../test/support/scanning.ts';

let s: ScanningHouse;
let unitId: string;
let objectId: string;
const CODE = 'J019-WS·2003-D30-0001';

beforeAll(async () => {
  s = await scanningHouse();
  unitId = await s.addUnit(CODE);
  const dir = join(s.folder, 'disc');
  await mkdir(dir);
  await writeFile(join(dir, `${CODE}.txt`), '关于批准结婚登记的通知\n');
  await s.importFolder(dir);
  objectId = `urn:uuid:${unitId}`;
});
afterAll(() => s.close());

const all = { limit: 50 };
const reading = () => s.preservation.reading;
const refusal = (code: string) => expect.objectContaining({ code });
const root = (path = '') => reading().folder(administrator(), objectId, path, all);
/** Knows how things are held, and may read none of them. */
const administrator = (): Actor => s.house.person(['preservation.read', 'stores.manage'], s.house.county);
const custodian = (): Actor =>
  s.house.person(['preservation.read', 'holdings.read', 'content.read'], s.house.county);

describe('reading how an object is held', () => {
  it('tells its versions, with what each changed', async () => {
    const { versions, trouble, path, files } = await reading().told(custodian(), objectId);
    expect(trouble).toBeNull();
    expect(path).toBe(s.preservation.repository.pathOf(objectId));
    expect(versions.at(-1)).toMatchObject({ version: 'v1', changed: 0, removed: 0 });
    expect(versions.at(-1)?.added).toBeGreaterThan(1);
    expect(files).toBeGreaterThan(1);
  });

  it('shows the package on disk folder by folder, each part with what it is', async () => {
    const { items, more } = await root();
    expect(more).toBe(false);
    expect(items.map((i) => [i.name, i.part])).toEqual(
      expect.arrayContaining([
        ['0=ocfl_object_1.1', 'declaration'],
        ['inventory.json', 'inventory'],
        ['v1', 'version'],
      ]),
    );
    const first = await reading().folder(administrator(), objectId, '', { limit: 1 });
    expect([first.items.length, first.more]).toEqual([1, true]);
    const second = await reading().folder(administrator(), objectId, '', {
      limit: 1,
      after: first.items[0]!.name,
    });
    expect(second.items[0]?.name).toBe(items[1]?.name);
  });

  it('names a file as it came to those who may look into the record, and to nobody else', async () => {
    const held = async (who: Actor) =>
      (await reading().folder(who, objectId, 'v1/content/content', all)).items.map((i) => i.heldAs);
    expect(await held(custodian())).toEqual([`${CODE}.txt`]);
    expect(await held(administrator())).toEqual([null]);
    const files = (who: Actor) => reading().files(who, objectId, { after: 0, limit: 10 });
    expect((await files(custodian())).map((f) => f.originalName)).toEqual([`${CODE}.txt`]);
    expect(await files(administrator())).toEqual([]);
  });

  it('shows a part as text to those who may look into the record, and to nobody else', async () => {
    const inventory = await reading().unitText(custodian(), unitId, 'inventory.json', s.house.holdings);
    expect(JSON.parse(inventory.text)).toMatchObject({ id: objectId });
    await expect(
      reading().unitText(administrator(), unitId, 'inventory.json', s.house.holdings),
    ).rejects.toEqual(refusal('unit.notFound'));
    await expect(
      reading().text(administrator(), objectId, 'v1/content/metadata/object.json'),
    ).rejects.toEqual(refusal('package.notShown'));
  });

  it('gives no held file as text, and nothing from beside the object', async () => {
    const text = (path: string) => reading().unitText(custodian(), unitId, path, s.house.holdings);
    await expect(text('v1/content/content/0001.txt')).rejects.toEqual(refusal('package.notText'));
    for (const path of [
      '../../ocfl_layout.json',
      '/etc/hostname.txt',
      'v1/../inventory.json',
      'nothing.json',
    ])
      await expect(text(path)).rejects.toEqual(refusal('package.notFound'));
    await expect(root('..')).rejects.toEqual(refusal('package.notFound'));
  });

  it('does not know the object outside the archives one looks after', async () => {
    const neighbour = s.house.person(['preservation.read', 'holdings.read'], s.house.neighbour);
    await expect(reading().told(neighbour, objectId)).rejects.toEqual(refusal('object.notFound'));
    const reader = s.house.person(['holdings.read', 'content.read'], s.house.county);
    await expect(reading().told(reader, objectId)).rejects.toEqual(refusal('object.notFound'));
  });

  it('tells what it knows of an object whose inventory is damaged, and that it is', async () => {
    const at = join(s.folder, 'storage', s.preservation.repository.pathOf(objectId), 'inventory.json');
    await appendFile(at, ' ');
    const told = await reading().told(custodian(), objectId);
    expect(told).toMatchObject({ objectId, versions: [] });
    expect(told.trouble).toMatch(/^ocfl\./);
  });
});
