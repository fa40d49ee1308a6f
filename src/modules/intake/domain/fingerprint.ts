import { createHash } from 'node:crypto';
import { canonicalBytes } from '#kernel/canonical';
import type { HeldFile } from '#modules/filing';
import type { SaidRecord } from './message.ts';

/** Files of a document as far as they tell one message from another: names and contents, not how they came. */
export type FilesByDocument = Readonly<Record<string, readonly Pick<HeldFile, 'name' | 'sha512'>[]>>;

/** Of everything that was said, in whatever order of keys: the same message has the same. The sender's count is no content. */
export function fingerprint(said: SaidRecord, files: FilesByDocument): string {
  const { metadata, parts = [], events = [] } = said;
  const told = {
    metadata: withoutNothing(metadata),
    files: named(files['']),
    parts: parts.map((p) => ({
      id: p.id,
      part: p.part ?? null,
      metadata: withoutNothing(p.metadata),
      files: named(files[p.id]),
    })),
    events: events.map((e) => withoutNothing(e)),
  };
  return createHash('sha256').update(canonicalBytes(told)).digest('hex');
}

const named = (files: FilesByDocument[string] = []) => files.map(({ name, sha512 }) => ({ name, sha512 }));

/** An empty value says as much as none; a number as much as its digits. */
function withoutNothing(of: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(of).flatMap(([key, value]) =>
      value === null || value === undefined || value === '' ? [] : [[key, String(value).toWellFormed()]],
    ),
  );
}
