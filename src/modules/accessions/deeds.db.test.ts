import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uploaded } from '../transfer/testing/handover.ts';
import { type Collecting, code, collecting, part } from './testing/collecting.ts';

let kept: Collecting['kept'];
let accessions: Collecting['accessions'];
let clerk: Collecting['clerk'];
let head: Collecting['head'];
let gift: Collecting['gift'];

beforeAll(async () => {
  ({ kept, accessions, clerk, head, gift } = await collecting());
});
afterAll(() => kept.close());

const state = async (id: string) => (await accessions.read(clerk, id)).accession.state;

describe('an agreement', () => {
  it('is numbered, holds its files, says what it must, and is printed', async () => {
    const id = await accessions.register(
      clerk,
      gift('族谱寄存', { way: 'deposit', came: part({ volumes: 2 }) }),
    );
    const path = join(kept.folder, '协议.txt');
    await writeFile(path, '协议全文');
    await mkdir(kept.house.staging.folder, { recursive: true });
    const uploadIds = [await uploaded(kept.house.staging.folder, clerk, path, '协议.txt')];
    const deed = {
      kind: 'deposit' as const,
      signedOn: '2026-02-01',
      ourParty: '石桥县档案馆',
      theirParty: '沈氏宗亲会',
      propertyPasses: false,
      endsOn: '2036-02-01',
      uploadIds,
    };
    await expect(
      accessions.addDeed(clerk, id, { ...deed, propertyPasses: true, uploadIds: [] }),
    ).rejects.toMatchObject(code('deed.property'));
    const deedId = await accessions.addDeed(clerk, id, deed);
    const [kept0] = (await accessions.read(clerk, id)).deeds;
    expect(kept0).toMatchObject({ number: '990111-XY-2026-0001', propertyPasses: false });
    expect(
      await text(
        (await accessions.openDeedFile(clerk, { id: deedId, fileId: kept0!.files[0]!.id })).content(),
      ),
    ).toBe('协议全文');
    await accessions.tidy();
    await accessions.correctDeed(
      clerk,
      { id: deedId, version: 1 },
      { ...deed, rights: '可展览', uploadIds: [], removeFiles: [kept0!.files[0]!.id] },
    );
    await expect(
      accessions.correctDeed(clerk, { id: deedId, version: 1 }, { ...deed, uploadIds: [], removeFiles: [] }),
    ).rejects.toMatchObject(code('accession.changed'));
    expect((await accessions.read(clerk, id)).deeds[0]).toMatchObject({
      rights: '可展览',
      files: [],
      version: 2,
    });
    const paper = await accessions.deedPaper(clerk, deedId, 'zh-CN');
    expect(paper.pdf.subarray(0, 5).toString()).toBe('%PDF-');
    // The owner asks for it back: decided by another than who registered it.
    await accessions.act(clerk, id, { act: 'accept' });
    await expect(
      accessions.act(clerk, id, { act: 'giveBack', whole: true, reason: '期满' }),
    ).rejects.toMatchObject(code('actor.forbidden'));
    await accessions.act(head, id, { act: 'giveBack', whole: true, reason: '期满' });
    expect(await state(id)).toBe('returned');
  });
});
