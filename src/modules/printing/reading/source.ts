import { type Actor, viewerOf } from '#kernel/actor';
import type { Capability } from '#kernel/capabilities';
import { Refusal } from '#kernel/errors';
import { CAPABILITY_FOR, decide, isWhole, type Viewer } from '#kernel/visibility';
import type { FondsFileView } from '#modules/fondsfile';
import type { Fonds, Level, UnitFilter, UnitRecord, UnitSort } from '#modules/holdings';
import type { PrintingDeps } from '../deps.ts';
import type { Choice } from '../domain/choice.ts';
import type { FormatSight } from '../domain/forms.ts';

export interface SourceOptions {
  holdings: PrintingDeps['holdings'];
  fondsFiles: PrintingDeps['fondsFiles'];
  actor: Actor;
  /** Who looked when it was asked for: what they might not see, or take out, then is left out too. */
  viewer: Viewer;
  sight: FormatSight;
  archiveId: string;
  choice: Choice;
  /** `YYYY-MM-DD` where the archive is. */
  today: string;
  signal?: AbortSignal | undefined;
}

/** An entry of a tree, and how far below the top it stands. */
export interface Standing {
  unit: UnitRecord;
  depth: number;
}

/** How many entries of one kind a fonds has. */
export interface Figure {
  level: string | null;
  category: string | null;
  retention: string | null;
  access: string | null;
  year: number | null;
  units: number;
}

const DEEPEST = 50;
/** What is counted before, so that progress has an end. */
export const MOST_COUNTED = 5_000_000;

export type Source = ReturnType<typeof createSource>;

/** The entries of a choice, as they are printed: streamed, each asked by the rule of visibility as the format demands. */
export function createSource(o: SourceOptions) {
  const { holdings, actor, archiveId, choice } = o;
  const fonds = new Map<string, Promise<Fonds>>();
  let leftOut = 0;

  async function* read(filter: Omit<UnitFilter, 'archiveId'>, sort: UnitSort): AsyncGenerator<UnitRecord[]> {
    const wanted: UnitFilter = Object.assign({}, filter, { archiveId });
    for await (const batch of holdings.recordsSeen(actor, wanted, { sort, sight: o.sight })) {
      o.signal?.throwIfAborted();
      const rows = batch.rows.filter((u) => decide(o.viewer, u, o.sight, o.today).allowed);
      // That there is something else is told to those alone who read it.
      if (o.sight === 'export') leftOut += batch.leftOut + batch.rows.length - rows.length;
      if (rows.length > 0) yield rows;
    }
  }
  const below = (parent: string, level?: Level) => read(level ? { parent, level } : { parent }, 'position');

  /** Whether a post for the whole archive has what is asked for, then and now. */
  const byWholePost = (...also: Capability[]): boolean =>
    [o.viewer, viewerOf(actor)].every(({ posts }) =>
      posts.some(
        (p) =>
          p.archiveId === archiveId &&
          isWhole(p) &&
          ['holdings.read' as const, CAPABILITY_FOR[o.sight], ...also].every((c) => p.capabilities.has(c)),
      ),
    );
  // What is under an embargo is taken out by those alone who decide.
  const allSeen = o.sight === 'description' ? byWholePost() : byWholePost('access.decide');

  /** Entries of one level below a place, wherever they lie. Inside of what is wanted nothing is looked for. */
  async function* wantedBelow(
    parent: string,
    levels: readonly Level[],
    depth = 0,
  ): AsyncGenerator<UnitRecord[]> {
    if (depth > DEEPEST) return;
    for await (const batch of below(parent)) yield* wantedAmong(batch, levels, depth);
  }
  async function* wantedAmong(
    batch: readonly UnitRecord[],
    levels: readonly Level[],
    depth: number,
  ): AsyncGenerator<UnitRecord[]> {
    let run: UnitRecord[] = [];
    for (const unit of batch) {
      if (levels.includes(unit.level)) run.push(unit);
      else if (unit.childCount > 0) {
        if (run.length > 0) yield run;
        run = [];
        yield* wantedBelow(unit.id, levels, depth + 1);
      }
    }
    if (run.length > 0) yield run;
  }

  /** One entry as it may be printed. */
  async function* one(id: string): AsyncGenerator<UnitRecord[]> {
    yield* read({ ids: [id] }, 'code');
  }

  return {
    archiveId,
    choice,
    get leftOut() {
      return leftOut;
    },
    fonds(id: string): Promise<Fonds> {
      const known = fonds.get(id) ?? holdings.fonds(actor, id);
      fonds.set(id, known);
      return known;
    },
    /** Papers on a fonds itself: for who has a post for the whole archive. @throws Refusal fonds.notFound, actor.forbidden */
    async fondsFile(fondsId: string): Promise<FondsFileView> {
      const file = await o.fondsFiles.read(actor, fondsId);
      if (!byWholePost())
        throw new Refusal('actor.forbidden', 'A fonds file takes a post for the whole archive.', {
          capability: CAPABILITY_FOR[o.sight],
        });
      return file;
    },
    /** What a fonds consists of. */
    async figures(fondsId: string): Promise<Figure[]> {
      const by = ['level', 'category', 'retention', 'access', 'year'] as const;
      const rows = await holdings.counts(actor, { archiveId, fonds: fondsId }, by);
      const text = (value: string | number | null | undefined) => (value == null ? null : String(value));
      return rows.map(({ of: [level, category, retention, access, year], units }) => ({
        level: text(level),
        category: text(category),
        retention: text(retention),
        access: text(access),
        year: typeof year === 'number' ? year : null,
        units,
      }));
    },
    below,
    /** Whether all that lies directly in an entry is printed. */
    async seesAllBelow(unit: UnitRecord): Promise<boolean> {
      if (allSeen) return true;
      const told = leftOut;
      let seen = 0;
      for await (const batch of below(unit.id)) seen += batch.length;
      leftOut = told;
      return seen >= unit.childCount;
    },
    byIds: (ids: readonly string[]) => read({ ids }, 'code'),

    /**
     * The chosen entries of some levels. Of entries of other levels what lies below; where a filter or a fonds is chosen,
     * whatever it has of these levels, in the order of its codes.
     */
    async *chosen(levels: readonly Level[]): AsyncGenerator<UnitRecord[]> {
      if (choice.kind === 'units') {
        for await (const batch of read({ ids: choice.ids }, 'code')) yield* wantedAmong(batch, levels, 0);
      } else if (choice.kind === 'unit') {
        for await (const batch of one(choice.id)) yield* wantedAmong(batch, levels, 0);
      } else if (choice.kind === 'fonds') {
        yield* flat({ fonds: choice.id }, levels);
      } else if (choice.filter.parent && !choice.filter.level) {
        for await (const batch of read(choice.filter, 'code')) yield* wantedAmong(batch, levels, 0);
      } else yield* flat(choice.filter, levels);
    },

    /** How many entries that will be at most; undefined where nobody knows before. */
    async count(levels: readonly Level[]): Promise<number | undefined> {
      const filter: Omit<UnitFilter, 'archiveId'> | undefined =
        choice.kind === 'fonds' ? { fonds: choice.id } : choice.kind === 'filter' ? choice.filter : undefined;
      if (!filter || (filter.parent && !filter.level)) return undefined;
      let sum = 0;
      for (const level of levels) {
        if (filter.level && filter.level !== level) continue;
        const n = await holdings.countUpTo(
          actor,
          Object.assign({}, filter, { archiveId, level }),
          MOST_COUNTED,
        );
        sum += n;
      }
      return sum > MOST_COUNTED ? undefined : sum;
    },

    /** A place with all that is below it, each entry after the one it stands under. */
    tree: (parent: string) => walk(parent, 0),
    /** The fonds the choice is of; undefined where it is of none in particular. */
    async fondsOfChoice(): Promise<string | undefined> {
      if (choice.kind === 'fonds') return choice.id;
      if (choice.kind === 'filter' && choice.filter.fonds) return choice.filter.fonds;
      const first =
        choice.kind === 'unit'
          ? one(choice.id)
          : choice.kind === 'units'
            ? read({ ids: choice.ids }, 'code')
            : choice.filter.parent
              ? read(choice.filter, 'code')
              : undefined;
      if (!first) return undefined;
      for await (const [unit] of first) return unit?.fondsId;
      return undefined;
    },
    /** The entry on top of what is chosen, where it is one. */
    async top(): Promise<UnitRecord | undefined> {
      const id =
        choice.kind === 'unit'
          ? choice.id
          : choice.kind === 'filter' && choice.filter.parent !== choice.filter.fonds
            ? choice.filter.parent
            : undefined;
      if (!id) return undefined;
      for await (const [unit] of one(id)) return unit;
      return undefined;
    },
  };

  async function* flat(
    filter: Omit<UnitFilter, 'archiveId'>,
    levels: readonly Level[],
  ): AsyncGenerator<UnitRecord[]> {
    if (filter.level && !levels.some((level) => level === filter.level)) return;
    if (levels.length === 1) {
      yield* read(Object.assign({}, filter, { level: levels[0] }), 'code');
      return;
    }
    for await (const batch of read(filter, 'code')) {
      const rows = batch.filter((u) => levels.includes(u.level));
      if (rows.length > 0) yield rows;
    }
  }

  async function* walk(parent: string, depth: number): AsyncGenerator<Standing[]> {
    if (depth > DEEPEST) return;
    for await (const batch of below(parent)) {
      let run: Standing[] = [];
      for (const unit of batch) {
        run.push({ unit, depth });
        if (unit.childCount === 0) continue;
        yield run;
        run = [];
        yield* walk(unit.id, depth + 1);
      }
      if (run.length > 0) yield run;
    }
  }
}
