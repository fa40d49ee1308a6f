import { createHash } from 'node:crypto';
import type { Json } from '#kernel/canonical';
import type { Tx } from '#kernel/db';
import type { KeyOwner } from '#kernel/keyring';
import { signStatement } from '#kernel/signing/statement';
import type { Archive } from '#modules/holdings';
import type { TransferDeps } from './deps.ts';
import {
  AGENCY_REGISTER,
  type DepositOutcome,
  depositsCompared,
  RECEIPT,
  REGISTER,
  registerOf,
  type Voice,
} from './domain/register.ts';
import { type Batch, paperOf } from './store/batches.ts';
import { type Moved, movesOf } from './store/moves.ts';

type Signing = Pick<TransferDeps, 'keyring' | 'clock'>;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** The agency's own keys: it signs what it hands over. */
const agencyKeys = (batch: Batch, archive: Archive): KeyOwner => ({
  id: batch.agencyId,
  code: `${archive.code}-${batch.agencyCode}`,
  name: batch.agencyName,
});

const voiceOf = (move: Moved | undefined): Voice => ({
  id: move?.personId ?? null,
  name: move?.personName ?? '',
  at: move?.at ?? new Date(0),
});

/** The register as the agency fills it in, signed by the agency when it sends. @returns the statement, byte for byte */
export async function signAgencyRegister(
  deps: Signing,
  tx: Tx,
  batch: Batch,
  archive: Archive,
  by: { id: string | null; name: string },
): Promise<string> {
  const now = deps.clock.now();
  const checkedBy = { ...by, at: now };
  const payload = registerOf({
    batch,
    archive,
    agency: { code: batch.agencyCode, name: batch.agencyName },
    filledInBy: { id: batch.preparedBy, name: batch.preparedByName, at: batch.preparedAt },
    checkedBy,
    precheck: batch.precheck,
  });
  const keys = await deps.keyring.signing(tx, agencyKeys(batch, archive));
  return signStatement(keys, { type: AGENCY_REGISTER, payload, now }).toString('utf8');
}

/** The register with the archive's half, signed over the agency's signed half. */
export async function signRegister(
  deps: Signing,
  tx: Tx,
  batch: Batch,
  { archive, deposits }: { archive: Archive; deposits: DepositOutcome | null },
): Promise<string> {
  const now = deps.clock.now();
  const agencySide = (await paperOf(tx, batch.id, 'agencyRegister')) ?? '';
  const moves = (await movesOf(tx, batch.id)).filter((m) => m.round === batch.round);
  const last = (act: Moved['act']) => voiceOf(moves.findLast((m) => m.act === act));
  const json = ({ id, name, at }: Voice): { [key: string]: Json } => ({ id, name, at: at.toISOString() });
  const check = batch.arrivalCheck;
  const { decision } = batch;
  const keys = await deps.keyring.signing(tx, archive);
  const payload: { [key: string]: Json } = {
    batch: batch.number,
    round: batch.round,
    接收单位检验: check && {
      qualified: check.qualified,
      verdict: check.verdict ?? null,
      errors: check.errors,
      warnings: check.warnings,
      run: check.runId,
    },
    接收决定: decision && {
      accepts: decision.accepts,
      reason: decision.reason,
      leftOut: decision.leftOut.map(({ code, reason }) => ({ code, reason })),
    },
    ...(deposits ? { 登记备份比对: depositsCompared(deposits) } : {}),
    填表人: json(last('propose')),
    审核人: json(last('accept')),
    signedByAgency: JSON.parse(agencySide) as Json,
    signedByAgencySha256: sha256(agencySide),
  };
  return signStatement(keys, { type: REGISTER, payload, now }).toString('utf8');
}

const ofDeposits = ({ deposits, same, changed, missing, added, at }: DepositOutcome): Json => ({
  numbers: [...deposits],
  same,
  changed,
  missing,
  added,
  comparedAt: at.toISOString(),
});

/** What the agency keeps: what was taken in, and by which register. */
export async function signReceipt(
  deps: Signing,
  tx: Tx,
  batch: Batch,
  archive: Archive,
  taken: { entries: number; files: number; register: string; deposits: DepositOutcome | null },
): Promise<string> {
  const now = deps.clock.now();
  const keys = await deps.keyring.signing(tx, archive);
  return signStatement(keys, {
    type: RECEIPT,
    payload: {
      batch: batch.number,
      archive: { code: archive.code, name: archive.name },
      agency: { code: batch.agencyCode, name: batch.agencyName },
      title: batch.title,
      accepts: batch.decision?.accepts ?? 'all',
      entries: taken.entries,
      files: taken.files,
      leftOut: (batch.decision?.leftOut ?? []).map(({ code, reason }) => ({ code, reason })),
      package: { name: batch.packageName ?? '', kind: batch.kind ?? '', bytes: batch.bytes },
      manifest: { algorithm: 'sha256', digest: batch.manifest ?? '' },
      ...(taken.deposits ? { deposits: ofDeposits(taken.deposits) } : {}),
      register: { sha256: sha256(taken.register) },
      takenInAt: now.toISOString(),
    },
    now,
  }).toString('utf8');
}
