import type { Language } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { Place } from '#modules/filing';
import type { IntakeDeps } from '../deps.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import type { SaidRecord } from '../domain/message.ts';
import { type Found, type Read, readMetadata } from '../domain/registration.ts';
import { say } from '../domain/say.ts';
import type { Way } from '../store/arrivals.ts';
import type { IntakeItem, SaidBefore } from '../store/items.ts';
import { type Planned, planFiles } from './files.ts';
import type { Sender } from './sender.ts';

export interface RecordOrder {
  senderId: string;
  said: SaidRecord;
  way: Way;
  language: Language;
}

/** Where records are registered: an agency's place in a fonds, and the number of that. */
export type FoundPlace = Place & { fondsNumber: string };
/** Asks where records of a fonds go; without a number those of a message that names none. Undefined: there is no such fonds. */
export type Places = (fondsNo: string | null) => Promise<FoundPlace | undefined>;

/** A message read and its files looked at: everything that can be said about it before anything is written. */
export interface Plan {
  place: FoundPlace;
  main: Read;
  parts: { id: string; read: Read }[];
  /** By the document's id, '' for the item itself. */
  files: Record<string, Planned[]>;
  digest: string;
}

const NOTHING_SAID: SaidBefore = { keys: {}, files: {}, uploads: {} };

/** How long it is believed where a sender's records go: as long as the tree of archives is. */
const PLACES_MS = 5_000;

/** Places of senders, each asked for once in a while. */
export function rememberedPlaces(deps: IntakeDeps): (sender: Sender) => Places {
  const known = new Map<string, { at: number; places: Places }>();
  return (sender) => {
    const now = deps.clock.now().getTime();
    for (const [id, { at }] of known) if (Math.abs(now - at) > PLACES_MS) known.delete(id);
    const { id, version } = sender.system;
    const key = `${id} ${version}`;
    const there = known.get(key) ?? { at: now, places: placesOf(deps, sender) };
    known.set(key, there);
    return there.places;
  };
}

function placesOf(deps: IntakeDeps, sender: Sender): Places {
  const asked = new Map<string, Promise<FoundPlace | undefined>>();
  return (fondsNo) => {
    const number = fondsNo?.trim() ?? '';
    const known = asked.get(number);
    if (known) return known;
    const found = findPlace(deps, sender, number);
    asked.set(number, found);
    // What was not there may be there the next time.
    found.then(
      (place) => place ?? asked.delete(number),
      () => asked.delete(number),
    );
    return found;
  };
}

/** The fonds that was said, of those the agency has. */
async function findPlace(
  deps: IntakeDeps,
  { system, actor }: Sender,
  number: string,
): Promise<FoundPlace | undefined> {
  if (number === '') return deps.filing.place(actor, system);
  const fonds = (await deps.fondsOfAgencies([system.agencyId])).find(
    (f) => f.archiveId === system.archiveId && f.number === number,
  );
  return fonds && deps.filing.place(actor, system, fonds.id);
}

/**
 * Reads a message and looks at its files; nothing is written.
 *
 * @param item what is there under its id
 * @throws Refusal intake.findings, with everything that is wrong
 */
export async function planOf(
  deps: IntakeDeps,
  { system }: Sender,
  { said, language }: RecordOrder,
  { item, places }: { item: IntakeItem | undefined; places: Places },
): Promise<Plan> {
  const before = item?.said ?? NOTHING_SAID;
  const thisYear = Number(deps.today().slice(0, 4));
  const found: Found[] = [];
  const read = (metadata: SaidRecord['metadata'], id: string, at: string): Read => {
    const one = readMetadata(metadata, { before: before.keys[id] ?? [], at, thisYear });
    found.push(...one.found);
    for (const f of deps.filing.judgeInput(one.year, one.input))
      found.push({ ...f, field: `${at}.${f.field}` });
    return one;
  };
  const files: Record<string, Planned[]> = {};
  const look = async (refs: SaidRecord['files'], id: string, at: string) => {
    const planned = await planFiles(deps, system.id, refs ?? [], { at, known: before.uploads });
    found.push(...planned.found);
    files[id] = planned.files;
  };
  const main = read(said.metadata, '', 'metadata');
  await look(said.files, '', 'files');
  const parts: Plan['parts'] = [];
  for (const [i, part] of (said.parts ?? []).entries()) {
    if (parts.some((p) => p.id === part.id))
      found.push({
        field: `parts[${i}].id`,
        code: 'intake.partTwice',
        message: 'The id stands there twice.',
        detail: { id: part.id },
      });
    parts.push({ id: part.id, read: read(part.metadata, part.id, `parts[${i}].metadata`) });
    await look(part.files, part.id, `parts[${i}].files`);
  }
  const { categories } = system.settings;
  if (categories && !categories.includes(main.category))
    found.push({
      field: 'metadata.category',
      code: 'intake.category',
      message: 'Not of this system.',
      detail: { category: main.category },
    });
  const place = await places(main.fondsNo);
  if (!place)
    found.push({
      field: 'metadata.fondsNo',
      code: 'intake.fonds',
      message: 'No such fonds.',
      detail: { value: main.fondsNo },
    });
  if (found.length > 0 || !place)
    throw new Refusal('intake.findings', 'What was sent has faults and was not taken.', {
      findings: found.map((f) => say(f, 'error', language)),
    });
  return { place, main, parts, files, digest: fingerprint(said, files) };
}
