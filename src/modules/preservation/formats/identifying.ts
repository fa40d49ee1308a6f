import type { IdentifierPool, Match } from '#formats/pronom';
import { messageOf } from '#kernel/errors';
import type { Log } from '#kernel/log';
import type { FileAt, FoundFormat } from '../package/records.ts';

/** What stands for the format of a file that nothing fits. */
export const UNKNOWN = 'unknown';

/** A file to be told the format of: where it lies or its bytes, and its name, whose ending is a hint. */
export type ToIdentify = FileAt & { name: string };

export interface Identifying {
  /**
   * Formats in the order of the files; undefined where a file could not be looked at. Taking content in does not wait
   * for signatures that are broken or away: what was not looked at is looked at later.
   */
  identify(files: readonly ToIdentify[]): Promise<(FoundFormat | undefined)[]>;
  /** @throws Refusal `pronom.signatures` when the signature files can not be used */
  demandUsable(): Promise<void>;
  close(): Promise<void>;
}

/** Of what a file may be the first is named, for the table has the likeliest first; the others are said with it. */
export function foundFormat(matches: readonly Match[], by: string): FoundFormat {
  const [first, ...rest] = matches;
  if (!first) return { puid: UNKNOWN, name: '', basis: 'nothing fits', by };
  const { puid, name, version, basis } = first;
  return {
    puid,
    name,
    ...(version ? { version } : {}),
    basis,
    by,
    ...(rest.length > 0 ? { or: rest.map((m) => m.puid) } : {}),
  };
}

/** Tells the formats of held files, in a thread of its own. */
export function createIdentifying(pool: IdentifierPool, log: Log): Identifying {
  let told: string | undefined;
  return {
    async identify(files) {
      try {
        told ??= await pool.source();
        const by = told;
        const found = await pool.identify(files);
        return found.map(({ matches, error }) =>
          error === undefined ? foundFormat(matches, by) : undefined,
        );
      } catch (e) {
        log.warn({ err: messageOf(e) }, 'formats of files could not be told');
        return files.map(() => undefined);
      }
    },
    async demandUsable() {
      await pool.source();
    },
    close: () => pool.close(),
  };
}
