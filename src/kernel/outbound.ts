import { Refusal } from './errors.ts';
import { streamFrom } from './outbound/stream.ts';

/** What this server asks of others over HTTP. Nothing else in Lantai calls anybody. */
export interface Outbound {
  /** Whether an address lies at one of the origins the settings name. */
  allows(address: string): boolean;
  /**
   * Asks, and reads the answer whole. Follows no redirect: a house on the list must not send us to one that is not.
   *
   * @throws Refusal outbound.notListed before anything is sent; Error where nobody answers, or too late, or too much
   */
  ask(address: string, init?: RequestInit): Promise<{ status: number; text: string }>;
  /**
   * The bytes at an address as they come, for files of any size. Sent on, it follows to origins of the list alone.
   *
   * @param longest bytes after which it fails
   * @throws Refusal outbound.notListed before anything is sent; Error where nobody answers, or not with 200, or too much,
   * or nothing comes for as long as answers are waited for
   */
  stream(address: string, longest: number, signal?: AbortSignal): AsyncIterable<Buffer>;
}

export interface OutboundOptions {
  timeoutMs?: number;
  /** Longest answer that is read, in bytes. */
  longest?: number;
  /** `stream` refuses names and numbers of this machine and of inner networks, also where the list has them. */
  publicOnly?: boolean;
}

/**
 * The guard of all calls that leave this server: to the origins of a list alone, whoever names the address.
 *
 * @param origins such as `https://archives.example`, as the settings hold them
 */
export function createOutbound(
  origins: readonly string[],
  { timeoutMs = 20_000, longest = 1_048_576, publicOnly = false }: OutboundOptions = {},
): Outbound {
  const listed: ReadonlySet<string> = new Set(origins.map((o) => new URL(o).origin));
  const allows = (address: string): boolean => {
    if (!URL.canParse(address)) return false;
    const url = new URL(address);
    return (
      /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && listed.has(url.origin)
    );
  };
  return {
    allows,
    stream(address, most, signal) {
      if (!allows(address)) throw notListed(address);
      return streamFrom(address, { longest: most, silenceMs: timeoutMs, publicOnly, signal, allows });
    },
    async ask(address, init = {}) {
      if (!allows(address)) throw notListed(address);
      const answer = await fetch(address, {
        ...init,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      return { status: answer.status, text: await textWithin(answer, longest) };
    },
  };
}

/** The refusal of an address that is not on the list; tells the origin alone. */
export function notListed(address: string): Refusal {
  const origin = URL.canParse(address) ? new URL(address).origin : 'that address';
  return new Refusal(
    'outbound.notListed',
    `This server calls only the addresses its settings name, and ${origin} is not one of them.`,
    { origin },
  );
}

async function textWithin(answer: Response, longest: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    size += part.byteLength;
    if (size > longest) throw new Error(`the answer is longer than ${longest} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
