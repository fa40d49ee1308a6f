import type { Json } from '#kernel/canonical';
import type { KeySet } from '#kernel/signing/keyset';
import { type StatementVerdict, signStatement, verifyStatement } from '#kernel/signing/statement';
import type { Anchor } from '#kernel/signing/trust';
import { type Reason, reason } from '#kernel/signing/verdict';

export const REVOCATIONS = 'lantai/revocations';

export interface RevokedEntry {
  number: string;
  /** ISO 8601. */
  date: string;
  reason: string;
}

/**
 * The archive's list of certificates it has taken back, as a signed statement. Entries are never removed.
 *
 * @param list.nextUpdate when a newer list is promised; past it, a list no longer counts as a check
 */
export function signRevocationList(
  keySet: KeySet,
  list: { revoked: readonly RevokedEntry[]; now: Date; nextUpdate?: Date },
): Buffer {
  const revoked = list.revoked.map(({ number, date, reason }) => ({ number, date, reason }));
  const payload = { archiveCode: keySet.archiveCode, nextUpdate: list.nextUpdate?.toISOString(), revoked };
  return signStatement(keySet, { type: REVOCATIONS, payload, now: list.now });
}

export interface RevocationCheck {
  revocation: 'checked' | 'not-checked';
  revoked?: RevokedEntry;
  reasons: Reason[];
}

/**
 * Looks a certificate up in a revocation list. A list counts only when it is signed by the certificate's own archive
 * under a trusted key; an entry in it counts even when the list is old, its silence only when the list is current.
 */
export function checkRevocation(
  list: Uint8Array | undefined,
  certificate: { number: string; signedAt: string; archiveCode: string },
  anchors: readonly Anchor[],
  now: Date,
): RevocationCheck {
  const notChecked = (...reasons: Reason[]): RevocationCheck => ({ revocation: 'not-checked', reasons });
  if (!list) return notChecked();
  const read = verifyStatement(list, anchors, { now });
  const entries = entriesOf(read);
  if (!entries) return notChecked(reason('revocation.listNotGenuine'));
  if (
    read.signer?.archiveCode !== certificate.archiveCode ||
    read.payload?.archiveCode !== certificate.archiveCode
  ) {
    return notChecked(reason('revocation.otherArchive'));
  }
  const revoked = entries.find((entry) => entry.number === certificate.number);
  if (revoked)
    return { revocation: 'checked', revoked, reasons: [reason('revocation.listed', revoked.reason)] };
  if (read.signedAt! < certificate.signedAt) return notChecked(reason('revocation.listOlder'));
  const { nextUpdate } = read.payload;
  if (typeof nextUpdate === 'string' && new Date(nextUpdate) < now)
    return notChecked(reason('revocation.listStale'));
  return { revocation: 'checked', reasons: [] };
}

function entriesOf(read: StatementVerdict): RevokedEntry[] | undefined {
  if (read.verdict !== 'genuine' || read.type !== REVOCATIONS || !Array.isArray(read.payload?.revoked))
    return undefined;
  return read.payload.revoked.flatMap((entry) => (isEntry(entry) ? [entry] : []));
}

function isEntry(entry: Json): entry is { number: string; date: string; reason: string } {
  return (
    typeof entry === 'object' &&
    entry !== null &&
    !Array.isArray(entry) &&
    ['number', 'date', 'reason'].every((key) => typeof entry[key] === 'string')
  );
}
