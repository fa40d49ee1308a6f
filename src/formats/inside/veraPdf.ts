import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Flavour } from '#formats/pdfa';
import {
  attributeOf,
  childOf,
  childrenOf,
  readElements,
  textOf,
  type XmlElement,
  type XmlRefusals,
} from '#formats/xml';
import { isRefusal, messageOf } from '#kernel/errors';
import { runTool } from '#kernel/tools';

/** What veraPDF, a validator of the whole standard, says of a file. */
export interface VeraPdfReport {
  version: string;
  /** As it calls it: `PDF/A-2B validation profile`. */
  profile: string;
  conforms: boolean;
  /** Rules it checked, and single checks of them. */
  rules: number;
  checks: number;
  /** Rules that are broken, in the order it tells them. */
  faults: { clause: string; test: string; message: string; count: number }[];
}

/** Its report, or why there is none; undefined where it is not installed. */
export type VeraPdfAnswer = { report: VeraPdfReport } | { why: string } | undefined;

const PATIENCE_MS = 300_000;
const MOST_FAULTS = 500;
/** A report names each rule of a profile once at most; a tenth of this is a long one. */
const LONGEST = 4_000_000;
/** A Java machine reserves addresses it does not use: its heap is what is bounded. */
const ADDRESSES = 64e9;
const HEAP = '-Xmx1g';
/** It ends with 1 where the file does not conform, and with 7 or 8 where it could not be read as a PDF or be judged; it says so in its report. */
const CODES = [1, 7, 8];

class NoReport extends Error {}
const refusals: XmlRefusals = {
  damaged: (what) => new NoReport(what),
  forbidden: (what) => new NoReport(`its report ${what}`),
};

/** Asks veraPDF about a file by one part and level of PDF/A, in a process of its own that is bounded in time, memory and what it writes. */
export async function askVeraPdf(
  command: string,
  path: string,
  { part, level }: Flavour,
  signal?: AbortSignal,
): Promise<VeraPdfAnswer> {
  const folder = await mkdtemp(join(tmpdir(), 'lantai-verapdf-'));
  try {
    const args = ['--format', 'xml', '--flavour', `${part}${level ?? ''}`, '--maxfailuresdisplayed', '1'];
    const { stdout } = await runTool(command, [...args, resolve(path)], {
      folder,
      timeoutMs: PATIENCE_MS,
      mostBytes: 2e9,
      mostMemory: ADDRESSES,
      codes: CODES,
      words: LONGEST,
      environment: { JAVA_TOOL_OPTIONS: HEAP, JAVA_OPTS: HEAP },
      signal,
    });
    return { report: await readReport(stdout) };
  } catch (e) {
    if (isRefusal(e) && e.code === 'conversion.noTool') return undefined;
    if (!isRefusal(e) && !(e instanceof NoReport)) throw e;
    const why = isRefusal(e) && e.code === 'conversion.tooSlow' ? 'it took too long' : messageOf(e);
    return { why: why.replace(/\.$/, '') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readReport(text: string): Promise<VeraPdfReport> {
  const around = new Set(['report', 'jobs', 'job', 'buildInformation']);
  const reading = { isContainer: ({ name }: XmlElement) => around.has(name) };
  const from = text.indexOf('<');
  const bytes = (async function* () {
    yield Buffer.from(text.slice(Math.max(0, from)));
  })();
  let version = '';
  let found: XmlElement | undefined;
  for await (const event of readElements(bytes, reading, refusals)) {
    if (event.kind !== 'whole') continue;
    const { element } = event;
    if (element.name === 'releaseDetails') version ||= attributeOf(element, 'version') ?? '';
    if (element.name === 'validationReport') found ??= element;
    if (element.name === 'taskException' || element.name === 'taskResult') {
      const why = textOf(childOf(element, 'exceptionMessage'));
      if (why !== '') throw new NoReport(why.slice(0, 300));
    }
  }
  const conforms = found && attributeOf(found, 'isCompliant');
  if (!found || (conforms !== 'true' && conforms !== 'false'))
    throw new NoReport('its report has no verdict');
  const details = childOf(found, 'details');
  const count = (name: string) => Number(details && attributeOf(details, name)) || 0;
  return {
    version,
    profile: attributeOf(found, 'profileName') ?? '',
    conforms: conforms === 'true',
    rules: count('passedRules') + count('failedRules'),
    checks: count('passedChecks') + count('failedChecks'),
    faults: (details ? childrenOf(details, 'rule') : [])
      .filter((rule) => attributeOf(rule, 'status') !== 'passed')
      .slice(0, MOST_FAULTS)
      .map((rule) => ({
        clause: attributeOf(rule, 'clause') ?? '',
        test: attributeOf(rule, 'testNumber') ?? '',
        message: textOf(childOf(rule, 'description')).replace(/\s+/g, ' ').slice(0, 500),
        count: Number(attributeOf(rule, 'failedChecks')) || 1,
      })),
  };
}
