import { type ReferenceTemplate, standardTemplate } from '#formats/reference-codes';
import type { CheckFile, CheckSubject, CheckUnit, Declared } from '#modules/checks';
import type { FilingDeps } from '../deps.ts';
import { metadataOf } from '../domain/record.ts';
import { eventsOfRecords, type RecordEvent } from '../store/events.ts';
import { type FilingFile, filesOf } from '../store/files.ts';
import { codesBuilt, type FilingRecord, itemPage, partsOf, type RecordFilter } from '../store/records.ts';
import { scheduleInForce } from '../store/schedules.ts';

const AT_ONCE = 200;

/** What of an agency's records is judged. */
export type Judged = Pick<RecordFilter, 'agencyId' | 'filingId' | 'ids'> & {
  agencyId: string;
  archiveId: string;
};

/**
 * Registered records as the four natures look at them: items with the documents in them, out of the database and the folder of
 * contents, in constant memory.
 *
 * @param declared what a filing says it holds; null for a selection
 */
export async function recordsSubject(
  deps: FilingDeps,
  of: Judged,
  { title, declared }: { title: string; declared: Declared | null },
): Promise<CheckSubject> {
  const fonds = new Map((await deps.holdings.fondsOfAgencies([of.agencyId])).map((f) => [f.id, f.number]));
  const hasSchedule = await deps.db.system((tx) => scheduleInForce(tx, of.agencyId, deps.today()));
  const lines = new Map<string, boolean>();
  return {
    kind: 'records',
    title,
    carrier: 'online',
    declared: declared ? [declared] : [],
    package: null,
    transmission: 'notSent',
    total: declared?.items ?? of.ids?.length ?? null,
    templates: await templatesOf(deps, of),
    ...(hasSchedule ? { inScope: ({ key }: CheckUnit) => (lines.get(key) ? 'within' : 'unknown') } : {}),
    async *units() {
      for await (const { item, ...its } of itemsOf(deps, of)) {
        lines.set(item.id, item.lineKey !== null);
        yield unitOf(deps, item, { ...its, fondsNumber: fonds.get(item.fondsId) ?? '' });
        // Rules ask for it before the next units are gone through; some dozen are under way at once.
        if (lines.size > 1_000) lines.delete(lines.keys().next().value ?? '');
      }
    },
  };
}

async function* itemsOf(deps: FilingDeps, of: Judged) {
  let after: { sortKey: string; id: string } | undefined;
  for (;;) {
    const page = await deps.db.system(async (tx) => {
      const items = await itemPage(tx, of, { after, limit: AT_ONCE });
      const parts = await partsOf(
        tx,
        items.map((i) => i.id),
      );
      return {
        items,
        parts,
        files: await filesOf(
          tx,
          [...items, ...parts].map((r) => r.id),
        ),
        origins: await eventsOfRecords(
          tx,
          items.map((i) => i.id),
        ),
      };
    });
    const parts = Map.groupBy(page.parts, (p) => p.itemId);
    const files = Map.groupBy(page.files, (f) => f.recordId);
    for (const item of page.items) {
      const within = parts.get(item.id) ?? [];
      yield {
        item,
        parts: within,
        files: [item, ...within].flatMap((r) => files.get(r.id) ?? []),
        origin: page.origins.get(item.id) ?? [],
      };
    }
    const last = page.items.at(-1);
    if (page.items.length < AT_ONCE || !last) return;
    after = { sortKey: last.sortKey, id: last.id };
  }
}

function unitOf(
  deps: FilingDeps,
  item: FilingRecord,
  o: {
    parts: readonly FilingRecord[];
    files: readonly FilingFile[];
    origin: readonly RecordEvent[];
    fondsNumber: string;
  },
): CheckUnit {
  const { files, fondsNumber } = o;
  const counted = [item, ...o.parts].reduce((n, r) => n + r.files, 0);
  return {
    key: item.id,
    level: 'item',
    category: item.category,
    metadata: metadataOf({ ...item, fondsNumber }),
    events: [
      ...o.origin.map(({ action, at, agent }) => ({ act: action, at, agent: agent ?? '' })),
      { act: '登记', at: item.registeredAt.toISOString(), agent: item.registeredByName },
    ],
    declaredFiles: counted,
    // A record on paper has none; that it has none is told before a year is filed, and explained.
    expectsFiles: counted > 0,
    async *files() {
      for (const f of files) yield fileOf(deps, f, item.referenceCode ?? item.title);
    },
  };
}

function fileOf({ content }: FilingDeps, f: FilingFile, of: string): CheckFile {
  return {
    name: f.name,
    path: `${of}/${f.name}`,
    bytes: f.bytes,
    said: {
      name: f.name,
      bytes: f.bytes,
      format: f.mediaType ?? undefined,
      digests: [{ algorithm: 'sha512', digest: f.sha512 }],
    },
    source: { path: content.pathOf(f.sha512) },
  };
}

/** How codes are built where these records were numbered. */
async function templatesOf(deps: FilingDeps, of: Judged): Promise<ReferenceTemplate[]> {
  const kinds = await deps.db.system((tx) => codesBuilt(tx, of));
  const templates: ReferenceTemplate[] = [];
  for (const { fondsId, category } of kinds) {
    const own = await deps.holdings.codeTemplateFor({ id: fondsId, archiveId: of.archiveId }, category);
    templates.push(own ?? standardTemplate(category, 'item'));
  }
  return templates;
}
