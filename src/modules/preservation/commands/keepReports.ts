import type { AuditActor } from '#kernel/audit';
import { Refusal } from '#kernel/errors';
import { versionAfter } from '../package/compose.ts';
import { openPackage } from '../package/read.ts';
import { objectIdOf } from '../package/records.ts';
import { type Report, reportFiles } from '../package/report.ts';
import { openSpool } from '../package/spool.ts';
import { type AmendDeps, type Amendment, type AmendOutcome, amendObjects, outlineOf } from './amend.ts';

/** A report, and the unit whose object keeps it. */
export interface UnitReport extends Report {
  unit: { id: string; archiveId: string };
}

/**
 * Keeps reports in the `checks/` of their objects: a version each, one flush for all.
 *
 * @returns an outcome for each, in order
 * @throws Refusal `report.badName`, `unit.notHeld`
 */
export async function keepReports(
  deps: AmendDeps,
  actor: AuditActor,
  reports: readonly UnitReport[],
): Promise<AmendOutcome[]> {
  await using spool = openSpool(deps.scratch);
  const at = deps.clock.now();
  const amendments: Amendment[] = [];
  for (const { unit, ...report } of reports) {
    const held = await openPackage(deps.repository, objectIdOf(unit.id));
    if (!held) throw new Refusal('unit.notHeld', 'Nothing is held for this entry.', { unitId: unit.id });
    const files = await reportFiles(report, versionAfter(held), at, spool);
    amendments.push({ unit, ...outlineOf(held), files, message: 'report kept', deeds: [report.deed] });
  }
  return amendObjects(deps, actor, amendments, spool);
}
