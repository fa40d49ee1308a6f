import type { Actor, AgencyOf } from '#kernel/actor';
import type { Json } from '#kernel/canonical';
import { bearsSecretMark } from '#kernel/classification';
import { Refusal } from '#kernel/errors';
import type { FilingDeps } from '../deps.ts';
import { marksOf } from '../domain/marks.ts';
import type { RecordInput } from '../domain/record.ts';

type Door = Pick<FilingDeps, 'classified'>;

/** Says that it was turned away, and nothing of what was found. */
export const turnedAway = (number: string) =>
  new Refusal(
    'record.secret',
    'This may not be registered on a networked system. It was set apart, and the security administrator was told. Ask there under the number given.',
    { number },
  );

const asWritten = (input: RecordInput): Json => JSON.parse(JSON.stringify(input)) as Json;

/** @param about what stands beside it in the words that were written: the record that was to be changed */
export async function refuseClassified(
  { classified }: Door,
  actor: Actor,
  { archiveId, agencyId }: AgencyOf,
  source: string,
  input: RecordInput,
  about: { [key: string]: Json } = {},
): Promise<void> {
  const marks = marksOf(input);
  if (marks.length === 0) return;
  const written = { ...about, input: asWritten(input) };
  const { number } = await classified.block(actor, {
    archiveId,
    agencyId,
    door: 'record',
    source,
    marks,
    written,
  });
  throw turnedAway(number);
}

/** Of rows those that bear a classification, set apart one by one. @returns under which number, by the place among the rows */
export async function turnAwayRows(
  { classified }: Door,
  actor: Actor,
  { archiveId, agencyId }: AgencyOf,
  rows: readonly RecordInput[],
): Promise<Map<number, string>> {
  const turned = new Map<number, string>();
  for (const [i, row] of rows.entries()) {
    const marks = marksOf(row);
    if (marks.length === 0) continue;
    const written = { input: asWritten(row) };
    const { number } = await classified.block(actor, {
      archiveId,
      agencyId,
      door: 'record',
      source: 'paste',
      marks,
      written,
    });
    turned.set(i, number);
  }
  return turned;
}

/**
 * Files whose names bear a classification: they are moved out of reach, and nothing of the call is attached.
 *
 * @throws Refusal record.secret
 */
export async function refuseClassifiedFiles(
  { classified }: Door,
  actor: Actor,
  { archiveId, agencyId, id }: AgencyOf & { id: string },
  source: string,
  files: readonly { path: string; name: string }[],
): Promise<void> {
  const marked = files.filter((f) => bearsSecretMark(f.name));
  if (marked.length === 0) return;
  const { number } = await classified.block(actor, {
    archiveId,
    agencyId,
    door: 'file',
    source,
    marks: marked.map((f) => ({ what: 'name', place: f.name })),
    written: { record: id },
    files: marked.map(({ path, name }) => ({ path, name })),
  });
  throw turnedAway(number);
}
