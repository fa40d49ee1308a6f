import { beforeAll, describe, expect, it } from 'vitest';
import { generateKey, type KeyPair } from './algorithms.ts';
import { type Certificate, issueCertificate, readCertificate } from './certificate.ts';
import { standingOf } from './chains.ts';
import { bits, integer, readAll, readInteger, readOne, sequence, TAG } from './der.ts';
import { attributeOf, nameInWords } from './names.ts';
import { OID } from './oids.ts';

const at = (day: string) => new Date(`${day}T00:00:00Z`);
let ca: KeyPair;
let signer: KeyPair;
let other: KeyPair;
let root: Certificate;

/** A certificate by the authority, or one that signs itself. */
function made(
  pair: KeyPair,
  o: { by?: Certificate; from?: string; to?: string; name?: string } = {},
): Certificate {
  const { by, from = '2020-01-01', to = '2030-01-01', name = '县印章中心' } = o;
  return readCertificate(
    issueCertificate({
      archiveName: name,
      archiveCode: 'C1',
      spki: pair.spki,
      notBefore: at(from),
      notAfter: at(to),
      issuerKey: by ? ca.privateKey : pair.privateKey,
      ...(by ? { issuer: by } : {}),
    }),
  );
}

beforeAll(async () => {
  ca = await generateKey('p256');
  other = await generateKey('p256');
  signer = await generateKey('sm2');
  root = made(ca);
});

const P256 = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** The same certificate with the other of the two values its signature may have, as half of all authorities write it. */
function otherSignature(certificate: Certificate): Certificate {
  const [r, s] = readAll(readOne(certificate.signature, TAG.sequence).body);
  const hex = (P256 - BigInt(`0x${readInteger(s!).toString('hex')}`)).toString(16).padStart(64, '0');
  const value = sequence(integer(readInteger(r!)), integer(Buffer.from(hex, 'hex')));
  const [signed, algorithm] = readAll(readOne(certificate.der, TAG.sequence).body);
  return readCertificate(sequence(signed!.whole, algorithm!.whole, bits(value)));
}

describe('whose a signature is', () => {
  it('is trusted where its certificate is one of those named, or leads to one of them', () => {
    const leaf = made(signer, { by: root });
    expect(standingOf(leaf, [], [leaf], at('2024-01-01'))).toBe('trusted');
    expect(standingOf(leaf, [], [root], at('2024-01-01'))).toBe('trusted');
    expect(standingOf(leaf, [root], [root], undefined)).toBe('trusted');
  });

  it('is not known where nobody named it, whatever it brings along', () => {
    const leaf = made(signer, { by: root });
    expect(standingOf(leaf, [root], [], at('2024-01-01'))).toBe('unknown');
    expect(standingOf(root, [root], [made(other)], at('2024-01-01'))).toBe('unknown');
  });

  it('is not trusted by an authority’s name that another key bears', () => {
    const forger = made(other);
    expect(forger.subject.equals(root.subject)).toBe(true);
    expect(standingOf(made(signer, { by: root }), [], [forger], at('2024-01-01'))).toBe('unknown');
  });

  it('is out of date where it, or what it leads to, was not valid at signing', () => {
    const leaf = made(signer, { by: root, from: '2021-01-01', to: '2023-01-01' });
    expect(standingOf(leaf, [], [leaf], at('2022-01-01'))).toBe('trusted');
    for (const day of ['2020-06-01', '2023-01-02'])
      expect(standingOf(leaf, [], [leaf], at(day))).toBe('outOfDate');
    const short = made(ca, { to: '2022-01-01' });
    const later = made(signer, { by: short });
    expect(standingOf(later, [], [short], at('2023-01-01'))).toBe('outOfDate');
    // It leads to nobody who is trusted: that it is late besides is nothing to tell.
    expect(standingOf(later, [short], [], at('2023-01-01'))).toBe('unknown');
  });

  it('is not said to be out of date where nothing says when it was signed', () => {
    const leaf = made(signer, { by: root, from: '2021-01-01', to: '2023-01-01' });
    expect(standingOf(leaf, [], [leaf], undefined)).toBe('unknown');
  });

  it('goes by the certificate of an authority that was valid, where the authority has a newer one', () => {
    const old = made(ca, { to: '2022-01-01' });
    const leaf = made(signer, { by: root });
    expect(standingOf(leaf, [old], [old, root], at('2024-01-01'))).toBe('trusted');
  });

  it('is trusted too where the authority’s ECDSA signature has the larger of its two values', () => {
    const leaf = otherSignature(made(signer, { by: root }));
    expect(standingOf(leaf, [], [root], at('2024-01-01'))).toBe('trusted');
  });
});

describe('a name in a certificate', () => {
  it('is written as people write it', () => {
    expect(nameInWords(root.subject)).toBe('O=县印章中心, organizationIdentifier=C1, CN=县印章中心');
    expect(attributeOf(root.subject, OID.commonName)).toBe('县印章中心');
    expect(root.serial).toMatch(/^[0-9a-f]{32}$/);
  });

  it('shows nothing that would not be seen', () => {
    const odd = made(other, { name: '甲\u202e乙' });
    expect(attributeOf(odd.subject, OID.commonName)).toBe('甲 乙');
  });
});
