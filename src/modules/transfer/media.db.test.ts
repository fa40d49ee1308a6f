import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTreeWriter, openTree } from '#formats/tree';
import type { Actor } from '#kernel/actor';
import { newId } from '#kernel/ids';
import { type KeptHouse, keptHouse } from '../../../test/support/keptHouse.ts';
import { textOf } from '../../formats/print/testing.ts';
import type { HandAct } from './commands/act.ts';
import { type Desk, deskOf } from './testing/desk.ts';
import { answerAll, handoverZip, uploaded } from './testing/handover.ts';

let kept: KeptHouse;
let desk: Desk;
let id: string;
/** ZIPs of the media, in order. */
let zips: string[];

beforeAll(async () => {
  kept = await keptHouse();
  desk = await deskOf(kept);
  id = await desk.begin();
  const codes = Array.from({ length: 12 }, (_, i) => `J019-WS·2023·D30-${String(i + 1).padStart(4, '0')}`);
  const whole = join(desk.out, 'whole.zip');
  await handoverZip(
    whole,
    codes.map((code) => ({ code })),
  );
  const uploads: string[] = [];
  for (const { path, name } of await unpacked(whole, () => 'keep'))
    uploads.push(await uploaded(kept.house.staging.folder, desk.who.clerk, path, basename(name), name));
  await kept.house.transfers.give(desk.who.clerk, id, uploads);
  await desk.checkedBySender(id);
});
afterAll(() => kept.close());

const act = (by: Actor, what: HandAct, more?: object) => desk.act(by, id, what, more);
const goOn = () => desk.goOn(id);
const batch = () => kept.house.transfers.one(desk.who.receiving, id);

/** Gives files to be read in, and has the system read them. */
async function readIn(files: readonly { path: string; name: string }[]): Promise<void> {
  const uploadIds: string[] = [];
  for (const { path, name } of files)
    uploadIds.push(
      await uploaded(
        kept.house.staging.folder,
        desk.who.receiving,
        path,
        basename(name),
        name.includes('/') ? name : null,
      ),
    );
  const { version } = await batch();
  await kept.house.transfers.readMedia(desk.who.receiving, id, { uploadIds, version });
  await goOn();
}
const zip = (path: string) => [{ path, name: basename(path) }];
const found = async () =>
  (
    await kept.house.transfers.findings(desk.who.receiving, {
      ...{ id, side: 'archive' as const, severity: undefined, cursor: undefined, limit: 50 },
    })
  ).items;

/** A medium's files in a folder, one of them altered or left away. */
async function unpacked(path: string, change: (name: string) => 'alter' | 'leave' | 'keep') {
  const tree = await openTree(path);
  const files: { path: string; name: string }[] = [];
  for await (const entry of tree.entries()) {
    if (entry.kind !== 'file') continue;
    const what = entry.path.includes('/content/') ? change(entry.path) : 'keep';
    if (what === 'leave') continue;
    const target = join(desk.out, newId());
    const content = Buffer.concat(await (await tree.open(entry.path)).toArray());
    await writeFile(target, what === 'alter' ? Buffer.concat([content, Buffer.from('x')]) : content);
    files.push({ path: target, name: entry.path });
  }
  await tree.close();
  return files;
}

describe('a batch sent off-line', () => {
  it('is laid onto media by who may send it, signed as such, and not received by itself', async () => {
    await expect(act(desk.who.clerk, 'dispatch', { mediumBytes: 100_000 })).rejects.toMatchObject({
      code: 'transfer.samePerson',
    });
    await expect(act(desk.who.officer, 'dispatch')).rejects.toMatchObject({ code: 'transfer.mediumBytes' });
    await act(desk.who.officer, 'dispatch', { mediumBytes: 100_000 });
    const { state, carrier, media, number } = await batch();
    expect({ state, carrier }).toEqual({ state: 'dispatched', carrier: 'offline' });
    expect(media!.media.length).toBeGreaterThan(2);
    const { text } = await kept.house.transfers.paper(desk.who.receiving, id, 'agencyRegister');
    expect(JSON.parse(text).payload).toMatchObject({
      移交载体类型规格: expect.stringContaining('离线'),
      载体起止顺序号: `${number}-01至${media!.media.at(-1)!.number}`,
      载体: media!.media.map((m) => ({ 载体编号: m.number, 数字摘要: m.sha256 })),
    });
    const [sheet] = await textOf((await kept.house.transfers.sheet(desk.who.clerk, id, 'zh-CN')).pdf);
    expect(sheet).toContain('离线');
    await expect(kept.house.transfers.medium(desk.who.receiving, id, 1)).rejects.toMatchObject({
      code: 'actor.forbidden',
    });
    zips = [];
    for (const m of media!.media) {
      const path = join(desk.out, `${m.number}.zip`);
      await writeFile(
        path,
        await readFile((await kept.house.transfers.medium(desk.who.clerk, id, m.no)).path),
      );
      zips.push(path);
    }
    const tree = await openTree(zips[0]!);
    expect(await tree.has(`${media!.media[0]!.number}/说明文件.TXT`)).toBe(true);
    await tree.close();
  });

  it('is read in one medium after the other, and what differs is named and stays out', async () => {
    await readIn(zip(zips[1]!));
    expect(await batch()).toMatchObject({ state: 'dispatched', media: { wrong: 0 } });
    expect((await batch()).media!.media.filter((m) => m.read).map((m) => m.no)).toEqual([2]);
    let n = 0;
    const files = await unpacked(zips[0]!, () => (['alter', 'leave', 'keep'] as const)[n++] ?? 'keep');
    const strange = { path: files[0]!.path, name: '盘/content/别的.txt' };
    await readIn([...files, strange]);
    expect(await batch()).toMatchObject({ state: 'dispatched', media: { wrong: 3 } });
    expect((await found()).map((f) => f.code).sort()).toEqual([
      'transfer.media.differs',
      'transfer.media.missing',
      'transfer.media.unknown',
    ]);
    expect((await found()).map((f) => f.path)).toContain('别的.txt');
    const other = join(desk.out, '别的.zip');
    const writer = await createTreeWriter(other, { wrapper: 'zip' });
    await writer.add({ path: '说明.txt', content: '别的盘' });
    await writer.finish();
    await readIn(zip(other));
    expect((await found()).map((f) => f.code)).toEqual(['transfer.media.nothing']);
  });

  it('is received when all that was signed is there, and taken in as any other', async () => {
    for (const path of [zips[0]!, ...zips.slice(2)]) await readIn(zip(path));
    expect((await batch()).state).toBe('received');
    expect(await found()).toEqual([]);
    await expect(kept.house.transfers.medium(desk.who.clerk, id, 1)).rejects.toMatchObject({
      code: 'transfer.noMedium',
    });
    await act(desk.who.receiving, 'register');
    await goOn();
    const { arrivalCheck } = await batch();
    expect(arrivalCheck).toMatchObject({ qualified: true });
    await answerAll(kept.house.checks, desk.who.decider, arrivalCheck?.runId ?? '');
    await act(desk.who.receiving, 'propose', { decision: { accepts: 'all', reason: '', leftOut: [] } });
    await act(desk.who.decider, 'accept');
    await goOn();
    expect((await batch()).state).toBe('accepted');
  });
});
