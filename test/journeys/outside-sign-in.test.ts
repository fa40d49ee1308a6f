import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Directory, ldapDirectory } from '../support/ldapDirectory.ts';
import { type OidcProvider, oidcProvider } from '../support/oidcProvider.ts';
import type { Visitor } from './harness/browser.ts';
import { foundByApi } from './harness/founding.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { FIRST } from './harness/people.ts';
import { w } from './harness/words.ts';

const BASE = 'ou=people,dc=example,dc=org';
const SERVICE = { dn: 'cn=lantai,dc=example,dc=org', password: 'service-secret', attributes: {} };
const ENTRY = { username: 'shi.xl', password: 'mu-lu-fu-wu-2026' };
const OIDC_NAME = '统一身份认证';

let provider: OidcProvider;
let directory: Directory;

journey(
  'Signing in through another house: OpenID Connect, and a directory',
  (world) => {
    let me: Visitor;
    afterAll(() => Promise.all([provider?.close(), directory?.close()]));

    beforeAll(async () => {
      await foundByApi(world.house);
      me = await world.visitor();
      me.guard.expect(401, '/api/v1/');
    });

    const inside = () => me.page.getByRole('navigation', { name: w('shell.rail') }).waitFor();
    const leave = async () => {
      await me.page.context().clearCookies({ name: 'lantai_session' });
      await me.page.goto('/console/sign-in');
    };
    const password = async (login: { username: string; password: string }) => {
      await me.page.getByLabel(w('signIn.username')).fill(login.username);
      await me.page.getByLabel(w('signIn.password')).fill(login.password);
      await me.page.getByRole('button', { name: w('signIn.act'), exact: true }).click();
    };
    const through = () => me.page.getByRole('button', { name: w('signIn.oidc', { name: OIDC_NAME }) });

    it('1. the other house lets nobody in who has not linked the account, and the page says what to do', async () => {
      await me.page.goto('/console/sign-in');
      await through().waitFor();
      await look(me, 'outside-sign-in');
      await through().click();
      await me.page.getByRole('alert').waitFor();
      expect(new URL(me.page.url()).pathname).toBe('/console/sign-in');
      await look(me, 'outside-unlinked');
    });

    it('2. she signs in with her password and links the account of the other house', async () => {
      await password(FIRST);
      await inside();
      await me.page.goto('/console/account');
      await me.page.getByRole('button', { name: w('account.linkOidc', { name: OIDC_NAME }) }).click();
      await me.page.getByText(OIDC_NAME).first().waitFor();
      await me.page.getByRole('button', { name: w('account.unlink') }).waitFor();
      await look(me, 'outside-linked');
    });

    it('3. from then on one click is enough', async () => {
      await leave();
      await through().click();
      await inside();
      expect(await me.page.getByText(FIRST.name).count()).toBeGreaterThan(0);
    });

    it('4. somebody else of the other house does not come in by it', async () => {
      provider.subject = 'subject-of-another';
      await leave();
      await through().click();
      await me.page.getByRole('alert').waitFor();
      provider.subject = 'subject-1';
    });

    it('5. a forged token of the provider opens nothing', async () => {
      provider.misdeeds = { foreignKey: true };
      await leave();
      await through().click();
      await me.page.getByRole('alert').waitFor();
      provider.misdeeds = {};
    });

    it('6. she links her entry in the directory, with its own name and password', async () => {
      await leave();
      await password(FIRST);
      await inside();
      await me.page.goto('/console/account');
      await me.page.getByRole('button', { name: w('account.linkLdap') }).click();
      const form = me.page.getByRole('form', { name: w('account.linkLdap') });
      await form.getByLabel(w('signIn.username')).fill(ENTRY.username);
      await form.getByLabel(w('signIn.password')).fill(ENTRY.password);
      await look(me, 'outside-ldap-form');
      await form.getByRole('button').first().click();
      await expect.poll(() => me.page.getByRole('button', { name: w('account.unlink') }).count()).toBe(2);
      await look(me, 'outside-ldap-linked');
    });

    it('7. and signs in by them; a wrong password of the directory is a wrong password here', async () => {
      await leave();
      await password({ ...ENTRY, password: 'not-the-word-of-hers' });
      await me.page.getByRole('alert').waitFor();
      await password(ENTRY);
      await inside();
    });

    it('8. while the directory is away, the password of here still opens the door', async () => {
      await directory.close();
      await leave();
      await password(FIRST);
      await inside();
    });
  },
  async () => {
    provider = await oidcProvider('lantai', 'client-secret');
    directory = await ldapDirectory([
      SERVICE,
      {
        dn: `uid=${ENTRY.username},${BASE}`,
        password: ENTRY.password,
        attributes: { uid: ENTRY.username, entryUUID: 'uuid-of-shi' },
      },
    ]);
    return {
      LANTAI_OIDC_ISSUER: provider.issuer,
      LANTAI_OIDC_CLIENT_ID: 'lantai',
      LANTAI_OIDC_CLIENT_SECRET: 'client-secret',
      LANTAI_OIDC_NAME: OIDC_NAME,
      LANTAI_LDAP_URL: directory.url,
      LANTAI_LDAP_BASE: BASE,
      LANTAI_LDAP_BIND_DN: SERVICE.dn,
      LANTAI_LDAP_BIND_PASSWORD: SERVICE.password,
    };
  },
);
