import { describe, expect, it } from 'vitest';
import { defaultLayout, type Layout, pathsOf } from './layouts.ts';

const HASH_AND_ID = '0003-hash-and-id-n-tuple-storage-layout';
const HASHED = '0004-hashed-n-tuple-storage-layout';
const OMIT = '0006-flat-omit-prefix-storage-layout';
const OMIT_TUPLES = '0007-n-tuple-omit-prefix-storage-layout';
const FLAT = '0002-flat-direct-storage-layout';
const abc = (length: number) => 'abcdefghij'.repeat(30).slice(0, length);
const OBJECT_01 = '3c0ff4240c1e116dba14c7627f2319b58aa3d77606d0d90dfc6161608ac987d4';
const HORRIBLE = '487326d8c2a3c0b885e23da1469b4d6671fd4e76978924b4443e9e3c316cda6d';
const left = {
  delimiter: ':',
  tupleSize: 4,
  numberOfTuples: 2,
  zeroPadding: 'left',
  reverseObjectRoot: true,
};
const right = { delimiter: 'edu/', tupleSize: 3, numberOfTuples: 3, zeroPadding: 'right', reverseObjectRoot: false }; // biome-ignore format: one row

/** Every mapping the definitions of the extensions print that a file system can hold. */
const PRINTED: readonly (readonly [string, Layout['config'], string, string])[] = [
  [FLAT, {}, 'object-01', 'object-01'],
  [FLAT, {}, '..hor_rib:lé-$id', '..hor_rib:lé-$id'],
  [HASH_AND_ID, {}, 'object-01', '3c0/ff4/240/object-01'],
  [HASH_AND_ID, {}, '..hor/rib:le-$id', '487/326/d8c/%2e%2ehor%2frib%3ale-%24id'],
  [HASH_AND_ID, { digestAlgorithm: 'md5', tupleSize: 2, numberOfTuples: 15 }, 'object-01', 'ff/75/53/44/92/48/5e/ab/b3/9f/86/35/67/28/88/object-01'],
  [HASH_AND_ID, { digestAlgorithm: 'md5', tupleSize: 2, numberOfTuples: 15 }, '..hor/rib:le-$id', '08/31/97/66/fb/6c/29/35/dd/17/5b/94/26/77/17/%2e%2ehor%2frib%3ale-%24id'],
  [HASH_AND_ID, { tupleSize: 0, numberOfTuples: 0 }, 'object-01', 'object-01'],
  [HASH_AND_ID, { tupleSize: 0, numberOfTuples: 0 }, '..hor/rib:le-$id', '%2e%2ehor%2frib%3ale-%24id'],
  [HASH_AND_ID, { tupleSize: 0, numberOfTuples: 0 }, '..Hor/rib:lè-$id', '%2e%2eHor%2frib%3al%c3%a8-%24id'],
  [HASH_AND_ID, { tupleSize: 0, numberOfTuples: 0 }, abc(101), `${abc(100)}-5cc73e648fbcff136510e330871180922ddacf193b68fdeff855683a01464220`],
  [HASHED, {}, 'object-01', `3c0/ff4/240/${OBJECT_01}`],
  [HASHED, {}, '..hor/rib:le-$id', `487/326/d8c/${HORRIBLE}`],
  [HASHED, { digestAlgorithm: 'md5', tupleSize: 2, numberOfTuples: 15, shortObjectRoot: true }, 'object-01', 'ff/75/53/44/92/48/5e/ab/b3/9f/86/35/67/28/88/4e'],
  [HASHED, { digestAlgorithm: 'md5', tupleSize: 2, numberOfTuples: 15, shortObjectRoot: true }, '..hor/rib:le-$id', '08/31/97/66/fb/6c/29/35/dd/17/5b/94/26/77/17/e0'],
  [HASHED, { tupleSize: 0, numberOfTuples: 0 }, 'object-01', OBJECT_01],
  [HASHED, { tupleSize: 0, numberOfTuples: 0 }, '..hor/rib:le-$id', HORRIBLE],
  [OMIT, { delimiter: ':' }, 'namespace:12887296', '12887296'],
  [OMIT, { delimiter: ':' }, 'urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66', '6e8bc430-9c3a-11d9-9669-0800200c9a66'],
  [OMIT, { delimiter: 'edu/' }, 'https://institution.edu/3448793', '3448793'],
  [OMIT, { delimiter: 'edu/' }, 'https://institution.edu/abc/edu/f8.05v', 'f8.05v'],
  [OMIT_TUPLES, left, 'namespace:12887296', '6927/8821/12887296'],
  [OMIT_TUPLES, left, 'urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66', '66a9/c002/6e8bc430-9c3a-11d9-9669-0800200c9a66'],
  [OMIT_TUPLES, left, 'abc123', '321c/ba00/abc123'],
  [OMIT_TUPLES, right, 'https://institution.edu/3448793', '344/879/300/3448793'],
  [OMIT_TUPLES, right, 'https://institution.edu/abc/edu/f8.05v', 'f8./05v/000/f8.05v'],
]; // biome-ignore format: one row a mapping

describe('storage layouts', () => {
  it.each(PRINTED)('%s %j places %s at %s', (extension, config, id, path) => {
    expect(pathsOf({ extension, config })(id)).toBe(path);
  });

  it.each([
    [FLAT, {}, 'info:fedora/object-01'],
    [FLAT, {}, abc(260)],
    [FLAT, {}, '..'],
    [FLAT, {}, ''],
    [FLAT, {}, 'extensions'],
    [FLAT, {}, 'a\\b'],
    [FLAT, {}, '0=ocfl_1.1'],
    [FLAT, {}, 'ocfl_layout.json'],
    [OMIT, { delimiter: 'info:' }, 'info:fedora/object-01'],
    [OMIT, { delimiter: 'info:' }, 'https://example.org/info:/12345/x54xz321/s3/f8.05v'],
    [OMIT, { delimiter: ':' }, 'namespace:'],
    [OMIT_TUPLES, left, 'namespace:档案'],
    [OMIT_TUPLES, { tupleSize: 1, numberOfTuples: 2 }, 'a:..b'],
  ])('%s %j can not place %s', (extension, config, id) => {
    expect(() => pathsOf({ extension, config: config as Layout['config'] })(id)).toThrow(/object id/);
  });

  it('shortens a long id and keeps it apart by its digest', () => {
    const place = pathsOf(defaultLayout);
    const long = '档'.repeat(200);
    expect(place(long).split('/').at(-1)).toMatch(/^(%[0-9a-f]{2}|%[0-9a-f]?){1,34}-[0-9a-f]{64}$/);
    expect(place(long)).not.toBe(place(`${long}x`));
  });

  it.each([
    ['9999-none', {}],
    [HASH_AND_ID, { tupleSize: 0, numberOfTuples: 3 }],
    [HASH_AND_ID, { tupleSize: 32, numberOfTuples: 3 }],
    [HASH_AND_ID, { tupleSize: 33, numberOfTuples: 1 }],
    [HASH_AND_ID, { tupleSize: 1.5, numberOfTuples: 1 }],
    [HASH_AND_ID, { digestAlgorithm: 'md17' }],
    [HASH_AND_ID, { digestAlgorithm: 5 }],
    [HASHED, { digestAlgorithm: 'md5', tupleSize: 2, numberOfTuples: 16, shortObjectRoot: true }],
    [HASHED, { shortObjectRoot: 'yes' }],
    [OMIT, {}],
    [OMIT, { delimiter: '' }],
    [OMIT_TUPLES, { delimiter: '' }],
    [OMIT_TUPLES, { tupleSize: 0, numberOfTuples: 0 }],
    [OMIT_TUPLES, { zeroPadding: 'both' }],
  ])('%s can not be set to %j', (extension, config) => {
    expect(() => pathsOf({ extension, config: config as Layout['config'] })).toThrow();
  });
});
