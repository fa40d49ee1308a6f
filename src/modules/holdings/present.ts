import type { UnitView } from './queries/units.ts';
import type { AccessChange } from './store/accessChanges.ts';
import type { Archive } from './store/archives.ts';
import type { UnitRow } from './store/units.ts';

export function presentArchive({ path: _, ...archive }: Archive) {
  return archive;
}

/** A row of a table: without what only the machine needs. */
export function presentRow(u: UnitRow) {
  const { position: _, sortKey: __, ...row } = u;
  return row;
}

export function presentUnit(v: UnitView) {
  const { createdAt, updatedAt, ...unit } = v.unit;
  return {
    ...presentRow(unit),
    description: { ...v.unit.description },
    objectId: v.unit.objectId,
    importId: v.unit.importId,
    importRow: v.unit.importRow,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    archive: presentArchive(v.archive),
    fonds: { id: v.fonds.id, number: v.fonds.number, name: v.fonds.name },
    inherited: v.inherited,
    lacking: v.lacking,
    ancestors: v.ancestors,
    aliases: v.aliases,
    embargo: v.embargo,
    allowed: v.allowed,
  };
}

export function presentChange(c: AccessChange) {
  return {
    id: c.id,
    archiveId: c.archiveId,
    status: c.status,
    opensOn: c.opensOn,
    embargo: c.embargo,
    embargoUntil: c.embargoUntil,
    reason: c.reason,
    basis: c.basis,
    state: c.state,
    unitCount: c.unitCount,
    proposedBy: { id: c.proposedBy, name: c.proposedByName },
    proposedAt: c.proposedAt.toISOString(),
    decidedBy: c.decidedBy ? { id: c.decidedBy, name: c.decidedByName ?? '' } : null,
    decidedAt: c.decidedAt?.toISOString() ?? null,
    note: c.note,
  };
}
