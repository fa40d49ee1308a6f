import { describe, expect, it } from 'vitest';
import { silentLog } from '#kernel/log';
import { refuseCrossSite } from './crossSite.ts';
import { areaOf, contentPolicy } from './headers.ts';
import { refuseNul } from './hostile.ts';
import { plainHttpWarning } from './plainHttp.ts';
import { readTls, tlsServer } from './tls.ts';

describe('a change asked for by another site’s page', () => {
  const ask = (headers: Record<string, string>, method = 'POST') =>
    refuseCrossSite(method, headers, 'archive.example');
  const refusal = expect.objectContaining({ code: 'request.forbidden' });

  it('is refused, whatever the browser tells', () => {
    expect(() => ask({ 'sec-fetch-site': 'cross-site' })).toThrow(refusal);
    expect(() => ask({ 'sec-fetch-site': 'same-site' })).toThrow(refusal);
    expect(() => ask({ origin: 'https://elsewhere.example' })).toThrow(refusal);
    expect(() => ask({ origin: 'https://archive.example.elsewhere.example' })).toThrow(refusal);
    expect(() => ask({ origin: 'null' })).toThrow(refusal);
    expect(() => ask({ origin: 'not an address' })).toThrow(refusal);
    expect(() => ask({ origin: 'https://elsewhere.example' }, 'DELETE')).toThrow(refusal);
  });

  it('goes through from our own pages, from programs, and under a bearer token', () => {
    ask({ 'sec-fetch-site': 'same-origin' });
    ask({ 'sec-fetch-site': 'none' });
    ask({ origin: 'https://archive.example' });
    ask({});
    ask({ 'sec-fetch-site': 'cross-site', authorization: 'Bearer x' });
    ask({ 'sec-fetch-site': 'cross-site' }, 'GET');
  });
});

describe('the content security policy', () => {
  it('never lets inline script in, and inline style only under the nonce of the console', () => {
    for (const area of ['console', 'portal', 'api', 'iiif'] as const) {
      const policy = contentPolicy(area, { nonce: 'abc' });
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe-|\*|https?:/);
      expect(policy.includes("'nonce-abc'")).toBe(area === 'console');
      expect(policy.includes('script-src')).toBe(area === 'console');
    }
    expect(contentPolicy('api')).toContain('sandbox');
    expect(contentPolicy('api', { framed: true })).toContain("frame-ancestors 'self'");
  });

  it('goes by the path, not by what the query says', () => {
    expect(areaOf('/console')).toBe('console');
    expect(areaOf('/consolex')).toBe('portal');
    expect(areaOf('/search?x=/console/')).toBe('portal');
    expect(areaOf('/api/v1/units')).toBe('api');
    expect(areaOf('/iiif/image/x')).toBe('iiif');
  });
});

describe('NUL in a request', () => {
  it('is refused wherever it stands', () => {
    const refusal = expect.objectContaining({ code: 'request.invalid' });
    expect(() => refuseNul({ params: { id: 'a\0' }, query: {} })).toThrow(refusal);
    expect(() => refuseNul({ params: {}, query: { q: ['a', '\0'] } })).toThrow(refusal);
    expect(() => refuseNul({ params: {}, query: {}, body: { a: [{ b: 'x\0y' }] } })).toThrow(refusal);
    expect(() => refuseNul({ params: {}, query: {}, body: { 'a\0': 1 } })).toThrow(refusal);
    refuseNul({ params: { id: '1' }, query: { q: '档案' }, body: null });
  });
});

describe('plain HTTP', () => {
  it('is told of where others can reach the server by it, and nowhere else', () => {
    const config = { host: '127.0.0.1', publicUrl: undefined, tlsCert: undefined };
    expect(plainHttpWarning(config)).toBeUndefined();
    expect(plainHttpWarning({ ...config, host: '0.0.0.0' })).toContain('plain HTTP');
    expect(plainHttpWarning({ ...config, publicUrl: 'http://archive.local' })).toContain('plain HTTP');
    expect(plainHttpWarning({ ...config, publicUrl: 'https://archive.example' })).toBeUndefined();
    expect(plainHttpWarning({ ...config, host: '0.0.0.0', tlsCert: '/cert.pem' })).toBeUndefined();
  });
});

describe('a certificate of its own', () => {
  it('that can not be used is told at the start, not at the first visit', () => {
    const files = { cert: '/nowhere/cert.pem', key: '/nowhere/key.pem' };
    const refusal = expect.objectContaining({ code: 'tls.unusable' });
    expect(() => readTls(files)).toThrow(refusal);
    expect(() => tlsServer(files, silentLog)).toThrow(refusal);
  });
});
