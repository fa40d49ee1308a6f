import { Refusal } from '#kernel/errors';

type Headers = Record<string, string | string[] | undefined>;

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses changes asked for by other sites' pages in a signed-in browser: `Sec-Fetch-Site` where the browser sends
 * it, else the Origin must be ours. A cookie alone proves no intent; a bearer token does, since no browser adds it.
 *
 * @param host the host the request was addressed to, as the proxy that is trusted has it
 * @throws Refusal request.forbidden
 */
export function refuseCrossSite(method: string, headers: Headers, host: string | undefined): void {
  // Only Bearer: a browser sends the Basic of a proxy in front by itself, also with other sites' requests.
  if (READS.has(method) || /^bearer /i.test(String(headers.authorization ?? ''))) return;
  const site = headers['sec-fetch-site'];
  const foreign =
    site !== undefined
      ? site !== 'same-origin' && site !== 'none'
      : headers.origin !== undefined && hostOf(headers.origin) !== host;
  if (foreign) throw new Refusal('request.forbidden', 'This request came from another site.');
}

/** `null` is what sandboxed and local pages send: nobody's host. */
function hostOf(origin: string | string[]): string | undefined {
  const text = String(origin);
  return URL.canParse(text) ? new URL(text).host : undefined;
}
