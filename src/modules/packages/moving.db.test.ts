import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDigestPool } from '#kernel/checksums';
import { acts, depsOf, furnishedHouse, holdingsOf, system } from '../../../test/support/furnishedHouse.ts';
import { keptHouse } from '../../../test/support/keptHouse.ts';
import { createPackages } from './index.ts';

let from: Awaited<ReturnType<typeof furnishedHouse>>;
let out: string;
const pool = createDigestPool(1);

beforeAll(async () => {
  from = await furnishedHouse();
  out = from.out;
});
afterAll(async () => {
  await from.close();
  await pool.close();
});

describe('packages of ours', () => {
  it('keep what the package says of earlier events as a report in the object', async () => {
    const target = join(out, 'events.zip');
    await from.house.packages.export(system, {
      id: 'J019-WS·2003·D10-0001',
      archive: '990111',
      kind: 'bag',
      target,
    });
    const to = await keptHouse();
    try {
      const done = await to.house.packages.ingest(system, { path: target, archive: '990111' });
      expect(done).toMatchObject({ accepted: true, entries: 1, files: 1 });
      const [{ id } = { id: '' }] = (await holdingsOf(to)).rows as { id: string }[];
      const { repository } = to.house.preservation;
      const object = await repository.getObject(`urn:uuid:${id}`);
      const reports = object.files().filter((f) => /^checks\/v1-package-/.test(f.logicalPath));
      expect(reports.length).toBeGreaterThan(1);
      const texts = await Promise.all(
        reports.map(async ({ logicalPath }) => {
          const { stream } = await repository.openFile(object, logicalPath, { verify: true });
          return Buffer.concat(await stream.toArray()).toString('utf8');
        }),
      );
      expect(texts.join('')).toContain('ingestion');
      expect(texts.join('')).toContain('not performed: the site has no scanner');
    } finally {
      await to.close();
    }
  });

  it('leave whole or not at all, and never over something', async () => {
    const deps = depsOf(from, pool);
    const { repository } = deps.preservation;
    let opened = 0;
    const breaking = createPackages({
      ...deps,
      preservation: {
        ...deps.preservation,
        repository: {
          ...repository,
          readAhead: async (ids) => {
            const source = await repository.readAhead(ids);
            return {
              ...source,
              inMemory(object, path) {
                if (/^content\//.test(path) && ++opened === 2) throw new Error('the power went');
                return source.inMemory?.(object, path) ?? null;
              },
            };
          },
        },
      },
    });
    const before = await readdir(out);
    const trail = await acts(from);
    for (const name of ['broken', 'broken.zip']) {
      opened = 0;
      const order = { id: '990111', kind: 'bag', target: join(out, name) } as const;
      await expect(breaking.export(system, order)).rejects.toThrow('the power went');
    }
    expect(await readdir(out)).toEqual(before);
    expect(await acts(from)).toEqual(trail);
    expect((await readdir(deps.scratch)).filter((n) => n.startsWith('package-export-'))).toEqual([]);
    await writeFile(join(out, 'there.zip'), 'mine');
    const over = { id: '990111', kind: 'bag', target: join(out, 'there.zip') } as const;
    await expect(from.house.packages.export(system, over)).rejects.toMatchObject({
      code: 'export.goalExists',
    });
    expect(await readFile(join(out, 'there.zip'), 'utf8')).toBe('mine');
  });

  it('broken off on the way in go on where they were', async () => {
    const target = join(out, 'broken-in.zip');
    await from.house.packages.export(system, { id: '990111', kind: 'bag', target });
    const to = await keptHouse();
    try {
      const deps = depsOf(to, pool);
      let held = 0;
      const breaking = createPackages({
        ...deps,
        preservation: {
          ...deps.preservation,
          hold: async (...asked) => {
            const done = await deps.preservation.hold(...asked);
            if (++held === 1) throw new Error('the power went');
            return done;
          },
        },
      });
      const order = { path: target, archive: '990111' };
      await expect(breaking.ingest(system, order)).rejects.toThrow('the power went');
      expect(await to.house.packages.ingest(system, order)).toMatchObject({ accepted: true, newFiles: 0 });
      expect(await holdingsOf(to)).toEqual(await holdingsOf(from));
    } finally {
      await to.close();
    }
  });

  it('tell of earlier events in objects too whose content was there before, once', async () => {
    const target = join(out, 'there-before.zip');
    await from.house.packages.export(system, { id: '990111', kind: 'bag', target });
    const to = await keptHouse();
    try {
      const deps = depsOf(to, pool);
      const { preservation } = deps;
      const silent = createPackages({
        ...deps,
        preservation: {
          ...preservation,
          hold: (actor, units, after) =>
            preservation.hold(
              actor,
              units.map(({ report: _, ...unit }) => unit),
              after,
            ),
        },
      });
      const order = { path: target, archive: '990111' };
      await silent.ingest(system, order);
      for (let time = 0; time < 2; time++) await to.house.packages.ingest(system, order);
      for (const { object_id: id } of (await holdingsOf(to)).rows) {
        if (typeof id !== 'string') continue;
        const object = await preservation.repository.getObject(id);
        expect(object.head).toBe('v2');
        expect(object.files().filter((f) => f.logicalPath === 'checks/v2-package-00001.json')).toHaveLength(
          1,
        );
      }
    } finally {
      await to.close();
    }
  });
});
