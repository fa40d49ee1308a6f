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
import { openSealed, seal } from '#kernel/sealing';
import { newMasterKey } from '#kernel/signing/sealing';
import { ALL, type SmallHouse, smallHouse } from '../../../test/support/house.ts';
import { type Access, createAccess } from './index.ts';

const NAME = '白云川';
const ID_NUMBER = '990111195001010017';

let house: SmallHouse;
let access: Access;
let folder: string;
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
  const masterKey = newMasterKey();
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
    sealer: {
      seal: (plain, place) => seal(Buffer.from(plain), place, masterKey),
      open: (sealed, place) => openSealed(sealed, place, masterKey).toString('utf8'),
    },
    archives: holdings.archives,
    unit: holdings.readUnit,
    pagePicture: async () => ({ picture, sourceSha256: '00'.repeat(32) }),
    pageText: async () => '文字',
    folder,
    publicUrl: 'https://archive.example',
    timeZone: 'Asia/Shanghai',
  });
  clerk = house.person(['holdings.read', 'certificate.request'], county);
  approver = house.person(['holdings.read', 'certificate.approve'], county);
  const archivist = house.person(ALL, county);
  const fonds = await holdings.addFonds(archivist, { archiveId: county, number: 'J019', name: '县民政局' });
  unitId = await holdings.createUnit(archivist, { fondsId: fonds.id, title: '移民安置名册' });
  await db.system((tx) => holdings.attachObject(tx, unitId, 'urn:x', 3));
});
afterAll(async () => {
  for (const end of ends) await end();
  await house.close();
  await rm(folder, { recursive: true, force: true });
});

const request = (validUntil?: string) =>
  access.request(clerk, {
    unitId,
    pages: [1, 2],
    include: 'images',
    matter: '列入移民安置名册',
    applicant: { name: NAME, idType: 'identityCard', idNumber: ID_NUMBER },
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

async function issue(id: string) {
  await access.decide(approver, id, 'approved', null);
  await access.jobs[0]!.run({ ...run, data: { id } as never });
  return access.certificate(approver, id);
}

describe('the applicant of a certified copy', () => {
  const shown = async (id: string) =>
    (await house.db.system((tx) => historyOf(tx, { type: 'certificate', id }, { limit: 20 }))).filter(
      (entry) => entry.act === 'certificate.applicantShown',
    );

  it('is masked on lists, and shown in full to who approves, with the request as the reason in the trail', async () => {
    const id = await request();
    expect(await access.certificate(approver, id)).toMatchObject({ applicantName: '白〇〇' });
    expect(await shown(id)).toEqual([]);
    expect(await access.applicant(approver, id)).toEqual({
      name: NAME,
      idType: 'identityCard',
      idNumber: ID_NUMBER,
    });
    const entries = await shown(id);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      actor: approver.name,
      detail: { reason: 'certificate request', request: id, unit: unitId },
    });
    expect(JSON.stringify(entries)).not.toContain(NAME);
  });

  it('is shown to nobody else', async () => {
    const id = await request();
    await expect(access.applicant(clerk, id)).rejects.toMatchObject({ code: 'actor.forbidden' });
    const stranger = house.person(['holdings.read', 'certificate.approve'], house.neighbour);
    await expect(access.applicant(stranger, id)).rejects.toMatchObject({ code: 'certificate.notFound' });
    expect(await shown(id)).toEqual([]);
  });

  it('does not lie readable in the database, and opens for its own request alone', async () => {
    const [one, other] = [await request(), await request()];
    const rows = await sql<{ row: string }>`select c::text as row from access.certificate c
      where id = ${one}`.execute(house.db.owner);
    expect(rows.rows[0]!.row).not.toContain(NAME);
    expect(rows.rows[0]!.row).not.toContain(ID_NUMBER);
    await sql`update access.certificate set applicant_sealed = (select applicant_sealed from access.certificate
      where id = ${one}) where id = ${other}`.execute(house.db.owner);
    await expect(access.applicant(approver, other)).rejects.toThrow();
  });

  it('is told as not kept for requests of an earlier version', async () => {
    const id = await request();
    await sql`update access.certificate set applicant_sealed = null where id = ${id}`.execute(house.db.owner);
    await expect(access.applicant(approver, id)).rejects.toMatchObject({
      code: 'certificate.applicantNotKept',
    });
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
