import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COUNTIES, openTrail, type Trail } from '../../../test/support/trail.ts';
import { isRefusal } from '../errors.ts';
import { lastCheckpoint } from './checkpoints.ts';

const AUDITOR = { id: null, name: '江审计' };
const code = COUNTIES[0]!.code;
let ours: Trail;
let other: Trail;
let server: Server;
let address: string;
let offers = 0;

beforeAll(async () => {
  other = await openTrail();
  server = createServer((req, res) => {
    void (async () => {
      let text = '';
      for await (const part of req) text += String(part);
      const { archive, checkpoint, proof } = JSON.parse(text) as {
        archive: string;
        checkpoint: string;
        proof: string[];
      };
      offers++;
      try {
        const countersignature = await other.countersigning.answer(archive, { checkpoint, proof });
        res.end(JSON.stringify({ countersignature }));
      } catch (e) {
        if (!isRefusal(e)) throw e;
        res.writeHead(422).end(JSON.stringify({ code: e.code, detail: e.message, values: e.detail }));
      }
    })();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  ours = await openTrail({ peers: [address] });
  await ours.act(5);
  await ours.sign();
  const bundle = await ours.keyring.trustBundle(ours.db.owner, null);
  await other.countersigning.addPeer(AUDITOR, { name: '云江省', certificate: bundle });
  await other.act(1);
  await other.sign();
  await other.countersigning.inTurn();
});
afterAll(async () => {
  server.close();
  await ours.close();
  await other.close();
});

const signer = () => other.keyring.trustBundle(other.db.owner, COUNTIES[0]!.id);
const peer = async () => (await ours.countersigning.peers())[0];

describe('asking another installation for its countersignature', () => {
  it('is possible at listed addresses alone', async () => {
    const elsewhere = { name: '石桥县', certificate: 'x', address: 'http://169.254.169.254' };
    await expect(ours.countersigning.addPeer(AUDITOR, elsewhere)).rejects.toMatchObject({
      code: 'outbound.notListed',
    });
    expect(await peer()).toBeUndefined();
  });

  it('needs its key, and an address; without one the request goes by hand', async () => {
    // The key of the archive that signs is made when it signs first.
    const { statement } = (await ours.db.system((tx) => lastCheckpoint(tx)))!;
    await other.countersigning.answer(code, { checkpoint: statement, proof: [] });
    await ours.countersigning.addPeer(AUDITOR, { name: '石桥县', certificate: await signer() });
    await expect(ours.countersigning.ask(AUDITOR, '石桥县')).rejects.toMatchObject({
      code: 'audit.peer.byHand',
    });
    const byHand = await ours.countersigning.requestFor('石桥县');
    expect(byHand).toMatchObject({ size: 5, from: 0, proof: [] });
    await ours.countersigning.store(AUDITOR, await other.countersigning.answer(code, byHand));
    expect(await peer()).toMatchObject({ name: '石桥县', signed: { size: 5 }, address: null });
  });

  it('keeps what comes back, along a proof that our tree grew', async () => {
    await ours.countersigning.addPeer(AUDITOR, {
      name: '石桥县',
      certificate: await signer(),
      address,
      archiveCode: code,
    });
    await ours.act(6);
    await ours.sign();
    await ours.countersigning.ask(AUDITOR, '石桥县');
    const now = await peer();
    expect(now?.signed?.size).toBeGreaterThan(11);
    expect(await ours.countersigning.of(now?.signed?.size ?? 0)).toMatchObject([
      { signerName: COUNTIES[0]!.name },
    ]);
    expect(await ours.verify()).toMatchObject({ valid: true, countersignatures: 2 });
  });

  it('proves from what the other says it saw, where its last answer never arrived', async () => {
    await ours.act(2);
    await ours.sign();
    const lost = await ours.countersigning.requestFor('石桥县');
    await other.countersigning.answer(code, lost);
    await ours.act(2);
    await ours.sign();
    offers = 0;
    await ours.countersigning.ask(AUDITOR, '石桥县');
    expect(offers).toBe(2);
    expect((await peer())?.signed?.size).toBeGreaterThan(lost.size);
  });

  it('is declined, in the other’s own words, and unreachable when it is gone', async () => {
    await ours.countersigning.addPeer(AUDITOR, {
      name: '石桥县',
      certificate: await signer(),
      address,
      archiveCode: '000000',
    });
    await expect(ours.countersigning.ask(AUDITOR, '石桥县')).rejects.toMatchObject({
      code: 'audit.peer.declined',
    });
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    await expect(ours.countersigning.ask(AUDITOR, '石桥县')).rejects.toMatchObject({
      code: 'audit.peer.unreachable',
    });
  });

  it('does not take a known certificate under another name', async () => {
    await expect(
      ours.countersigning.addPeer(AUDITOR, { name: '别处', certificate: await signer() }),
    ).rejects.toMatchObject({ code: 'audit.peer.duplicate' });
  });

  it('does not let a peer with a new key begin its tree anew', async () => {
    const bundle = await ours.keyring.trustBundle(ours.db.owner, null);
    await ours.db.system((tx) => ours.keyring.rotate(tx, { id: null, code: 'LANTAI', name: 'Lantai' }));
    const renewed = await ours.keyring.trustBundle(ours.db.owner, null);
    expect(renewed).not.toBe(bundle);
    await other.countersigning.addPeer(AUDITOR, { name: '云江省', certificate: renewed });
    const [known] = await other.countersigning.peers();
    expect(known?.seenSize).toBeGreaterThan(0);
    await ours.act(1);
    await ours.sign();
    const { checkpoint } = await ours.countersigning.requestFor('石桥县');
    await expect(other.countersigning.answer(code, { checkpoint, proof: [] })).rejects.toMatchObject({
      code: 'audit.inconsistent',
    });
  });
});
