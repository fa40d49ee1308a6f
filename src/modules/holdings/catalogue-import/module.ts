import type { Writable } from 'node:stream';
import { type Actor, type Language, scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { messageOf } from '#kernel/errors';
import type { JobKind } from '#kernel/jobs';
import { schemesInForce } from '../store/schemes.ts';
import { createImport, demandImport, noImport, sha256Of, takeFile } from './commands/intake.ts';
import { type MappingInput, setMapping } from './commands/mapping.ts';
import { CATALOGUE_IMPORT, type ImportJob, start } from './commands/start.ts';
import type { CatalogueImportDeps } from './deps.ts';
import { ownFields } from './headings/ownElements.ts';
import { writeRejects } from './rejects.ts';
import { runWhole } from './run/damaged.ts';
import { handOver } from './run/hand-over.ts';
import type { RunResult } from './run/run-import.ts';
import { type TakeBackResult, takeBack } from './run/take-back.ts';
import { type Following, runImport } from './run/work.ts';
import { draftsOf } from './store/drafts.ts';
import { findingsPage } from './store/findings.ts';
import { enterState, type ImportRecord, importById, importPage, unfinishedImport } from './store/imports.ts';
import { profilesOf } from './store/profiles.ts';
import type { NotedRow } from './types.ts';

export type CatalogueImport = ReturnType<typeof createCatalogueImport>;

const PAGE = 1_000;
const ATTEMPTS = 5;
/** What was not touched for so long is taken as given up. */
const DRAFT_MS = 60 * 24 * 3_600_000;

/** The import of catalogues: from a file to entries, and back. */
export function createCatalogueImport(deps: CatalogueImportDeps) {
  /** @throws Refusal import.notFound */
  async function read(actor: Actor, id: string): Promise<ImportRecord> {
    const found = await deps.db.as(scopeOf(actor), (tx) => importById(tx, id));
    if (!found) throw noImport();
    demandImport(actor, found.archiveId);
    return found;
  }

  async function* everyNoted(id: string, rejected = false): AsyncGenerator<NotedRow> {
    let after: { sheet: number; row: number } | undefined;
    for (;;) {
      const rows = await findingsPage(deps.db.owner, {
        importId: id,
        rejected,
        ...(after ? { after } : {}),
        limit: PAGE,
      });
      yield* rows;
      if (rows.length < PAGE) return;
      after = rows.at(-1)!;
    }
  }

  async function work(job: ImportJob, o: Following): Promise<RunResult | TakeBackResult> {
    if (job.act === 'takeBack')
      return takeBack(deps, job.importId, { ...o, actor: job.actor, reason: job.reason ?? '' });
    if (job.act === 'check') return runImport(deps, job.importId, { ...o, mode: 'check', actor: job.actor });
    const result = await runWhole(deps, job.importId, { ...o, actor: job.actor });
    await handOver(deps);
    return result;
  }

  const kind: JobKind<ImportJob> = {
    name: CATALOGUE_IMPORT,
    attempts: ATTEMPTS,
    async run({ data, signal, progress, attempt }) {
      try {
        return await work(data, { signal, progress });
      } catch (e) {
        const stopped = signal.aborted && messageOf(signal.reason) !== 'cancelled';
        // Cancelled or given up: what was stored stays, and the import can go on or be taken back.
        if ((signal.aborted || attempt >= ATTEMPTS) && !stopped) await abandon(data);
        throw e;
      }
    },
  };

  async function abandon(job: ImportJob): Promise<void> {
    const to = job.act === 'check' ? 'draft' : 'failed';
    await deps.db.system((tx) => enterState(tx, job.importId, ['checking', 'running', 'takingBack'], to));
  }

  return {
    /** For the clock of the house: files with secret rows that were not handed over yet. */
    handOver: () => handOver(deps),
    /** The job kind to be worked on. */
    kind,
    /** From an upload. Returns the import's id. */
    create: (actor: Actor, o: { archiveId: string; uploadId: string }) => createImport(deps, actor, o),
    /** From a file on this machine, for the command line. */
    createFromFile: (actor: Actor, o: { archiveId: string; path: string; fileName: string }) =>
      takeFile(deps, actor, o),
    read,
    setMapping: (actor: Actor, id: string, input: MappingInput, saveProfileAs?: string) =>
      setMapping(deps, actor, id, input, saveProfileAs),
    check: (actor: Actor, id: string) => start(deps, actor, id, 'check'),
    run: (actor: Actor, id: string) => start(deps, actor, id, 'run'),
    takeBack: (actor: Actor, id: string, reason: string) => start(deps, actor, id, 'takeBack', { reason }),
    /** Begins and does the work at once, in this process. */
    async workNow(actor: Actor, id: string, act: ImportJob['act'], o: Following & { reason?: string } = {}) {
      await start(deps, actor, id, act, { enqueue: false, ...(o.reason ? { reason: o.reason } : {}) });
      return work(
        {
          importId: id,
          act,
          actor: { id: actor.id, name: actor.name },
          ...(o.reason ? { reason: o.reason } : {}),
        },
        o,
      );
    },
    /** An import of the same file that a killed process left, or that failed on its way. */
    async unfinished(actor: Actor, o: { archiveId: string; path: string }) {
      demandImport(actor, o.archiveId);
      return unfinishedImport(deps.db.owner, o.archiveId, await sha256Of(o.path));
    },
    /** Goes on with it in this process. */
    async goOn(actor: Actor, id: string, o: Following = {}) {
      const imp = await read(actor, id);
      if (imp.state === 'failed') await start(deps, actor, id, 'run', { enqueue: false });
      const act = imp.state === 'checking' ? 'check' : 'run';
      return work({ importId: id, act, actor: { id: actor.id, name: actor.name } }, o);
    },

    async list(actor: Actor, o: { archiveId: string; cursor?: string; limit: number }) {
      demandImport(actor, o.archiveId);
      const before = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
      const rows = await deps.db.as(scopeOf(actor), (tx) =>
        importPage(tx, { archiveId: o.archiveId, ...(before ? { before } : {}), limit: o.limit + 1 }),
      );
      const items = rows.slice(0, o.limit);
      return { items, next: rows.length > o.limit ? encodeCursor([items.at(-1)!.id]) : null };
    },
    /** Imports this person began, up to `limit`, that can be taken up again. */
    async drafts(actor: Actor, limit: number) {
      const { id } = actor;
      if (id === null) return [];
      const since = new Date(deps.clock.now().getTime() - DRAFT_MS);
      return deps.db.as(scopeOf(actor), (tx) => draftsOf(tx, { personId: id, since, limit }));
    },
    /** Rows with findings, of one kind or all. */
    async problems(actor: Actor, id: string, o: { code?: string; cursor?: string; limit: number }) {
      const imp = await read(actor, id);
      const [sheet, row] = o.cursor ? decodeCursor(o.cursor, ['number', 'number']) : [];
      const after = sheet === undefined ? undefined : { sheet: Number(sheet), row: Number(row) };
      const rows = await findingsPage(deps.db.owner, {
        importId: id,
        ...(o.code ? { code: o.code } : {}),
        ...(after ? { after } : {}),
        limit: o.limit + 1,
      });
      const items = rows.slice(0, o.limit);
      const last = items.at(-1);
      return {
        import: imp,
        rows: items,
        next: rows.length > o.limit && last ? encodeCursor([last.sheet, last.row]) : null,
      };
    },
    /** Writes the workbook of refused rows. */
    async rejects(
      actor: Actor,
      id: string,
      target: string | Writable,
      language: Language = actor.language,
    ): Promise<number> {
      const imp = await read(actor, id);
      return writeRejects(target, imp.sheets, everyNoted(id, true), language);
    },
    /** All rows with findings, in the order of the file. The caller has read the import before. */
    everyNoted,
    /** The elements an archive has added, as fields a column may be given. */
    ownFields: async (archiveId: string) => ownFields((await schemesInForce(deps.db.owner, archiveId)).own),
    async profiles(actor: Actor, archiveId: string) {
      demandImport(actor, archiveId);
      return deps.db.as(scopeOf(actor), (tx) => profilesOf(tx, archiveId));
    },
  };
}
