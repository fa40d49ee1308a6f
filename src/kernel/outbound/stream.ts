import * as http from 'node:http';
import * as https from 'node:https';
import { demandPublic, lookupPublic } from './publicAddress.ts';

export interface StreamOptions {
  /** Bytes after which reading ends with an error. */
  readonly longest: number;
  /** How long nothing may come. */
  readonly silenceMs: number;
  /** Addresses of this machine and of the house's own network are refused. */
  readonly publicOnly: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Whether we may be sent on to an address. */
  allows(address: string): boolean;
}

const MOST_TURNS = 5;

/**
 * The bytes at an address, which is allowed. Follows redirects to allowed addresses alone. Bytes come as they are kept: no
 * packing is asked for, and an answer that is packed all the same is refused.
 *
 * @throws Error where nobody answers, the answer is not 200, or too long, or nothing comes for too long
 */
export async function* streamFrom(address: string, options: StreamOptions): AsyncGenerator<Buffer> {
  let at = new URL(address);
  for (let turn = 0; ; turn++) {
    const answer = await answerOf(at, options);
    try {
      const { statusCode = 0, headers } = answer;
      if ([301, 302, 303, 307, 308].includes(statusCode)) {
        const next = URL.canParse(headers.location ?? '', at.href)
          ? new URL(headers.location ?? '', at)
          : null;
        if (!next || turn >= MOST_TURNS) throw new Error('it sends on without end or to nowhere');
        if (!options.allows(next.href))
          throw new Error(`it sends on to ${next.origin}, which is not on the list`);
        at = next;
        continue;
      }
      if (statusCode !== 200) throw new Error(`it answered ${statusCode}`);
      if (!/^(?:identity)?$/i.test(headers['content-encoding'] ?? ''))
        throw new Error('the answer is packed');
      let size = Number(headers['content-length'] ?? 0);
      if (size > options.longest) throw tooLong(options);
      size = 0;
      for await (const piece of answer as AsyncIterable<Buffer>) {
        size += piece.length;
        if (size > options.longest) throw tooLong(options);
        yield piece;
      }
      // A connection that broke off is told by the stream; a server that ends early with a length is not.
      if (!answer.complete) throw new Error('the answer broke off');
      return;
    } finally {
      answer.destroy();
    }
  }
}

const tooLong = ({ longest }: StreamOptions) => new Error(`the answer is longer than ${longest} bytes`);

function answerOf(url: URL, { publicOnly, silenceMs, signal }: StreamOptions): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    if (publicOnly) demandPublic(url);
    const how = {
      agent: false,
      timeout: silenceMs,
      headers: { 'accept-encoding': 'identity', 'user-agent': 'Lantai' },
      ...(publicOnly ? { lookup: lookupPublic } : {}),
      ...(signal ? { signal } : {}),
    };
    const asked = url.protocol === 'https:' ? https.request(url, how) : http.request(url, how);
    const silent = () => new Error(`nothing came for ${silenceMs} ms`);
    asked.on('timeout', () => asked.destroy(silent()));
    asked.once('response', (answer) => {
      asked.prependListener('timeout', () => answer.destroy(silent()));
      resolve(answer);
    });
    asked.on('error', reject);
    asked.end();
  });
}
