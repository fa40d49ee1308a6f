import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { incomingText } from '../../../../test/support/incoming.ts';
import { type ScanningHouse, scanningHouse } from '../../../../test/support/scanning.ts';
import { readPackage } from '../package/read.ts';
import { contentOf } from '../store/content.ts';

let s: ScanningHouse;
beforeAll(async () => {
  s = await scanningHouse();
});
afterAll(() => s.close());

const CLERK = { id: null, name: '王某' };
let number = 0;
async function held(...names: string[]): Promise<string> {
  const id = await s.addUnit(`J019-2004-D30-${String(++number).padStart(4, '0')}`);
  const files = await Promise.all(
    names.map((name) => incomingText(join(s.folder, 'in'), name, `${name}${id}`)),
  );
  const [outcome] = await s.preservation.hold(
    CLERK,
    [{ id, archiveId: s.house.county, files }],
    async () => {},
  );
  if (outcome?.status === 'failed') throw outcome.error;
  return id;
}

interface Figures {
  puid: string;
  files: number;
  bytes: number;
}
/** What the tally says, and what is there. */
async function figures(): Promise<{ told: Figures[]; there: Figures[] }> {
  const one = (from: string) =>
    sql<Figures>`select puid, sum(files)::float8 as files, sum(bytes)::float8 as bytes from ${sql.raw(from)}
      where archive_id = ${s.house.county} group by 1 having sum(files) <> 0 order by 1`.execute(
      s.house.db.owner,
    );
  const told = await one('preservation.format_tally');
  const there = await one(
    "(select archive_id, coalesce(puid, '') as puid, 1 as files, bytes from preservation.content) c",
  );
  return { told: told.rows, there: there.rows };
}

describe('figures of formats', () => {
  it('know what is taken in, in catalogue, records and PREMIS', async () => {
    const id = await held('a.txt', 'b.txt');
    const content = await s.house.db.system((tx) => contentOf(tx, id));
    expect(content.map((c) => [c.puid, c.formatName])).toEqual([
      ['x-fmt/111', 'Plain Text File'],
      ['x-fmt/111', 'Plain Text File'],
    ]);
    const object = await readPackage(s.preservation.repository, `urn:uuid:${id}`);
    for await (const record of object.files())
      expect(record.identified).toMatchObject({ puid: 'x-fmt/111', by: 'built in' });
    const { stream } = await s.preservation.repository.openFile(
      object.object,
      'metadata/premis/files-00001.xml',
    );
    expect(Buffer.concat(await stream.toArray()).toString()).toContain(
      '<formatRegistryName>PRONOM</formatRegistryName>',
    );
    const { told, there } = await figures();
    expect(told).toEqual(there);
    expect(told).toMatchObject([{ puid: 'x-fmt/111', files: 2 }]);
  });

  it('stay right when formats change, content goes, and two do it at once', async () => {
    const ids = await Promise.all([held('c.txt'), held('d.txt', 'e.txt'), held('f.txt')]);
    const db = s.house.db.owner;
    await sql`update preservation.content set puid = null where unit_id = ${ids[0]}`.execute(db);
    await sql`delete from preservation.content where unit_id = ${ids[1]}`.execute(db);
    await sql`update preservation.content set puid = 'fmt/40', bytes = bytes + 7 where unit_id = ${ids[2]}`.execute(
      db,
    );
    const { told, there } = await figures();
    expect(told).toEqual(there);
    expect(told.map((f) => f.puid)).toEqual(['', 'fmt/40', 'x-fmt/111']);
  });

  it('come to what was taken in before anybody looked, and a second run has nothing to do', async () => {
    const id = await held('old.txt', '旧.txt');
    const db = s.house.db.owner;
    await sql`update preservation.content set puid = null, format_name = null where unit_id = ${id}`.execute(
      db,
    );
    const run = () =>
      s.preservation.identification.run({
        id: newId(),
        data: {},
        attempt: 1,
        signal: new AbortController().signal,
        progress: () => {},
      });
    // One of an earlier test was made unlooked too.
    expect(await run()).toEqual({ identified: 3, failed: 0 });
    expect(await run()).toEqual({ identified: 0, failed: 0 });
    const { told, there } = await figures();
    expect(told).toEqual(there);
    expect(told.map((f) => f.puid)).toEqual(['fmt/40', 'x-fmt/111']);
  });

  it('are put together as they grow', async () => {
    const id = await held('g.txt');
    const turns = Array.from({ length: 600 }, (_, i) => i);
    await Promise.all(
      [0, 1].map(async (half) => {
        for (const i of turns.filter((n) => n % 2 === half))
          await sql`update preservation.content set puid = ${`x-fmt/${i}`} where unit_id = ${id}`.execute(
            s.house.db.owner,
          );
      }),
    );
    const { told, there } = await figures();
    expect(told).toEqual(there);
    const rows = await sql<{ n: number }>`select count(*)::int as n from preservation.format_tally`.execute(
      s.house.db.owner,
    );
    expect(rows.rows[0]!.n).toBeLessThan(600);
  });
});
