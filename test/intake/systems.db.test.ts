import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IntakeHouse, intakeHouse, SETTINGS } from './house.ts';

let all: IntakeHouse;
beforeAll(async () => {
  all = await intakeHouse();
});
afterAll(() => all?.close());

type Headers = Record<string, string>;
const call = async (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  headers: Headers,
  payload?: object,
) => {
  const answer = await all.app.inject({
    method,
    url: `/api/v1/intake${url}`,
    headers,
    ...(payload && { payload }),
  });
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() };
};
const registered = async (settings = {}) =>
  (
    await call('POST', '/systems', all.officer.headers, {
      archiveId: all.archiveId,
      agencyId: all.civil,
      settings: { ...SETTINGS, ...settings },
    })
  ).body;

describe('a sender system', () => {
  it('is registered by its agency and may send once another person of the archive has agreed', async () => {
    const made = await registered();
    expect(made).toMatchObject({ state: 'proposed', acts: ['change', 'end'], tokens: [] });
    const decision = { agreed: true, note: '', version: made.version };
    expect(
      (await call('POST', `/systems/${made.id}/tokens`, all.officer.headers, { name: 'a', days: 9 })).status,
    ).toBe(409);
    for (const who of [all.officer, all.stranger, all.clerk])
      expect((await call('POST', `/systems/${made.id}/decision`, who.headers, decision)).status).toBe(403);
    expect((await call('GET', `/systems/${made.id}`, all.director.headers)).body.acts).toEqual([
      'decide',
      'end',
    ]);
    // Who may agree finds it in My work; who asked finds it among what was asked for; nobody else does.
    const waits = async (who: { headers: Headers }) => {
      const work = (await all.app.inject({ url: '/api/v1/me/work', headers: who.headers })).json();
      const has = (list: { kind: string; id: string }[]) =>
        list.some((w) => w.kind === 'senderSystem' && w.id === made.id);
      return [has(work.waiting), has(work.mine)];
    };
    expect(await waits(all.director)).toEqual([true, false]);
    expect(await waits(all.officer)).toEqual([false, true]);
    expect(await waits(all.stranger)).toEqual([false, false]);
    const agreed = await call('POST', `/systems/${made.id}/decision`, all.director.headers, decision);
    expect(agreed.body).toMatchObject({ state: 'admitted', decidedBy: 'director' });
    expect(await waits(all.director)).toEqual([false, false]);
    expect((await call('POST', `/systems/${made.id}/decision`, all.director.headers, decision)).status).toBe(
      409,
    );
  });

  it('gets tokens that are shown once, can be revoked, and open nothing but sending', async () => {
    const { id } = await all.admitted();
    const { body: made } = await call('POST', `/systems/${id}/tokens`, all.officer.headers, {
      name: '二',
      days: 9,
    });
    expect(made.secret).toMatch(/^lantai_/);
    const headers = { authorization: `Bearer ${made.secret}` };
    for (const url of [
      '/api/v1/filing/records',
      '/api/v1/transfers',
      '/api/v1/intake/systems',
      '/api/v1/me/tokens',
    ])
      expect((await all.app.inject({ url, headers })).statusCode, url).toBeGreaterThanOrEqual(401);
    const shown = (await call('GET', `/systems/${id}`, all.officer.headers)).body;
    expect(shown.tokens).toHaveLength(2);
    expect(shown.tokens.find((t: { id: string }) => t.id === made.id).usedAt).not.toBeNull();
    expect(JSON.stringify(shown)).not.toContain(made.secret);
    expect((await call('DELETE', `/systems/${id}/tokens/${made.id}`, all.stranger.headers)).status).toBe(404);
    expect((await call('DELETE', `/systems/${id}/tokens/${made.id}`, all.officer.headers)).status).toBe(204);
    expect((await all.app.inject({ url: '/api/v1/session', headers })).statusCode).toBe(401);
  });

  it('keeps its settings until others are agreed to, and its networks hold for tokens there are already', async () => {
    const { id, headers } = await all.admitted({ dayItems: 5 });
    const before = (await call('GET', `/systems/${id}`, all.officer.headers)).body;
    const settings = { ...SETTINGS, dayItems: 50, addresses: ['10.9.0.0/16'] };
    const asked = await call('PUT', `/systems/${id}/settings`, all.officer.headers, {
      settings,
      version: before.version,
    });
    expect(asked.body).toMatchObject({ settings: { dayItems: 5 }, wanted: { dayItems: 50 } });
    expect((await all.app.inject({ url: '/api/v1/session', headers })).statusCode).not.toBe(401);
    const refused = await call('POST', `/systems/${id}/decision`, all.director.headers, {
      agreed: false,
      note: ' ',
      version: asked.body.version,
    });
    expect(refused.body.code).toBe('intake.note');
    await call('POST', `/systems/${id}/decision`, all.director.headers, {
      agreed: true,
      note: '',
      version: asked.body.version,
    });
    expect((await call('GET', `/systems/${id}`, all.officer.headers)).body).toMatchObject({
      settings: { dayItems: 50, addresses: ['10.9.0.0/16'] },
      wanted: null,
    });
    expect((await all.app.inject({ url: '/api/v1/session', headers })).statusCode).toBe(401);
    const from = { url: '/api/v1/session', headers, remoteAddress: '10.9.3.4' };
    expect((await all.app.inject(from)).statusCode).toBe(200);
  });

  it('ends at once by the agency or the archive, with a reason', async () => {
    const { id, headers } = await all.admitted();
    expect(
      (await call('POST', `/systems/${id}/end`, all.stranger.headers, { reason: '换系统' })).status,
    ).toBe(404);
    expect(
      (await call('POST', `/systems/${id}/end`, all.director.headers, { reason: '换系统' })).body,
    ).toMatchObject({
      state: 'ended',
      note: '换系统',
      acts: [],
    });
    expect((await all.app.inject({ url: '/api/v1/session', headers })).statusCode).toBe(401);
    expect((await call('POST', `/systems/${id}/end`, all.director.headers, { reason: 'x' })).status).toBe(
      409,
    );
  });

  it('is seen by its agency and the archive alone', async () => {
    const { id } = await all.admitted();
    for (const [who, seen] of [
      [all.officer, 200],
      [all.clerk, 200],
      [all.director, 200],
      [all.stranger, 404],
    ] as const)
      expect((await call('GET', `/systems/${id}`, who.headers)).status).toBe(seen);
    const listed = (await call('GET', '/systems', all.stranger.headers)).body.items;
    expect(listed.map((s: { id: string }) => s.id)).not.toContain(id);
  });

  it('is not registered with what makes no sense', async () => {
    for (const [settings, code] of [
      [{ categories: ['QQ'] }, 'intake.setting'],
      [{ categories: [] }, 'intake.setting'],
      [{ name: '绝密★系统' }, 'intake.setting'],
      [{ addresses: ['10.1.1.1/8'] }, 'token.address'],
    ] as const)
      expect((await registered(settings)).code).toBe(code);
  });
});
