import { auditActor } from '#kernel/actor';
import type { AuditAct, AuditTrail } from '#kernel/audit';
import type { Database } from '#kernel/db';
import { isRefusal, type Refusal } from '#kernel/errors';
import type { Request } from '#kernel/http/route';
import { isId } from '#kernel/ids';

export interface RefusalDeps {
  db: Database;
  audit: AuditTrail;
}

/**
 * Writes that a person was refused an act they have no right to. Nothing for other refusals: "there is no such thing"
 * is the answer to a typing mistake too.
 */
export async function writeRefusal(deps: RefusalDeps, req: Request, error: unknown): Promise<void> {
  if (!isRefusal(error) || error.code !== 'actor.forbidden' || req.actor.kind !== 'person') return;
  const act = refusedAct(req, error);
  await deps.db.system((tx) => deps.audit.append(tx, act));
}

function refusedAct(req: Request, error: Refusal): AuditAct {
  const params = (req.params ?? {}) as Record<string, string | undefined>;
  const url = req.routeOptions.url ?? '';
  const capability = error.detail.capability;
  const named = params.archiveId;
  return {
    actor: auditActor(req.actor),
    // So that it is found by who supervises this person, where the thing's archive is not in the address.
    archiveId: named && isId(named) ? named : ([...req.actor.rights.keys()][0] ?? null),
    act: 'act.refused',
    target: { type: kindOf(url), id: params.id ?? params.unitId ?? named ?? url },
    detail: { method: req.method, route: url, ...(typeof capability === 'string' ? { capability } : {}) },
    address: req.ip,
    result: 'refused',
  };
}

const KINDS: Record<string, string> = {
  units: 'unit',
  fonds: 'fonds',
  archives: 'archive',
  certificates: 'certificate',
  imports: 'import',
  'scan-imports': 'scanImport',
  'access-changes': 'accessChange',
  grants: 'grant',
  people: 'person',
  examinations: 'examination',
  'print-orders': 'printing',
};

/** `/api/v1/certificates/:id/decision` is about a certificate. */
function kindOf(url: string): string {
  return KINDS[url.split('/')[3] ?? ''] ?? 'route';
}
