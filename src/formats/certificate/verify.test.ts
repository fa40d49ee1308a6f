import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { isRefusal } from '#kernel/errors';
import type { KeySet } from '#kernel/signing/keyset';
import { signStatement } from '#kernel/signing/statement';
import { trustBundlePem } from '#kernel/signing/trust';
import { buildCertifiedCopy, type CertifiedCopy } from './build.ts';
import { issuedAt, sampleInput, sampleKeys } from './certificate.fixture.ts';
import { signRevocationList } from './revocation.ts';
import { signInPlace } from './sign.ts';
import { verifyFile } from './verify.ts';

const now = new Date('2026-06-01T00:00:00Z');
let keys: KeySet;
let trust: string[];
let copy: CertifiedCopy;

beforeAll(async () => {
  keys = await sampleKeys();
  trust = [trustBundlePem(keys)];
  copy = await buildCertifiedCopy(sampleInput(), keys);
});

const verdictOf = async (bytes: Uint8Array): Promise<string> =>
  (await verifyFile(bytes, { trust, now })).verdict;

/** Where the hole of /Contents is. */
function hole(pdf: Buffer): { start: number; end: number } {
  const start = pdf.indexOf('/Contents <', 0, 'latin1') + '/Contents '.length;
  return { start, end: pdf.indexOf('>', start, 'latin1') + 1 };
}

describe('a certified copy as issued', () => {
  it('is genuine under the archive’s certificate, as bytes and as a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lantai-verify-'));
    const path = join(folder, 'copy.pdf');
    writeFileSync(path, copy.pdf);
    for (const input of [copy.pdf, path]) {
      const read = await verifyFile(input, { trust, now });
      expect(read).toMatchObject({
        verdict: 'genuine',
        revocation: 'not-checked',
        number: '云档证〔2026〕第000123号',
      });
      expect(read.signer).toMatchObject({ archiveCode: '330281', archiveName: '云州县档案馆' });
      expect(read.payload).toEqual(JSON.parse(JSON.stringify(copy.statement)));
    }
    rmSync(folder, { recursive: true });
  });

  it('carries a statement that is genuine by itself', async () => {
    expect(await verifyFile(copy.statementJson, { trust, now })).toMatchObject({ verdict: 'genuine' });
  });

  it('is unknown, and names no signer, under another archive’s certificate or under none', async () => {
    const other = trustBundlePem(await sampleKeys({ code: '330282', name: '东河县档案馆' }));
    const namesake = trustBundlePem(await sampleKeys());
    for (const trusted of [[other], [namesake], []]) {
      const read = await verifyFile(copy.pdf, { trust: trusted, now });
      expect(read).toMatchObject({
        verdict: 'unknown',
        signer: null,
        reasons: [{ code: 'signer.notTrusted' }],
      });
      expect(read.payload).toBeUndefined();
    }
  });
});

describe('a changed copy', () => {
  it('is never genuine with one byte changed, wherever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(copy.pdf.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const changed = Buffer.from(copy.pdf);
        changed[at]! ^= mask;
        expect(await verdictOf(changed)).not.toBe('genuine');
      }),
      { numRuns: 300 },
    );
  });

  it('is altered with one character of the signature changed, even from lower to upper case', async () => {
    const { start, end } = hole(copy.pdf);
    for (let at = start; at < end; at += 97) {
      for (const mask of [0x01, 0x20]) {
        const changed = Buffer.from(copy.pdf);
        changed[at]! ^= mask;
        expect(await verdictOf(changed)).toBe('altered');
      }
    }
  });

  it('is altered with bytes appended, whatever they are', async () => {
    const incremental = Buffer.from(
      '\n1 0 obj\n<</Type /Catalog>>\nendobj\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 2>>\nstartxref\n9\n%%EOF\n',
    );
    for (const more of [Buffer.from('\n'), Buffer.of(0), Buffer.from('%%EOF\n'), incremental, copy.pdf]) {
      expect(await verdictOf(Buffer.concat([copy.pdf, more]))).toBe('altered');
    }
  });

  it('is altered when shortened, or with bytes before it', async () => {
    for (const length of [1, 100, 2000]) {
      expect(await verdictOf(copy.pdf.subarray(0, copy.pdf.length - length))).toBe('altered');
    }
    expect(await verdictOf(Buffer.concat([Buffer.from('%PDF-1.7\n'), copy.pdf]))).toBe('altered');
  });

  it('is altered with something hidden in the padding of the signature', async () => {
    const { end } = hole(copy.pdf);
    for (const hidden of ['01', '41424344', '0a']) {
      const changed = Buffer.from(copy.pdf);
      changed.write(hidden, end - 1 - hidden.length - 200, 'latin1');
      expect(await verifyFile(changed, { trust, now })).toMatchObject({
        verdict: 'altered',
        reasons: [{ code: 'pdf.hiddenBytes' }],
      });
    }
  });

  it('is altered when the covered range leaves room for content', async () => {
    // A hole that is said to end later, and a range that is said to be shorter: both under a fresh look at the numbers.
    const text = copy.pdf.toString('latin1');
    const range = /\/ByteRange \[0 (\d+) +(\d+) +(\d+) *\]/.exec(text)!;
    const [whole, a, b, c] = [range[0], Number(range[1]), Number(range[2]), Number(range[3])];
    for (const [x, y, z] of [
      [a, b + 2, c - 2],
      [a - 2, b, c],
      [a, b, c - 1],
      [a, b - 2, c + 2],
    ]) {
      const other = `/ByteRange [0 ${x} ${y} ${z}`.padEnd(whole.length - 1, ' ');
      const changed = Buffer.from(text.replace(whole, `${other}]`), 'latin1');
      expect(await verdictOf(changed)).toBe('altered');
    }
  });

  it('is altered with the signature taken from another copy of the same archive, either way round', async () => {
    const other = await buildCertifiedCopy(sampleInput({ number: '云档证〔2026〕第000124号' }), keys);
    const graft = (from: Buffer, into: Buffer): Buffer => {
      const [source, target] = [hole(from), hole(into)];
      const grafted = Buffer.from(into);
      from.copy(grafted, target.start, source.start, source.end);
      return grafted;
    };
    expect(await verdictOf(other.pdf)).toBe('genuine');
    expect(await verdictOf(graft(other.pdf, copy.pdf))).toBe('altered');
    expect(await verdictOf(graft(copy.pdf, other.pdf))).toBe('altered');
  });

  it('is altered when a second signature dictionary or a second statement is slipped in', async () => {
    const { start } = hole(copy.pdf);
    const tail = copy.pdf.subarray(start - 400, copy.pdf.length);
    expect(await verdictOf(Buffer.concat([copy.pdf, tail]))).toBe('altered');
    expect(await verdictOf(Buffer.concat([copy.pdf.subarray(0, 60), tail, copy.pdf.subarray(60)]))).toBe(
      'altered',
    );
  });

  it('is altered when the signature was taken out', async () => {
    const text = copy.pdf.toString('latin1');
    const without = text.replace(/\/ByteRange \[[^\]]*\]/, (m) => ' '.repeat(m.length));
    expect(await verdictOf(Buffer.from(without, 'latin1'))).toBe('altered');
  });
});

describe('words that look like PDF syntax', () => {
  it('do not disturb a genuine copy', async () => {
    const nasty = '/ByteRange [0 1 2 3]\n/Contents <00> /LantaiStatement [1 2] endobj %%EOF';
    const record = { ...sampleInput().record, title: nasty, referenceCode: '/ByteRange' };
    const input = sampleInput({
      record,
      applicant: nasty,
      purpose: nasty,
      passages: [{ label: '', text: nasty }],
    });
    const { pdf } = await buildCertifiedCopy(input, keys);
    expect(await verifyFile(pdf, { trust, now })).toMatchObject({ verdict: 'genuine' });
  });
});

describe('the time a copy is issued for', () => {
  it('makes it expired once it is over', async () => {
    const validUntil = new Date('2026-05-01T00:00:00Z');
    const limited = await buildCertifiedCopy(sampleInput({ validUntil }), keys);
    expect(await verdictOf(limited.pdf)).toBe('expired');
    const before = await verifyFile(limited.pdf, { trust, now: new Date('2026-04-30T00:00:00Z') });
    expect(before.verdict).toBe('genuine');
  });

  it('cannot begin after the key’s own time', async () => {
    const late = new Date('2040-01-01T00:00:00Z');
    await expect(buildCertifiedCopy(sampleInput({ issuedAt: late }), keys)).rejects.toMatchObject({
      code: 'signing.keyExpired',
    });
  });
});

describe('a revocation list', () => {
  const entry = { number: '云档证〔2026〕第000123号', date: '2026-05-01', reason: '申请材料不实' };
  const check = (revocations: Uint8Array, trusted = trust) =>
    verifyFile(copy.pdf, { trust: trusted, revocations, now });
  const listed = new Date('2026-05-02T00:00:00Z');

  it('of the same archive that names the copy makes it revoked, with date and reason', async () => {
    const read = await check(signRevocationList(keys, { revoked: [entry], now: listed }));
    const { date, reason } = entry;
    expect(read).toMatchObject({ verdict: 'revoked', revocation: 'checked', revoked: { date, reason } });
  });

  it('that does not name it makes it checked', async () => {
    const other = { ...entry, number: '云档证〔2026〕第000001号' };
    const read = await check(signRevocationList(keys, { revoked: [other], now: listed }));
    expect(read).toMatchObject({ verdict: 'genuine', revocation: 'checked' });
  });

  it('made after a change of keys still counts', async () => {
    const next = await sampleKeys();
    const list = signRevocationList(next, { revoked: [entry], now: listed });
    expect(await check(list, [trustBundlePem(keys, next)])).toMatchObject({ verdict: 'revoked' });
  });

  it('that is forged, damaged, or of another kind is not used, and that is said', async () => {
    const forged = signRevocationList(await sampleKeys(), { revoked: [], now: listed });
    const damaged = signRevocationList(keys, { revoked: [], now: listed });
    damaged[damaged.length - 10]! ^= 1;
    const receipt = signStatement(keys, { type: 'lantai/receipt', payload: { revoked: [] }, now: listed });
    for (const list of [forged, damaged, receipt, Buffer.from('nonsense')]) {
      expect(await check(list)).toMatchObject({
        verdict: 'genuine',
        revocation: 'not-checked',
        reasons: [{ code: 'revocation.listNotGenuine' }],
      });
    }
  });

  it('of another archive can neither revoke nor clear', async () => {
    const other = await sampleKeys({ code: '330282', name: '东河县档案馆' });
    const list = signRevocationList(other, { revoked: [entry], now: listed });
    expect(await check(list, [...trust, trustBundlePem(other)])).toMatchObject({
      verdict: 'genuine',
      revocation: 'not-checked',
      reasons: [{ code: 'revocation.otherArchive' }],
    });
  });

  it('older than the copy, or past its promised renewal, does not count as a check', async () => {
    const older = signRevocationList(keys, { revoked: [], now: new Date('2026-02-01T00:00:00Z') });
    expect(await check(older)).toMatchObject({
      revocation: 'not-checked',
      reasons: [{ code: 'revocation.listOlder' }],
    });
    const nextUpdate = new Date('2026-05-09T00:00:00Z');
    const stale = signRevocationList(keys, { revoked: [], now: listed, nextUpdate });
    expect(await check(stale)).toMatchObject({
      revocation: 'not-checked',
      reasons: [{ code: 'revocation.listStale' }],
    });
    const staleButNamed = signRevocationList(keys, { revoked: [entry], now: listed, nextUpdate });
    expect(await check(staleButNamed)).toMatchObject({ verdict: 'revoked' });
  });
});

describe('two archives that are both trusted', () => {
  it('cannot pass off one’s statement inside the other’s document', async () => {
    const other = await sampleKeys({ code: '330282', name: '东河县档案馆' });
    const theirs = await buildCertifiedCopy(sampleInput(), other);
    // The other archive signs a document whose attached statement it replaced by ours, byte for byte as long.
    const ours = signStatement(keys, {
      type: 'lantai/certified-copy',
      payload: { number: 'x' },
      now: issuedAt,
    });
    const blank = Buffer.from(
      theirs.pdf
        .toString('latin1')
        .replace(/\/ByteRange \[[^\]]*\]/, () => '/ByteRange [0 9999999999 9999999999 9999999999]')
        .replace(/\/LantaiStatement \[[^\]]*\]/, () => '/LantaiStatement [9999999999 9999999999]'),
      'latin1',
    );
    const { start, end } = hole(blank);
    blank.fill('0', start + 1, end - 1, 'latin1');
    blank.write(
      ours.toString('hex'),
      blank.indexOf(theirs.statementJson.toString('hex'), 0, 'latin1'),
      'latin1',
    );
    signInPlace(blank, ours, other);
    const read = await verifyFile(blank, { trust: [...trust, trustBundlePem(other)], now });
    expect(read).toMatchObject({ verdict: 'altered', reasons: [{ code: 'statement.otherSigner' }] });
  });
});

describe('files of other kinds', () => {
  it.each([
    ['nothing', ''],
    ['text', 'hello'],
    ['half a PDF', '%PDF-1.7\n'],
    ['a PDF without a signature', '%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF'],
    [
      'a PDF signed by somebody else',
      '%PDF-1.7\n<< /Type /Sig /ByteRange [0 1 2 3] /Contents <00> >>\n%%EOF',
    ],
    ['a PDF full of range marks', `%PDF-1.7\n${'/ByteRange '.repeat(100_000)}`],
    ['JSON', '{"type":"something"}'],
  ])('%s is unknown', async (_, text) => {
    expect(await verdictOf(Buffer.from(text, 'latin1'))).toBe('unknown');
  });

  it('random bytes never crash the verifier', async () => {
    const head = fc.constantFrom(
      '',
      '%PDF-1.7\n',
      '{"type":"lantai/x"',
      '%PDF-1.7\n/LantaiStatement [1 2]\n/ByteRange [0 1 2 3]\n/Contents <',
    );
    await fc.assert(
      fc.asyncProperty(head, fc.uint8Array({ maxLength: 300 }), async (start, rest) => {
        expect(['unknown', 'altered']).toContain(await verdictOf(Buffer.concat([Buffer.from(start), rest])));
      }),
      { numRuns: 300 },
    );
  });

  it('100 MB of zeros behind a PDF head are dealt with in a few seconds', async () => {
    const large = Buffer.alloc(100 * 1024 * 1024);
    large.write('%PDF-1.7\n');
    expect(await verdictOf(large)).toBe('unknown');
  });

  it('a path that is no file is refused', async () => {
    for (const path of ['/nowhere/at/all.pdf', tmpdir()]) {
      const refused = await verifyFile(path, { trust, now }).catch((e: unknown) => e);
      expect(isRefusal(refused) && refused.code).toBe('verify.unreadable');
    }
  });
});
