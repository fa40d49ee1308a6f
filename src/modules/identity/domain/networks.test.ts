import { describe, expect, it } from 'vitest';
import { isFrom, readNetworks } from './networks.ts';

describe('networks a token may be used from', () => {
  it('are read from what people write, one address included', () => {
    expect(readNetworks([' 10.2.0.0/16', '192.0.2.7', '2001:db8::/32', '::1', ''])).toEqual([
      '10.2.0.0/16',
      '192.0.2.7/32',
      '2001:db8::/32',
      '::1/128',
    ]);
    expect(readNetworks(['', ' '])).toBeNull();
  });

  it.each([
    '10.2.3.4/16',
    '10.2.0.0/33',
    'oa.example',
    '10.2.0.0/',
    '10.2.0.0/8/8',
    'fe80::1%eth0',
    '2001:db8::1/32',
  ])('do not take %s', (word) =>
    expect(() => readNetworks([word])).toThrow(expect.objectContaining({ code: 'token.address' })),
  );

  it('let in what lies in them and nothing else', () => {
    const networks = readNetworks(['10.2.0.0/16', '2001:db8::/32']);
    for (const address of ['10.2.255.1', '::ffff:10.2.0.9', '2001:db8:1::5'])
      expect(isFrom(networks, address), address).toBe(true);
    for (const address of ['10.3.0.1', '2001:db9::1', '', 'unknown'])
      expect(isFrom(networks, address), address).toBe(false);
    expect(isFrom(null, '')).toBe(true);
  });
});
