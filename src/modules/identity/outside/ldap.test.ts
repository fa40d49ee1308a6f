import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Directory, ldapDirectory } from '../../../../test/support/ldapDirectory.ts';
import { type LdapHouse, ldapHouse } from './ldap.ts';

const BASE = 'ou=people,dc=example,dc=org';
const SERVICE = { bindDn: 'cn=lantai,dc=example,dc=org', bindPassword: 'service-secret' };
const GUID = Buffer.from('00ff10203040506070809000a0b0c0d0', 'hex');
const person = (uid: string, subject: string | Buffer) => ({
  dn: `uid=${uid},${BASE}`,
  password: `${uid}-word`,
  attributes: { uid, entryUUID: subject },
});

describe('a directory', () => {
  let directory: Directory;
  let house: LdapHouse;
  const settings = { base: BASE, ...SERVICE, nameAttribute: 'uid', subjectAttribute: 'entryUUID' };
  beforeAll(async () => {
    directory = await ldapDirectory([
      { dn: SERVICE.bindDn, password: SERVICE.bindPassword, attributes: {} },
      person('limou', '11111111-2222-3333-4444-555555555555'),
      person('李某', GUID),
      person('double', 'a'),
      { ...person('double', 'b'), dn: `uid=double,ou=more,${BASE}` },
      person('nosubject', ''),
    ]);
    house = ldapHouse({ url: directory.url, ...settings });
  });
  afterAll(() => directory.close());

  it('knows somebody by name and password, and gives what never changes hands', async () => {
    expect(await house.subjectOf('limou', 'limou-word')).toBe('11111111-2222-3333-4444-555555555555');
    expect(await house.subjectOf('李某', '李某-word')).toBe(GUID.toString('hex'));
  });

  it('knows nobody by a wrong password, an empty one, a name twice there, or one without a subject', async () => {
    expect(await house.subjectOf('limou', 'double-word')).toBeUndefined();
    expect(await house.subjectOf('limou', '')).toBeUndefined();
    expect(await house.subjectOf('', 'x')).toBeUndefined();
    expect(await house.subjectOf('double', 'double-word')).toBeUndefined();
    expect(await house.subjectOf('nosubject', 'nosubject-word')).toBeUndefined();
    expect(await house.subjectOf('nobody', 'x')).toBeUndefined();
  });

  it('is asked for a name as it was typed: no name changes the question', async () => {
    for (const name of ['*', 'limou)(uid=*', 'limou*', ')(|(uid=*)', '李'.repeat(2_000), '\\2a']) {
      directory.asked.length = 0;
      expect(await house.subjectOf(name, 'limou-word'), name).toBeUndefined();
      expect(directory.asked).toEqual([name]);
    }
  });

  it('that can not be used says so', async () => {
    const code = 'ldap.unreachable';
    const wrongSecret = ldapHouse({ url: directory.url, ...settings, bindPassword: 'changed' });
    await expect(wrongSecret.subjectOf('limou', 'limou-word')).rejects.toMatchObject({ code });
    const nowhere = ldapHouse({ url: 'ldap://127.0.0.1:1', ...settings });
    await expect(nowhere.subjectOf('limou', 'limou-word')).rejects.toMatchObject({ code });
  });
});
