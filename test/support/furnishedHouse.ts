import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { signerOf } from '#formats/eep';
import { type Actor, systemActor } from '#kernel/actor';
import type { DigestPool } from '#kernel/checksums';
import { sql } from '#kernel/db';
import { inspectFile } from '#modules/digitisation';
import type { PackagesDeps } from '#modules/packages';
import { type KeptHouse, keptHouse } from './keptHouse.ts';

export const system: Actor = systemActor('test');

/** What the catalogue and the store hold, by what people know it by: ids of fonds and times of entering differ. */
export async function holdingsOf({ db, house, archive }: Pick<KeptHouse, 'db' | 'house' | 'archive'>) {
  const rows = await sql<
    Record<string, unknown>
  >`select u.id, f.number as fonds, f.name as "fondsName", f.history, g.code as agency,
      u.parent_id, u.level, u.position, u.reference_code, u.sort_key, u.match_key, u.title, u.creator, u.doc_no, u.date_text,
      u.date_from, u.date_to, u.category, u.year, u.retention, u.classification, u.access_status, u.opens_on, u.embargo_until,
      u.pages, u.description, u.child_count, u.page_count, u.object_id,
      (select json_agg(json_build_array(a.code, a.basis, a.actor_name, a.at) order by a.code) from holdings.code_alias a where a.unit_id = u.id) as codes,
      (select json_agg(json_build_array(c.ordinal, c.original_name, c.media_type, c.bytes, c.sha256, c.sha512) order by c.ordinal)
        from preservation.content c where c.unit_id = u.id) as content
    from holdings.unit u join holdings.fonds f on f.id = u.fonds_id left join holdings.agency g on g.id = f.agency_id
    where u.archive_id = ${archive} order by u.id`.execute(db.owner);
  const bytes: Record<string, string> = {};
  for (const { id, content } of rows.rows)
    for (const file of await house.preservation.contents(system, String(id))) {
      if (content === null) continue;
      const chunks: Buffer[] = [];
      for await (const c of await house.preservation.verified(file)) chunks.push(c as Buffer);
      bytes[`${id} ${file.ordinal}`] = Buffer.concat(chunks).toString('utf8');
    }
  return { rows: rows.rows, bytes };
}

export const depsOf = (kept: KeptHouse, pool: DigestPool): PackagesDeps => ({
  db: kept.db,
  clock: kept.house.clock,
  audit: kept.house.audit,
  digests: pool,
  holdings: kept.house.holdings,
  preservation: kept.house.preservation,
  inspect: inspectFile,
  wantTexts: kept.house.digitisation.wantTexts,
  pagePicture: async () => {
    throw new Error('no page is drawn here');
  },
  trust: (archiveId) => kept.house.checks.trustInForce([archiveId]),
  signer: async (archive) => signerOf(await kept.db.system((tx) => kept.house.keyring.signing(tx, archive))),
  scratch: join(kept.folder, 'scratch'),
});

/** Acts on packages in the trail. */
export const acts = async ({ db }: KeptHouse) =>
  (
    await sql<{ act: string }>`select act from audit.entry where act like 'package.%' order by id`.execute(
      db.owner,
    )
  ).rows.map((r) => r.act);

/** A house with some entries of every sort in two fonds; `out` is a folder for packages. */
export async function furnishedHouse(): Promise<KeptHouse & { out: string }> {
  const from = await keptHouse();
  const out = join(from.folder, 'out');
  await mkdir(out);
  const { house, archive, keeper, db } = from;
  const agencyId = await house.holdings.addAgency(keeper, {
    archiveId: archive,
    code: 'A01',
    name: '县文化局',
  });
  const second = await house.holdings.addFonds(keeper, {
    archiveId: archive,
    number: 'J020',
    name: '县文化局',
    history: '1950年成立',
    agencyId,
  });
  const series = await house.holdings.createUnit(keeper, {
    fondsId: second.id,
    level: 'series',
    title: '文书',
  });
  const file = await house.holdings.createUnit(keeper, {
    ...{
      fondsId: second.id,
      parentId: series,
      level: 'file',
      title: '会议记录',
      referenceCode: 'J020-WS·1958-0001',
    },
    date: '1958.03',
    retention: 'Y',
    description: { abstract: '全县"文化"工作\n会议', boxNo: '7' },
  });
  for (const n of ['b', 'a'])
    await house.holdings.createUnit(keeper, { fondsId: second.id, parentId: file, title: `第${n}件` });
  await sql`update holdings.unit set access_status = 'open', opens_on = '2030-01-01' where id = ${file}`.execute(
    db.owner,
  );
  await sql`update holdings.unit set access_status = 'restricted', embargo_until = '2031-05-01',
    description = description || '{"extra":{"旧号":"12"}}' where id = ${series}`.execute(db.owner);
  await sql`insert into holdings.code_alias (archive_id, code, unit_id, basis, actor_name)
    values (${archive}, '20-1-1', ${file}, '改号', '王某')`.execute(db.owner);
  await from.hold([
    { code: 'J019-WS·2003·D10-0001', title: '通知', text: '关于发放救济粮的通知' },
    { code: 'J019-WS·2003·D10-0002', title: '报告', text: '关于水利的报告' },
  ]);
  return { ...from, out };
}

/** The same archive with nothing in it, for the time of a test. */
export async function inEmptyHouse(use: (to: KeptHouse) => Promise<void>): Promise<void> {
  const to = await keptHouse();
  try {
    await use(to);
  } finally {
    await to.close();
  }
}
