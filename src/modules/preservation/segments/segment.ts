import { createHash } from 'node:crypto';
import Type, { type Static } from 'typebox';
import { Value } from 'typebox/value';
import { Refusal } from '#kernel/errors';

/** Most rows of one file of a segment. */
export const PART_ROWS = 10_000;
/** Most rows of one segment; what is more comes in the next. */
export const SEGMENT_ROWS = 1_000_000;

const Part = Type.Object({
  path: Type.String({ pattern: '^rows/[a-z_.]+/\\d{6}\\.jsonl$' }),
  rows: Type.Integer({ minimum: 1 }),
  sha512: Type.String({ pattern: '^[0-9a-f]{128}$' }),
});
const SegmentTable = Type.Object({
  table: Type.String({ pattern: '^[a-z_]+\\.[a-z_]+$' }),
  key: Type.Array(Type.String()),
  rows: Type.Array(Part),
  gone: Type.Array(
    Type.Object({
      path: Type.String({ pattern: '^gone/[a-z_.]+/\\d{6}\\.jsonl$' }),
      rows: Type.Integer({ minimum: 1 }),
      sha512: Type.String({ pattern: '^[0-9a-f]{128}$' }),
    }),
  ),
});
const SegmentSchema = Type.Object({
  // A segment with `consolidates` holds every row and key of the segments it names, as it stood when it was taken itself: where
  // all of it can be read, those need not be. Nothing else about it is different.

  format: Type.Literal('lantai-segment'),
  formatVersion: Type.Literal(1),
  about: Type.String(),
  stream: Type.String({ pattern: '^(house|(archive|events|fonds)-[0-9a-f-]{36})$' }),
  number: Type.Integer({ minimum: 1 }),
  of: Type.Record(Type.String(), Type.Union([Type.String(), Type.Null()])),
  previous: Type.Union([Type.Null(), Type.Object({ number: Type.Integer(), sha512: Type.String() })]),
  takenAt: Type.String(),
  tables: Type.Array(SegmentTable),
  consolidates: Type.Optional(
    Type.Object({
      level: Type.Integer({ minimum: 1 }),
      segments: Type.Array(Type.Object({ number: Type.Integer(), sha512: Type.String() }), { minItems: 1 }),
    }),
  ),
});

/** What `segment.json` says. */
export type Segment = Static<typeof SegmentSchema>;
export type SegmentPart = Static<typeof Part>;

export const ABOUT =
  'Rows of the catalogue as they stood at the time "takenAt", kept so that the catalogue can be made again from this storage root alone. ' +
  'Each line of a file under "rows" is one row, a JSON object with a member for each column; of several segments with the same row the newest counts. ' +
  'Each line under "gone" is the key of a row that was there and is no more. "previous" names the segment before this one of the same stream and the sha512 of its segment.json. ' +
  'See docs/package.md of Lantai, section "Segments".';

export const segmentId = (stream: string, number: number): string => `urn:lantai:segment:${stream}:${number}`;

/** Which stream and number an object's id names; undefined for what is no segment. */
export function segmentOf(objectId: string): { stream: string; number: number } | undefined {
  const found = /^urn:lantai:segment:([a-z0-9-]+):([1-9]\d*)$/.exec(objectId);
  return found ? { stream: found[1]!, number: Number(found[2]) } : undefined;
}

export const digestOf = (bytes: Uint8Array): string => createHash('sha512').update(bytes).digest('hex');

/** Rows and keys in a segment. */
export const rowsOf = ({ tables }: Pick<Segment, 'tables'>): number =>
  tables.reduce((sum, t) => sum + [...t.rows, ...t.gone].reduce((n, p) => n + p.rows, 0), 0);

export const segmentBytes = (segment: Segment): Buffer =>
  Buffer.from(`${JSON.stringify(segment, null, 2)}\n`, 'utf8');

/** @throws Refusal segment.unreadable */
export function parseSegment(bytes: Uint8Array, stream: string, number: number): Segment {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw new Refusal('segment.unreadable', 'Its segment.json is no JSON.', {}, { cause });
  }
  if (!Value.Check(SegmentSchema, value))
    throw new Refusal('segment.unreadable', 'Its segment.json is not as segments of this version are.');
  if (value.stream !== stream || value.number !== number)
    throw new Refusal(
      'segment.swapped',
      `It says it is number ${value.number} of ${value.stream}, not number ${number} of ${stream}.`,
    );
  return value;
}
