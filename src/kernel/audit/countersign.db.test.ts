import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COUNTIES, openTrail, type Trail } from '../../../test/support/trail.ts';
import { lastCheckpoint } from './checkpoints.ts';
import { proveConsistency } from './proofs.ts';

const AUDITOR = { id: null, name: '江审计' };
/** Two installations: ours signs, the other countersigns. */
let ours: Trail;
let other: Trail;

beforeAll(async () => {
  ours = await openTrail();
  other = await openTrail();
  await ours.act(5);
  await ours.sign();
});
afterAll(async () => {
  await ours.close();
  await other.close();
});

const head = async () => (await ours.db.system((tx) => lastCheckpoint(tx)))!;
const code = COUNTIES[0]!.code;

describe('countersigning', () => {
  it('is refused to an installation nobody decided to trust', async () => {
    const { statement } = await head();
    await expect(
      other.countersigning.answer(code, { checkpoint: statement, proof: [] }),
    ).rejects.toMatchObject({
      code: 'audit.unknownPeer',
    });
  });

  it('answers a peer, and the answer is kept and verified by who asked', async () => {
    const trust = await ours.keyring.trustBundle(ours.db.owner, null);
    await other.countersigning.addPeer(AUDITOR, { name: '云江省', certificate: trust });
    const first = await head();
    const answer = await other.countersigning.answer(code, { checkpoint: first.statement, proof: [] });
    await expect(ours.countersigning.store(AUDITOR, answer)).rejects.toMatchObject({
      code: 'audit.notCountersignature',
    });
    const signer = await other.keyring.trustBundle(other.db.owner, COUNTIES[0]!.id);
    await ours.countersigning.addPeer(AUDITOR, { name: '石桥县', certificate: signer });
    await ours.countersigning.store(AUDITOR, answer);
    expect(await ours.countersigning.of(first.size)).toHaveLength(1);
    expect(await ours.verify()).toMatchObject({ countersignatures: 1, findings: [] });
  });

  it('goes on only along a proof that the tree grew from what was seen', async () => {
    const before = await head();
    await ours.act(9);
    await ours.sign();
    const after = await head();
    await expect(
      other.countersigning.answer(code, { checkpoint: after.statement, proof: [] }),
    ).rejects.toMatchObject({ code: 'audit.inconsistent', detail: { seenSize: before.size } });
    const { path } = await ours.db.system((tx) => proveConsistency(tx, before.size, after.size));
    await other.countersigning.answer(code, { checkpoint: after.statement, proof: path });
    expect((await other.countersigning.peers())[0]).toMatchObject({ seenSize: after.size });
    // What was countersigned can not be taken back for an earlier or another tree.
    await expect(
      other.countersigning.answer(code, { checkpoint: before.statement, proof: [] }),
    ).rejects.toMatchObject({ code: 'audit.inconsistent' });
  });

  it('is done in turn by the archives of one installation', async () => {
    await other.act(2);
    for (let n = 0; n < 4; n++) {
      await other.act(1);
      await other.sign();
      await other.countersigning.inTurn();
    }
    const verdict = await other.verify();
    expect(verdict).toMatchObject({ valid: true, countersignatures: 4, findings: [] });
    const signers = new Set<string>();
    const sizes = (await other.db.system((tx) => lastCheckpoint(tx)))!.size;
    for (let size = 1; size <= sizes; size++)
      for (const c of await other.countersigning.of(size)) signers.add(c.signer);
    expect(signers.size).toBe(2);
  });
});
