import type { AuditActor } from '#kernel/audit';
import { Refusal } from '#kernel/errors';
import { versionAfter } from '../package/compose.ts';
import { checkPath, jsonText } from '../package/format.ts';
import { openPackage } from '../package/read.ts';
import { objectIdOf } from '../package/records.ts';
import { openSpool } from '../package/spool.ts';
import type { Deed } from '../package/version.ts';
import { type AmendDeps, type Amendment, type AmendOutcome, amendObjects, outlineOf } from './amend.ts';

/** A report on an object or its files, to be kept in the object. */
export interface Report {
  unit: { id: string; archiveId: string };
  /** What kind of report, as part of a file name: `four-nature`. */
  name: string;
  /** What was found, in parts: none should speak of more than a thousand files. */
  parts: readonly Record<string, unknown>[];
  /** The event that is told of it, in words of PREMIS: `validation`. */
  deed: Deed;
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
  reports: readonly Report[],
): Promise<AmendOutcome[]> {
  await using spool = openSpool(deps.scratch);
  const at = deps.clock.now().toISOString();
  const amendments: Amendment[] = [];
  for (const { unit, name, parts, deed } of reports) {
    if (!/^[a-z][a-z0-9-]{0,40}$/.test(name))
      throw new Refusal('report.badName', 'Reports are named by small letters, digits and dashes.', { name });
    const held = await openPackage(deps.repository, objectIdOf(unit.id));
    if (!held) throw new Refusal('unit.notHeld', 'Nothing is held for this entry.', { unitId: unit.id });
    const version = versionAfter(held);
    const files = await Promise.all(
      parts.map(async (part, i) => ({
        logicalPath: checkPath(version, name, i + 1),
        source: await spool.keep(jsonText({ report: name, version, at, ...part })),
      })),
    );
    amendments.push({ unit, ...outlineOf(held), files, message: 'report kept', deeds: [deed] });
  }
  return amendObjects(deps, actor, amendments, spool);
}
