import { systemActor } from '#kernel/actor';
import { idFrom } from '#kernel/ids';
import { type CheckSubject, consignmentSubject, type Outcome } from '#modules/checks';
import type { OpenPackage } from '#modules/packages';
import type { Batch } from '../store/batches.ts';
import type { Side } from '../store/findings.ts';
import type { Looking } from './judge.ts';
import type { Step } from './step.ts';

/** What checks of batches are of: before they are sent, and as they arrived. */
export const CHECKED = { agency: 'batch', archive: 'arrival' } as const;

/**
 * The same for one stay of a batch in a state, whatever is killed in it: that check begins anew, and is one. */
export function runIdOf(batch: Pick<Batch, 'id' | 'round' | 'movedAt'>, side: Side): string {
  const { id, round, movedAt } = batch;
  return idFrom(id, String(round), side, movedAt.toISOString());
}

/** Ends a check in which an entry turned out to bear a classification: nothing it found is kept. */
class BearsClassification extends Error {}

/**
 * Judges an open package by the four natures, as the scheme in force at the archive for handovers of its kind and category asks.
 *
 * @returns null where an entry of a package that was not sound enough to be looked through before bears a classification
 */
export async function checkNatures(
  step: Step,
  side: Side,
  open: OpenPackage,
  { looking, bytes }: { looking: Looking; bytes: number },
): Promise<Outcome | null> {
  const { deps, batch, run } = step;
  const { judged } = open;
  const [category = null, ...others] = looking.categories;
  const order = {
    id: runIdOf(batch, side),
    archiveId: batch.archiveId,
    agencyId: batch.agencyId,
    side,
    agencyOnly: side === 'agency',
    about: CHECKED[side],
    aboutId: batch.id,
    title: `${batch.number} ${batch.title}`,
    stage: 'YJ' as const,
    category: others.length > 0 ? null : category,
    profile: judged.kind,
  };
  const subject = subjectOf(step, side, open, { looking, bytes });
  try {
    return await deps.checks.run(systemActor('lantai'), order, subject, {
      signal: run.signal,
      progress: (done, total) =>
        run.progress({ step: 'checking', done, ...(total === null ? {} : { total }) }),
    });
  } catch (e) {
    if (!(e instanceof BearsClassification)) throw e;
    await deps.checks.abandon(order.id, 'transfer.classified');
    return null;
  }
}

function subjectOf(
  { batch }: Step,
  side: Side,
  { judged, consignment }: OpenPackage,
  { looking, bytes }: { looking: Looking; bytes: number },
): CheckSubject {
  const { manifest } = batch;
  // What the agency signed in the register; before it signs only the package itself declares anything.
  const said = {
    items: batch.precheck?.records ?? null,
    files: batch.precheck?.files ?? null,
    bytes: batch.bytes,
    source: batch.number,
    isRegister: true,
  };
  const declared = side === 'archive' ? [said] : [];
  return consignmentSubject(consignment && watched(consignment, judged.valid ? null : looking), {
    kind: 'package',
    title: batch.title,
    // The carriers themselves are looked at where they arrive.
    carrier: side === 'archive' ? batch.carrier : 'online',
    declared,
    package: { kind: judged.kind, findings: judged.findings },
    // It was received only since the digests of all that arrived are those of all that was sent.
    transmission:
      side === 'agency'
        ? 'notSent'
        : manifest === null
          ? null
          : [{ name: batch.packageName ?? '', algorithm: 'sha256', before: manifest, after: manifest }],
    total: judged.valid ? judged.entries : null,
    wholeBytes: bytes,
    isListProved: judged.valid,
  });
}

/** What could not be looked through before is looked at now, entry by entry. */
function watched(
  consignment: NonNullable<OpenPackage['consignment']>,
  looking: Looking | null,
): NonNullable<OpenPackage['consignment']> {
  if (!looking) return consignment;
  return {
    ...consignment,
    async *units() {
      for await (const unit of consignment.units()) {
        looking.entry(unit);
        yield unit;
      }
      if (looking.found.length > 0) throw new BearsClassification('An entry bears a classification.');
    },
  };
}
