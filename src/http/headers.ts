import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Request } from '#kernel/http/route';

/** Parts of the site, by what their answers may do in a browser. */
export type Area = 'console' | 'portal' | 'api' | 'iiif';

export function areaOf(url: string): Area {
  const path = url.split('?', 1)[0]!;
  if (path === '/console' || path.startsWith('/console/')) return 'console';
  if (path.startsWith('/api/')) return 'api';
  return path.startsWith('/iiif/') ? 'iiif' : 'portal';
}

const NOTHING = ["default-src 'none'", "base-uri 'none'", "object-src 'none'"];

/**
 * The content security policy of an answer. No inline script anywhere; inline style only in the console, whose widgets
 * make style elements at run time, under a nonce of this answer. Data (API, images) may do nothing at all.
 *
 * @param o.framed a file our own pages show in a frame: no sandbox, which would keep the browser's PDF viewer away
 */
export function contentPolicy(area: Area, o: { nonce?: string; framed?: boolean } = {}): string {
  if (area === 'console') {
    return [
      ...NOTHING,
      "script-src 'self'",
      `style-src 'self' 'nonce-${o.nonce ?? ''}'`,
      "img-src 'self' data: blob:",
      "font-src 'self'",
      "connect-src 'self'",
      "frame-src 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; ');
  }
  if (area === 'portal') {
    return [
      ...NOTHING,
      "style-src 'self'",
      "img-src 'self'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; ');
  }
  return [
    ...NOTHING,
    ...(o.framed ? ["frame-ancestors 'self'"] : ["frame-ancestors 'none'", 'sandbox']),
  ].join('; ');
}

const PERMISSIONS = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
]
  .map((name) => `${name}=()`)
  .join(', ');

const YEAR_S = 365 * 86_400;

/**
 * Puts the headers every answer has. They go onto the raw answer, so that those written past the framework (uploads,
 * streams of events) carry them too; a route may still set its own.
 */
export function putHeaders(req: Request, reply: FastifyReply): void {
  const area = areaOf(req.url);
  const { framed = false } = req.routeOptions.config;
  const put = (name: string, value: string) => reply.raw.setHeader(name, value);
  if (area === 'console') req.nonce = randomBytes(16).toString('base64');
  put('content-security-policy', contentPolicy(area, { nonce: req.nonce, framed }));
  put('x-content-type-options', 'nosniff');
  put('x-frame-options', framed ? 'SAMEORIGIN' : 'DENY');
  put('referrer-policy', 'same-origin');
  put('permissions-policy', PERMISSIONS);
  put('cross-origin-resource-policy', 'same-origin');
  put('origin-agent-cluster', '?1');
  // Only over TLS: browsers heed these there alone, and an install may still be reached over plain HTTP elsewhere.
  if (req.protocol === 'https') {
    put('strict-transport-security', `max-age=${YEAR_S}`);
    put('cross-origin-opener-policy', 'same-origin');
  }
  if (area === 'api') put('cache-control', 'no-store');
}

/** What is open to everybody may be shown by other sites too; what a person sees by their rights may not. */
export function putSharing(req: Request, reply: FastifyReply): void {
  if (areaOf(req.url) === 'iiif' && req.actor.kind === 'public')
    reply.raw.setHeader('cross-origin-resource-policy', 'cross-origin');
}
