import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import {
  type Directory,
  type DirectoryEntry,
  type DirectoryTls,
  ldapDirectory,
} from '../../../../test/support/ldapDirectory.ts';
import { ldapHouse } from './ldap.ts';

const BASE = 'ou=people,dc=example,dc=org';
const SERVICE = { bindDn: 'cn=lantai,dc=example,dc=org', bindPassword: 'service-secret' };
const PEOPLE: readonly DirectoryEntry[] = [
  { dn: SERVICE.bindDn, password: SERVICE.bindPassword, attributes: {} },
  { dn: `uid=limou,${BASE}`, password: 'limou-word', attributes: { uid: 'limou', entryUUID: 'uuid-limou' } },
];
/** Not one of the addresses that count as this machine, so that StartTLS is demanded. */
const HOST = '127.0.0.2';

const openssl = (() => {
  try {
    return execFileSync('openssl', ['version']).length > 0;
  } catch {
    process.stderr.write(
      'Not performed: LDAP over TLS. There is no openssl here to make certificates with.\n',
    );
    return false;
  }
})();

describe.skipIf(!openssl)('a directory over TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lantai-ldap-tls-'));
  const open: Directory[] = [];
  afterAll(() => rmSync(folder, { recursive: true }));
  afterEach(() => Promise.all(open.splice(0).map((d) => d.close())));

  function certificate(name: string, days = 2) {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
        ...['-keyout', key, '-out', cert, '-days', String(days), '-subj', '/CN=directory'],
        ...['-addext', `subjectAltName=${name}`],
      ],
      { stdio: 'ignore' },
    );
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  }

  async function directory(tls: DirectoryTls) {
    const d = await ldapDirectory(PEOPLE, tls, HOST);
    open.push(d);
    const house = (ca?: string) =>
      ldapHouse({
        url: d.url,
        base: BASE,
        ...SERVICE,
        ca,
        nameAttribute: 'uid',
        subjectAttribute: 'entryUUID',
      });
    return { ...d, house };
  }

  it.each(['ldaps', 'startTls'] as const)(
    'knows people by %s, where the certificate is one that is trusted',
    async (way) => {
      const made = certificate(`IP:${HOST}`);
      const d = await directory({ way, ...made });
      expect(d.url.startsWith(way === 'ldaps' ? 'ldaps:' : 'ldap:')).toBe(true);
      expect(await d.house(made.cert).subjectOf('limou', 'limou-word')).toBe('uuid-limou');
      expect(await d.house(made.cert).subjectOf('limou', 'another')).toBeUndefined();
      expect(d.heardInClear).toEqual([]);
    },
  );

  it.each(['ldaps', 'startTls'] as const)(
    'tells no password by %s to a directory nobody vouches for',
    async (way) => {
      const d = await directory({ way, ...certificate(`IP:${HOST}`) });
      for (const ca of [undefined, certificate(`IP:${HOST}`).cert])
        await expect(d.house(ca).subjectOf('limou', 'limou-word')).rejects.toMatchObject({
          code: 'ldap.unreachable',
        });
      expect(d.asked).toEqual([]);
      expect(d.heardInClear).toEqual([]);
    },
  );

  it.each(['ldaps', 'startTls'] as const)(
    'tells none by %s to one whose certificate is for another name',
    async (way) => {
      for (const name of ['IP:127.0.0.9', 'DNS:localhost', 'DNS:directory.example']) {
        const made = certificate(name);
        const d = await directory({ way, ...made });
        await expect(d.house(made.cert).subjectOf('limou', 'limou-word'), name).rejects.toMatchObject({
          code: 'ldap.unreachable',
        });
        expect(d.asked).toEqual([]);
      }
    },
  );

  it('tells none over a line that is not raised: a server without StartTLS is not asked', async () => {
    const plain = await ldapDirectory(PEOPLE, undefined, HOST);
    open.push(plain);
    const house = ldapHouse({
      url: plain.url,
      base: BASE,
      ...SERVICE,
      nameAttribute: 'uid',
      subjectAttribute: 'entryUUID',
    });
    await expect(house.subjectOf('limou', 'limou-word')).rejects.toMatchObject({ code: 'ldap.unreachable' });
    expect(plain.heardInClear).toEqual([]);
  });
});
