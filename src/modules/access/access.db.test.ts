import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyFile } from '#formats/certificate';
import type { Actor } from '#kernel/actor';
import { createAuditTrail, historyOf } from '#kernel/audit';
import { sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { createJobs, type JobRun } from '#kernel/jobs';
import { createKeyring } from '#kernel/keyring';
import { silentLog } from '#kernel/log';
import { createRenewal, createVault } from '#kernel/personal-data';
import { openSealed, seal } from '#kernel/sealing';
import { newMasterKey } from '#kernel/signing/sealing';
import { ALL, type SmallHouse, smallHouse } from '../../../test/support/house.ts';
import { readsAllWorksOn, worksOn } from '../../../test/support/limited.ts';
import { type Access, createAccess } from './index.ts';

const NAME = '白云川';
const ID_NUMBER = '990111195001010017';

let house: SmallHouse;
let access: Access;
let folder: string;
const masterKey = newMasterKey();
let unitId: string;
let clerk: Actor;
let approver: Actor;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  house = await smallHouse();
  folder = await mkdtemp(join(tmpdir(), 'lantai-access-'));
  const { db, clock, holdings, county } = house;
  const jobs = createJobs(db, silentLog, newId);
  await jobs.prepare(['issue-certificate']);
  ends.push(() => jobs.stop());
  const picture = await sharp({ create: { width: 80, height: 100, channels: 3, background: '#eeeeee' } })
    .jpeg()
    .toBuffer();
  access = createAccess({
    db,
    clock,
    newId,
    audit: createAuditTrail(clock, newId, 'sha256'),
    jobs,
    keyring: createKeyring({ clock, masterKey, statementAlgorithm: 'ed25519', pdfAlgorithm: 'p256' }),
    vault: createVault({ clock, newId, masterKey, cipher: 'aes-256-gcm' }),
    openEarlier: (sealed, place) => openSealed(sealed, place, masterKey).toString('utf8'),
    archives: holdings.archives,
    unit: holdings.readUnit,
    unitIn: holdings.unitIn,
    kindsIn: holdings.kinds,
    demandPrint: (actor, id) => holdings.demandSight(actor, id, 'print'),
    pagePicture: async () => ({ picture, sourceSha256: '00'.repeat(32) }),
    pageText: async () => '文字',
    folder,
    publicUrl: 'https://archive.example',
    timeZone: 'Asia/Shanghai',
  });
  clerk = house.person(['holdings.read', 'content.read', 'certificate.request'], county);
  approver = house.person(
    ['holdings.read', 'content.read', 'certificate.approve', 'personal.unmask'],
    county,
  );
  const archivist = house.person(ALL, county);
  const fonds = await holdings.addFonds(archivist, { archiveId: county, number: 'J019', name: '县民政局' });
  unitId = await holdings.createUnit(archivist, { fondsId: fonds.id, title: '移民安置名册' });
  await db.system((tx) => holdings.attachObjects(tx, [{ unitId, objectId: 'urn:x', pages: 3 }]));
});
afterAll(async () => {
  for (const end of ends) await end();
  await house.close();
  await rm(folder, { recursive: true, force: true });
});

const request = (validUntil?: string, by: Actor = clerk) =>
  access.request(by, {
    unitId,
    pages: [1, 2],
    include: 'images',
    matter: '列入移民安置名册',
    applicant: {
      name: NAME,
      idType: 'identityCard',
      idNumber: ID_NUMBER,
      telephone: '13900000000',
      address: '云江省青岚市石桥县东街一号',
      agent: { name: '江海', idNumber: '990111198001010019' },
    },
    purpose: 'livelihood',
    language: 'zh-CN',
    validUntil,
  });

const run: JobRun<never> = {
  id: newId(),
  data: undefined as never,
  attempt: 1,
  signal: new AbortController().signal,
  progress: () => {},
};

const masked = async (id: string) => (await access.masked([await access.certificate(approver, id)])).get(id);

/** A renewal whose keys are of this cipher, as a start with that setting has it. */
function renewal(cipher: 'aes-256-gcm' | 'sm4-cbc-hmac-sm3' = 'aes-256-gcm') {
  const vault = createVault({ clock: house.clock, newId, masterKey, cipher });
  return createRenewal({
    db: house.db,
    audit: house.audit,
    log: silentLog,
    vault,
    cipher,
    shelves: access.shelves,
  });
}

/** Puts a row into the form of the version before personal data was closed as a whole. */
async function asEarlierVersion(id: string, inFull: { name: string; idNumber: string } | null) {
  const sealed =
    inFull && seal(Buffer.from(JSON.stringify(inFull)), `lantai/certificate-applicant/${id}`, masterKey);
  await sql`update access.certificate set applicant = null, applicant_key = null, applicant_name_match = null,
    applicant_id_match = null, applicant_telephone_match = null, applicant_name = '白〇〇',
    applicant_id_number = '**************0017', applicant_sealed = ${sealed} where id = ${id}`.execute(
    house.db.owner,
  );
}

async function issue(id: string) {
  await access.decide(approver, id, 'approved', null);
  await access.jobs[0]!.run({ ...run, data: { id } as never });
  return access.certificate(approver, id);
}

describe('the applicant of a certified copy', () => {
  const shown = async (id: string) =>
    (await house.db.system((tx) => historyOf(tx, { type: 'certificate', id }, { limit: 20 }))).filter(
      (entry) => entry.act === 'personal.unmasked',
    );

  it('is masked on lists, and shown in full to who approves, with the request as the reason in the trail', async () => {
    const id = await request();
    expect(await masked(id)).toMatchObject({ name: '白〇〇', idNumber: '**************0017' });
    expect(await shown(id)).toEqual([]);
    expect(await access.applicant(approver, id, 'toDecide')).toEqual({
      name: NAME,
      idType: 'identityCard',
      idNumber: ID_NUMBER,
      telephone: '13900000000',
      address: '云江省青岚市石桥县东街一号',
      agent: { name: '江海', idNumber: '990111198001010019' },
    });
    const entries = await shown(id);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      actor: approver.name,
      detail: { reason: 'toDecide', unit: unitId },
    });
    expect(JSON.stringify(entries)).not.toContain(NAME);
    const why = await sql<{ purpose: string }>`select purpose from audit.entry
      where act = 'personal.unmasked' and target_id = ${id}`.execute(house.db.owner);
    expect(why.rows).toEqual([{ purpose: 'toDecide' }]);
    await expect(access.applicant(approver, id, 'other', ' ')).rejects.toMatchObject({
      code: 'personal.reason',
    });
  });

  it('is shown to nobody else', async () => {
    const id = await request();
    await expect(access.applicant(clerk, id, 'toDecide')).rejects.toMatchObject({ code: 'actor.forbidden' });
    const longAgo = { ...approver, authenticatedAt: new Date(0) };
    await expect(access.applicant(longAgo, id, 'toDecide')).rejects.toMatchObject({ code: 'session.stale' });
    const program = { ...approver, authenticatedAt: null };
    await expect(access.applicant(program, id, 'toDecide')).rejects.toMatchObject({ code: 'session.stale' });
    const stranger = house.person(
      ['holdings.read', 'content.read', 'certificate.approve', 'personal.unmask'],
      house.neighbour,
    );
    await expect(access.applicant(stranger, id, 'toDecide')).rejects.toMatchObject({
      code: 'certificate.notFound',
    });
    expect(await shown(id)).toEqual([]);
  });

  it('does not lie readable in the database, and opens for its own request alone', async () => {
    const [one, other] = [await request(), await request()];
    const rows = await sql<{ row: string }>`select c::text as row from access.certificate c
      where id = ${one}`.execute(house.db.owner);
    expect(rows.rows[0]!.row).not.toContain(NAME);
    for (const part of [ID_NUMBER, '白', '13900000000', '东街', '江海', '0017'])
      expect(rows.rows[0]!.row).not.toContain(part);
    await sql`update access.certificate set applicant = (select applicant from access.certificate
      where id = ${one}) where id = ${other}`.execute(house.db.owner);
    await expect(access.applicant(approver, other, 'toDecide')).rejects.toMatchObject({
      code: 'personal.broken',
    });
    expect(await masked(other)).toMatchObject({ name: '〇' });
    await sql`delete from access.certificate where id = ${other}`.execute(house.db.owner);
  });

  it('is told as not kept for requests of an earlier version', async () => {
    const id = await request();
    await asEarlierVersion(id, null);
    await renewal().settle();
    await expect(access.applicant(approver, id, 'toDecide')).rejects.toMatchObject({
      code: 'certificate.applicantNotKept',
    });
  });
});

describe('requests of an earlier version', () => {
  const NAMES = ['甲一', '乙二', '丙三'];

  it('are closed at the next start, which may be killed and may run twice at once', async () => {
    const ids: string[] = [];
    for (const name of NAMES) {
      const id = await request();
      await asEarlierVersion(id, { name, idNumber: `99011119500101001${ids.length}` });
      ids.push(id);
    }
    // A start that is ended between two batches leaves what it did and what it did not.
    await house.db.system((tx) => access.shelves[0]!.renew(tx, 'readable', 1, null));
    await Promise.all([renewal().settle(), renewal().settle()]);
    const left = await sql<{ n: number }>`select count(*)::int as n from access.certificate
      where applicant is null or applicant_name is not null or applicant_id_number is not null
        or applicant_sealed is not null`.execute(house.db.owner);
    expect(left.rows[0]!.n).toBe(0);
    for (const [n, id] of ids.entries())
      expect(await access.applicant(approver, id, 'inspection')).toMatchObject({ name: NAMES[n] });
    const found = await access.findApplicant(clerk, {
      archiveId: house.county,
      field: 'name',
      value: '乙 二',
    });
    expect(found.map((c) => c.id)).toEqual([ids[1]]);
  });
});

describe('finding requests by the applicant', () => {
  it('matches the whole value however it was typed, within the archive, and keeps only that somebody looked', async () => {
    const id = await request();
    const find = (actor: Actor, field: 'name' | 'idNumber' | 'telephone', value: string) =>
      access.findApplicant(actor, { archiveId: house.county, field, value });
    for (const [field, value] of [
      ['name', ' 白 云川'],
      ['idNumber', '９９０１１１ 19500101 0017'],
      ['telephone', '+86 139-0000-0000'],
    ] as const)
      expect((await find(clerk, field, value)).map((c) => c.id)).toContain(id);
    expect(await find(clerk, 'name', '白云')).toEqual([]);
    const stranger = house.person(['holdings.read', 'content.read', 'certificate.request'], house.neighbour);
    await expect(find(stranger, 'name', NAME)).rejects.toMatchObject({ code: 'archive.notFound' });
    await expect(find(clerk, 'idNumber', ' - ')).rejects.toMatchObject({ code: 'applicant.empty' });
    const trail = await sql<{ row: string }>`select e::text as row from audit.entry e
      where act = 'personal.looked'`.execute(house.db.owner);
    expect(trail.rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(trail.rows)).not.toMatch(/白|990111/);
  });
});

describe('a new key', () => {
  const keys = async () =>
    (
      await sql<{
        id: string;
        cipher: string;
        retired: boolean;
      }>`select id, cipher, retired_at is not null as retired
        from lantai.data_key order by created_at, id`.execute(house.db.owner)
    ).rows;
  const runJob = (r: ReturnType<typeof renewal>) => r.kind.run({ ...run, data: {} });

  it('is written under at once, while the old one reads; the job closes everything anew and the old one goes', async () => {
    const before = await request();
    const jobs = createJobs(house.db, silentLog, newId);
    await jobs.prepare(['renew-personal-data']);
    const r = renewal('sm4-cbc-hmac-sm3');
    await r.startWhereNeeded(jobs);
    await jobs.stop();
    expect((await keys()).map((k) => [k.cipher, k.retired])).toEqual([
      ['aes-256-gcm', true],
      ['sm4-cbc-hmac-sm3', false],
    ]);
    const after = await request();
    const cipherOf = async (id: string) =>
      (
        await sql<{ c: string }>`select split_part(applicant, '.', 2) as c from access.certificate
          where id = ${id}`.execute(house.db.owner)
      ).rows[0]!.c;
    expect([await cipherOf(before), await cipherOf(after)]).toEqual(['aes-256-gcm', 'sm4-cbc-hmac-sm3']);
    const both = { archiveId: house.county, field: 'name', value: NAME } as const;
    const found = (await access.findApplicant(clerk, both)).map((c) => c.id);
    expect(found).toEqual(expect.arrayContaining([before, after]));

    await runJob(r);
    expect(await cipherOf(before)).toBe('sm4-cbc-hmac-sm3');
    expect(await access.applicant(approver, before, 'inspection')).toMatchObject({ name: NAME });
    expect((await access.findApplicant(clerk, both)).map((c) => c.id)).toEqual(found);
    expect((await keys()).map((k) => [k.cipher, k.retired])).toEqual([['sm4-cbc-hmac-sm3', false]]);
  });

  it('leaves what does not open where it is, with its key, and closes the rest', async () => {
    const [bad, good] = [await request(), await request()];
    await sql`update access.certificate set applicant = overlay(applicant placing 'AAAAAAAA' from 70)
      where id = ${bad}`.execute(house.db.owner);
    const jobs = createJobs(house.db, silentLog, newId);
    const r = renewal('sm4-cbc-hmac-sm3');
    await r.rotate(jobs, { actor: { id: null, name: 'test' } });
    await jobs.stop();
    await runJob(r);
    expect((await keys()).map((k) => k.retired)).toEqual([true, false]);
    expect(await access.applicant(approver, good, 'inspection')).toMatchObject({ name: NAME });
    await sql`delete from access.certificate where id = ${bad}`.execute(house.db.owner);
    await runJob(r);
    expect(await keys()).toHaveLength(1);
  });

  it('does not take the old one away while a transaction that began before still writes under it', async () => {
    const r = renewal('sm4-cbc-hmac-sm3');
    const jobs = createJobs(house.db, silentLog, newId);
    await jobs.prepare(['renew-personal-data']);
    const [old] = await keys();
    let late: Promise<unknown> | undefined;
    await house.db.system(async (tx) => {
      const id = await request();
      await sql`update access.certificate set valid_until = null where id = ${id}`.execute(tx);
      await r.rotate(jobs, { actor: { id: null, name: 'test' }, archiveId: house.county });
      // The row is locked by this transaction, so the job waits for it and then finds it.
      late = runJob(r);
    });
    await late;
    await jobs.stop();
    const now = await keys();
    expect(now).toHaveLength(1);
    expect(now[0]!.id).not.toBe(old!.id);
  });
});

describe('the time an applicant’s identity is kept', () => {
  it('ends some months after the request is over: the mask is left, nobody is found by it, and the trail tells', async () => {
    const [open, over] = [await request(), await request()];
    await access.decide(approver, over, 'rejected', '不符合规定');
    const day = house.clock.now();
    const later = (months: number) => {
      const at = new Date(day);
      at.setUTCMonth(at.getUTCMonth() + months);
      house.clock.set(at.toISOString());
    };
    const ask = { archiveId: house.county, field: 'name', value: NAME } as const;
    const foundNow = async () => (await access.findApplicant(clerk, ask)).map((c) => c.id);
    later(5);
    expect(await access.endApplicants(6)).toBe(0);
    later(7);
    expect(await access.endApplicants(6)).toBeGreaterThan(0);
    expect(await access.endApplicants(6)).toBe(0);
    const found = await foundNow();
    expect(found).toContain(open);
    expect(found).not.toContain(over);
    expect(await access.applicant(approver, open, 'inspection')).toMatchObject({ name: NAME });
    await expect(access.applicant(approver, over, 'inspection')).rejects.toMatchObject({
      code: 'certificate.applicantEnded',
    });
    const c = await access.certificate(approver, over);
    const masked = (await access.masked([c])).get(over);
    expect(masked?.name).toMatch(/^.〇+$/);
    expect(masked).toMatchObject({ telephone: null, address: null, agent: null });
    const told = await sql<{ detail: unknown }>`select detail from audit.entry
      where act = 'personal.ended' and target_id = ${over}`.execute(house.db.owner);
    expect(told.rows).toHaveLength(1);
    expect(JSON.stringify(told.rows)).not.toContain(NAME);
    house.clock.set(day.toISOString());
  });
});

describe('the last day of a certified copy', () => {
  it('is counted where the archive is', async () => {
    // One o'clock in the morning of 2 March in the archive, still the day before in UTC.
    house.clock.set('2026-03-01T17:00:00Z');
    await expect(request('2026-03-01')).rejects.toMatchObject({ code: 'certificate.validUntil' });
    const { number, file } = await issue(await request('2026-03-02'));
    const pdf = await readFile(join(folder, file!));
    const trust = [await access.trust('990111')];
    const verdict = (now: string) => verifyFile(pdf, { trust, now: new Date(now) });
    expect(await verdict('2026-03-02T15:59:59Z')).toMatchObject({
      verdict: 'genuine',
      payload: { validUntil: '2026-03-02T15:59:59.999Z' },
    });
    expect((await verdict('2026-03-02T16:00:00Z')).verdict).toBe('expired');
    house.clock.set('2026-03-02T15:59:00Z');
    expect(await access.publicCertificate(number!)).toMatchObject({ expired: false });
    house.clock.set('2026-03-02T16:00:00Z');
    expect(await access.publicCertificate(number!)).toMatchObject({ expired: true });
  });

  it('and the year of its number too', async () => {
    house.clock.set('2026-12-31T17:00:00Z');
    expect((await issue(await request())).number).toBe('990111-2027-00001');
  });
});

describe('a post for one category of records', () => {
  const record = async (category: string) => {
    const fondsId = (await house.holdings.readUnit(clerk, unitId)).fonds.id;
    const by = house.person(ALL, house.county);
    const id = await house.holdings.createUnit(by, { fondsId, title: '名册', category });
    await house.db.system((tx) =>
      house.holdings.attachObjects(tx, [{ unitId: id, objectId: 'urn:x', pages: 3 }]),
    );
    return id;
  };
  const ask = (actor: Actor, id: string) =>
    access.request(actor, {
      unitId: id,
      pages: [1],
      include: 'images',
      matter: '列入名册',
      applicant: { name: NAME, idType: 'identityCard', idNumber: ID_NUMBER },
      purpose: 'livelihood',
      language: 'zh-CN',
    });

  it('asks for, decides, shows and takes back certified copies of the category alone', async () => {
    const forbidden = { code: 'actor.forbidden' };
    const hidden = { code: 'certificate.notFound' };
    const [documents, other, alone] = [
      readsAllWorksOn(house, 'WS'),
      readsAllWorksOn(house, 'WS'),
      worksOn(house, 'WS'),
    ];
    const [ws, ku] = [await record('WS'), await record('KU')];
    await expect(ask(documents, ku)).rejects.toMatchObject(forbidden);
    const foreign = await ask(house.person(ALL, house.county), ku);
    for (const [actor, refused] of [
      [documents, forbidden],
      [alone, hidden],
    ] as const) {
      await expect(access.decide(actor, foreign, 'approved', null)).rejects.toMatchObject(refused);
      await expect(access.applicant(actor, foreign, 'toDecide')).rejects.toMatchObject(refused);
      await expect(access.revoke(actor, foreign, '有误')).rejects.toMatchObject(refused);
      await expect(access.file(actor, foreign)).rejects.toMatchObject(refused);
      const own = await ask(actor, ws);
      expect((await access.certificates(actor, { limit: 10 })).items.map((c) => c.id)).toContain(own);
      await access.decide(other, own, 'rejected', null);
    }
    const last = await ask(documents, ws);
    expect(await access.applicant(alone, last, 'toDecide')).toMatchObject({ name: NAME });
    await access.decide(alone, last, 'approved', null);
    expect((await access.certificate(documents, last)).number).not.toBeNull();
  });

  it('finds by the applicant the requests of the category alone', async () => {
    const [ws, ku] = [await record('WS'), await record('KU')];
    const all = house.person(ALL, house.county);
    const [own, foreign] = [await ask(all, ws), await ask(all, ku)];
    const find = async (actor: Actor) =>
      (
        await access.findApplicant(actor, { archiveId: house.county, field: 'idNumber', value: ID_NUMBER })
      ).map((c) => c.id);
    expect(await find(all)).toEqual(expect.arrayContaining([own, foreign]));
    for (const actor of [readsAllWorksOn(house, 'WS'), worksOn(house, 'WS')]) {
      expect(await find(actor)).toContain(own);
      expect(await find(actor)).not.toContain(foreign);
    }
  });
});

describe('a certified copy is a print', () => {
  it('of what its clerk may print, when it is asked for and when it is handed out', async () => {
    const forbidden = { code: 'visibility.print.forbidden' };
    const blind = house.person(['holdings.read', 'certificate.request'], house.county);
    await expect(request(undefined, blind)).rejects.toMatchObject(forbidden);
    const { id } = await issue(await request());
    await expect(access.file(blind, id)).rejects.toMatchObject(forbidden);
    expect((await access.file(clerk, id)).name).toMatch(/\.pdf$/);
  });
});
