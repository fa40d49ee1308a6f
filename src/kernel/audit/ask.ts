import type { Database, Tx } from '../db.ts';
import { messageOf, Refusal } from '../errors.ts';
import type { Outbound } from '../outbound.ts';
import { checkpointOf, lastCheckpoint } from './checkpoints.ts';
import { type Peer, peerNamed } from './peers.ts';
import { proveConsistency } from './proofs.ts';

/** A checkpoint of ours with its proof, to be countersigned by a peer: sent there, or taken by hand. */
export interface Request {
  /** Code of the peer's archive that is asked; empty where it is chosen there. */
  archive: string;
  checkpoint: string;
  /** Consistency proof (hex) from `from` entries; empty from 0. */
  proof: string[];
  size: number;
  from: number;
}

/**
 * What a peer is asked for: our newest checkpoint, proved to have grown from the one it saw last.
 *
 * @param from the size it says it saw last; without it, that of its newest countersignature here
 * @throws Refusal audit.peer.notFound, audit.notSigned where there is no checkpoint yet, audit.peer.ahead
 */
export async function requestFor(tx: Tx, name: string, from?: number): Promise<Request> {
  const peer = await peerNamed(tx, name);
  const last = await lastCheckpoint(tx);
  if (!last)
    throw new Refusal('audit.notSigned', 'There is no signed checkpoint yet. Ask again in a minute.');
  const seen = from ?? peer.signed?.size ?? 0;
  if (seen > last.size || (seen > 0 && !(await checkpointOf(tx, seen)))) {
    throw new Refusal(
      'audit.peer.ahead',
      `“${name}” countersigned ${seen} entries before, and there is no such checkpoint here. One of the two is not what it was: verify the trail.`,
      { name, seenSize: seen },
    );
  }
  const proof = seen === 0 || seen === last.size ? [] : (await proveConsistency(tx, seen, last.size)).path;
  const { statement: checkpoint, size } = last;
  return { archive: peer.archiveCode ?? '', checkpoint, proof, size, from: seen };
}

/**
 * Asks a peer over the network for its countersignature.
 *
 * @returns the countersignature's statement, not judged yet
 * @throws Refusal audit.peer.byHand, audit.peer.unreachable, audit.peer.declined (with its words), outbound.notListed
 */
export async function askPeer(db: Database, outbound: Outbound, name: string): Promise<string> {
  const peer = await db.system((tx) => peerNamed(tx, name));
  if (!peer.address || !peer.archiveCode) {
    throw new Refusal('audit.peer.byHand', `“${name}” has no address here; take the request there by hand.`);
  }
  const first = await send(outbound, peer, await db.system((tx) => requestFor(tx, name)));
  if (first.countersignature !== undefined) return first.countersignature;
  // It saw more of our tree than we have its signature for: prove from there.
  const second =
    first.seenSize === undefined
      ? first
      : await send(outbound, peer, await db.system((tx) => requestFor(tx, name, first.seenSize)));
  if (second.countersignature !== undefined) return second.countersignature;
  throw new Refusal('audit.peer.declined', `“${name}” declined: ${second.said ?? ''}`, {
    name,
    said: second.said,
  });
}

interface Answer {
  countersignature?: string;
  seenSize?: number;
  said?: string;
}

async function send(outbound: Outbound, { address, name }: Peer, request: Request): Promise<Answer> {
  const { archive, checkpoint, proof } = request;
  let status: number;
  let text: string;
  try {
    ({ status, text } = await outbound.ask(`${address}/api/v1/audit/countersign`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ archive, checkpoint, proof }),
    }));
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw new Refusal(
      'audit.peer.unreachable',
      `“${name}” can not be reached at ${address}: ${messageOf(cause)}.`,
      { name },
      { cause },
    );
  }
  const body = objectIn(text);
  if (status === 200 && typeof body.countersignature === 'string')
    return { countersignature: body.countersignature };
  const values = typeof body.values === 'object' && body.values !== null ? { ...body.values } : {};
  const seen = body.code === 'audit.inconsistent' && 'seenSize' in values ? values.seenSize : undefined;
  return {
    ...(typeof seen === 'number' && Number.isSafeInteger(seen) && seen > 0 ? { seenSize: seen } : {}),
    said: (typeof body.detail === 'string' ? body.detail : `HTTP ${status}`).slice(0, 300),
  };
}

function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
