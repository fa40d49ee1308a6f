import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { stepOf, totpCode } from '../../src/modules/identity/domain/totp.ts';
import type { Visitor } from './harness/browser.ts';
import { foundByApi } from './harness/founding.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { FIRST } from './harness/people.ts';
import { w } from './harness/words.ts';

const SMALL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The secret as an authenticator app keeps it, and its codes: each used once, as the app's owner would wait for the next. */
function appWith(typed: string) {
  const bits = [...typed.replaceAll(' ', '')]
    .map((c) => SMALL.indexOf(c).toString(2).padStart(5, '0'))
    .join('');
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((b) => Number.parseInt(b, 2)));
  let used = 0;
  return {
    async code(): Promise<string> {
      const step = Math.max(used + 1, stepOf(new Date()));
      // One step ahead is as early as a code may come.
      while (step > stepOf(new Date()) + 1) await pause(500);
      used = step;
      return totpCode(secret, step);
    },
  };
}

journey('A second factor: an app, a security key, codes for the day both are lost', (world) => {
  let me: Visitor;
  let page: Page;
  let app: ReturnType<typeof appWith>;
  let codes: string[];
  /** Security keys are bound to a name. */
  const named = () => world.house.url.replace('127.0.0.1', 'localhost');

  beforeAll(async () => {
    await foundByApi(world.house);
    me = await world.visitor({ baseURL: named() });
    page = me.page;
    me.guard.expect(401, '/api/v1/');
    me.guard.expect(422, '/api/v1/session/proof');
  });

  const password = async (on = page) => {
    await on.goto('/console/sign-in');
    await on.getByLabel(w('signIn.username')).fill(FIRST.username);
    await on.getByLabel(w('signIn.password')).fill(FIRST.password);
    await on.locator('button[type=submit]').click();
  };
  const inside = (on = page) => on.getByRole('navigation', { name: w('shell.rail') }).waitFor();
  const leave = () => page.context().clearCookies({ name: 'lantai_session' });

  it('1. the person signs in with a password and adds an authenticator app', async () => {
    await password();
    await inside();
    await page.goto('/console/account');
    await page.getByRole('button', { name: w('account.totpAdd') }).waitFor();
    await look(me, 'account');
    await page.getByRole('button', { name: w('account.totpAdd') }).click();
    await page.getByRole('button', { name: w('act.next') }).click();
    await page.getByRole('img', { name: w('account.totpQr') }).waitFor();
    await look(me, 'account-app');
    app = appWith((await page.locator('form .code').first().textContent()) ?? '');
    await page.getByLabel(w('account.totpCode')).fill('000000');
    await page.getByRole('button', { name: w('account.totpConfirm') }).click();
    await page.getByText(w('error.factor.wrong')).waitFor();
    await page.getByLabel(w('account.totpCode')).fill(await app.code());
    await page.getByRole('button', { name: w('account.totpConfirm') }).click();
    const list = page.getByRole('region', { name: w('account.codes') });
    await list.waitFor();
    codes = await list.getByRole('listitem').allTextContents();
    expect(codes).toHaveLength(10);
    await look(me, 'account-codes');
    await page.getByRole('button', { name: w('account.codesKept') }).click();
    await page.getByText(w('account.codesLeft', { n: 10 })).waitFor();
  });

  it('2. from now on the password alone does not open anything', async () => {
    await leave();
    await password();
    await page.getByRole('heading', { name: w('second.title') }).waitFor();
    await look(me, 'second-step');
    const asked = await page.evaluate(() => fetch('/api/v1/session').then((r) => r.status));
    expect(asked).toBe(401);
    await page.getByLabel(w('second.code')).fill('123456');
    await page.locator('button[type=submit]').click();
    await page.getByText(w('error.factor.wrong')).waitFor();
    await page.getByLabel(w('second.code')).fill(await app.code());
    await page.locator('button[type=submit]').click();
    await inside();
  });

  it('3. a security key is added and opens the door as well', async () => {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'usb',
        hasResidentKey: false,
        hasUserVerification: false,
        isUserVerified: false,
      },
    });
    await page.goto('/console/account');
    await page.getByRole('button', { name: w('account.keyAdd') }).click();
    await page.getByText(w('account.keyName')).waitFor();
    await leave();
    await password();
    await page.getByRole('button', { name: w('second.useWebauthn') }).click();
    await page.locator('button[type=submit]').click();
    await inside();
  });

  it('4. with neither at hand a recovery code stands in, once', async () => {
    const [code = ''] = codes;
    const enter = async () => {
      await leave();
      await password();
      await page.getByRole('button', { name: w('second.useRecovery') }).click();
      await page.getByLabel(w('second.recoveryCode')).fill(code);
      await page.locator('button[type=submit]').click();
    };
    await enter();
    await inside();
    await enter();
    await page.getByText(w('error.factor.wrong')).waitFor();
    await page.getByRole('button', { name: w('second.useTotp') }).click();
    await page.getByLabel(w('second.code')).fill(await app.code());
    await page.locator('button[type=submit]').click();
    await inside();
  });

  it('5. other devices are listed and can be signed out', async () => {
    const other = await world.visitor({ baseURL: named() });
    other.guard.expect(401, '/api/v1/');
    await password(other.page);
    // A code of the app would have to be waited for: each counts once.
    await other.page.getByRole('button', { name: w('second.useRecovery') }).click();
    await other.page.getByLabel(w('second.recoveryCode')).fill(codes[1] ?? '');
    await other.page.locator('button[type=submit]').click();
    await inside(other.page);
    await page.goto('/console/account');
    await page.getByRole('button', { name: w('account.sessionEndOthers') }).click();
    await page.getByRole('button', { name: w('account.sessionEndOthers') }).waitFor({ state: 'detached' });
    await other.page.goto('/console/account');
    await other.page.getByLabel(w('signIn.username')).waitFor();
    await other.close();
  });

  it('6. a token is made after a proof from now, shown once, works, and is revoked', async () => {
    let stale = true;
    // The server asks for a proof ten minutes after the last; here at once.
    await page.route('**/api/v1/me/tokens', async (route) => {
      if (route.request().method() !== 'POST' || !stale) return route.continue();
      stale = false;
      return route.fulfill({
        status: 401,
        contentType: 'application/problem+json',
        body: JSON.stringify({ title: 'session.stale', status: 401, code: 'session.stale' }),
      });
    });
    await page.goto('/console/account');
    await page.getByRole('button', { name: w('account.tokenAdd') }).click();
    const form = page.getByRole('form', { name: w('account.tokenAdd') });
    await form.getByLabel(w('account.tokenName')).fill('统计程序');
    await form.getByRole('checkbox').first().check();
    await form.getByRole('button', { name: w('account.tokenCreate') }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(w('proof.lead')).waitFor();
    await look(me, 'proof');
    await dialog.getByLabel(w('signIn.password')).fill('not the password at all');
    await dialog.getByRole('button', { name: w('proof.act') }).click();
    await dialog.getByText(w('error.session.proof')).waitFor();
    await dialog.getByLabel(w('signIn.password')).fill(FIRST.password);
    await dialog.getByRole('button', { name: w('proof.act') }).click();
    const shown = page.getByText(/^lantai_/);
    await shown.waitFor();
    const secret = (await shown.textContent()) ?? '';
    await look(me, 'token');
    const ask = () =>
      fetch(`${world.house.url}/api/v1/session`, { headers: { authorization: `Bearer ${secret}` } });
    expect((await ask()).status).toBe(200);
    await page.reload();
    await page.getByText('统计程序').waitFor();
    expect(await page.getByText(secret).count()).toBe(0);
    await page.getByRole('button', { name: w('account.tokenRevoke') }).click();
    await page.getByText(w('account.tokenRevoked')).waitFor();
    expect((await ask()).status).toBe(401);
  });
});
