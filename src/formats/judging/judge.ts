import { stat } from 'node:fs/promises';
import type { FetchLeave } from '#formats/bagit';
import { demandFile, type FileTree, openTree, packageRoot, type TreeLimits } from '#formats/tree';
import type { DigestPool } from '#kernel/checksums';
import { type Finding, isRefusal, messageOf, Refusal } from '#kernel/errors';
import type { Outbound } from '#kernel/outbound';
import type { DocumentKind } from './document.ts';
import type { CheckPlace } from './kind.ts';
import { KIND_NAMES, KINDS, type KindName } from './kinds.ts';

/** A kind of package, or a document by itself. */
export type ToldKind = KindName | DocumentKind | 'unknown';

/** What `--json` says of one path. */
export interface CheckResult {
  /** As it was given. */
  readonly path: string;
  /** What it was judged as; `unknown` where it was to be recognised and is none of them. */
  readonly kind: ToldKind;
  readonly valid: boolean;
  readonly findings: readonly Finding[];
}

export interface Judged extends CheckResult {
  /** For people. */
  readonly what: string;
}

export interface JudgeOptions {
  /** What it should be; undefined: whatever it is recognised as. */
  readonly kind?: KindName | undefined;
  readonly limits?: Partial<TreeLimits>;
  readonly scratch?: string;
  /** PEM texts of certificates that are trusted. */
  readonly trust?: readonly string[] | undefined;
  /** From where what a package leaves out may be fetched; without it nothing is. */
  readonly outbound?: Outbound | undefined;
}

/** A folder or file that the system does not let us read makes the package unproved, not the call wrong. */
const isOfTheSystem = (e: unknown) => e instanceof Error && 'syscall' in e;

/**
 * Judges one path by its kind, or by the kind it is recognised as. What is wrong with the thing is findings, those of its
 * wrapper first; only our own faults are thrown.
 */
export async function judge(path: string, pool: DigestPool, options: JudgeOptions = {}): Promise<Judged> {
  let opened: FileTree | null = null;
  let opening: Promise<FileTree> | null = null;
  const open = async () => {
    opened = await openTree(path, {
      ...(options.limits ? { limits: options.limits } : {}),
      ...(options.scratch ? { scratch: options.scratch } : {}),
    });
    return opened;
  };
  const whole = () => {
    opening ??= open();
    return opening;
  };
  let kind: ToldKind = options.kind ?? 'unknown';
  let own: readonly Finding[] = [];
  let what = 'not read';
  try {
    const facts = await stat(path);
    if (!facts.isDirectory()) demandFile(facts);
    const place: CheckPlace = {
      path,
      pool,
      ...(options.trust ? { trust: options.trust } : {}),
      ...(options.outbound ? { leave: leaveOf(options.outbound, options) } : {}),
      isFolder: facts.isDirectory(),
      tree: async () => packageRoot(await whole()),
      whole,
    };
    kind = options.kind ?? (await recogniseKind(place));
    if (kind === 'unknown') {
      what = 'not recognised';
      const document = await documentOf(place);
      if (document) ({ kind, findings: own, what } = document);
      else own = [await notRecognised(place)];
    } else ({ findings: own, what } = await (await KINDS[kind]()).judge(place));
  } catch (e) {
    own = [whyNot(e)];
  } finally {
    await (opened as FileTree | null)?.close();
  }
  const findings = together((opened as FileTree | null)?.findings ?? [], own);
  return { path, kind, valid: !findings.some((f) => f.severity === 'error'), findings, what };
}

const leaveOf = (outbound: Outbound, { limits, scratch }: JudgeOptions): FetchLeave => ({
  outbound,
  ...(limits ? { limits } : {}),
  ...(scratch ? { scratch } : {}),
});

/** The first kind that takes it for one of its own. */
async function recogniseKind(place: CheckPlace): Promise<KindName | 'unknown'> {
  for (const name of KIND_NAMES) {
    try {
      if (await (await KINDS[name]()).recognise(place)) return name;
    } catch (e) {
      // One kind may read what another can not: a single file is no tree, and may be a package all the same.
      if (!isRefusal(e) && !isOfTheSystem(e)) throw e;
    }
  }
  return 'unknown';
}

/** A document of METS or PREMIS, judged by itself. */
async function documentOf({ isFolder, path }: CheckPlace) {
  if (isFolder) return null;
  const { judgeDocument, recogniseDocument } = await import('./document.ts');
  const kind = await recogniseDocument(path);
  return kind && { kind, ...(await judgeDocument(path, kind)) };
}

async function notRecognised(place: CheckPlace): Promise<Finding> {
  try {
    await place.tree();
  } catch (e) {
    return whyNot(e);
  }
  const message = `Nothing here makes it a package of a kind that is known: ${KIND_NAMES.join(', ')}.`;
  return { code: 'check.notRecognised', severity: 'error', path: '', message };
}

/** What keeps a thing from being judged, as a finding about it. @throws what is no fault of the thing */
function whyNot(e: unknown): Finding {
  if (e instanceof Refusal) {
    const { path } = e.detail;
    return {
      code: e.code,
      severity: 'error',
      path: typeof path === 'string' ? path : '',
      message: e.message,
    };
  }
  if (!isOfTheSystem(e)) throw e;
  return {
    code: 'unreadable',
    severity: 'error',
    path: '',
    message: `It could not be read to the end: ${messageOf(e)}`,
  };
}

/** What was said by both is said once. */
function together(first: readonly Finding[], second: readonly Finding[]): Finding[] {
  const key = (f: Finding) => JSON.stringify([f.code, f.path, f.message]);
  const said = new Set(first.map(key));
  return [...first, ...second.filter((f) => !said.has(key(f)))];
}
