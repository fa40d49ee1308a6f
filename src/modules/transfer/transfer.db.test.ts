import { access, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyFile } from '#formats/certificate';
import { type Actor, systemActor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { type KeptHouse, keptHouse } from '../../../test/support/keptHouse.ts';
import { ALL, type Desk, deskOf } from './testing/desk.ts';
import { answerAll } from './testing/handover.ts';

const system = systemActor('test');
let kept: KeptHouse;
let desk: Desk;

beforeAll(async () => {
  kept = await keptHouse();
  desk = await deskOf(kept);
});
afterAll(() => kept.close());

const codes = (n: number): string[] =>
  [1, 2, 3].map((i) => `J019-WS·2023·D30-${String(n * 10 + i).padStart(4, '0')}`);

const stateOf = async (id: string) => (await kept.house.transfers.one(desk.who.clerk, id)).state;

const trust = () => kept.house.keyring.trustBundle(kept.db.owner, kept.archive);

async function heldCodes(wanted: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const code of wanted)
    await kept.house.holdings.findByCode(system, kept.archive, code).then(
      () => found.push(code),
      () => {},
    );
  return found;
}

describe('a batch', () => {
  it('goes from the agency to the holdings, both sides sign, and the receipt is genuine', async () => {
    const sent = codes(1);
    const id = await desk.begun(sent.map((code) => ({ code })));
    await desk.weighed(id);
    const before = await kept.house.transfers.read(desk.who.receiving, id);
    expect(before.batch).toMatchObject({
      state: 'reviewing',
      kind: 'handover',
      arrivalCheck: { qualified: true },
    });
    expect(before.acts).toEqual(['propose']);
    await desk.act(desk.who.receiving, id, 'propose', ALL);
    await desk.act(desk.who.decider, id, 'accept');
    await desk.goOn(id);
    expect(await stateOf(id)).toBe('accepted');
    expect(await heldCodes(sent)).toEqual(sent);
    for (const paper of ['receipt', 'register'] as const) {
      const { text } = await kept.house.transfers.paper(desk.who.clerk, id, paper);
      const found = await verifyFile(Buffer.from(text), {
        trust: [await trust()],
        now: kept.house.clock.now(),
      });
      expect(found).toMatchObject({ verdict: 'genuine', type: `lantai/${paper}` });
      const altered = await verifyFile(Buffer.from(text.replace('"all"', '"part"')), {
        trust: [await trust()],
        now: kept.house.clock.now(),
      });
      expect(altered.verdict).toBe('altered');
    }
    // The agency's half stands in the register, signed with the agency's own key, and says the same digests.
    const register = JSON.parse((await kept.house.transfers.paper(desk.who.clerk, id, 'register')).text);
    const half = await verifyFile(
      Buffer.from((await kept.house.transfers.paper(desk.who.clerk, id, 'agencyRegister')).text),
      {
        trust: [await kept.house.keyring.trustBundle(kept.db.owner, desk.agencyId)],
        now: kept.house.clock.now(),
      },
    );
    expect(half).toMatchObject({ verdict: 'genuine', signer: { archiveName: '县民政局' } });
    expect(register.payload.signedByAgency.payload.数字摘要).toEqual(
      (half.payload as { 数字摘要: unknown }).数字摘要,
    );
    // Nothing stays in quarantine.
    expect(await readdir(join(kept.house.config.dataDir, 'transfer', 'quarantine'))).not.toContain(id);
  });

  it('that is wrong is found out at the sender, comes back with reasons, and is accepted when it was mended', async () => {
    const sent = codes(2);
    const id = await desk.begun(
      sent.map((code) => ({ code })),
      { spoil: true },
    );
    await desk.act(desk.who.clerk, id, 'precheck');
    await desk.goOn(id);
    const wrong = await kept.house.transfers.one(desk.who.clerk, id);
    expect(wrong).toMatchObject({ state: 'preparing', precheck: { qualified: false } });
    const { items } = await kept.house.transfers.findings(desk.who.clerk, {
      id,
      side: 'agency',
      severity: 'error',
      cursor: undefined,
      limit: 50,
    });
    expect(items.map((f) => f.code)).toContain('handover.digest');
    await desk.give(
      id,
      sent.map((code) => ({ code })),
    );
    await desk.weighed(id);
    await desk.act(desk.who.receiving, id, 'propose', {
      decision: { accepts: 'none', reason: '题名不规范', leftOut: [] },
    });
    await desk.act(desk.who.decider, id, 'return', { reason: '题名不规范，请改正后重新移交' });
    expect((await kept.house.transfers.read(desk.who.clerk, id)).moves.at(-1)).toMatchObject({
      act: 'return',
      reason: '题名不规范，请改正后重新移交',
    });
    expect(await heldCodes(sent)).toEqual([]);
    await desk.give(
      id,
      sent.map((code) => ({ code, title: `关于救济工作的通知 ${code}` })),
    );
    await desk.weighed(id);
    expect((await kept.house.transfers.one(desk.who.clerk, id)).round).toBe(2);
    await desk.act(desk.who.receiving, id, 'propose', ALL);
    await desk.act(desk.who.decider, id, 'accept');
    await desk.goOn(id);
    expect(await heldCodes(sent)).toEqual(sent);
  });

  it('returned and sent again as it was, lies where it lay', async () => {
    const id = await desk.begun(codes(3).map((code) => ({ code })));
    await desk.weighed(id);
    await desk.act(desk.who.receiving, id, 'propose', {
      decision: { accepts: 'none', reason: '请补说明', leftOut: [] },
    });
    await desk.act(desk.who.decider, id, 'return', { reason: '请补说明' });
    await desk.weighed(id);
    expect(await stateOf(id)).toBe('reviewing');
  });

  it('is accepted in part: what is left out stays out and stands on the receipt with its reason', async () => {
    const [a, b, c] = codes(4) as [string, string, string];
    const id = await desk.begun([a, b, c].map((code) => ({ code })));
    await desk.weighed(id);
    await desk.act(desk.who.receiving, id, 'propose', {
      decision: {
        accepts: 'part',
        reason: '一件不属移交范围',
        leftOut: [{ code: b, reason: '不属移交范围' }],
      },
    });
    await desk.act(desk.who.decider, id, 'accept');
    await desk.goOn(id);
    expect(await heldCodes([a, b, c])).toEqual([a, c]);
    const receipt = JSON.parse((await kept.house.transfers.paper(desk.who.clerk, id, 'receipt')).text);
    expect(receipt.payload).toMatchObject({
      accepts: 'part',
      leftOut: [{ code: b, reason: '不属移交范围' }],
    });
  });

  it('is sent, accepted and returned by others than who prepared, received or proposed it', async () => {
    const id = await desk.begun(codes(5).map((code) => ({ code })));
    await desk.act(desk.who.clerk, id, 'precheck');
    await desk.goOn(id);
    await expect(desk.act(desk.who.clerk, id, 'send')).rejects.toMatchObject({ code: 'transfer.samePerson' });
    await desk.act(desk.who.officer, id, 'send');
    await desk.goOn(id);
    await desk.act(desk.who.receiving, id, 'register');
    await desk.goOn(id);
    const { arrivalCheck } = await kept.house.transfers.one(desk.who.decider, id);
    await answerAll(kept.house.checks, desk.who.decider, arrivalCheck?.runId ?? '');
    await desk.act(desk.who.receiving, id, 'propose', ALL);
    for (const what of ['accept', 'return'] as const)
      await expect(desk.act(desk.who.receiving, id, what, { reason: '…' })).rejects.toMatchObject({
        code: 'transfer.samePerson',
      });
    expect((await kept.house.transfers.read(desk.who.receiving, id)).acts).toEqual(['reconsider']);
    await expect(desk.act(desk.who.officer, id, 'accept')).rejects.toMatchObject({ code: 'actor.forbidden' });
  });

  it('is not there for another agency, and for the archive only once it was sent', async () => {
    const id = await desk.begun(codes(6).map((code) => ({ code })));
    const sees = (by: Actor) =>
      kept.house.transfers.one(by, id).then(
        () => true,
        (e) => e.code,
      );
    expect(await Promise.all([desk.who.clerk, desk.who.receiving, desk.who.stranger].map(sees))).toEqual([
      true,
      'transfer.notFound',
      'transfer.notFound',
    ]);
    await desk.act(desk.who.clerk, id, 'precheck');
    await desk.goOn(id);
    await desk.act(desk.who.officer, id, 'send');
    expect(await sees(desk.who.receiving)).toBe(true);
    expect(await sees(desk.who.stranger)).toBe('transfer.notFound');
    await expect(desk.act(desk.who.stranger, id, 'withdraw', { reason: '…' })).rejects.toMatchObject({
      code: 'transfer.notFound',
    });
  });

  it.each([
    ['a record’s classification', { code: 'J019-WS·2023·D30-0081', classification: '机密★10年' }],
    ['a title', { code: 'J019-WS·2023·D30-0082', title: '【秘密】会议纪要' }],
  ])(
    'that bears a classification in %s is blocked, and shown to the security administrator alone',
    async (_, item) => {
      const id = await desk.begun([{ code: 'J019-WS·2023·D30-0080' }, item]);
      await desk.act(desk.who.clerk, id, 'precheck');
      await desk.goOn(id);
      expect(await stateOf(id)).toBe('blocked');
      expect((await kept.house.transfers.read(desk.who.clerk, id)).acts).toEqual([]);
      const { items } = await kept.house.transfers.findings(desk.who.clerk, {
        ...{ id, side: 'agency' as const, severity: undefined, cursor: undefined, limit: 50 },
      });
      expect(items).toEqual([]);
      await expect(kept.house.transfers.lookAtBlocked(desk.who.receiving, id)).rejects.toMatchObject({
        code: 'transfer.notFound',
      });
      const seen = await kept.house.transfers.lookAtBlocked(desk.who.security, id);
      expect(seen.places.map((p) => p.place)).toContainEqual(expect.stringContaining(item.code));
      expect((await kept.house.transfers.blocked(desk.who.security)).map((b) => b.id)).toContain(id);
      // Sealed where it is kept; what an earlier version kept open is sealed when the clock of the house comes by.
      const open = () =>
        sql<{ place: string | null }>`select place from transfer.classified where batch_id = ${id}`.execute(
          kept.db.owner,
        );
      expect((await open()).rows.every((r) => r.place === null)).toBe(true);
      await sql`update transfer.classified set place = '旧处', sealed = null where batch_id = ${id}`.execute(
        kept.db.owner,
      );
      await kept.house.transfers.resume();
      expect((await open()).rows.every((r) => r.place === null)).toBe(true);
      const again = await kept.house.transfers.lookAtBlocked(desk.who.security, id);
      expect(new Set(again.places.map((p) => p.place))).toEqual(new Set(['旧处']));
      // Out of the folder that backups take along.
      expect(
        await readdir(join(kept.house.config.dataDir, 'transfer', 'quarantine')).catch(() => []),
      ).not.toContain(id);
      expect(await readdir(join(kept.house.config.dataDir, 'blocked'))).toContain(id);
      await kept.house.transfers.removeBlocked(desk.who.security, id, '已按保密规定移交保密部门');
      expect(await stateOf(id)).toBe('removed');
      await expect(access(join(kept.house.config.dataDir, 'blocked', id))).rejects.toThrow();
    },
  );

  it('broken off in the middle of being taken in goes on, and nothing is doubled', async () => {
    const sent = codes(9);
    const id = await desk.begun(sent.map((code) => ({ code })));
    await desk.weighed(id);
    await desk.act(desk.who.receiving, id, 'propose', ALL);
    await desk.act(desk.who.decider, id, 'accept');
    await kept.runUntil('transfer', { id }, () => true).catch(() => {});
    expect(await stateOf(id)).toBe('accepting');
    // Its job is over, as after the last of many tries: it gets another.
    await sql`update lantai.job set state = 'failed' where archive_id = ${kept.archive}`.execute(
      kept.db.owner,
    );
    expect(await kept.house.transfers.resume()).toBeGreaterThan(0);
    expect(await kept.house.transfers.resume()).toBe(0);
    await desk.goOn(id);
    expect(await stateOf(id)).toBe('accepted');
    expect(await heldCodes(sent)).toEqual(sent);
    const { moves } = await kept.house.transfers.read(desk.who.clerk, id);
    expect(moves.filter((m) => m.act === 'takeIn')).toHaveLength(1);
  });

  it('that can not be taken in any more goes back to who weighs it, with what is in the way, and nothing of it entered', async () => {
    const sent = codes(11);
    const id = await desk.begun(sent.map((code) => ({ code })));
    await desk.weighed(id);
    await desk.act(desk.who.receiving, id, 'propose', ALL);
    // Meanwhile somebody describes an entry by a code the package bears.
    await kept.house.holdings.createUnit(kept.keeper, {
      fondsId: kept.fonds,
      title: '后来著录的一件',
      referenceCode: sent[1]!,
    });
    await desk.act(desk.who.decider, id, 'accept');
    await desk.goOn(id);
    expect(await kept.house.transfers.one(desk.who.clerk, id)).toMatchObject({
      state: 'reviewing',
      failure: null,
      arrivalCheck: { qualified: false, errors: 1 },
    });
    const { items } = await kept.house.transfers.findings(desk.who.receiving, {
      ...{ id, side: 'archive' as const, severity: 'error' as const, cursor: undefined, limit: 50 },
    });
    expect(items).toMatchObject([{ code: 'ingest.taken', path: sent[1] }]);
    expect(await heldCodes(sent)).toEqual([sent[1]]);
  });

  it('altered in quarantine is not received, says why, and tries again by itself', async () => {
    const id = await desk.begun(codes(10).map((code) => ({ code })));
    await desk.act(desk.who.clerk, id, 'precheck');
    await desk.goOn(id);
    await desk.act(desk.who.officer, id, 'send');
    const place = join(kept.house.config.dataDir, 'transfer', 'outgoing', id, '2023年移交.zip');
    await writeFile(place, 'another');
    await expect(desk.goOn(id)).rejects.toThrow(/transfer.differs/);
    expect(await kept.house.transfers.one(desk.who.clerk, id)).toMatchObject({
      state: 'sent',
      failure: 'transfer.differs',
    });
  });
});
