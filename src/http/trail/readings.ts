import { type Actor, auditActor, publicActor } from '#kernel/actor';
import type { AuditAct, AuditTrail, ReadTrail } from '#kernel/audit';
import type { Database } from '#kernel/db';
import { isRefusal } from '#kernel/errors';
import type { Reading, Request } from '#kernel/http/route';
import type { Access } from '#modules/access';
import type { CatalogueImport, Holdings } from '#modules/holdings';
import type { Preservation } from '#modules/preservation';

export interface ReadingDeps {
  db: Database;
  audit: AuditTrail;
  reads: ReadTrail;
  holdings: Pick<Holdings, 'readUnit'>;
  preservation: Pick<Preservation, 'contents'>;
  access: Pick<Access, 'certificate'>;
  imports: Pick<CatalogueImport, 'read'>;
}

const ACTS = {
  description: 'unit.read',
  content: 'unit.contentRead',
  master: 'unit.masterRead',
  certificate: 'certificate.read',
} as const satisfies Partial<Record<Reading, string>>;

/** Writes that a person read or exported what a route gave, where that is not public. */
export async function writeReading(deps: ReadingDeps, req: Request, reading: Reading): Promise<void> {
  const { actor } = req;
  if (actor.kind !== 'person' || !actor.id) return;
  if (reading === 'catalogueExport' || reading === 'leaveExport' || reading === 'rejectsExport') {
    const act = await exportAct(deps, req, reading);
    await deps.db.system((tx) => deps.audit.append(tx, act));
    return;
  }
  const target = { type: reading === 'certificate' ? 'certificate' : 'unit', id: thingOf(req) };
  const act = ACTS[reading];
  await deps.reads.auditRead({ personId: actor.id, act, target }, async () => {
    const about =
      reading === 'certificate'
        ? await certificate(deps, actor, target.id)
        : await unit(deps, actor, target.id, reading);
    return about && { actor: auditActor(actor), act, target, ...about };
  });
}

type About = Pick<AuditAct, 'archiveId' | 'detail'>;

async function certificate(deps: ReadingDeps, actor: Actor, id: string): Promise<About> {
  const found = await deps.access.certificate(actor, id);
  return { archiveId: found.archiveId, detail: { number: found.number } };
}

async function unit(
  deps: ReadingDeps,
  actor: Actor,
  id: string,
  reading: Reading,
): Promise<About | undefined> {
  if (await isPublic(deps, id, reading)) return undefined;
  const { unit } = await deps.holdings.readUnit(actor, id);
  return { archiveId: unit.archiveId, detail: { referenceCode: unit.referenceCode } };
}

/** Whether anybody may read it: asked by the same rule that answers the public. */
async function isPublic(deps: ReadingDeps, id: string, reading: Reading): Promise<boolean> {
  if (reading !== 'description') return (await deps.preservation.contents(publicActor(), id)).length > 0;
  try {
    await deps.holdings.readUnit(publicActor(), id);
    return true;
  } catch (e) {
    if (isRefusal(e)) return false;
    throw e;
  }
}

async function exportAct(deps: ReadingDeps, req: Request, reading: Reading): Promise<AuditAct> {
  const { actor, query } = req;
  const id = thingOf(req);
  const record = { actor: auditActor(actor), act: 'export.made' };
  if (reading === 'catalogueExport' || reading === 'leaveExport') {
    return {
      ...record,
      archiveId: id,
      target: { type: 'archive', id },
      detail: { what: reading === 'leaveExport' ? 'leave' : 'catalogue', filter: { ...(query as object) } },
    };
  }
  const { archiveId, fileName } = await deps.imports.read(actor, id);
  return { ...record, archiveId, target: { type: 'import', id }, detail: { what: 'rejects', fileName } };
}

/** The id in a route's address; page images are named `<unit>~<page>`. */
function thingOf(req: Request): string {
  const p = req.params as { id?: string; unitId?: string; archiveId?: string };
  const id = p.id ?? p.unitId ?? p.archiveId;
  if (!id) throw new Error(`${req.routeOptions.url} names no thing to read`);
  return id.split('~')[0]!;
}
