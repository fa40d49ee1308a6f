import { describe, expect, it } from 'vitest';
import { defaultLayout, pathsOf } from './layouts.ts';

describe('storage layouts', () => {
  it('places ids as the registered extensions print them', () => {
    const hashAndId = pathsOf({ extension: '0003-hash-and-id-n-tuple-storage-layout', config: {} });
    expect(hashAndId('object-01')).toBe('3c0/ff4/240/object-01');
    expect(hashAndId('..hor/rib:le-$id')).toBe('487/326/d8c/%2e%2ehor%2frib%3ale-%24id');
    const md5 = pathsOf({
      extension: '0003-hash-and-id-n-tuple-storage-layout',
      config: { digestAlgorithm: 'md5', tupleSize: 2, numberOfTuples: 15 },
    });
    expect(md5('object-01')).toBe('ff/75/53/44/92/48/5e/ab/b3/9f/86/35/67/28/88/object-01');
    const hashed = pathsOf({ extension: '0004-hashed-n-tuple-storage-layout', config: {} });
    expect(hashed('object-01')).toBe(
      '3c0/ff4/240/3c0ff4240c1e116dba14c7627f2319b58aa3d77606d0d90dfc6161608ac987d4',
    );
    const flat = pathsOf({ extension: '0006-flat-omit-prefix-storage-layout', config: { delimiter: ':' } });
    expect(flat('namespace:12887296')).toBe('12887296');
    const omit = pathsOf({
      extension: '0007-n-tuple-omit-prefix-storage-layout',
      config: {
        delimiter: ':',
        tupleSize: 4,
        numberOfTuples: 2,
        zeroPadding: 'left',
        reverseObjectRoot: true,
      },
    });
    expect(omit('namespace:12887296')).toBe('6927/8821/12887296');
    expect(pathsOf({ extension: '0002-flat-direct-storage-layout', config: {} })('object-01')).toBe(
      'object-01',
    );
  });
  it('shortens a long id and keeps it apart by its digest', () => {
    const place = pathsOf(defaultLayout);
    const long = '档'.repeat(200);
    expect(place(long).split('/').at(-1)).toMatch(/^(%[0-9a-f]{2}|%[0-9a-f]?){1,34}-[0-9a-f]{64}$/);
    expect(place(long)).not.toBe(place(`${long}x`));
  });
  it('refuses what would leave the root, and settings that can not be', () => {
    const flat = pathsOf({ extension: '0002-flat-direct-storage-layout', config: {} });
    for (const id of ['..', 'a/b', '', 'extensions', 'a\\b']) expect(() => flat(id)).toThrow(/name a folder/);
    expect(() => pathsOf({ extension: '9999-none', config: {} })).toThrow(/not known/);
    expect(() => pathsOf({ ...defaultLayout, config: { tupleSize: 0, numberOfTuples: 3 } })).toThrow(/zero/);
    expect(() => pathsOf({ ...defaultLayout, config: { tupleSize: 32, numberOfTuples: 3 } })).toThrow(
      /shorter/,
    );
  });
});
