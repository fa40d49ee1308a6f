import { createHmac, timingSafeEqual } from 'node:crypto';
import { granularityOf } from './dates.ts';
import type { ListVerb, Selection } from './request.ts';

/** Where a list goes on. It holds all that is needed: nothing is kept of a harvest between two requests. */
export interface ListPlace extends Selection {
  verb: ListVerb | 'ListSets';
  /** The last record that was given. */
  after: { datestamp: string; id: string };
  /** How many were given before. */
  given: number;
}

const VERBS: readonly ListPlace['verb'][] = ['ListRecords', 'ListIdentifiers', 'ListSets'];
const LONGEST = 2_000;
/** Of the seal: enough that nobody guesses one, short enough for addresses. */
const SEAL_BYTES = 16;
const VERSION = 1;

/**
 * Writes and reads resumption tokens: opaque, in characters that need no escaping, with a seal over what they say.
 *
 * @param key secret of the repository; tokens of one key are no tokens of another
 */
export function createOaiTokens(key: Uint8Array) {
  const sealOf = (body: Buffer) => createHmac('sha256', key).update(body).digest().subarray(0, SEAL_BYTES);
  return {
    write({ verb, metadataPrefix, set, from, until, after, given }: ListPlace): string {
      const said = [VERSION, VERBS.indexOf(verb), metadataPrefix, set ?? 0, from ?? 0, until ?? 0];
      const body = Buffer.from(JSON.stringify([...said, after.datestamp, after.id, given]));
      return Buffer.concat([sealOf(body), body]).toString('base64url');
    },
    /** @returns undefined for what is no token of this repository, or of another verb: badResumptionToken */
    read(token: string, verb: ListPlace['verb']): ListPlace | undefined {
      if (token.length > LONGEST || !/^[\w-]+$/.test(token)) return undefined;
      const bytes = Buffer.from(token, 'base64url');
      // Decoding forgives bits at the end; a token altered there is an altered token.
      if (bytes.length <= SEAL_BYTES || bytes.toString('base64url') !== token) return undefined;
      const body = bytes.subarray(SEAL_BYTES);
      if (!timingSafeEqual(bytes.subarray(0, SEAL_BYTES), sealOf(body))) return undefined;
      const place = placeOf(body.toString('utf8'));
      return place?.verb === verb ? place : undefined;
    },
  };
}

export type OaiTokens = ReturnType<typeof createOaiTokens>;

/** What a token says; also a sealed one is read with care, as an earlier version may have written it. */
function placeOf(text: string): ListPlace | undefined {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(said) || said.length !== 9 || said[0] !== VERSION) return undefined;
  const [, verbNo, metadataPrefix, set, from, until, datestamp, id, given] = said as unknown[];
  const verb = VERBS[Number(verbNo)];
  const maybe = (v: unknown) => v === 0 || typeof v === 'string';
  if (!verb || typeof metadataPrefix !== 'string' || !maybe(set) || !maybe(from) || !maybe(until))
    return undefined;
  if (typeof datestamp !== 'string' || granularityOf(datestamp) !== 'second') return undefined;
  if (typeof id !== 'string' || !Number.isSafeInteger(given) || Number(given) < 0) return undefined;
  return {
    verb,
    metadataPrefix,
    ...(typeof set === 'string' ? { set } : {}),
    ...(typeof from === 'string' ? { from } : {}),
    ...(typeof until === 'string' ? { until } : {}),
    after: { datestamp, id },
    given: Number(given),
  };
}
