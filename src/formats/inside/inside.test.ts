import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storedZip } from '#formats/ofd/testing';
import { bytesOf, PdfFile } from '#formats/pdf-objects';
import { buildPdf, streamOf } from '#formats/pdf-objects/testing';
import { readCertificate } from '#kernel/signing/certificate';
import { signDetached } from '#kernel/signing/cms';
import { bits, encode, octets, oid, sequence, smallInteger, TAG } from '#kernel/signing/der';
import { createKeySet, type KeySet } from '#kernel/signing/keyset';
import { certificatesInPem } from '#kernel/signing/pem';
import { signSm2 } from '#kernel/signing/sm2';
import { lookInside } from './index.ts';
import { pdfSignatures } from './signatures/pdf.ts';

let folder: string;
let keys: KeySet;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inside-'));
  const now = new Date();
  keys = await createKeySet({
    archiveCode: 'A1',
    archiveName: '云州县档案馆',
    years: 10,
    now,
    statementAlgorithm: 'sm2',
    pdfAlgorithm: 'p256',
  });
});
afterAll(() => rm(folder, { recursive: true }));

async function look(data: Buffer | string, trust: string[] = []) {
  const path = join(folder, 'file');
  await writeFile(path, data);
  return lookInside(path, { trust });
}

const certificateIn = (pem: string) => readCertificate(certificatesInPem(pem)[0]!);

/** A PDF signed by the archive's document key, over all bytes but the signature's. */
function signedPdf(): Buffer {
  const hole = '0'.repeat(4000);
  const ranges = '/ByteRange [0000000000 0000000000 0000000000 0000000000]';
  const dict = `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /Name (Archive) ${ranges} /Contents <${hole}> >>`;
  let text = buildPdf({ objects: [dict] }).toString('latin1');
  const from = text.indexOf(`<${hole}>`);
  const to = from + hole.length + 2;
  const numbers = [0, from, to, text.length - to].map((n) => String(n).padStart(10, '0'));
  text = text.replace(ranges, `/ByteRange [${numbers.join(' ')}]`);
  const digest = createHash('sha256')
    .update(text.slice(0, from) + text.slice(to), 'latin1')
    .digest();
  const cms = signDetached(certificateIn(keys.pdf.certificatePem), keys.pdf.privateKey, digest).toString(
    'hex',
  );
  return Buffer.from(text.replace(hole, cms.padEnd(hole.length, '0')), 'latin1');
}

const judged = (data: Buffer, trust: string[] = []) => pdfSignatures(new PdfFile(bytesOf(data)), trust)[0];

describe('signatures of a PDF', () => {
  it('are right where nothing was changed, and trusted only by what somebody trusts', () => {
    const right = { content: 'right', signature: 'right', coversAll: true, signer: '云州县档案馆' };
    expect(judged(signedPdf())).toMatchObject({ ...right, trusted: false });
    expect(judged(signedPdf(), [keys.pdf.certificatePem])).toMatchObject({ ...right, trusted: true });
  });

  it('are wrong over changed content', () => {
    const data = signedPdf();
    data[data.indexOf('0.5 g')] = '1'.charCodeAt(0);
    const found = judged(data, [keys.pdf.certificatePem]);
    expect(found).toMatchObject({ content: 'wrong', signature: 'right', trusted: false });
    expect(found?.words).toMatch(/^What was signed has changed/);
  });

  it('do not cover what was added behind them', () => {
    expect(judged(Buffer.concat([signedPdf(), Buffer.from('% more\n')]))).toMatchObject({
      content: 'right',
      coversAll: false,
    });
  });

  it('are not checked when they are no signatures', () => {
    const data = Buffer.from(
      signedPdf()
        .toString('latin1')
        .replace(/\/Contents <30/, '/Contents <31'),
      'latin1',
    );
    expect(judged(data)).toMatchObject({ signature: 'notChecked' });
  });
});

/** An OFD sealed as GB/T 38540 has it; the seal itself is left empty but for its name. */
function sealedOfd(change: (parts: Record<string, string | Buffer>) => void = () => {}): Buffer {
  const page = '<Page><Content/></Page>';
  const check = (data: string) => createHash('sm3').update(data).digest('base64');
  const list = `<Signature><SignedInfo><References CheckMethod="1.2.156.10197.1.401"><Reference FileRef="/Doc/P0.xml"><CheckValue>${check(page)}</CheckValue></Reference></References></SignedInfo><SignedValue>/Doc/Signs/Value.dat</SignedValue></Signature>`;
  const ia5 = (text: string) => encode(0x16, Buffer.from(text));
  const seal = sequence(
    sequence(
      sequence(),
      ia5('id'),
      sequence(smallInteger(1), encode(TAG.utf8String, Buffer.from('云州县档案馆业务章'))),
    ),
  );
  const hash = createHash('sm3').update(list).digest();
  const toSign = sequence(
    smallInteger(4),
    seal,
    encode(0x18, Buffer.from('20260301000000Z')),
    bits(hash),
    ia5('/Doc/Signs/Signature.xml'),
  );
  const certificate = certificatesInPem(keys.statement.certificatePem)[0]!;
  const signature = signSm2(keys.statement.privateKey.pkcs8, toSign);
  const value = sequence(toSign, octets(certificate), oid('1.2.156.10197.1.501'), bits(signature));
  const parts: Record<string, string | Buffer> = {
    'OFD.xml':
      '<OFD Version="1.1"><DocBody><DocInfo/><DocRoot>Doc/Document.xml</DocRoot><Signatures>/Doc/Signs/Signatures.xml</Signatures></DocBody></OFD>',
    'Doc/Document.xml': '<Document><CommonData/><Pages><Page ID="1" BaseLoc="P0.xml"/></Pages></Document>',
    'Doc/P0.xml': page,
    'Doc/Signs/Signatures.xml':
      '<Signatures><Signature ID="7" BaseLoc="/Doc/Signs/Signature.xml"/></Signatures>',
    'Doc/Signs/Signature.xml': list,
    'Doc/Signs/Value.dat': value,
  };
  change(parts);
  return storedZip(parts);
}

describe('seals of an OFD', () => {
  it('are right where nothing was changed', async () => {
    const inside = await look(sealedOfd(), [keys.pdf.certificatePem]);
    expect(inside).toMatchObject({ kind: 'ofd', pages: 1, ofd: { version: '1.1' } });
    expect(inside.signatures).toMatchObject([
      {
        name: 'seal 7 云州县档案馆业务章',
        content: 'right',
        signature: 'right',
        coversAll: false,
        trusted: true,
        signer: expect.stringContaining('云州县档案馆'),
      },
    ]);
  });

  it('name the part that was changed', async () => {
    const changed = sealedOfd((parts) => {
      parts['Doc/P0.xml'] = '<Page><Content><Layer/></Content></Page>';
    });
    const [found] = (await look(changed, [keys.pdf.certificatePem])).signatures ?? [];
    expect(found).toMatchObject({
      content: 'wrong',
      signature: 'right',
      trusted: false,
      changed: ['/Doc/P0.xml'],
    });
  });

  it('see that the list of digests is another than was signed', async () => {
    const changed = sealedOfd((parts) => {
      parts['Doc/Signs/Signature.xml'] = String(parts['Doc/Signs/Signature.xml']).replace(
        '<SignedInfo>',
        '<SignedInfo> ',
      );
    });
    expect((await look(changed)).signatures?.[0]).toMatchObject({ content: 'wrong', signature: 'right' });
  });

  it('see a signature that is not that of the certificate', async () => {
    const changed = sealedOfd((parts) => {
      const value = Buffer.from(parts['Doc/Signs/Value.dat']!);
      value[value.length - 1]! ^= 1;
      parts['Doc/Signs/Value.dat'] = value;
    });
    expect((await look(changed)).signatures?.[0]).toMatchObject({
      content: 'right',
      signature: 'wrong',
      trusted: false,
    });
  });
});

describe('looking inside of files', () => {
  it('tells of a PDF pages, sizes, fonts, scripts and files within', async () => {
    const inside = await look(
      buildPdf({
        catalogue: '/Names << /JavaScript << >> >> /Lang (zh)',
        info: '/Title (Register) /Producer (Writer 1)',
        objects: [
          '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
          '<< /Type /Filespec /F (a.txt) /EF << /F 12 0 R >> >>',
          streamOf('/Params << /Size 5 >>', 'hello'),
        ],
      }),
    );
    expect(inside).toMatchObject({
      kind: 'pdf',
      pages: 1,
      encrypted: false,
      pdf: {
        version: '1.7',
        sizes: [{ width: 200, height: 200, pages: 1 }],
        fonts: [{ name: 'Helvetica', type: 'Type1', embedded: false }],
        javascript: true,
        xfa: false,
        language: 'zh',
        pdfA: { judgedAs: 'PDF/A-2b', verdict: 'nonconforming' },
      },
      attachments: [{ name: 'a.txt', bytes: 5 }],
      claims: { Title: 'Register', Producer: 'Writer 1' },
    });
  });

  it('tells of an office file who says to have written it, and whether it brings macros', async () => {
    const docx = {
      '[Content_Types].xml': '<Types/>',
      'docProps/core.xml':
        '<cp:coreProperties><dc:creator>A &amp; B</dc:creator><dc:title>Report</dc:title></cp:coreProperties>',
      'docProps/app.xml': '<Properties><Pages>12</Pages><Application>Words</Application></Properties>',
      'word/vbaProject.bin': 'x',
    };
    expect(await look(storedZip(docx))).toMatchObject({
      kind: 'office',
      pages: 12,
      office: { form: 'OOXML', macros: true },
      claims: { creator: 'A & B', title: 'Report', Application: 'Words' },
    });
  });

  it('lists what is attached to a message', async () => {
    const message = [
      'From: =?UTF-8?B?546L5bCP5piO?= <wang@example.org>',
      'To: archive@example.org',
      'Subject: =?gb2312?Q?=B5=B5=B0=B8?=',
      'Date: Sun, 1 Mar 2026 10:00:00 +0800',
      'Content-Type: multipart/mixed; boundary="b"',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'Here it is.',
      '--b',
      "Content-Type: application/pdf; name*=UTF-8''%E6%A1%A3.pdf",
      'Content-Transfer-Encoding: base64',
      '',
      'aGVsbG8=',
      '--b--',
      '',
    ].join('\r\n');
    expect(await look(message)).toMatchObject({
      kind: 'mail',
      mail: { subject: '档案', from: '王小明 <wang@example.org>' },
      attachments: [{ name: '档.pdf', bytes: 5, type: 'application/pdf' }],
    });
  });

  it('says what it knows nothing of', async () => {
    expect(await look('just some words')).toMatchObject({
      kind: 'other',
      notPerformed: [expect.any(String)],
    });
    expect(await look('')).toMatchObject({ kind: 'other' });
  });
});
