import { describe, expect, it } from 'vitest';
import { refuseCrossSite } from './crossSite.ts';

describe('a change asked for by another site', () => {
  const foreign = { 'sec-fetch-site': 'cross-site' };
  const ask = (headers: Record<string, string>, method = 'POST') =>
    refuseCrossSite(method, headers, 'archive.example');

  it('is refused, also where the browser sends the password of a proxy along', () => {
    const code = 'request.forbidden';
    expect(() => ask(foreign)).toThrow(expect.objectContaining({ code }));
    expect(() => ask({ ...foreign, authorization: 'Basic eDp5' })).toThrow(expect.objectContaining({ code }));
    expect(() => ask({ origin: 'https://evil.example' })).toThrow(expect.objectContaining({ code }));
  });

  it('is one of ours with a bearer token, which no browser adds by itself', () => {
    expect(() => ask({ ...foreign, authorization: 'Bearer lantai_x' })).not.toThrow();
    expect(() => ask({ 'sec-fetch-site': 'same-origin' })).not.toThrow();
    expect(() => ask(foreign, 'GET')).not.toThrow();
  });
});
