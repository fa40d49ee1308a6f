import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeBag } from '#formats/bagit';
import { writeZip } from '#formats/tree';
import { createDigestPool } from '#kernel/checksums';
import { Refusal } from '#kernel/errors';
import { depsOf, furnishedHouse, holdingsOf, system } from '../../../test/support/furnishedHouse.ts';
import { type KeptHouse, keptHouse } from '../../../test/support/keptHouse.ts';
import { rawZip } from '../../formats/tree/testing/rawZip.ts';
import { createPackages } from './index.ts';

let from: Awaited<ReturnType<typeof furnishedHouse>>;
let out: string;
const pool = createDigestPool(1);

beforeAll(async () => {
  from = await furnishedHouse();
  out = from.out;
  const target = join(out, 'whole.zip');
  await from.house.packages.export(system, { id: '990111', kind: 'bag', target });
});
afterAll(async () => {
  await from.close();
  await pool.close();
});

describe('a package that is wrong', () => {
  async function nothingEntered(to: KeptHouse, path: string, code: string) {
    const refused = await to.house.packages.ingest(system, { path, archive: '990111', fonds: 'J077' });
    expect(refused).toMatchObject({ accepted: false });
    expect(refused.findings.filter((f) => f.severity === 'error').map((f) => f.code)).toContain(code);
    expect((await holdingsOf(to)).rows).toEqual([]);
    expect(
      (await to.house.holdings.fondsList(system, { archiveId: to.archive, limit: 10 })).items,
    ).toHaveLength(1);
  }

  it('is refused whole and enters nothing', async () => {
    const to = await keptHouse();
    try {
      const altered = join(out, 'altered');
      await from.house.packages.export(system, { id: '990111', kind: 'bag', target: altered });
      await appendFile(join(altered, 'metadata/lantai/lists/units-00001.jsonl'), '\n');
      await nothingEntered(to, altered, 'bag.digest');

      const escaping = join(out, 'escaping.zip');
      await writeFile(
        escaping,
        rawZip([
          { name: 'b/bagit.txt', content: 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' },
          { name: '../../escaped.txt', content: 'x' },
        ]),
      );
      await nothingEntered(to, escaping, 'tree.pathEscape');

      const unknown = join(out, 'unknown.zip');
      await writeZip(unknown, [{ path: 'nothing/at-all.txt', content: 'x' }]);
      await nothingEntered(to, unknown, 'ingest.notRecognised');

      const about = {
        format: 'lantai consignment',
        version: 1,
        archive: { code: '990111', name: 'x' },
        title: 'x',
      };
      const bagOf = async (name: string, units: readonly object[], files: readonly object[] = []) => {
        const path = join(out, name);
        const lines = (all: readonly object[]) => all.map((l) => `${JSON.stringify(l)}\n`).join('');
        await writeBag(path, {
          wrapper: 'zip',
          name: 'b',
          date: new Date(0),
          files: [{ path: 'x.txt', content: 'x' }],
          tagFiles: [
            {
              path: 'metadata/lantai/package.json',
              content: JSON.stringify({
                ...about,
                lists: ['fonds-1.jsonl', 'units-1.jsonl', 'files-1.jsonl'],
              }),
            },
            { path: 'metadata/lantai/lists/fonds-1.jsonl', content: lines([{ number: 'J099', name: '某' }]) },
            { path: 'metadata/lantai/lists/units-1.jsonl', content: lines(units) },
            { path: 'metadata/lantai/lists/files-1.jsonl', content: lines(files) },
          ],
        });
        return path;
      };
      const unit = (key: string, row: object, parent: string | null = null) => ({
        key,
        parent,
        fonds: 'J099',
        formerCodes: [],
        row: { title: '某', level: 'file', ...row },
      });
      await nothingEntered(to, await bagOf('level.zip', [unit('1', { level: 'box' })]), 'ingest.entry');
      await nothingEntered(
        to,
        await bagOf('secret.zip', [unit('1', { classification: '机密' })]),
        'ingest.entry',
      );
      await nothingEntered(to, await bagOf('twice.zip', [unit('1', {}), unit('1', {})]), 'ingest.twice');
      await nothingEntered(to, await bagOf('parent.zip', [unit('1', {}, '2')]), 'ingest.place');
      await nothingEntered(
        to,
        await bagOf('fonds.zip', [{ ...unit('1', {}), fonds: 'J098' }]),
        'ingest.fonds',
      );
      await nothingEntered(to, await bagOf('lines.zip', [unit('1', { position: '../..' })]), 'ingest.entry');
      const file = { unit: '1', name: 'x.txt', bytes: 1, sha512: '0'.repeat(128) };
      const lying = await bagOf('lying.zip', [unit('1', {})], [{ ...file, path: 'x.txt' }]);
      await nothingEntered(to, lying, 'ingest.otherFile');
      const climbing = await bagOf('climbing.zip', [unit('1', {})], [{ ...file, path: '../../etc/passwd' }]);
      await nothingEntered(to, climbing, 'ingest.missingFile');

      const infected = createPackages({ ...depsOf(to, pool), scan: async () => 'EICAR' });
      const sound = join(out, 'whole.zip');
      const found = await infected.ingest(system, { path: sound, archive: '990111' });
      expect(found).toMatchObject({
        accepted: false,
        findings: [{ code: 'ingest.infected' }, { code: 'ingest.infected' }],
      });
      expect((await holdingsOf(to)).rows).toEqual([]);
    } finally {
      await to.close();
    }
  });

  it('bears a code that another entry bears: refused before anything is entered', async () => {
    const to = await keptHouse();
    try {
      await to.hold([{ code: 'J019-WS·2003·D10-0002', title: '别的', text: '别的' }]);
      const refused = await to.house.packages.ingest(system, {
        path: join(out, 'whole.zip'),
        archive: '990111',
      });
      expect(refused).toMatchObject({ accepted: false, findings: [{ code: 'ingest.taken' }] });
      expect((await holdingsOf(to)).rows).toHaveLength(1);
      const other = await keptHouse();
      try {
        await other.hold([{ code: '20-1-1', title: '别的', text: '别的' }]);
        const former = await other.house.packages.ingest(system, {
          path: join(out, 'whole.zip'),
          archive: '990111',
        });
        expect(former).toMatchObject({
          accepted: false,
          findings: [{ code: 'ingest.taken', path: '20-1-1' }],
        });
        expect((await holdingsOf(other)).rows).toHaveLength(1);
      } finally {
        await other.close();
      }
    } finally {
      await to.close();
    }
  });
});

describe('who may', () => {
  it('takes out and in what posts allow: nothing without them, no opening by one person alone', async () => {
    const reader = from.person('赵某', ['holdings.read', 'content.read']);
    const target = join(out, 'forbidden.zip');
    await expect(
      from.house.packages.export(reader, { id: '990111', kind: 'bag', target }),
    ).rejects.toBeInstanceOf(Refusal);
    const clerk = from.person('钱某', ['holdings.read', 'content.export']);
    const bare = await from.house.packages.export(clerk, {
      id: '990111',
      kind: 'bag',
      target: join(out, 'bare.zip'),
    });
    expect(bare).toMatchObject({ files: 0, withoutContent: 2 });

    const to = await keptHouse();
    try {
      const path = join(out, 'whole.zip');
      const stranger = to.person('孙某', ['holdings.read']);
      await expect(to.house.packages.ingest(stranger, { path, archive: '990111' })).rejects.toMatchObject({
        code: 'actor.forbidden',
      });
      expect(await to.house.packages.ingest(to.keeper, { path, archive: '990111' })).toMatchObject({
        accepted: true,
      });
      const statuses = (await holdingsOf(to)).rows.map((r) => r.access_status);
      expect(statuses).not.toContain('open');
      expect(statuses).toContain('restricted');
    } finally {
      await to.close();
    }
  });
});
