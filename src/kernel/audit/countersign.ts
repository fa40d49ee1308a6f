import type { Clock } from '../clock.ts';
import { type Database, sql, type Tx } from '../db.ts';
import { Refusal } from '../errors.ts';
import type { KeyOwner, Keyring } from '../keyring.ts';
import { treeHash, verifyConsistency } from '../merkle.ts';
import { notListed, type Outbound } from '../outbound.ts';
import { signStatement, verifyStatement } from '../signing/statement.ts';
import { parseTrust } from '../signing/trust.ts';
import { askPeer, type Request, requestFor } from './ask.ts';
import { checkpointOf, digestOfStatement, lastCheckpoint } from './checkpoints.ts';
import { readCountersignature, signersTrusted } from './countersigned.ts';
import type { AuditActor, HashAlgorithm } from './entry.ts';
import { insertPeer, listPeers, type NewPeer, type Peer } from './peers.ts';
import type { AuditTrail } from './trail.ts';

export interface CountersignDeps {
  db: Database;
  clock: Clock;
  keyring: Keyring;
  audit: AuditTrail;
  /** Calls to other installations, at the addresses of the settings. */
  outbound: Outbound;
  /** Archives of this installation, in a lasting order. */
  archives(): Promise<readonly KeyOwner[]>;
}

/** Another archive's signature over a checkpoint of ours. */
export interface Countersignature {
  /** Fingerprint of its certificate. */
  signer: string;
  /** Null where its signature is no longer believed. */
  signerName: string | null;
  statement: string;
  madeAt: Date;
}

/** A checkpoint of another installation, offered for countersigning. */
export interface Offer {
  checkpoint: string;
  /** Consistency proof (hex) from the size this installation saw last; empty the first time. */
  proof: readonly string[];
}

const MINUTE = 60_000;
const HASH = /^[0-9a-f]{64}$/;

function countersign(
  keys: Parameters<typeof signStatement>[0],
  c: { statement: string; size: number; root: string },
  now: Date,
): string {
  return signStatement(keys, {
    type: 'lantai/checkpoint-countersignature',
    payload: { checkpoint: digestOfStatement(c.statement), size: c.size, root: c.root },
    now,
  }).toString('utf8');
}

async function keep(tx: Tx, size: number, signer: string, statement: string, at: string): Promise<void> {
  await sql`insert into audit.countersignature (size, signer, statement, made_at)
    values (${size}, ${signer}, ${statement}, ${at}) on conflict do nothing`.execute(tx);
}

export type Countersigning = ReturnType<typeof createCountersigning>;

/** Archives sign each other's checkpoints, so that no one of them can rewrite its past unseen. */
export function createCountersigning(deps: CountersignDeps) {
  const { db, clock, keyring } = deps;

  async function signerOf(tx: Tx, statement: string) {
    const read = readCountersignature(statement, await signersTrusted(keyring, tx), clock.now());
    if (!read) {
      throw new Refusal(
        'audit.notCountersignature',
        'This is not a countersignature of an archive that is trusted here.',
      );
    }
    return read;
  }

  /** Keeps another archive's signature over a checkpoint of ours. @throws Refusal audit.notCountersignature */
  async function store(actor: AuditActor, statement: string): Promise<void> {
    await db.system(async (tx) => {
      const read = await signerOf(tx, statement);
      const own = await checkpointOf(tx, read.size);
      if (!own || digestOfStatement(own.statement) !== read.checkpoint) {
        throw new Refusal(
          'audit.checkpointNotFound',
          'This countersignature is for a checkpoint that is not ours.',
        );
      }
      await keep(tx, read.size, read.signer.certificate, statement, read.signedAt);
      await deps.audit.append(tx, {
        actor,
        archiveId: null,
        act: 'audit.countersignatureKept',
        target: { type: 'checkpoint', id: String(read.size) },
        detail: { peer: read.signer.archiveName, certificate: read.signer.certificate },
      });
    });
  }

  return {
    /** The archives of this installation sign its last checkpoint, one each time, minute by minute in turn. */
    async inTurn(): Promise<void> {
      const archives = await deps.archives();
      if (archives.length === 0) return;
      await db.system(async (tx) => {
        const last = await lastCheckpoint(tx);
        if (!last) return;
        const now = clock.now();
        const owner = archives[Math.floor(now.getTime() / MINUTE) % archives.length]!;
        const statement = countersign(await keyring.signing(tx, owner), last, now);
        const { signer, signedAt } = await signerOf(tx, statement);
        await keep(tx, last.size, signer.certificate, statement, signedAt);
      });
    },

    /**
     * Signs another installation's checkpoint with an archive's key, if it is a peer's and its tree only grew.
     *
     * @returns the countersignature's statement
     * @throws Refusal audit.unknownPeer, audit.inconsistent (with the size that was seen), audit.noArchive
     */
    async answer(archiveCode: string, offer: Offer): Promise<string> {
      const owner = (await deps.archives()).find((a) => a.code === archiveCode);
      if (!owner) throw new Refusal('archive.notFound', 'There is no such archive.');
      return db.system(async (tx) => {
        const { peer, size, root, algorithm } = await readOffer(tx, offer.checkpoint, clock.now());
        const grown =
          size === peer.seenSize
            ? root === peer.seenRoot
            : peer.seenSize === 0 ||
              verifyConsistency(treeHash(algorithm), {
                first: peer.seenSize,
                firstRoot: Buffer.from(peer.seenRoot ?? '', 'hex'),
                second: size,
                secondRoot: Buffer.from(root, 'hex'),
                proof: offer.proof.filter((h) => HASH.test(h)).map((h) => Buffer.from(h, 'hex')),
              });
        if (!grown) {
          throw new Refusal(
            'audit.inconsistent',
            `This checkpoint does not follow from the one of ${peer.seenSize} entries that was countersigned before. Offer it with the proof of consistency from there.`,
            { seenSize: peer.seenSize },
          );
        }
        // Under whichever of its certificates it asks next.
        await sql`update audit.peer set seen_size = ${size}, seen_root = ${Buffer.from(root, 'hex')}
          where name = ${peer.name}`.execute(tx);
        const keys = await keyring.signing(tx, owner);
        await deps.audit.append(tx, {
          actor: { id: null, name: peer.name },
          archiveId: owner.id,
          act: 'audit.countersigned',
          target: { type: 'checkpoint', id: String(size) },
          detail: { peer: peer.name, certificate: peer.fingerprint, root },
        });
        return countersign(keys, { statement: offer.checkpoint, size, root }, clock.now());
      });
    },

    store,

    /**
     * Decides to trust an installation or archive, by its certificate.
     *
     * @throws Refusal trust.unreadable, audit.peer.duplicate, outbound.notListed
     */
    async addPeer(actor: AuditActor, peer: NewPeer): Promise<void> {
      if (peer.address !== undefined && !deps.outbound.allows(peer.address)) throw notListed(peer.address);
      await db.system(async (tx) => {
        for (const fingerprint of await insertPeer(tx, peer, clock.now())) {
          await deps.audit.append(tx, {
            actor,
            archiveId: null,
            act: 'audit.peerAdded',
            target: { type: 'peer', id: fingerprint },
            detail: { peer: peer.name, ...(peer.address ? { address: peer.address } : {}) },
          });
        }
      });
    },

    peers: (): Promise<Peer[]> => db.system((tx) => listPeers(tx)),

    /** What a peer is asked for, to be taken there by hand. */
    requestFor: (name: string): Promise<Request> => db.system((tx) => requestFor(tx, name)),

    /** Asks a peer for its countersignature of our newest checkpoint, and keeps it. */
    async ask(actor: AuditActor, name: string): Promise<void> {
      await store(actor, await askPeer(db, deps.outbound, name));
    },

    /** Countersignatures of one checkpoint, as statements with their signers' certificates and names. */
    of: (size: number): Promise<Countersignature[]> =>
      db.system(async (tx) => {
        const r = await sql<Omit<Countersignature, 'signerName'>>`
          select signer, statement, made_at as "madeAt" from audit.countersignature
          where size = ${size} order by made_at`.execute(tx);
        const trust = await signersTrusted(keyring, tx);
        return r.rows.map((c) => ({
          ...c,
          signerName: readCountersignature(c.statement, trust, clock.now())?.signer.archiveName ?? null,
        }));
      }),
  };
}

interface PeerRow {
  fingerprint: string;
  name: string;
  certificate: string;
  seenSize: number;
  seenRoot: string | null;
}

/** Whose checkpoint it is: the peer's own signature says who offers it, so that no account is needed. */
async function readOffer(tx: Tx, checkpoint: string, now: Date) {
  const peers = await sql<PeerRow>`select fingerprint, name, certificate, seen_size as "seenSize",
    encode(seen_root, 'hex') as "seenRoot" from audit.peer order by fingerprint for update`.execute(tx);
  const trust = peers.rows.length === 0 ? [] : parseTrust(peers.rows.map((p) => p.certificate));
  const v = verifyStatement(Buffer.from(checkpoint, 'utf8'), trust, { now });
  const peer = peers.rows.find((p) => p.fingerprint === v.signer?.certificate);
  const { size, root, algorithm } = v.payload ?? {};
  const fits =
    v.verdict === 'genuine' &&
    v.type === 'lantai/checkpoint' &&
    typeof size === 'number' &&
    Number.isSafeInteger(size) &&
    size > 0 &&
    typeof root === 'string' &&
    HASH.test(root) &&
    (algorithm === 'sha256' || algorithm === 'sm3');
  if (!peer || !fits) {
    throw new Refusal(
      'audit.unknownPeer',
      'This is not a checkpoint of an installation that is trusted here. Its certificate must be added first.',
    );
  }
  return { peer, size, root, algorithm: algorithm as HashAlgorithm };
}
