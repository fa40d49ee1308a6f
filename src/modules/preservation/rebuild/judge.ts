import { isRefusal, messageOf, Refusal } from '#kernel/errors';
import { readSegment } from '../segments/reading.ts';
import { rowsOf, segmentOf } from '../segments/segment.ts';
import { STREAMS } from '../segments/tables.ts';
import type { RebuildDeps, RebuildOrder } from './deps.ts';
import { noteTrouble, type RebuildState, saveState, type Trouble } from './store/state.ts';
import {
  knowsNothing,
  lossOf,
  otherArchives,
  type SurveyedSegment,
  saveSegments,
  surveyedAfter,
  troubledObjects,
} from './store/survey.ts';

const PAGE = 200;

/**
 * Reads what each segment says of itself, sees whether the chains hold together, and compares with what the database knows.
 * Where there is something to lose, every byte of every segment is read before anything is taken away.
 *
 * @throws Refusal rebuild.loss
 */
export async function judge(deps: RebuildDeps, order: RebuildOrder, state: RebuildState): Promise<void> {
  const whole = !(await knowsNothing(deps.db.owner));
  const chains = new Map<string, { number: number; sha512: string | null }>();
  const heard: Heard = { told: new Map(), archives: new Map() };
  state.counts.segments = 0;
  const numbers = await segmentNumbers(deps);
  for (const [stream, list] of numbers) {
    const troubles: Trouble[] = [];
    const found: SurveyedSegment[] = [];
    const standIns: StandIn[] = [];
    for (const number of list.sort((a, b) => a - b)) {
      order.signal?.throwIfAborted();
      const before = chains.get(stream) ?? { number: 0, sha512: null };
      if (number > before.number + 1) troubles.push(missing(stream, before.number + 1, number - 1));
      const segment = await look(deps, stream, number, whole, heard, troubles);
      const next = number === before.number + 1;
      if (next && segment?.previous && before.sha512 && segment.previous !== before.sha512)
        troubles.push({
          code: 'segment.chain',
          objectId: null,
          message: `Segment ${number} of ${stream} follows another segment ${number - 1} than the one that is there: one of them was swapped or altered.`,
        });
      found.push(
        segment?.row ?? {
          ...{
            stream,
            number,
            sha512: null,
            takenAt: null,
            tables: [],
            level: 0,
            rows: 0,
            superseded: false,
          },
        },
      );
      if (segment?.standsFor) standIns.push({ number, segments: segment.standsFor });
      chains.set(stream, { number, sha512: segment?.row.sha512 ?? null });
      state.counts.segments++;
    }
    troubles.push(...passOver(stream, found, standIns));
    await deps.db.system(async (tx) => {
      await saveSegments(tx, found);
      await noteTrouble(tx, troubles);
    });
    order.progress?.({ step: 'judge', done: state.counts.segments });
  }
  const ends = [...heard.told].flatMap(([stream, number]) => {
    const end = chains.get(stream)?.number ?? 0;
    return number > end ? [missing(stream, end + 1, number)] : [];
  });
  await deps.db.system(async (tx) => {
    await noteTrouble(tx, [...ends, ...(await troubledObjects(tx))]);
    await saveState(tx, state);
  });
  await demandSameArchives(deps, heard);
  await demandNoLoss(deps, order);
}

/** A whole segment that holds all that others hold. */
interface StandIn {
  number: number;
  segments: readonly { number: number; sha512: string }[];
}

/** Marks what need not be read, and sees that it is what was stood in for: nobody exchanged it since. */
function passOver(
  stream: string,
  found: readonly SurveyedSegment[],
  standIns: readonly StandIn[],
): Trouble[] {
  const byNumber = new Map(found.map((f) => [f.number, f]));
  return standIns.flatMap(({ number, segments }) =>
    segments.flatMap((s): Trouble[] => {
      const there = byNumber.get(s.number);
      if (there) there.superseded = true;
      if (!there?.sha512 || there.sha512 === s.sha512) return [];
      const message = `Segment ${s.number} of ${stream} is another one than segment ${number} stands in for: it was swapped or altered.`;
      return [{ code: 'segment.chain', objectId: null, message }];
    }),
  );
}

const missing = (stream: string, from: number, to: number): Trouble => ({
  code: 'segment.missing',
  objectId: null,
  message:
    from === to
      ? `Segment ${from} of ${stream} is missing.`
      : `Segments ${from} to ${to} of ${stream} are missing.`,
});

/** Numbers of segments there are objects of, by stream; also of those that can not be read. */
async function segmentNumbers(deps: RebuildDeps): Promise<Map<string, number[]>> {
  const numbers = new Map<string, number[]>();
  for (let after = ''; ; ) {
    const page = await surveyedAfter(deps.db.owner, { prefix: 'urn:lantai:segment:', after, limit: PAGE });
    for (const { objectId } of page) {
      const s = segmentOf(objectId);
      if (s) numbers.set(s.stream, [...(numbers.get(s.stream) ?? []), s.number]);
    }
    if (page.length < PAGE) return numbers;
    after = page.at(-1)!.objectId;
  }
}

async function look(
  deps: RebuildDeps,
  stream: string,
  number: number,
  whole: boolean,
  heard: Heard,
  troubles: Trouble[],
): Promise<
  | { row: SurveyedSegment; previous: string | undefined; standsFor: StandIn['segments'] | undefined }
  | undefined
> {
  const objectId = `urn:lantai:segment:${stream}:${number}`;
  const archives = archivesTable(deps);
  try {
    const found = await readSegment(deps.repository, stream, number);
    if (!found) return undefined;
    const { segment, sha512, object } = found;
    for (const t of segment.tables) {
      const asked = t.table === STREAMS.table || t.table === archives?.table;
      // One that stands in for others is read to its last byte before they are passed over.
      for (const part of whole || asked || segment.consolidates ? [...t.rows, ...t.gone] : []) {
        const { stream: bytes } = await deps.repository.openFile(object, part.path, { verify: true });
        const chunks: Buffer[] = [];
        for await (const chunk of bytes) if (asked) chunks.push(chunk as Buffer);
        if (asked && part.path.startsWith('rows/'))
          hear(
            Buffer.concat(chunks).toString('utf8'),
            t.table === archives?.table ? 'archives' : 'told',
            heard,
          );
      }
    }
    const tables = segment.tables.map((t) => t.table);
    return {
      row: {
        stream,
        number,
        sha512,
        takenAt: segment.takenAt,
        tables,
        superseded: false,
        level: segment.consolidates?.level ?? 0,
        rows: rowsOf(segment),
      },
      previous: segment.previous?.sha512,
      standsFor: segment.consolidates?.segments,
    };
  } catch (e) {
    if (!isRefusal(e)) throw e;
    troubles.push({ code: e.code, objectId, message: `Segment ${number} of ${stream}: ${messageOf(e)}` });
    return undefined;
  }
}

/** What is heard while the chains are read. */
interface Heard {
  /** How far chains go, as those above them tell. */
  told: Map<string, number>;
  /** Codes of archives by their ids, as the newest segment has them. */
  archives: Map<string, string>;
}

const archivesTable = (deps: RebuildDeps) => deps.tables.find((t) => t.way === 'over');

function hear(lines: string, what: keyof Heard, heard: Heard): void {
  for (const line of lines.split('\n')) {
    if (line === '') continue;
    const said = JSON.parse(line) as { stream: string; number: number; id: string; code: string };
    if (what === 'archives') heard.archives.set(said.id, said.code);
    else heard.told.set(said.stream, Math.max(said.number, heard.told.get(said.stream) ?? 0));
  }
}

/** An install that was set up anew has archives of its own, which others may refer to: theirs and the root's can not both stand. */
async function demandSameArchives(deps: RebuildDeps, { archives }: Heard): Promise<void> {
  const table = archivesTable(deps);
  if (!table) return;
  const others = await otherArchives(deps.db.owner, table.table, archives);
  if (others.length > 0)
    throw new Refusal(
      'rebuild.otherArchive',
      `This installation has archives of its own with codes that archives of the storage root bear (${others.join(', ')}). Rebuild into an installation in which nothing was set up: another LANTAI_DATA, or another database. Nothing was changed.`,
      { codes: others },
    );
}

async function demandNoLoss({ db }: RebuildDeps, { acceptLoss }: RebuildOrder): Promise<void> {
  const loss = await lossOf(db.owner);
  if (acceptLoss || loss.objects + loss.streams + loss.rows === 0) return;
  throw new Refusal(
    'rebuild.loss',
    `The database holds what this storage root does not: ${loss.objects} objects, ${loss.streams} chains of segments, ${loss.rows} changed rows (such as ${loss.examples.join('; ')}). ` +
      'A rebuild would lose it. Bring the storage root back from a copy first, or call again with --accept-loss. Nothing was changed.',
    { ...loss },
  );
}
