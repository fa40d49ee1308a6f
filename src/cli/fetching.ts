import { Refusal } from '#kernel/errors';
import type { Outbound } from '#kernel/outbound';

export const FETCH_FROM = [
  '--fetch-from <origin...>',
  'fetch what a bag leaves out, from these places alone (https://files.example); nothing is fetched without this',
] as const;
export const FETCH_INNER = [
  '--fetch-inner',
  'also where such a place is this machine or one of an inner network',
] as const;

/** How long a place may say nothing while a file is fetched. */
const SILENCE_MS = 60_000;

/** Leave to fetch from some places. @throws Refusal `call.wrong` where a place is none of the web */
export async function leaveToFetch(origins: readonly string[], inner: boolean): Promise<Outbound> {
  const wrong = origins.find((o) => !/^https?:\/\/[^/@\s]+\/?$/i.test(o) || !URL.canParse(o));
  if (wrong !== undefined)
    throw new Refusal('call.wrong', `--fetch-from takes places such as https://files.example, not ${wrong}.`);
  const { createOutbound } = await import('#kernel/outbound');
  return createOutbound(origins, { timeoutMs: SILENCE_MS, publicOnly: !inner });
}
