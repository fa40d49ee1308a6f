import { sql, type Tx } from '../db.ts';
import type { Finding } from '../errors.ts';
import type { Keyring } from '../keyring.ts';
import { verifyStatement } from '../signing/statement.ts';
import { type Anchor, parseTrust } from '../signing/trust.ts';
import { digestOfStatement } from './checkpoints.ts';
import { finding } from './findings.ts';

const BATCH = 500;

/** Whose countersignatures are believed: archives of this installation, and peers somebody decided to trust. */
export async function signersTrusted(keyring: Keyring, tx: Tx): Promise<Anchor[]> {
  const own = await sql<{ id: string }>`select distinct archive_id as id from lantai.key_set
    where archive_id is not null`.execute(tx);
  const peers = await sql<{ certificate: string }>`select certificate from audit.peer`.execute(tx);
  const bundles = [...peers.rows.map((p) => p.certificate)];
  for (const { id } of own.rows) bundles.push(await keyring.trustBundle(tx, id));
  return bundles.length === 0 ? [] : parseTrust(bundles);
}

/** Reads a countersignature. Undefined when nobody trusted signed just this. */
export function readCountersignature(text: string, trust: readonly Anchor[], now: Date) {
  const v = verifyStatement(Buffer.from(text, 'utf8'), trust, { now });
  if (v.verdict !== 'genuine' || v.type !== 'lantai/checkpoint-countersignature' || !v.signer)
    return undefined;
  const { checkpoint, size, root } = v.payload ?? {};
  if (typeof checkpoint !== 'string' || typeof size !== 'number' || typeof root !== 'string')
    return undefined;
  return { checkpoint, size, root, signer: v.signer, signedAt: v.signedAt ?? '' };
}

interface Row {
  size: number;
  signer: string;
  statement: string;
  madeAt: Date;
  checkpoint: string | null;
}

/** Checks every countersignature against its checkpoint. Returns how many hold. */
export async function checkCountersignatures(
  keyring: Keyring,
  tx: Tx,
  now: Date,
  findings: Finding[],
): Promise<number> {
  const trust = await signersTrusted(keyring, tx);
  let held = 0;
  let last = { size: -1, signer: '' };
  for (;;) {
    const rows =
      await sql<Row>`select c.size, c.signer, c.statement, c.made_at as "madeAt", k.statement as checkpoint
      from audit.countersignature c left join audit.checkpoint k on k.size = c.size
      where (c.size, c.signer) > (${last.size}, ${last.signer}) order by c.size, c.signer limit ${BATCH}`.execute(
        tx,
      );
    if (rows.rows.length === 0) return held;
    for (const row of rows.rows) {
      const read = readCountersignature(row.statement, trust, now);
      const fits =
        read !== undefined &&
        row.checkpoint !== null &&
        read.checkpoint === digestOfStatement(row.checkpoint) &&
        read.size === row.size &&
        read.signer.certificate === row.signer;
      if (fits) held++;
      else {
        findings.push(
          finding(
            'audit.countersignature',
            `countersignature of checkpoint ${row.size}`,
            row.checkpoint === null
              ? 'Another archive signed a checkpoint that is not there.'
              : 'This countersignature was not made by an archive of the network, or for another checkpoint.',
          ),
        );
      }
    }
    last = rows.rows.at(-1)!;
  }
}
