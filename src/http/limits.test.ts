import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressKey, costOf, createLimiter, demandPatience } from './limits.ts';

describe('rate limits', () => {
  it('let a burst through, then as many as the rate, each asker for themselves', () => {
    const limiter = createLimiter({ perSecond: 2, burst: 4 });
    const ask = (who: string, at: number) => limiter(who, 1, at);
    expect([1, 2, 3, 4].map(() => ask('a', 0))).toEqual([0, 0, 0, 0]);
    expect(ask('a', 0)).toBe(1);
    expect(ask('b', 0)).toBe(0);
    expect(ask('a', 500)).toBe(0);
    expect(ask('a', 500)).toBe(1);
  });

  it('never let more through in a stretch than burst and rate allow', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 }), (gaps) => {
        const limiter = createLimiter({ perSecond: 5, burst: 10 });
        let now = 0;
        let through = 0;
        for (const gap of gaps) {
          now += gap;
          if (limiter('x', 1, now) === 0) through++;
        }
        expect(through).toBeLessThanOrEqual(10 + (now / 1_000) * 5 + 1);
      }),
    );
  });

  it('keep no more askers in mind than they may', () => {
    const limiter = createLimiter({ perSecond: 1, burst: 1 }, 3);
    for (const who of ['a', 'b', 'c', 'd']) limiter(who, 1, 0);
    expect(limiter('d', 1, 0)).toBe(1);
    expect(limiter('a', 1, 0)).toBe(0);
  });

  it('say how long to wait', () => {
    const limiter = createLimiter({ perSecond: 1, burst: 1 });
    demandPatience(limiter, 'a', 1, 0);
    expect(() => demandPatience(limiter, 'a', 5, 0)).toThrow(
      expect.objectContaining({ code: 'request.tooMany', detail: { seconds: 5 } }),
    );
    demandPatience(limiter, 'a', 0, 0);
  });

  it('count a network of IPv6 as one, and an IPv4 address however it is written', () => {
    expect(addressKey('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
    expect(addressKey('2001:DB8:1:2::9')).toBe('2001:db8:1:2::/64');
    expect(addressKey('2001:db8::9')).toBe('2001:db8:0:0::/64');
    expect(addressKey('::1')).toBe('0:0:0:0::/64');
    expect(addressKey('::ffff:10.1.2.3')).toBe('10.1.2.3');
    expect(addressKey('10.1.2.3')).toBe('10.1.2.3');
  });

  it('count tiles for less and hard work for more', () => {
    expect(costOf('GET', '/iiif/image/x')).toBeLessThan(costOf('GET', '/item/x'));
    expect(costOf('POST', '/verify')).toBeGreaterThan(costOf('GET', '/verify'));
  });
});
