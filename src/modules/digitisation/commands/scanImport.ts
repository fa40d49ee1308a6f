import { type Actor, auditActor, demand, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { DigitisationDeps } from '../deps.ts';
import { insertScanImport, type ScanImport, scanImportById, setScanState } from '../store/scanImports.ts';

export const MATCH_JOB = 'match-scans';
export const SCAN_JOB = 'import-scans';

export interface NewScanImport {
  archiveId: string;
  /** A folder of this machine (command line), or uploads of the person. */
  from: { folder: string } | { uploadIds: readonly string[] };
  rule?: string | null;
}

export const noScanImport = () => new Refusal('scanImport.notFound', 'There is no such scan import.');

/** Files find their entries by name, whatever the entries are: a post for the whole archive is needed. */
function demandScans(actor: Actor, archiveId: string, hidden = noScanImport()): void {
  demand(actor, 'import.run', archiveId, hidden, 'whole');
}

/** Begins a scan import: its files are matched to units by a job, then looked at by a person before they are taken in. */
export async function beginScanImport(
  deps: DigitisationDeps,
  actor: Actor,
  input: NewScanImport,
): Promise<string> {
  demandScans(actor, input.archiveId, new Refusal('archive.notFound', 'There is no such archive.'));
  const id = deps.newId();
  const uploads = 'uploadIds' in input.from ? input.from.uploadIds : [];
  for (const upload of uploads) await deps.staging.arrived(upload, actor.id ?? '');
  await deps.db.as(scopeOf(actor), async (tx) => {
    await insertScanImport(tx, {
      id,
      archiveId: input.archiveId,
      source: 'folder' in input.from ? input.from.folder : `${uploads.length} uploads`,
      rule: input.rule?.trim() || null,
      createdBy: actor.id,
      createdByName: actor.name,
      createdAt: deps.clock.now(),
    });
    const jobId = await deps.jobs.enqueue(
      tx,
      MATCH_JOB,
      { id, from: input.from, personId: actor.id ?? '' },
      { archiveId: input.archiveId, createdBy: actor.id },
    );
    await setScanState(tx, id, 'matching', { jobId });
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: input.archiveId,
      act: 'scanImport.begun',
      target: { type: 'scanImport', id },
      detail: { uploads: uploads.length, rule: input.rule ?? null },
    });
  });
  return id;
}

/** Takes the matched files in, as a job. @throws Refusal scanImport.* */
export function runScanImport(deps: DigitisationDeps, actor: Actor, id: string): Promise<string> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const scan = await demandScanImport(scanImportById(tx, id));
    demandScans(actor, scan.archiveId);
    if (scan.state !== 'matched' && scan.state !== 'failed') {
      throw new Refusal(
        'scanImport.wrongState',
        'These files are not matched yet, or are being taken in already.',
        {
          state: scan.state,
        },
      );
    }
    const jobId = await deps.jobs.enqueue(
      tx,
      SCAN_JOB,
      { id },
      { archiveId: scan.archiveId, createdBy: actor.id },
    );
    await setScanState(tx, id, 'running', { jobId });
    return jobId;
  });
}

export async function demandScanImport(found: Promise<ScanImport | undefined>): Promise<ScanImport> {
  const scan = await found;
  if (!scan) throw noScanImport();
  return scan;
}
