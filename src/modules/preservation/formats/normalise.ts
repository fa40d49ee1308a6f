import { Refusal } from '#kernel/errors';
import type { JobKind } from '#kernel/jobs';
import { conversionCounts, filesToConvert } from '../store/conversions.ts';
import { decisionsOf } from '../store/formatDecisions.ts';
import { type FilePlace, formatFigures } from '../store/formats.ts';
import type { InstalledTools } from './convert/tools.ts';
import { convertUnit, type UnitDue } from './convertUnit.ts';
import type { FormatsDeps } from './deps.ts';
import { type HeldFormat, heldFormats } from './domain/plan.ts';

export const NORMALISE_JOB = 'normalise-formats';

/** Files of one entry converted for one version of its object. */
const TOGETHER = 20;

export interface NormaliseResult {
  converted: number;
  failed: number;
  /** Somebody else was writing the object, or it is gone: the next run looks again. */
  passedOver: number;
  /** What waits for a tool that is not installed, or that nobody knows a tool for. */
  notPerformed: { puid: string; files: number; why: 'noTool' | 'notInstalled' }[];
}

/** An archive's formats and what waits, by its decisions and the tools of this machine. */
export async function formatsOfArchive(deps: FormatsDeps, archiveId: string): Promise<HeldFormat[]> {
  const on = deps.db.owner;
  const [figures, decisions, counts, tools] = [
    await formatFigures(on, archiveId),
    await decisionsOf(on, archiveId),
    await conversionCounts(on, archiveId),
    await deps.tools.installed(),
  ];
  return heldFormats(figures, new Map(decisions.map((d) => [d.subject, d])), counts, new Set(tools.keys()));
}

/**
 * Converts what an archive's policy wants converted: entry by entry, each a further version of its object with the results
 * beside the originals. What is done is entered with that version, so a killed run goes on with what is left, and a second
 * one finds nothing to do.
 */
export function normaliseJob(deps: FormatsDeps): JobKind<{ archiveId: string }> {
  return {
    name: NORMALISE_JOB,
    async run({ data: { archiveId }, signal, progress }): Promise<NormaliseResult> {
      await deps.identifying.demandUsable();
      const tools = await deps.tools.installed();
      const formats = (await formatsOfArchive(deps, archiveId)).filter((f) => f.waiting > 0);
      const total = formats.filter((f) => f.hindrance === null).reduce((sum, f) => sum + f.waiting, 0);
      const result: NormaliseResult = { converted: 0, failed: 0, passedOver: 0, notPerformed: [] };
      for (const format of formats) {
        if (format.hindrance !== null) {
          result.notPerformed.push({ puid: format.puid, files: format.waiting, why: format.hindrance });
          continue;
        }
        for await (const due of unitsDue(deps, archiveId, format, tools)) {
          signal.throwIfAborted();
          const did = await convertUnit(deps, due, signal);
          for (const key of ['converted', 'failed', 'passedOver'] as const) result[key] += did[key];
          const done = result.converted + result.failed + result.passedOver;
          progress({ step: 'converting', done, total: Math.max(total, done), rejected: result.failed });
        }
      }
      return result;
    },
  };
}

/** Files of a format that wait, some of one entry at a time. */
async function* unitsDue(
  deps: FormatsDeps,
  archiveId: string,
  format: HeldFormat,
  tools: InstalledTools,
): AsyncGenerator<UnitDue> {
  const { puid, target, category, policy } = format;
  const tool = format.tool && tools.get(format.tool);
  if (!target || !tool || policy === 'keep')
    throw new Refusal('conversion.noTool', 'There is no tool for this.');
  for (let after: FilePlace | null = null; ; ) {
    const files = await filesToConvert(deps.db.owner, { archiveId, puid, target, after, limit: TOGETHER });
    const first = files[0];
    if (!first) return;
    const own = files.filter((f) => f.unitId === first.unitId);
    yield { unit: { id: first.unitId, archiveId }, files: own, puid, target, category, policy, tool };
    after = own.at(-1)!;
  }
}
