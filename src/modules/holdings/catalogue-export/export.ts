import { createWriteStream } from 'node:fs';
import { lstat, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Actor, auditActor, demand, scopeOf } from '#kernel/actor';
import type { AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Database } from '#kernel/db';
import { syncFile } from '#kernel/durably';
import { Refusal } from '#kernel/errors';
import type { Progress } from '#kernel/jobs';
import type { Holdings } from '../module.ts';
import type { Fonds } from '../store/fonds.ts';
import { ATOM, DUBLIN_CORE } from './csv/lists.ts';
import { listPieces } from './csv/write.ts';
import { eadPieces } from './ead/write.ts';
import type { CatalogueFormat } from './formats.ts';
import { type LeavingScope, nothingSuch, scopeMeant } from './scope.ts';
import { writeWorkbook } from './sheets/workbook.ts';
import { type Survey, survey } from './survey.ts';
import type { DescribedFonds, WalkedUnit } from './types.ts';
import { type Walked, walk } from './walk.ts';

export interface CatalogueExportDeps {
  db: Database;
  clock: Clock;
  audit: AuditTrail;
  holdings: Pick<Holdings, 'readUnit' | 'fonds' | 'fondsList' | 'archiveByCode' | 'findByCode' | 'agencies'>;
}

export interface CatalogueOrder {
  /** A fonds or an entry, or the code of an archive; see `scopeMeant`. */
  id: string;
  archive?: string | undefined;
  format: CatalogueFormat;
  /** A file that must not be there. */
  target: string;
  signal?: AbortSignal | undefined;
  progress?: ((p: Progress) => void) | undefined;
}

export interface ExportedCatalogue {
  format: CatalogueFormat;
  path: string;
  title: string;
  fonds: number;
  entries: number;
  /** Entries left out, each with all below it. */
  leftOut: number;
  bytes: number;
}

/**
 * Writes what is described of an archive, a fonds or an entry with all below it, as far as the actor may take it out, in constant
 * memory. It stands under its name when it is whole, and the trail knows of it before.
 *
 * @throws Refusal export.*, archive.notFound, actor.forbidden
 */
export async function exportCatalogue(
  deps: CatalogueExportDeps,
  actor: Actor,
  order: CatalogueOrder,
): Promise<ExportedCatalogue> {
  const target = resolve(order.target);
  if (await lstat(target).catch(() => null))
    throw new Refusal('export.goalExists', `There is something at ${order.target} already.`, {
      path: order.target,
    });
  if (!(await lstat(dirname(target)).catch(() => null))?.isDirectory())
    throw new Refusal('export.noFolder', `There is no folder ${dirname(target)} to write it into.`, {
      path: order.target,
    });
  const scope = await scopeMeant(deps.holdings, actor, order.id, order.archive);
  demand(actor, 'content.export', scope.archive.id, nothingSuch(order.id));
  if (order.format === 'ead3' && scope.fonds === null)
    throw new Refusal(
      'export.oneFonds',
      'A finding aid describes one fonds: name a fonds or an entry of one.',
    );
  const partial = `${target}.${process.pid}.part`;
  try {
    const { entries, leftOut, fonds } = await write(deps, actor, scope, { ...order, target: partial });
    await syncFile(partial);
    const { size: bytes } = await lstat(partial);
    const { format } = order;
    await deps.db.system((tx) =>
      deps.audit.append(tx, {
        actor: auditActor(actor),
        archiveId: scope.archive.id,
        act: 'catalogue.exported',
        target: { type: 'archive', id: scope.archive.id },
        detail: { format, of: scope.title, fonds, entries, leftOut, bytes },
      }),
    );
    await rename(partial, target);
    return { format, path: order.target, title: scope.title, fonds, entries, leftOut, bytes };
  } catch (e) {
    await rm(partial, { force: true });
    throw e;
  }
}

async function write(
  deps: CatalogueExportDeps,
  actor: Actor,
  scope: LeavingScope,
  { format, target, signal, progress }: CatalogueOrder,
) {
  const { archive } = scope;
  const fonds = await fondsOf(deps, actor, scope);
  const found = await deps.db.as(scopeOf(actor), (tx) =>
    survey(tx, { fondsIds: fonds.map((f) => f.id), unitId: scope.unit?.unit.id ?? null }),
  );
  const walked: Walked = { leftOut: 0 };
  const path = scope.unit ? [...scope.unit.ancestors.map((a) => a.id), scope.unit.unit.id] : [];
  const walkIn = (f: DescribedFonds, without?: 'plain') =>
    walk(deps.db, actor, { fondsId: f.id, path, signal, ...(without ? { without } : {}) }, walked);
  let entries = 0;
  const show = meter(found, progress);
  const wrote = (n: number) => {
    entries += n;
    show(entries);
  };
  if (format === 'xlsx') {
    const counted: Walked = { leftOut: 0 };
    await writeWorkbook({
      target,
      language: actor.language,
      used: found,
      fonds,
      // Both sheets go the same way: what is left out counts once.
      walk: (f, without) =>
        without ? walk(deps.db, actor, { fondsId: f.id, path, signal, without }, counted) : walkIn(f),
      wrote,
    });
  } else {
    const pieces =
      format === 'ead3'
        ? eadPieces(
            { archive, fonds: fonds[0]!, language: actor.language, made: deps.clock.now() },
            counting(walkIn(fonds[0]!), wrote),
          )
        : listPieces({
            form: format === 'atom-csv' ? ATOM : DUBLIN_CORE,
            archive,
            used: found,
            fonds,
            walk: walkIn,
            wrote,
          });
    await pipeline(Readable.from(pieces), createWriteStream(target, { mode: 0o600 }));
  }
  return { entries, leftOut: walked.leftOut, fonds: fonds.length };
}

async function* counting(batches: AsyncIterable<WalkedUnit[]>, wrote: (n: number) => void) {
  for await (const batch of batches) {
    yield batch;
    wrote(batch.length);
  }
}

/** Shows how far it got, and how quickly. */
function meter({ units }: Survey, progress: ((p: Progress) => void) | undefined): (done: number) => void {
  const from = performance.now();
  return (done) => {
    const seconds = (performance.now() - from) / 1000;
    progress?.({
      step: 'writing',
      done,
      total: Math.max(units, done),
      rate: Math.round(done / Math.max(seconds, 0.1)),
    });
  };
}

async function fondsOf(
  { holdings }: CatalogueExportDeps,
  actor: Actor,
  scope: LeavingScope,
): Promise<DescribedFonds[]> {
  const agencies = new Map((await holdings.agencies(actor, scope.archive.id)).map((a) => [a.id, a.name]));
  const described = ({ id, number, name, dates, history, custody, scope: of, agencyId }: Fonds): DescribedFonds => ({
    id, number, name, dates, history, custody, scope: of, agency: (agencyId && agencies.get(agencyId)) || null,
  }); // biome-ignore format: a table of fields
  if (scope.fonds) return [described(scope.fonds)];
  const all: DescribedFonds[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await holdings.fondsList(actor, {
      archiveId: scope.archive.id,
      ...(cursor ? { cursor } : {}),
      limit: 200,
    });
    all.push(...page.items.map(described));
    if (page.next === null) return all;
    cursor = page.next;
  }
}
