import { isIPv6 } from 'node:net';
import { Refusal } from '#kernel/errors';

export interface RateLimit {
  /** Requests a second in the long run. */
  perSecond: number;
  /** Requests at once after a rest. */
  burst: number;
}

/** @returns seconds to wait, 0 when the request may go on */
export type Limiter = (who: string, cost: number, nowMs: number) => number;

/**
 * The generic cell rate algorithm: each asker has a time until which what they asked is paid off; a request that would
 * put it further ahead than the burst allows has to wait. One number an asker, and at most `most` askers: the one seen
 * longest ago is forgotten first, which only ever forgives.
 */
export function createLimiter({ perSecond, burst }: RateLimit, most = 20_000): Limiter {
  const paidUntil = new Map<string, number>();
  const each = 1_000 / perSecond;
  return (who, cost, now) => {
    const from = Math.max(paidUntil.get(who) ?? 0, now);
    const until = from + cost * each;
    const over = until - now - burst * each;
    if (over > 0) return Math.ceil(over / 1_000);
    paidUntil.delete(who);
    paidUntil.set(who, until);
    if (paidUntil.size > most) paidUntil.delete(paidUntil.keys().next().value!);
    return 0;
  };
}

/** An address as it is counted: one network of a household or office in IPv6 is one asker. */
export function addressKey(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(ip)) return ip;
  const [head = '', tail] = ip.toLowerCase().split('%', 1)[0]!.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const groups =
    tail === undefined
      ? left
      : [...left, ...Array(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return `${groups.slice(0, 4).join(':')}::/64`;
}

/**
 * What a request costs. A page draws many tiles and a disc sends many pieces: they count for less; what makes the server
 * work hard counts for more.
 */
export function costOf(method: string, url: string): number {
  if (url.startsWith('/iiif/image/') || url.startsWith('/console/assets/')) return 0.1;
  // A system sends as fast as it can; what it may send in all its quotas say.
  if (url.startsWith('/api/v1/uploads') || /^\/api\/v1\/intake\/(?:records|packages|changes)/.test(url))
    return 0.1;
  if (url === '/healthz' || url === '/readyz') return 0;
  if (method === 'POST' && url.startsWith('/verify')) return 10;
  if (url.startsWith('/search') || url.startsWith('/api/v1/search')) return 2;
  // A page of a list is hundreds of records read and written.
  if (url.startsWith('/oai') || url.startsWith('/sitemap')) return 5;
  return 1;
}

/** @throws Refusal request.tooMany with the seconds to wait */
export function demandPatience(limiter: Limiter, who: string, cost: number, now = Date.now()): void {
  const seconds = cost > 0 ? limiter(who, cost, now) : 0;
  if (seconds > 0)
    throw new Refusal('request.tooMany', `Too many requests. Try again in ${seconds} s.`, { seconds });
}
