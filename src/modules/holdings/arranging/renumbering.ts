import {
  codeOf,
  counterAt,
  counterScopeKey,
  defaultTemplates,
  parseReferenceCode,
} from '#formats/reference-codes';
import type { Tx } from '#kernel/db';
import { isRefusal, Refusal } from '#kernel/errors';
import { numberingBy, numberingFor } from '../commands/referenceCodes.ts';
import type { HoldingsDeps } from '../deps.ts';
import { lockCounter, setCounter } from '../store/codes.ts';
import { templateFor, templatesOfFonds } from '../store/codeTemplates.ts';
import type { Fonds } from '../store/fonds.ts';
import { type Carried, demandFonds, type Stretch, writeGiven } from './carrying.ts';
import { type GivenCode, keyOfCode } from './codes.ts';
import type { Numbers } from './plan.ts';
import { codeInFonds, padOf } from './rules.ts';
import { type Listed, listedAfter } from './store/worklist.ts';
import { bearersOf, onList, voidAmong } from './store/writing.ts';

/** What a renumbering says before it is done. */
export interface Renumbered extends Carried {
  /** Numbers passed over, because others bear them or they are void. */
  passedOver: string[];
  /** Entries that have no class to be numbered in. */
  without: number;
  codes: { unitId: string; title: string; from: string | null; to: string | null }[];
}

const STEP = 1_000;
/** Of what is told before it is done. */
const TOLD = 1_000;
const TRIED = 200;

/**
 * Gives the entries of a list new codes: running numbers of their classes in the order of the list; codes below that begin with one
 * of these follow. All in the caller's transaction, in which codes may change hands: entries exchange theirs.
 *
 * @throws Refusal referenceCode.*
 */
export async function renumberList(
  deps: HoldingsDeps,
  tx: Tx,
  work: Stretch,
  numbers: Numbers,
  o: { progress?(done: number): void; signal?: AbortSignal; most?: number } = {},
): Promise<Renumbered> {
  const run = new Numbering(tx, work, numbers);
  const all: Renumbered = { renumbered: 0, kept: 0, passedOver: [], without: 0, codes: [] };
  for (let after = 0, done = 0; ; ) {
    o.signal?.throwIfAborted();
    const units = await listedAfter(tx, work.id, after, STEP);
    if (units.length === 0) break;
    const given: GivenCode[] = [];
    for (const unit of units) given.push(await run.next(unit));
    for (const fondsId of new Set(units.map((u) => u.fondsId))) {
      const of = given.filter((g) => g.unit.fondsId === fondsId);
      const fonds = await run.fonds(fondsId);
      const came = await writeGiven(deps, tx, work, fonds, of, of.map(placeOf));
      all.renumbered += came.renumbered;
    }
    for (const { unit, code } of given)
      if (all.codes.length < TOLD)
        all.codes.push({ unitId: unit.id, title: unit.title, from: unit.referenceCode, to: code });
    done += units.length;
    after = units.at(-1)!.seq;
    o.progress?.(done);
    if (o.most !== undefined && done >= o.most) break;
  }
  await run.keepCounters();
  all.passedOver = run.passedOver;
  all.without = run.without;
  return all;
}

const placeOf = ({ unit, code }: GivenCode) => ({
  id: unit.id,
  fondsId: unit.fondsId,
  parentId: unit.parentId,
  position: unit.position,
  code,
  sortKey: code === unit.referenceCode ? unit.sortKey : keyOfCode(code),
});

/** Numbers that are free, as far as they were looked up. */
interface Scope {
  free: { n: number; code: string }[];
  next: number;
  highest: number;
}

class Numbering {
  readonly passedOver: string[] = [];
  without = 0;
  readonly #tx: Tx;
  readonly #work: Stretch;
  readonly #numbers: Numbers;
  readonly #fonds = new Map<string, Fonds>();
  readonly #scopes = new Map<string, Scope>();
  /** Of entries numbered lately: what stands below follows. */
  readonly #now = new Map<string, { was: string; is: string }>();

  constructor(tx: Tx, work: Stretch, numbers: Numbers) {
    this.#tx = tx;
    this.#work = work;
    this.#numbers = numbers;
  }

  async fonds(id: string): Promise<Fonds> {
    const known = this.#fonds.get(id) ?? (await demandFonds(this.#tx, id));
    this.#fonds.set(id, known);
    return known;
  }

  async next(unit: Listed): Promise<GivenCode> {
    const code = unit.top ? await this.#numbered(unit) : await this.#following(unit);
    if (unit.referenceCode !== null && code !== null)
      this.#now.set(unit.id, { was: unit.referenceCode, is: code });
    return { unit, code, kept: false };
  }

  /** Below a chosen one: what began with its code begins so again. */
  async #following(unit: Listed): Promise<string | null> {
    if (unit.referenceCode === null) return null;
    const listed =
      unit.parentWas !== null && unit.parentIs !== null ? { was: unit.parentWas, is: unit.parentIs } : null;
    const above = (unit.parentId ? this.#now.get(unit.parentId) : undefined) ?? listed;
    if (!above) return unit.referenceCode;
    const code = codeInFonds({ code: unit.referenceCode, fonds: '', above }, '') ?? unit.referenceCode;
    if (code === unit.referenceCode || (await this.#free([code])).has(code)) return code;
    throw new Refusal('unit.duplicate', `The reference code ${code} is taken in this archive.`, { code });
  }

  async #numbered(unit: Listed): Promise<string | null> {
    const fonds = await this.fonds(unit.fondsId);
    const made = await this.#classOf(unit, fonds);
    if (!made) {
      this.without++;
      return unit.referenceCode;
    }
    const { template, counter, values, pad } = made;
    const key = counterScopeKey(template, counter.name, values);
    let scope = this.#scopes.get(key);
    if (!scope) {
      scope = { free: [], next: this.#numbers.start ?? 1, highest: 0 };
      this.#scopes.set(key, scope);
    }
    const padded = { ...counter, pad };
    const own = { ...template, slots: template.slots.map((s) => (s === counter ? padded : s)) };
    while (scope.free.length === 0) {
      const from = scope.next;
      const tried = Array.from({ length: TRIED }, (_, i) => ({
        n: from + i,
        code: codeOf(own, padded, values, from + i),
      }));
      scope.next += TRIED;
      const free = await this.#free(tried.map((t) => t.code));
      scope.free = tried.filter((t) => free.has(t.code));
      const last = scope.free.at(-1)?.n ?? 0;
      this.passedOver.push(...tried.filter((t) => !free.has(t.code) && t.n < last).map((t) => t.code));
    }
    const { n, code } = scope.free.shift()!;
    scope.highest = n;
    return code;
  }

  /** Those of some codes that nobody bears but who is renumbered himself, and that are not void but by him. */
  async #free(codes: readonly string[]): Promise<Set<string>> {
    const { id, archiveId } = this.#work;
    const bearers = await bearersOf(this.#tx, archiveId, codes);
    const mine = await onList(this.#tx, id, [...new Set(bearers.map((b) => b.unitId))]);
    const borne = new Set(bearers.map((b) => b.code));
    const taken = new Set(bearers.filter((b) => !mine.has(b.unitId)).map((b) => b.code));
    const voids = await voidAmong(this.#tx, archiveId, codes);
    return new Set(codes.filter((c) => !taken.has(c) && (!voids.has(c) || borne.has(c))));
  }

  /** The class an entry is numbered in: that of its code, with elements that are to be others; else by what it says of itself. */
  async #classOf(unit: Listed, fonds: Fonds) {
    const values = this.#numbers.values ?? {};
    const templates = [...(await templatesOfFonds(this.#tx, fonds)), ...defaultTemplates];
    const parsed = unit.referenceCode ? parseReferenceCode(unit.referenceCode, templates).parsed : null;
    const level = unit.level;
    const own = await templateFor(this.#tx, fonds, values.category ?? unit.category);
    try {
      if (parsed && parsed.level === level && !own && !this.#numbers.template) {
        const counter = counterAt(parsed.template, level);
        const written = counter && parsed.slots[counter.name];
        if (counter && written !== undefined) {
          const slots = { ...parsed.slots, ...values, fonds: fonds.number };
          return { template: parsed.template, counter, values: slots, pad: padOf(written, counter.pad) };
        }
      }
      const said: Record<string, string> = {
        ...(unit.category ? { category: unit.category } : {}),
        ...(unit.year ? { year: String(unit.year) } : {}),
        ...(unit.retention ? { retention: unit.retention } : {}),
        ...(parsed?.slots ?? {}),
        ...values,
      };
      const place = { level, above: unit.parentCode };
      const { template } = this.#numbers;
      const numbering = own
        ? numberingBy(own, fonds, said, place)
        : await numberingFor(this.#tx, fonds, { values: said, ...(template ? { template } : {}) }, place);
      codeOf(numbering.template, numbering.counter, numbering.values, 1);
      return { ...numbering, pad: numbering.counter.pad };
    } catch (e) {
      if (isRefusal(e)) return null;
      throw e;
    }
  }

  /** Counters never go back: the next entry is numbered behind these. */
  async keepCounters(): Promise<void> {
    for (const [key, { highest }] of this.#scopes) {
      const last = await lockCounter(this.#tx, this.#work.archiveId, key);
      if (highest > last) await setCounter(this.#tx, this.#work.archiveId, key, highest);
    }
  }
}
