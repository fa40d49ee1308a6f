import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesSource, signEep, signerOf, writeEep } from '#formats/eep';
import { type Actor, type Capability, publicActor, scopeOf, systemActor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import type { KeySet } from '#kernel/signing/keyset';
import { createKeySet } from '#kernel/signing/keyset';
import { certificatesInPem } from '#kernel/signing/pem';
import { type KeptHouse, keptHouse } from '../../../test/support/keptHouse.ts';
import { gathered, sampleInput } from '../../formats/eep/testing.ts';
import { uploaded } from '../transfer/testing/handover.ts';

let kept: KeptHouse;
let folder: string;
let keys: KeySet;

beforeAll(async () => {
  kept = await keptHouse();
  folder = await mkdtemp(join(tmpdir(), 'lantai-trust-'));
  keys = await createKeySet({
    archiveCode: 'OA',
    archiveName: '县公文系统',
    statementAlgorithm: 'sm2',
    pdfAlgorithm: 'rsa',
    now: new Date('2024-01-01T00:00:00Z'),
    years: 2,
  });
}, 120_000);
afterAll(async () => {
  await kept.close();
  await rm(folder, { recursive: true });
});

function person(name: string, capabilities: readonly Capability[], archive = kept.archive): Actor {
  const rights = new Map([[archive, new Set(capabilities)]]);
  return { ...publicActor(), kind: 'person', id: newId(), name, rights, today: '2026-03-01' };
}
const KEEPS: readonly Capability[] = ['holdings.read', 'preservation.read', 'preservation.manage'];
const keeper = (name: string) => person(name, KEEPS);
const pem = () => Buffer.from(keys.pdf.certificatePem);
const checks = () => kept.house.checks;

async function trusted(file: Buffer): Promise<string> {
  const id = await checks().proposeTrust(keeper('甲'), {
    archiveId: kept.archive,
    file,
    usedFor: '县公文系统的签名',
  });
  await checks().decideTrust(keeper('乙'), id, true);
  return id;
}

/** An EEP signed by the office system, and what is wrong with it by the trust of the archive. */
async function eep(name: string, signedAt: string, spoil = (xml: string) => xml): Promise<string> {
  const plain = await gathered(writeEep(sampleInput({ createdAt: '2024-03-05T09:30:00+08:00' })));
  const signed = await gathered(signEep(bytesSource(plain), [signerOf(keys)], signedAt));
  const path = join(folder, name);
  await writeFile(path, spoil(signed.toString('utf8')));
  return path;
}
const IN_TIME = '2024-05-05T00:00:00+08:00';
const LATE = '2026-05-05T00:00:00+08:00';

async function judged(path: string) {
  const { judged: found, close } = await kept.house.packages.judge({ path, archive: '990111' });
  await close();
  const of = found.findings.filter((f) => /signer|signature|certificateTime/.test(f.code));
  // A signature and its lock are by one signer.
  return [...new Set(of.map((f) => `${f.severity} ${f.code}`))];
}

async function reportOf(path: string) {
  const trust = await checks().trustInForce([kept.archive]);
  const { subject, kind, close } = await checks().packageSubject({ path, title: 'eep', trust });
  try {
    return await checks().run(
      systemActor('test'),
      {
        archiveId: kept.archive,
        about: 'package',
        aboutId: path,
        title: 'eep',
        stage: 'YJ',
        profile: kind,
      },
      subject,
    );
  } finally {
    await close();
  }
}

async function signerWords(runId: string) {
  const { items } = await checks().findings(keeper('看'), {
    id: runId,
    slug: 'fixity-valid',
    cursor: undefined,
    limit: 100,
  });
  return [...new Set(items.map((f) => f.message))].filter((m) => /signer|signature|certificateTime/.test(m));
}

describe('a certificate an archive trusts', () => {
  it('is read from PEM or DER, and shown as it says of itself', async () => {
    const [der] = certificatesInPem(keys.statement.certificatePem);
    const id = await checks().proposeTrust(keeper('甲'), {
      archiveId: kept.archive,
      file: der!,
      usedFor: '公文系统的语句签名',
    });
    const found = (await checks().trust(keeper('丙'), kept.archive)).find((c) => c.id === id);
    expect(found).toMatchObject({
      state: 'proposed',
      algorithm: 'sm2',
      mayIssue: false,
      subject: 'O=县公文系统, organizationIdentifier=OA, CN=县公文系统 (statements)',
      issuer: 'O=县公文系统, organizationIdentifier=OA, CN=县公文系统',
      usedFor: '公文系统的语句签名',
    });
    expect(found?.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    await checks().decideTrust(keeper('乙'), id, false);
  });

  it.each([
    ['trustedCertificate.unreadable', () => Buffer.from('no certificate')],
    [
      'trustedCertificate.unreadable',
      () => Buffer.from('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'),
    ],
    ['trustedCertificate.several', () => Buffer.concat([pem(), Buffer.from(keys.statement.certificatePem)])],
    [
      'trustedCertificate.privateKey',
      () =>
        Buffer.concat([pem(), Buffer.from('-----BEGIN PRIVATE KEY-----\nMC4=\n-----END PRIVATE KEY-----')]),
    ],
  ])('is refused as %s', async (code, file) => {
    const order = { archiveId: kept.archive, file: file(), usedFor: '试' };
    await expect(checks().proposeTrust(keeper('甲'), order)).rejects.toMatchObject({ code });
  });

  it('is in force only when another person agreed, once, and each act stands in the trail', async () => {
    const proposer = keeper('提出人');
    const order = { archiveId: kept.archive, file: pem(), usedFor: '公文系统' };
    const id = await checks().proposeTrust(proposer, order);
    expect(await checks().trustInForce([kept.archive])).toEqual([]);
    await expect(checks().proposeTrust(keeper('又一人'), order)).rejects.toMatchObject({
      code: 'trustedCertificate.known',
    });
    await expect(checks().decideTrust(proposer, id, true)).rejects.toMatchObject({
      code: 'trustedCertificate.samePerson',
    });
    await checks().decideTrust(keeper('决定人'), id, true);
    expect(await checks().trustInForce([kept.archive])).toEqual([keys.pdf.certificatePem]);
    await expect(checks().decideTrust(keeper('再决定'), id, false)).rejects.toMatchObject({
      code: 'trustedCertificate.wrongState',
    });
    await expect(checks().endTrust(proposer, id, ' ')).rejects.toMatchObject({ code: 'check.noReason' });
    await checks().endTrust(proposer, id, '系统已停用');
    expect(await checks().trustInForce([kept.archive])).toEqual([]);
    await expect(checks().endTrust(proposer, id, '再次')).rejects.toMatchObject({
      code: 'trustedCertificate.wrongState',
    });
    const acts = await sql<{ act: string }>`select act from audit.entry
      where target_id = ${id} order by id`.execute(kept.db.owner);
    expect(acts.rows.map((r) => r.act)).toEqual([
      'trustedCertificate.proposed',
      'trustedCertificate.approved',
      'trustedCertificate.ended',
    ]);
  });

  it('is nobody’s to see or to change elsewhere', async () => {
    const id = await trusted(pem());
    const stranger = person('外馆', KEEPS, newId());
    await expect(checks().trust(stranger, kept.archive)).rejects.toMatchObject({ code: 'archive.notFound' });
    for (const act of [
      () => checks().decideTrust(stranger, id, false),
      () => checks().endTrust(stranger, id, '无权'),
      () => checks().decideTrust(stranger, newId(), false),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'trustedCertificate.notFound' });
    const reader = person('只读', ['holdings.read', 'preservation.read']);
    await expect(checks().endTrust(reader, id, '无权')).rejects.toMatchObject({ code: 'actor.forbidden' });
    const seen = await kept.db.as(scopeOf(stranger), (tx) =>
      sql`select 1 from checks.trusted_certificate`.execute(tx),
    );
    expect(seen.rows).toEqual([]);
    await checks().endTrust(keeper('丁'), id, '试毕');
  });
});

describe('signatures in packages', () => {
  it('are told apart: wrong, by somebody not known, trusted, and by a certificate out of date', {
    timeout: 120_000,
  }, async () => {
    const good = await eep('good.xml', IN_TIME);
    const late = await eep('late.xml', LATE);
    const wrong = await eep('wrong.xml', IN_TIME, (xml) => xml.replace('工作计划', '工作总结'));
    expect(await judged(good)).toEqual(['warning eep.signerNotTrusted']);
    const before = await reportOf(good);
    const id = await trusted(pem());
    expect(await judged(good)).toEqual(['info eep.signerTrusted']);
    expect(await judged(wrong)).toContain('error eep.signatureWrong');
    expect(await judged(late)).toContain('error eep.certificateTime');
    const after = await reportOf(good);
    expect(await signerWords(after.id)).toEqual(['rule.eep.signerTrusted']);
    // What was judged when nobody was trusted stays as it was told, and so does what was judged while somebody was.
    expect(await signerWords(before.id)).toEqual(['rule.eep.signerNotTrusted']);
    await checks().endTrust(keeper('丁'), id, '密钥泄露');
    expect(await signerWords(after.id)).toEqual(['rule.eep.signerTrusted']);
    expect(await judged(good)).toEqual(['warning eep.signerNotTrusted']);
  });

  it('are a fault where the scheme demands trust and nobody knows the signer', {
    timeout: 60_000,
  }, async () => {
    const proposer = keeper('方案');
    const { shipped } = await checks().schemes(proposer, kept.archive);
    const items = shipped
      .find((s) => s.stage === 'YJ')!
      .items.map((i) => (i.slug === 'fixity-valid' ? { ...i, parameters: { demandTrust: true } } : i));
    const fit = { archiveId: kept.archive, stage: 'YJ' as const, category: null, profile: 'eep' };
    const id = await checks().proposeScheme(proposer, { ...fit, items, reason: '只认受信任的签名' });
    await checks().decideScheme(keeper('决定'), id, true);
    const path = await eep('demanded.xml', IN_TIME);
    const state = async () => {
      const { items: of } = await checks().report(keeper('看'), (await reportOf(path)).id);
      return of.find((i) => i.item.slug === 'fixity-valid')?.result?.state;
    };
    expect(await state()).toBe('failed');
    await trusted(pem());
    expect(await state()).toBe('passed');
  });
});

describe('what somebody has looked at', () => {
  it('is judged by whom the archives trust where she has a post, and by nobody else’s trust', {
    timeout: 120_000,
  }, async () => {
    const { config, examinations } = kept.house;
    const path = await eep('dropped.xml', IN_TIME);
    const found = async (who: Actor) => {
      await mkdir(join(config.dataDir, 'staging'), { recursive: true });
      const upload = await uploaded(join(config.dataDir, 'staging'), who, path, 'dropped.xml');
      const id = await examinations.begin(who, [upload]);
      const [job] = examinations.jobs;
      const archiveIds = [...who.rights.keys()];
      await job!.run({
        id: newId(),
        data: { id, archiveIds },
        attempt: 1,
        signal: new AbortController().signal,
        progress: () => {},
      });
      const { groups } = await examinations.report(who, id);
      return groups.map((g) => g.code).filter((c) => c.startsWith('eep.signer'));
    };
    expect(await found(keeper('本馆'))).toEqual(['eep.signerTrusted']);
    expect(await found(person('外馆', KEEPS, newId()))).toEqual(['eep.signerNotTrusted']);
  });
});
