import { judgeRecord, type MetadataScheme, schemeFor, valueIn, withChanges } from '#formats/metadata-schemes';
import type { DigestName } from '#kernel/checksums';
import { isRefusal, messageOf } from '#kernel/errors';
import type { ItemResult } from '../domain/result.ts';
import { inSample } from '../domain/sampling.ts';
import type { Scheme, SchemeItem } from '../domain/scheme.ts';
import type { CheckSubject, CheckUnit } from '../domain/subject.ts';
import type { Lookers } from '../looking/lookers.ts';
import type { Look, LookWish } from '../looking/protocol.ts';
import { digestName } from '../rules/fixity-valid.ts';
import { ruleOf } from '../rules/index.ts';
import type { CheckServices, JudgedUnit, LookedFile, Reading, Rule, RuleRun } from '../rules/rule.ts';
import { type Collecting, collect } from './collecting.ts';
import { createReadying, type Ready, type Readying } from './files.ts';
import { lookDeeper } from './looking.ts';

export interface RunOrder {
  readonly subject: CheckSubject;
  readonly scheme: Scheme;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Chooses samples; the same again gives the same. */
  readonly seed: string;
  readonly services: CheckServices;
  readonly lookers: Lookers;
  /** For files that lie in no file of their own. */
  readonly scratch: string;
  readonly signal?: AbortSignal | undefined;
  progress?(done: number, total: number | null): void;
}

export interface RunTotals {
  readonly units: number;
  readonly files: number;
  readonly bytes: number;
  /** Milliseconds of a processor in the threads that look at files. */
  readonly hashingMs: number;
  readonly identifyingMs: number;
}

export interface RunOutcome {
  readonly results: readonly ItemResult[];
  readonly totals: RunTotals;
}

interface Working {
  readonly item: SchemeItem;
  readonly rule: Rule;
  readonly collecting: Collecting;
  run: RuleRun;
}

/** Files sent to a thread at once, and units under way at once: what is held in memory. */
const TOGETHER = 24;
const UNITS_UNDER_WAY = 96;
/** Scans at once: the scanner is a process of its own. */
const DEEPER_AT_ONCE = 4;

/**
 * Judges a subject by a scheme: every unit once, every file read once for all rules that need its bytes, in threads; in
 * memory that does not grow with the subject but for what tells duplicates and gaps (some hundred bytes a record).
 *
 * @throws the signal's reason; our own faults. What is wrong with the subject is a result, also where it can not be read on.
 */
export async function runScheme(order: RunOrder): Promise<RunOutcome> {
  const { subject, scheme, signal } = order;
  const about = { subject, stage: scheme.stage, today: order.today, services: order.services };
  const working: Working[] = [];
  for (const item of scheme.items) {
    const rule = ruleOf(item.slug);
    const collecting = collect(rule, item, about);
    working.push({ item, rule, collecting, run: await rule.begin(collecting.context) });
  }
  const judge = createJudging(order, working);
  const totals = { units: 0, files: 0, bytes: 0, hashingMs: 0, identifyingMs: 0 };
  const readying = createReadying(order.scratch);
  const waiting: UnderWay[] = [];
  const settle = async () => {
    const next = waiting.shift();
    if (!next) return;
    await tellUnit(next, totals);
    totals.units++;
    order.progress?.(totals.units, subject.total);
  };
  try {
    for await (const unit of subject.units()) {
      signal?.throwIfAborted();
      const one = judge(unit, totals.units + waiting.length);
      waiting.push(await begin(one, order, readying));
      if (waiting.length >= UNITS_UNDER_WAY) await settle();
    }
    while (waiting.length > 0) await settle();
    await endAll(working);
  } catch (e) {
    if (signal?.aborted || !(isRefusal(e) || (e instanceof Error && 'syscall' in e))) throw e;
    // What came before it stands; of what comes after nobody can tell.
    while (waiting.length > 0) await settle();
    const why = messageOf(e).slice(0, 300);
    for (const { collecting, rule } of working)
      if (rule.method !== 'manual') collecting.context.notPerformed('check.reason.unread', { why });
    await endAll(working);
  } finally {
    // Threads may still be at work on what was sent to them.
    await Promise.allSettled(waiting.map((w) => w.looked));
    await readying.close();
  }
  return { results: working.map((w) => w.collecting.result()), totals };
}

async function endAll(working: readonly Working[]): Promise<void> {
  for (const { run } of working) await run.end?.();
}

interface JudgedOne {
  readonly judged: JudgedUnit;
  /** Those of the sample. */
  readonly working: readonly Working[];
  readonly wish: LookWish | null;
  readonly reads: ReadonlySet<Reading>;
  /** Of the share whose files are opened. */
  readonly opens: boolean;
}

/** Judges metadata as units come, by the scheme of their category and level. */
function createJudging({ subject, scheme, today, seed }: RunOrder, all: readonly Working[]) {
  const changes = Object.assign({}, ...scheme.items.map(({ parameters }) => parameters.fields ?? {}));
  const schemes = new Map<string, MetadataScheme>();
  const schemeOf = ({ category, level }: CheckUnit) => {
    const key = `${category}.${level}`;
    let found = schemes.get(key);
    if (!found) {
      found = withChanges(schemeFor(category, level), changes);
      schemes.set(key, found);
    }
    return found;
  };
  return (unit: CheckUnit, nth: number): JudgedOne => {
    const metadata = schemeOf(unit);
    const { stage } = scheme;
    const code = valueIn(unit.metadata, { key: 'referenceCode', elements: ['档号'] });
    const working = all.filter(
      ({ item, rule }) => rule.needsAll || inSample(item.sample, seed, unit.key, nth),
    );
    const reads = new Set(working.flatMap(({ rule }) => rule.reads ?? []));
    const opens = working.some(
      ({ item, rule }) => rule.opens && inSample(item.parameters.open ?? 100, `${seed} open`, unit.key, nth),
    );
    return {
      judged: {
        unit,
        name: code || unit.key,
        scheme: metadata,
        faults: unit.isPapers
          ? []
          : judgeRecord(metadata, unit.metadata, { stage, today, templates: subject.templates }),
      },
      working,
      reads,
      opens,
      wish:
        reads.has('format') || reads.has('structure') || reads.has('digests') || reads.has('text')
          ? {
              digests: [],
              format: reads.has('format') || reads.has('text'),
              structure: reads.has('structure'),
            }
          : null,
    };
  };
}

interface UnderWay {
  readonly one: JudgedOne;
  readonly looked: Promise<{ files: LookedFile[]; hashing: number; identifying: number }>;
}

/** Takes hold of a unit's files, as it has to be done before the next is asked for, and sends them to be looked at. */
async function begin(one: JudgedOne, order: RunOrder, readying: Readying): Promise<UnderWay> {
  const { judged } = one;
  const batches: Promise<{ files: LookedFile[]; hashing: number; identifying: number }>[] = [];
  let batch: Ready[] = [];
  const send = () => {
    const answer = lookTogether(batch, one, order, readying);
    // It is awaited in its turn; until then a failure is nobody's.
    answer.catch(() => {});
    batches.push(answer);
    batch = [];
  };
  for await (const file of judged.unit.files()) {
    batch.push(await readying.ready(file));
    if (batch.length < TOGETHER) continue;
    send();
    // A unit of very many files waits for its own.
    if (batches.length % (order.lookers.threads * 4) === 0) await batches.at(-1);
  }
  if (batch.length > 0) send();
  const looked = Promise.all(batches).then((all) => ({
    files: all.flatMap((b) => b.files),
    hashing: all.reduce((sum, b) => sum + b.hashing, 0),
    identifying: all.reduce((sum, b) => sum + b.identifying, 0),
  }));
  looked.catch(() => {});
  return { one, looked };
}

async function lookTogether(
  batch: readonly Ready[],
  { wish, reads, opens, working }: JudgedOne,
  order: RunOrder,
  readying: Readying,
): Promise<{ files: LookedFile[]; hashing: number; identifying: number }> {
  const there = batch.filter((r) => r.trouble === null && (r.path !== undefined || r.bytes !== undefined));
  const looks = new Map<Ready, Look>();
  let [hashing, identifying] = [0, 0];
  if (wish && there.length > 0) {
    const digests = reads.has('digests') ? wantedDigests(there) : [];
    const places = there.map(({ file, path, bytes }) => ({
      name: file.name,
      ...(path === undefined ? {} : { path }),
      ...(bytes === undefined ? {} : { bytes }),
    }));
    const answer = await order.lookers.look(places, { ...wish, digests });
    for (const [i, ready] of there.entries()) {
      const look = answer.looks[i];
      if (look) looks.set(ready, look);
    }
    hashing = answer.spent.hashing;
    identifying = answer.spent.identifying;
  }
  const wanted = {
    inside: opens,
    signatures: working.some((w) => w.rule.slug === 'fixity-valid'),
    text: reads.has('text'),
    scan: reads.has('scan'),
  };
  const deeper = { services: order.services, readying, signal: order.signal };
  const files: LookedFile[] = [];
  for (let i = 0; i < batch.length; i += DEEPER_AT_ONCE) {
    const some = batch.slice(i, i + DEEPER_AT_ONCE);
    files.push(...(await Promise.all(some.map((r) => lookDeeper(r, looks.get(r) ?? null, wanted, deeper)))));
    for (const ready of some) await readying.forget(ready);
  }
  return { files, hashing, identifying };
}

/** Of all that is said of these files; one reading gives them all. */
function wantedDigests(batch: readonly Ready[]): DigestName[] {
  const names = new Set<DigestName>();
  for (const { file } of batch)
    for (const { algorithm, isProved } of file.said.digests ?? []) {
      if (isProved) continue;
      const name = digestName(algorithm);
      if (name) names.add(name);
    }
  return [...names];
}

/** Tells the rules of a unit and its files, in order. A rule that breaks is told of as not performed; the others go on. */
async function tellUnit(
  { one, looked }: UnderWay,
  totals: { files: number; bytes: number; hashingMs: number; identifyingMs: number },
): Promise<void> {
  const { judged, working } = one;
  const { files, hashing, identifying } = await looked;
  totals.hashingMs += hashing;
  totals.identifyingMs += identifying;
  for (const { file, size } of files) {
    totals.files++;
    totals.bytes += size ?? file.bytes ?? 0;
  }
  for (const at of working) {
    try {
      await at.run.unit?.(judged);
      for (const file of files) at.run.file?.(judged, file);
      at.run.unitEnd?.(judged);
    } catch (e) {
      if (!isRefusal(e)) throw e;
      at.collecting.broke(messageOf(e));
      at.run = {};
    }
  }
}
