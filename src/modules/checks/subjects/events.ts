import { Readable } from 'node:stream';
import { readPremisEvents } from '#formats/premis';
import { isRefusal } from '#kernel/errors';
import type { ConsignedDocument, ConsignedUnit } from '#modules/packages';
import type { ProcessEvent } from '../domain/subject.ts';

/** Where the events of an entry stand in a package of ours. */
const EVENTS = /^metadata\/premis\/events-v\d+\.xml$/;
/** Of an entry's own past; more than this is no list a person could have asked for. */
const MOST_BYTES = 4 * 2 ** 20;

/**
 * What a package tells of what was done with an entry before (过程元数据).
 *
 * @returns null where it has no place for that; empty where the place is there and nothing can be read of it
 */
export async function processEventsOf(
  unit: Pick<ConsignedUnit, 'documents'>,
): Promise<ProcessEvent[] | null> {
  let events: ProcessEvent[] | null = null;
  for await (const document of unit.documents())
    if (EVENTS.test(document.path)) events = [...(events ?? []), ...(await readOne(document))];
  return events;
}

async function readOne(document: ConsignedDocument): Promise<ProcessEvent[]> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of await document.open()) {
    size += (chunk as Buffer).length;
    if (size > MOST_BYTES) return [];
    chunks.push(chunk as Buffer);
  }
  try {
    const events = await readPremisEvents(Readable.from(chunks));
    return events.map(({ type, at, detail, agents }) => ({
      act: wordIn(detail) ?? type,
      at: Number.isNaN(at.getTime()) ? '' : at.toISOString(),
      agent: agents[0]?.name ?? agents[0]?.id ?? '',
    }));
  } catch (e) {
    if (isRefusal(e)) return [];
    throw e;
  }
}

/** What the act is called, where the detail says. */
function wordIn(detail: string | null): string | undefined {
  if (!detail?.startsWith('{')) return undefined;
  try {
    const said: unknown = JSON.parse(detail);
    const word = typeof said === 'object' && said !== null && 'word' in said ? said.word : undefined;
    return typeof word === 'string' ? word : undefined;
  } catch {
    return undefined;
  }
}
