import { createWriteStream } from 'node:fs';
import { lstat, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Inside, lookInside } from '#formats/inside';
import type { DigestPool, Digests } from '#kernel/checksums';
import { isRefusal, Refusal } from '#kernel/errors';
import { type Bounds, type Ran, runTool } from '#kernel/tools';
import type { FoundFormat, IntakeCheck } from '../../package/records.ts';
import type { Category, Target } from '../domain/types.ts';
import type { Identifying } from '../identifying.ts';
import { checkResult, isSound, type SourceFacts } from './checking.ts';
import { MADE, OFFICE_SETTINGS, type Places, recipeOf, secondsSaid } from './recipes.ts';
import type { InstalledTool } from './tools.ts';

export interface ConvertDeps {
  identifying: Identifying;
  digests: DigestPool;
  bounds: Bounds;
}

export interface ToConvert {
  tool: InstalledTool;
  target: Target;
  category: Category;
  /** The original's name; only its ending is used. */
  name: string;
  /** The original's bytes, compared with their digest while they are read. */
  bytes(): Promise<Readable>;
}

export interface Converted {
  path: string;
  bytes: number;
  digests: Digests;
  format: FoundFormat;
  pages: number | undefined;
  checks: readonly IntakeCheck[];
  tool: { name: string; version: string; options: string };
}

/**
 * Converts one file, of which the tool gets a copy: the original is not in its reach. The result is looked at before
 * anybody may keep it.
 *
 * @param folder empty, for this conversion alone; the caller clears it away
 * @throws Refusal `conversion.locked`, `conversion.tooSlow`, `conversion.noTool`, `conversion.toolFailed`,
 *   `conversion.noResult`, `conversion.notSound` (with the checks that failed)
 */
export async function convertFile(
  deps: ConvertDeps,
  o: ToConvert,
  folder: string,
  signal?: AbortSignal,
): Promise<Converted> {
  const { tool, target, category } = o;
  const made = MADE[target];
  const places = await lay(o, folder, made.extension);
  const before = await insideOf(places.source, signal);
  if (before?.encrypted)
    throw new Refusal('conversion.locked', 'The file is locked by a password and can not be converted.');
  const { args, options } = recipeOf(tool.tool, target, category, places);
  const run = { ...deps.bounds, folder, signal };
  const ran = await runTool(tool.command, args, run);
  // Never followed: a link would have us keep a file of this machine.
  const result = await lstat(places.result).catch(() => null);
  const size = result?.isFile() ? result.size : 0;
  if (size === 0)
    throw new Refusal('conversion.noResult', 'The tool said that it was done, and there is no result.');
  const [format] = await deps.identifying.identify([{ path: places.result, name: places.result }]);
  const after = await insideOf(places.result, signal);
  const source = factsOf(before, ran, tool);
  const checks = checkResult(
    { target, category, source },
    { format, inside: after ?? { kind: 'other', notPerformed: ['It could not be looked into.'] } },
  );
  if (!format || !isSound(checks)) {
    const failed = checks.filter((c) => c.outcome === 'failed');
    const what = failed.map((c) => `${c.check} (${c.note ?? ''})`).join('; ');
    throw new Refusal('conversion.notSound', `The result does not stand for the original: ${what}.`, {
      failed,
    });
  }
  const { digests } = await deps.digests.digestFile(places.result, ['sha512', 'sha256']);
  return {
    path: places.result,
    bytes: size,
    digests,
    format,
    pages: after?.pages,
    checks,
    tool: { name: tool.tool, version: tool.version, options },
  };
}

/** A copy of the original under a plain name, and an empty folder for the result. */
async function lay(o: ToConvert, folder: string, extension: string): Promise<Places> {
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(o.name)?.[1]?.toLowerCase() ?? 'bin';
  const source = join(folder, `source.${ending}`);
  await mkdir(join(folder, 'out'));
  await pipeline(await o.bytes(), createWriteStream(source, { flags: 'wx' }));
  if (o.tool.tool === 'libreoffice') {
    await mkdir(join(folder, 'profile', 'user'), { recursive: true });
    await writeFile(join(folder, 'profile', 'user', 'registrymodifications.xcu'), OFFICE_SETTINGS);
  }
  return { folder, source, result: join(folder, 'out', `source.${extension}`) };
}

/** What a file shows of its inside; undefined where it shows nothing in time. */
async function insideOf(path: string, signal?: AbortSignal): Promise<Inside | undefined> {
  try {
    return await lookInside(path, { signal });
  } catch (e) {
    if (isRefusal(e)) return undefined;
    throw e;
  }
}

/** What the original says of itself, else what the tool saw of it. */
function factsOf(inside: Inside | undefined, ran: Ran, { tool }: InstalledTool): SourceFacts {
  if (tool === 'ffmpeg') return { seconds: inside?.media?.seconds ?? secondsSaid(ran.stderr) };
  if (tool === 'libvips') {
    const { width, height, pages } = JSON.parse(ran.stdout) as Required<Omit<SourceFacts, 'seconds'>>;
    return { width, height, pages };
  }
  return { pages: inside?.pages };
}
