import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { attributeOf, childOf, childrenOf, readElements, textOf, type XmlElement } from '#formats/xml';
import type { Actor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { App } from '#kernel/http/route';
import { silentLog } from '#kernel/log';
import { createFederation, type Federation } from '#modules/federation';
import { type SmallHouse, smallHouse } from '../../test/support/house.ts';
import { registerOai } from './oai.ts';
import { buildServer } from './server.ts';

let house: SmallHouse;
let federation: Federation;
let app: App;
let at: string;
let keeper: Actor;
let fonds: { id: string };
let other: { id: string };

beforeAll(async () => {
  house = await smallHouse();
  federation = createFederation({
    db: house.db,
    clock: house.clock,
    log: silentLog,
    archives: house.holdings.archives,
    publicUrl: 'http://archive.example',
    repositoryName: '石桥县 <档案馆>',
    email: undefined,
    tokenKey: Buffer.alloc(32, 1),
    pageSize: 3,
    publishing: { atOnce: 4, partSize: 5 },
  });
  app = await buildServer({
    log: silentLog,
    identity: { actorOf: async () => undefined } as never,
    archives: house.holdings.archives,
    publicUrl: 'http://archive.example',
    secure: false,
    trustProxy: false,
    routes: [(a) => registerOai(a, { federation })],
    ready: async () => true,
  });
  at = await app.listen({ host: '127.0.0.1', port: 0 });
  keeper = house.person(['holdings.read', 'holdings.write'], house.county, house.neighbour);
  fonds = await house.holdings.addFonds(keeper, {
    archiveId: house.county,
    number: 'J019',
    name: '县民政局',
  });
  other = await house.holdings.addFonds(keeper, {
    archiveId: house.neighbour,
    number: 'G001',
    name: '白鹭县志办',
  });
  // As other systems number.
  await sql`update holdings.fonds set number = '馆1' where id = ${other.id}`.execute(house.db.owner);
});
afterAll(async () => {
  await app?.close();
  await house?.close();
});
beforeEach(async () => {
  await sql`delete from holdings.unit`.execute(house.db.owner);
  await sql`delete from federation.published`.execute(house.db.owner);
  await sql`delete from federation.record_set`.execute(house.db.owner);
});

let count = 0;
async function unit(title: string, status: string, of = fonds): Promise<string> {
  count += 1;
  const id = await house.holdings.createUnit(keeper, {
    fondsId: of.id,
    title,
    referenceCode: `${of === fonds ? 'J019' : of === other ? 'G001' : 'J030'}-WS·2003·D30-${String(count).padStart(4, '0')}`,
    date: '1958.03',
    creator: '张某; 李某',
    description: { abstract: '救济 & <粮>', boxNo: 'BOX-7', subjects: '救济; 粮食' },
  });
  if (status !== 'unreviewed') await set(id, status);
  return id;
}
const set = (id: string, status: string) =>
  sql`update holdings.unit set access_status = ${status} where id = ${id}`.execute(house.db.owner);
/** Publishes, and waits until lists show it: they end before the second that runs. */
async function published(today?: string) {
  await federation.publisher.turn(today);
  await pause(1_100);
}

async function documentOf(xml: string): Promise<XmlElement> {
  const damaged = (what: string) => new Refusal('test.damaged', `${what}: ${xml}`);
  const bytes = (async function* () {
    yield Buffer.from(xml);
  })();
  for await (const e of readElements(bytes, { isContainer: () => false }, { damaged, forbidden: damaged }))
    if (e.kind === 'whole') return e.element;
  throw damaged('nothing');
}
async function ask(query: string | Record<string, string>): Promise<XmlElement> {
  const args = typeof query === 'string' ? query : new URLSearchParams(query).toString();
  const answer = await fetch(`${at}/oai?${args}`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/xml; charset=utf-8');
  return documentOf(await answer.text());
}
const errors = async (query: string | Record<string, string>) =>
  childrenOf(await ask(query), 'error').map((e) => attributeOf(e, 'code'));
const headersOf = (root: XmlElement) => {
  const list = childOf(root, 'ListIdentifiers') ?? childOf(root, 'ListRecords');
  return childrenOf(list!).flatMap((e) =>
    e.name === 'header' ? [e] : e.name === 'record' ? [childOf(e, 'header')!] : [],
  );
};
const idOf = (header: XmlElement) => textOf(childOf(header, 'identifier')).split(':')[2]!;
const tokenOf = (root: XmlElement) =>
  childOf(childOf(root, 'ListIdentifiers') ?? childOf(root, 'ListRecords')!, 'resumptionToken');
const name = (id: string) => `oai:archive.example:${id}`;
const LIST = { verb: 'ListIdentifiers', metadataPrefix: 'oai_dc' };

describe('harvesting', () => {
  it('introduces the repository with all that the protocol asks for, by GET and by form alike', async () => {
    const said = childOf(await ask('verb=Identify'), 'Identify')!;
    const of = (n: string) => textOf(childOf(said, n));
    expect(of('repositoryName')).toBe('石桥县 <档案馆>');
    expect(of('baseURL')).toBe('http://archive.example/oai');
    expect(of('protocolVersion')).toBe('2.0');
    expect(of('adminEmail')).toBe('postmaster@archive.example');
    expect(of('deletedRecord')).toBe('persistent');
    expect(of('granularity')).toBe('YYYY-MM-DDThh:mm:ssZ');
    expect(of('earliestDatestamp')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const posted = await fetch(`${at}/oai`, {
      method: 'POST',
      body: new URLSearchParams({ verb: 'Identify' }),
    });
    expect(textOf(childOf(childOf(await documentOf(await posted.text()), 'Identify')!, 'baseURL'))).toBe(
      of('baseURL'),
    );
    const formats = childrenOf(childOf(await ask('verb=ListMetadataFormats'), 'ListMetadataFormats')!);
    expect(formats.map((f) => textOf(childOf(f, 'metadataPrefix')))).toEqual(['oai_dc', 'ead']);
  });

  it('shows what is open and nothing else, in Dublin Core and in EAD3, without what is meant for the house', async () => {
    const open = await unit('关于发放救济粮的通知', 'open');
    const closed = await unit('秘事', 'restricted');
    await unit('未审之事', 'unreviewed');
    await published();
    expect(headersOf(await ask(LIST)).map(idOf)).toEqual([open]);
    const args = { verb: 'GetRecord', metadataPrefix: 'oai_dc', identifier: name(open) };
    const record = childOf(childOf(await ask(args), 'GetRecord')!, 'record')!;
    const dc = childOf(childOf(record, 'metadata')!, 'dc')!;
    const all = (n: string) => childrenOf(dc, n).map(textOf);
    expect(all('title')).toEqual(['关于发放救济粮的通知']);
    expect(all('creator')).toEqual(['张某', '李某']);
    expect(all('subject')).toEqual(['救济', '粮食']);
    expect(all('description')).toEqual(['救济 & <粮>']);
    expect(all('publisher')).toEqual(['石桥县档案馆']);
    expect(all('identifier')[0]).toBe(`http://archive.example/item/${open}`);
    for (const metadataPrefix of ['oai_dc', 'ead']) {
      const text = await (
        await fetch(`${at}/oai?${new URLSearchParams({ ...args, metadataPrefix })}`)
      ).text();
      expect(text).toContain('关于发放救济粮的通知');
      expect(text).not.toContain('BOX-7');
    }
    const ead = childOf(
      childOf(
        childOf(childOf(await ask({ ...args, metadataPrefix: 'ead' }), 'GetRecord')!, 'record')!,
        'metadata',
      )!,
      'ead',
    )!;
    expect(childrenOf(ead).map((e) => e.name)).toEqual(['control', 'archdesc']);
    for (const id of [closed, '0190a1b2-0000-7000-8000-000000000001'])
      expect(await errors({ ...args, identifier: name(id) })).toEqual(['idDoesNotExist']);
  });

  it('has each error of the protocol', async () => {
    const open = await unit('一', 'open');
    await published();
    const get = { verb: 'GetRecord', metadataPrefix: 'oai_dc', identifier: name(open) };
    expect(await errors('')).toEqual(['badVerb']);
    expect(await errors('verb=Nothing')).toEqual(['badVerb']);
    expect(await errors('verb=GetRecord&verb=Identify')).toEqual(['badVerb']);
    expect(await errors('verb=Identify&x=y')).toEqual(['badArgument']);
    expect(await errors({ ...get, metadataPrefix: 'marc21' })).toEqual(['cannotDisseminateFormat']);
    expect(await errors({ ...LIST, metadataPrefix: 'marc21' })).toEqual(['cannotDisseminateFormat']);
    for (const identifier of ['x', `oai:other.example:${open}`, `${name(open)}:x`, name('x')])
      expect(await errors({ ...get, identifier }), identifier).toEqual(['idDoesNotExist']);
    expect(await errors({ verb: 'ListMetadataFormats', identifier: 'x' })).toEqual(['idDoesNotExist']);
    const odd: Record<string, string>[] = [
      { set: 'archive:none' },
      { set: 'archive:990111:fonds:none' },
      { set: 'a' },
      { until: '1990-01-01' },
      { from: '2999-01-01' },
    ];
    for (const more of odd)
      expect(await errors({ ...LIST, ...more }), JSON.stringify(more)).toEqual(['noRecordsMatch']);
    for (const verb of ['ListRecords', 'ListIdentifiers', 'ListSets'])
      expect(await errors({ verb, resumptionToken: 'abc' })).toEqual(['badResumptionToken']);
    await sql`delete from federation.record_set`.execute(house.db.owner);
    expect(await errors('verb=ListSets')).toEqual(['noSetHierarchy']);
  });

  it('goes on over several pages while records change, close and open, and passes over none', async () => {
    const ids = [];
    for (let i = 0; i < 8; i++) ids.push(await unit(`第${i}件`, 'open'));
    await published();
    const first = await ask({ ...LIST, verb: 'ListRecords' });
    const seen = new Map(headersOf(first).map((h) => [idOf(h), attributeOf(h, 'status')]));
    expect(seen.size).toBe(3);
    const token = tokenOf(first)!;
    expect([attributeOf(token, 'cursor'), attributeOf(token, 'completeListSize')]).toEqual(['0', undefined]);
    const rest = ids.filter((id) => !seen.has(id));
    const gone = rest[0]!;
    await set(gone, 'restricted');
    await sql`update holdings.unit set title = '改了' where id = ${rest[1]!}`.execute(house.db.owner);
    const late = await unit('后来的', 'open');
    await published();
    let resumptionToken = textOf(token);
    const cursors: (string | undefined)[] = [];
    for (let n = 0; resumptionToken !== '' && n < 10; n++) {
      const page = await ask({ verb: 'ListRecords', resumptionToken });
      for (const h of headersOf(page)) seen.set(idOf(h), attributeOf(h, 'status'));
      cursors.push(attributeOf(tokenOf(page)!, 'cursor'));
      // The same token may be used once more, should the line have broken.
      expect(headersOf(await ask({ verb: 'ListRecords', resumptionToken })).map(idOf)).toEqual(
        headersOf(page).map(idOf),
      );
      resumptionToken = textOf(tokenOf(page));
    }
    expect([...seen.keys()].sort()).toEqual([...ids, late].sort());
    expect(seen.get(gone)).toBe('deleted');
    expect(cursors[0]).toBe('3');
    const altered = `${textOf(token).slice(0, -1)}${textOf(token).endsWith('A') ? 'B' : 'A'}`;
    expect(await errors({ verb: 'ListRecords', resumptionToken: altered })).toEqual(['badResumptionToken']);
    expect(await errors({ verb: 'ListIdentifiers', resumptionToken: textOf(token) })).toEqual([
      'badResumptionToken',
    ]);
  });

  it('shows a withdrawal at once, before it is published, and ever after as a deleted record that says nothing', async () => {
    const id = await unit('家事一件', 'open');
    await published();
    const args = { verb: 'GetRecord', metadataPrefix: 'oai_dc', identifier: name(id) };
    const check = async () => {
      for (const query of [args, { ...LIST, verb: 'ListRecords' }]) {
        const text = await (await fetch(`${at}/oai?${new URLSearchParams(query)}`)).text();
        expect(text).toContain('status="deleted"');
        expect(text).toContain('<setSpec>archive:990111</setSpec>');
        expect(text).not.toMatch(/家事|<metadata>|WS·2003/);
      }
    };
    await set(id, 'restricted');
    await check();
    await published();
    await check();
    await sql`delete from holdings.unit where id = ${id}`.execute(house.db.owner);
    await published();
    await check();
    const formats = await ask({ verb: 'ListMetadataFormats', identifier: name(id) });
    expect(childOf(formats, 'ListMetadataFormats')).toBeDefined();
  });

  it('publishes what opens on a day or comes out of an embargo when the day is there, and not before', async () => {
    const opens = await unit('到日开放', 'open');
    const embargo = await unit('暂缓', 'open');
    await sql`update holdings.unit set opens_on = '2999-01-01' where id = ${opens}`.execute(house.db.owner);
    await sql`update holdings.unit set embargo_until = '2999-01-02' where id = ${embargo}`.execute(
      house.db.owner,
    );
    const standing = async () =>
      (
        await sql<{ id: string }>`select unit_id as id from federation.published where not deleted`.execute(
          house.db.owner,
        )
      ).rows.map((r) => r.id);
    await federation.publisher.turn('2998-12-31');
    expect(await standing()).toEqual([]);
    await federation.publisher.turn('2999-01-01');
    expect(await standing()).toEqual([opens]);
    await federation.publisher.turn('2999-01-02');
    expect((await standing()).sort()).toEqual([opens, embargo].sort());
    // The clock of the house says otherwise, and the rule is asked at the moment of reading.
    await pause(1_100);
    expect(headersOf(await ask(LIST)).map((h) => attributeOf(h, 'status'))).toEqual(['deleted', 'deleted']);
  });

  it('gives the sets of archives and fonds, and what is in them', async () => {
    const ours = await unit('甲', 'open');
    const theirs = await unit('乙', 'open', other);
    await published();
    const sets = childrenOf(childOf(await ask('verb=ListSets'), 'ListSets')!, 'set');
    expect(
      Object.fromEntries(sets.map((s) => [textOf(childOf(s, 'setSpec')), textOf(childOf(s, 'setName'))])),
    ).toEqual({
      'archive:990111': '石桥县档案馆',
      'archive:990111:fonds:J019': 'J019 县民政局',
      'archive:990112': '白鹭县档案馆',
      'archive:990112:fonds:~e9~a6~861': '馆1 白鹭县志办',
    });
    const of = async (spec: string) => headersOf(await ask({ ...LIST, set: spec })).map(idOf);
    expect(await of('archive:990111')).toEqual([ours]);
    expect(await of('archive:990112')).toEqual([theirs]);
    expect(await of('archive:990112:fonds:~e9~a6~861')).toEqual([theirs]);
    expect(await errors({ ...LIST, set: 'archive:990111:fonds:~e9~a6~861' })).toEqual(['noRecordsMatch']);
  });

  it('gives many sets over several pages, each once', async () => {
    const numbers = ['J030', 'J031', 'J032', 'J033', 'J034', 'J035', 'J036'];
    for (const number of numbers) {
      const one = await house.holdings.addFonds(keeper, { archiveId: house.county, number, name: '某局' });
      await unit('丙', 'open', one);
    }
    await unit('丁', 'open', other);
    await published();
    const specs: string[] = [];
    let query: Record<string, string> = { verb: 'ListSets' };
    for (let n = 0; n < 10; n++) {
      const list = childOf(await ask(query), 'ListSets')!;
      specs.push(...childrenOf(list, 'set').map((s) => textOf(childOf(s, 'setSpec'))));
      const resumptionToken = textOf(childOf(list, 'resumptionToken'));
      if (resumptionToken === '') break;
      expect(await errors({ verb: 'ListRecords', resumptionToken })).toEqual(['badResumptionToken']);
      query = { verb: 'ListSets', resumptionToken };
    }
    const of = numbers.map((number) => `archive:990111:fonds:${number}`);
    expect(specs.sort()).toEqual(
      ['archive:990111', 'archive:990112', 'archive:990112:fonds:~e9~a6~861', ...of].sort(),
    );
  });

  it('gives what changed between two moments, both inclusive, and dates that move with a change alone', async () => {
    const early = await unit('早', 'open');
    await published();
    const stamp = textOf(childOf(headersOf(await ask(LIST))[0]!, 'datestamp'));
    const late = await unit('晚', 'open');
    // Nothing a reader sees.
    await sql`update holdings.unit set position = position || 'a' where id = ${early}`.execute(
      house.db.owner,
    );
    await published();
    const of = async (more: Record<string, string>) => headersOf(await ask({ ...LIST, ...more })).map(idOf);
    expect(await of({ until: stamp })).toEqual([early]);
    expect(await of({ from: stamp })).toEqual([early, late]);
    expect(await of({ from: stamp.slice(0, 10) })).toEqual([early, late]);
    const next = `${new Date(Date.parse(stamp) + 1_000).toISOString().slice(0, 19)}Z`;
    expect(await of({ from: next })).toEqual([late]);
    // Who asks next from the moment of an answer passes over nothing that came in its second.
    const answer = await ask(LIST);
    const third = await unit('再晚', 'open');
    await published();
    expect(await of({ from: textOf(childOf(answer, 'responseDate')) })).toContain(third);
  });

  it('answers hostile arguments within the protocol and repeats nothing of them', async () => {
    const hostile: Record<string, string>[] = [
      { ...LIST, metadataPrefix: 'x'.repeat(8_000) },
      { ...LIST, set: 'a\u0000b' },
      { ...LIST, from: '2026-01-01\u0007' },
      { ...LIST, set: "' or 1=1 --" },
      { verb: 'GetRecord', metadataPrefix: 'oai_dc', identifier: 'a\u0000\ufffe<script>' },
      { verb: 'Identify', '<script>': 'x' },
    ];
    for (const query of hostile) expect(await errors(query)).toContain('badArgument');
    expect(await errors('verb=%FF%00<script>')).toEqual(['badVerb']);
    expect(await errors({ verb: 'ListRecords', resumptionToken: '\u0000'.repeat(500) })).toEqual([
      'badResumptionToken',
    ]);
    const script = await (await fetch(`${at}/oai?verb=<script>alert(1)</script>`)).text();
    expect(script).not.toContain('script');
    const large = await fetch(`${at}/oai`, {
      method: 'POST',
      body: new URLSearchParams({ verb: 'x'.repeat(50_000) }),
    });
    expect(large.status).toBe(413);
    const json = await fetch(`${at}/oai`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/xml' },
    });
    expect(json.status).toBe(415);
  });
});

describe('the addresses of what is open', () => {
  it('lie in parts of one size, from which what is withdrawn is missing at once', async () => {
    await sql`update federation.progress set part = 1, in_part = 0`.execute(house.db.owner);
    const ids: string[] = [];
    for (let i = 0; i < 12; i++) ids.push(await unit(`第${i}件`, 'open'));
    await federation.publisher.turn();
    expect(await federation.addressParts()).toBe(3);
    const parts = [];
    for (const part of [1, 2, 3, 4])
      parts.push((await Array.fromAsync(federation.addresses(part))).flat().map((a) => a.id));
    expect(parts.map((p) => p.length)).toEqual([5, 5, 2, 0]);
    expect(parts.flat().sort()).toEqual([...ids].sort());
    await set(ids[0]!, 'restricted');
    const now = [];
    for (const part of [1, 2, 3]) now.push(...(await Array.fromAsync(federation.addresses(part))).flat());
    expect(now.map((a) => a.id).sort()).toEqual(ids.slice(1).sort());
    const last = await federation.openedLast(5);
    expect(last.length).toBe(5);
    expect(last.map((o) => o.id)).not.toContain(ids[0]);
  });
});
