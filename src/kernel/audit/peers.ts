import { sql, type Tx } from '../db.ts';
import { Refusal } from '../errors.ts';
import { parseTrust } from '../signing/trust.ts';

/**
 * An installation whose checkpoints are countersigned here, and whose countersignatures are believed. It is known by its
 * name; certificates added later under the same name are its as well.
 */
export interface Peer {
  name: string;
  /** Of its certificates: what its statements are known by. */
  fingerprints: string[];
  addedAt: Date;
  /** How far its tree has been seen to grow; an offer proves consistency from here. */
  seenSize: number;
  /** Where it is asked; null where papers go by hand. */
  address: string | null;
  /** Which of its archives is asked. */
  archiveCode: string | null;
  /** Its newest signature over a checkpoint of ours. */
  signed: { size: number; madeAt: Date } | null;
}

/** Somebody to be trusted. */
export interface NewPeer {
  name: string;
  /** PEM; one or several certificates. */
  certificate: string;
  address?: string | undefined;
  archiveCode?: string | undefined;
}

/** All peers, by name. */
export async function listPeers(tx: Tx, name?: string): Promise<Peer[]> {
  const r = await sql<Omit<Peer, 'signed'> & { signedSize: number | null; signedAt: Date | null }>`
    with known as (
      select name, array_agg(fingerprint order by added_at, fingerprint) as fingerprints, min(added_at) as "addedAt",
        max(seen_size) as "seenSize", max(address) as address, max(archive_code) as "archiveCode"
      from audit.peer where ${name ?? null}::text is null or name = ${name ?? null} group by name)
    select k.*, c.size as "signedSize", c.made_at as "signedAt" from known k
    left join lateral (select size, made_at from audit.countersignature
      where signer = any (k.fingerprints) order by size desc limit 1) c on true
    order by k.name`.execute(tx);
  return r.rows.map(({ signedSize, signedAt, ...peer }) => ({
    ...peer,
    signed: signedSize === null || signedAt === null ? null : { size: signedSize, madeAt: signedAt },
  }));
}

/** @throws Refusal audit.peerNotFound */
export async function peerNamed(tx: Tx, name: string): Promise<Peer> {
  const [peer] = await listPeers(tx, name);
  if (!peer)
    throw new Refusal('audit.peer.notFound', 'There is no installation of this name among the peers.');
  return peer;
}

/**
 * @returns fingerprints that were not known before
 * @throws Refusal trust.unreadable, audit.peer.duplicate for a certificate that is known under another name
 */
export async function insertPeer(tx: Tx, p: NewPeer, at: Date): Promise<string[]> {
  const added: string[] = [];
  for (const { fingerprint } of parseTrust([p.certificate])) {
    // A new key of a peer does not let it begin its tree anew.
    const r =
      await sql`insert into audit.peer (fingerprint, name, certificate, added_at, seen_size, seen_root)
      select ${fingerprint}, ${p.name}, ${p.certificate}, ${at}, coalesce(max(k.seen_size), 0),
        (array_agg(k.seen_root order by k.seen_size desc))[1]
      from audit.peer k where k.name = ${p.name} on conflict do nothing`.execute(tx);
    if (Number(r.numAffectedRows) === 1) {
      added.push(fingerprint);
      continue;
    }
    const known = await sql<{ name: string }>`select name from audit.peer
      where fingerprint = ${fingerprint}`.execute(tx);
    if (known.rows[0]?.name !== p.name) {
      throw new Refusal('audit.peer.duplicate', `This certificate is known as “${known.rows[0]?.name}”.`, {
        name: known.rows[0]?.name ?? '',
      });
    }
  }
  await sql`update audit.peer set address = ${p.address ?? null}, archive_code = ${p.archiveCode ?? null}
    where name = ${p.name}`.execute(tx);
  return added;
}
