import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isPassing, type NewFile } from '#formats/ocfl';
import type { AuditActor } from '#kernel/audit';
import { isRefusal, messageOf, type Refusal } from '#kernel/errors';
import { amendObjects, outlineOf } from '../commands/amend.ts';
import { derivativesIn } from '../commands/found.ts';
import { versionAfter } from '../package/compose.ts';
import { type DerivativeRecord, derivativeDocuments } from '../package/derivatives.ts';
import { derivativePath } from '../package/format.ts';
import { type OpenedPackage, openPackage } from '../package/read.ts';
import { objectIdOf } from '../package/records.ts';
import { openSpool } from '../package/spool.ts';
import { type Deed, eventsOfDeeds } from '../package/version.ts';
import { enterConversions, noteFailure, type WaitingFile } from '../store/conversions.ts';
import { insertEvents } from '../store/events.ts';
import { convertFile } from './convert/convertFile.ts';
import { MADE } from './convert/recipes.ts';
import type { InstalledTool } from './convert/tools.ts';
import { convertDeps, type FormatsDeps } from './deps.ts';
import type { Category, Target } from './domain/types.ts';

const SYSTEM: AuditActor = { id: null, name: 'lantai' };

/** Somebody is writing the object, or just did; or it is destroyed. None of it is the file's fault. */
const isPassedOver = (e: unknown) => isPassing(e) || (isRefusal(e) && e.code === 'object.destroyed');

/** Files of one entry that are to be converted alike. */
export interface UnitDue {
  unit: { id: string; archiveId: string };
  files: readonly WaitingFile[];
  puid: string;
  target: Target;
  category: Category;
  policy: 'normalise' | 'migrate';
  tool: InstalledTool;
}

export interface UnitConverted {
  converted: number;
  failed: number;
  passedOver: number;
}

interface Result {
  record: DerivativeRecord;
  file: NewFile;
}

/** Words of the vocabulary `eventType` for both policies. */
const DEEDS = { normalise: 'normalization', migrate: 'migration' } as const;

/**
 * Converts files of one entry and adds what came out to its object, in one version. A kill leaves the version before, or
 * this one: what was written and not entered is entered here by the next run, or by whoever settles intents.
 */
export async function convertUnit(
  deps: FormatsDeps,
  due: UnitDue,
  signal: AbortSignal,
): Promise<UnitConverted> {
  const { unit, target } = due;
  const held = await openPackage(deps.repository, objectIdOf(unit.id));
  if (!held) return { converted: 0, failed: 0, passedOver: due.files.length };
  const there = (await derivativesIn(held)).filter((d) => d.target === target);
  const found = due.files.filter((f) => there.some((d) => d.of === f.ordinal));
  if (found.length > 0) await deps.db.system((tx) => enterConversions(tx, unit.id, there));
  const files = due.files.filter((f) => !found.includes(f));
  // Named so that it is cleared away where we are killed.
  const folder = await mkdtemp(join(deps.scratch, 'package-convert-'));
  try {
    const { results, failed } = await convertAll(deps, due, held, { files, folder, signal });
    const counts = { converted: found.length, failed, passedOver: 0 };
    if (results.length === 0) return counts;
    const refused = await keep(deps, due, held, results);
    if (refused) counts.passedOver += results.length;
    else counts.converted += results.length;
    return counts;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Some at once; what can not be converted is noted with its reason and stops nothing. */
async function convertAll(
  deps: FormatsDeps,
  due: UnitDue,
  held: OpenedPackage,
  o: { files: readonly WaitingFile[]; folder: string; signal: AbortSignal },
): Promise<{ results: Result[]; failed: number }> {
  const results: Result[] = [];
  let failed = 0;
  const todo = o.files.values();
  const working = async () => {
    for (const file of todo) {
      o.signal.throwIfAborted();
      const own = join(o.folder, String(file.ordinal));
      await mkdir(own);
      try {
        results.push(await convertOne(deps, due, held, { file, folder: own, signal: o.signal }));
      } catch (e) {
        // A tool that was taken away is missed by the next run; everything else is the file's.
        if (!isRefusal(e) || e.code === 'conversion.noTool') throw e;
        await noteFailed(deps, due, file, e);
        failed++;
      }
    }
  };
  await Promise.all(Array.from({ length: deps.rules.atOnce }, working));
  return { results: results.sort((a, b) => a.record.of - b.record.of), failed };
}

async function convertOne(
  deps: FormatsDeps,
  { target, category, tool, policy, puid }: UnitDue,
  held: OpenedPackage,
  o: { file: WaitingFile; folder: string; signal: AbortSignal },
): Promise<Result> {
  const { ordinal, logicalPath, originalName } = o.file;
  const bytes = async () =>
    (await deps.repository.openFile(held.object, logicalPath, { verify: true })).stream;
  const made = await convertFile(
    convertDeps(deps),
    { tool, target, category, name: originalName, bytes },
    o.folder,
    o.signal,
  );
  const { extension, mediaType } = MADE[target];
  const { sha512 = '', sha256 = '' } = made.digests;
  const path = derivativePath(logicalPath, extension);
  const record: DerivativeRecord = {
    of: ordinal,
    source: logicalPath,
    sourcePuid: puid,
    policy,
    target,
    path,
    mediaType,
    bytes: made.bytes,
    sha256,
    sha512,
    identified: made.format,
    madeAt: deps.clock.now().toISOString(),
    ...(made.pages === undefined ? {} : { pages: made.pages }),
    tool: made.tool,
    checks: [...made.checks],
  };
  return { record, file: { logicalPath: path, source: { path: made.path }, expect: { sha512, sha256 } } };
}

/** Writes and enters the version. @returns whether it was refused for something that passes */
async function keep(
  deps: FormatsDeps,
  { unit }: UnitDue,
  held: OpenedPackage,
  results: readonly Result[],
): Promise<boolean> {
  const version = versionAfter(held);
  const records = results.map((r) => r.record);
  const deeds = records.map(
    ({ source, path, policy, tool, checks }): Deed => ({
      type: DEEDS[policy],
      detail: {
        version,
        source,
        path,
        tool: tool.name,
        toolVersion: tool.version,
        options: tool.options,
        checks,
      },
    }),
  );
  await using spool = openSpool(deps.scratch);
  const files = [...results.map((r) => r.file), ...derivativeDocuments(unit.id, version, records)];
  const [outcome] = await amendObjects(
    deps,
    SYSTEM,
    [{ unit, ...outlineOf(held), files, message: 'files converted', deeds }],
    spool,
    (tx) => enterConversions(tx, unit.id, records),
  );
  if (!outcome) return false;
  if (isPassedOver(outcome.error)) return true;
  throw outcome.error;
}

async function noteFailed(
  deps: FormatsDeps,
  { unit, puid, target, policy, tool }: UnitDue,
  file: WaitingFile,
  refusal: Refusal,
): Promise<void> {
  const at = deps.clock.now();
  const message = messageOf(refusal);
  const deed: Deed = {
    type: DEEDS[policy],
    outcome: 'failure',
    detail: {
      source: file.logicalPath,
      tool: tool.tool,
      toolVersion: tool.version,
      code: refusal.code,
      message,
    },
  };
  await deps.db.system(async (tx) => {
    const said = `${tool.tool} ${tool.version}`;
    await noteFailure(tx, { ...file, target, puid }, { code: refusal.code, message, tool: said, at });
    await insertEvents(tx, eventsOfDeeds(deps.newId, unit, SYSTEM, at, [deed]));
  });
}
