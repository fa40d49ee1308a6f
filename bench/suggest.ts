/**
 * Help at the desk in a catalogue of ten million entries: what one route answers while somebody types, asked as the application's role:
 * titles gone on with from two characters on, a document number, names, all of it together; and a fonds looked through for what is
 * odd. Its limit is a p95 of 50 ms.
 */

import { createAuditTrail } from '#kernel/audit';
import { systemClock } from '#kernel/clock';
import { type Database, sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { createAuthorities } from '#modules/authorities';
import { createDesk } from '#modules/holdings';
import { fold } from '#modules/search';
import { randomFrom } from './support/invented-catalogue.ts';
import { DEPARTMENTS, inventedTitle } from './support/invented-titles.ts';
import { tableStock, timings } from './support/table-stock.ts';

export const name = 'suggest';

const ROUNDS = 300;
const AUTHORITIES = 20_000;

export async function run({ db, print, units }: { db: Database; print(line: string): void; units?: number }) {
  const { archiveId, fonds, flat, actor: asker, stop } = await tableStock(db, print, units);
  await someAuthorities(db, archiveId);
  const audit = createAuditTrail(systemClock, newId, 'sha256');
  const base = { db, clock: systemClock, newId, audit };
  const names = createAuthorities({
    ...base,
    jobs: { enqueue: async () => newId() },
    staging: {
      file: async () => Promise.reject(new Error('no uploads here')),
      remove: async () => {},
    },
    holdings: { unitIn: async () => undefined, fonds: async () => Promise.reject(new Error('not asked')) },
    archives: async () => [
      { id: archiveId, parentId: null, path: [archiveId], code: '990300', name: '望江县档案馆', nameHant: null, nameEn: null, level: 'county' },
    ],
    fold,
    timeZone: 'Asia/Shanghai',
  }); // biome-ignore format: one archive
  const desk = createDesk({ ...base, names });
  const random = randomFrom(11);
  const any = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const places = await sql<{
    id: string;
    fondsId: string;
  }>`select id, fonds_id as "fondsId" from holdings.unit tablesample system (2) where child_count > 0 limit 500`.execute(
    db.owner,
  );
  const { results, timed } = timings(print, ROUNDS);
  const ask = (values: Record<string, string>, typing: string, inRow = false) => {
    const place = any(places.rows);
    return desk.suggest(asker, archiveId, {
      fondsId: inRow ? flat.id : place.fondsId,
      parentId: inRow ? null : place.id,
      level: 'item',
      values,
      typing,
    });
  };
  const begun = (length: number) =>
    [...inventedTitle(random, 1950 + Math.floor(random() * 72))].slice(0, length).join('');
  const year = () => String(1950 + Math.floor(random() * 72));
  for (const length of [2, 4, 8, 14])
    await timed(`a title of which ${length} characters are typed`, () =>
      ask({ title: begun(length), year: year(), category: 'WS' }, 'title'),
    );
  await timed('a title, below a fonds of very many in one row', () =>
    ask({ title: begun(6), year: year(), category: 'ZY' }, 'title', true),
  );
  await timed('a title that begins as none does', () =>
    ask({ title: `${begun(3)}龘`, year: year() }, 'title'),
  );
  await timed('a document number: form, year, agency', () =>
    ask({ docNo: `望${any(DEPARTMENTS)[0]}[${year()}]${1 + Math.floor(random() * 300)}号` }, 'docNo'),
  );
  await timed('a name one character off', () =>
    ask({ creator: `望江县${any(DEPARTMENTS).slice(0, 2)}所` }, 'creator'),
  );
  await timed('all of it together', () =>
    ask(
      {
        title: begun(10),
        docNo: `望${any(DEPARTMENTS)[0]}[${year()}]${1 + Math.floor(random() * 300)}号`,
        creator: `望江县${any(DEPARTMENTS)}`,
        date: `${year()}0312`,
        year: year(),
        category: 'WS',
        referenceCode: `J001-WS·${year()}·D30-0001`,
      },
      'title',
    ),
  );
  const largest = fonds[0]!;
  let cursor: string | undefined;
  let looked = 0;
  const at = performance.now();
  for (let page = 0; page < 10; page++) {
    const found = await desk.oddEntries(asker, largest.id, { cursor, limit: 200 });
    looked += found.looked;
    if (found.next === null) break;
    cursor = found.next;
  }
  const rate = Math.round((looked / (performance.now() - at)) * 1000);
  print(
    `looked through for what is odd: ${looked.toLocaleString('en')} entries, ${rate.toLocaleString('en')} a second`,
  );
  await stop();
  return { ...results, looked: { perSecond: rate } };
}

/** A list of agents in which most begin alike. */
async function someAuthorities(db: Database, archiveId: string): Promise<void> {
  const there = await sql`select from authorities.authority where archive_id = ${archiveId} limit 1`.execute(
    db.owner,
  );
  if (there.rows.length > 0) return;
  await sql`with made as (
      insert into authorities.authority (id, network_id, archive_id, kind, name, key, created_by_name, updated_by_name)
      select gen_random_uuid(), ${archiveId}, ${archiveId}, (array['body', 'body', 'person', 'place'])[1 + n % 4], x.name, x.name, '', ''
      from generate_series(1, ${AUTHORITIES}::int) n cross join lateral (select '望江县' || chr(20000 + n % 977) || chr(21000 + n % 991)
        || (array['民政局', '粮食局', '人民公社', '生产大队', '供销合作社', '中学', '医院'])[1 + n % 7] as name) x
      returning id, archive_id, class, name, key)
    insert into authorities.name (id, authority_id, archive_id, class, position, form, name, key)
    select gen_random_uuid(), id, archive_id, class, 0, 'authorised', name, key from made`.execute(db.owner);
  await sql`vacuum analyze authorities.authority`.execute(db.owner);
  await sql`vacuum analyze authorities.name`.execute(db.owner);
}
