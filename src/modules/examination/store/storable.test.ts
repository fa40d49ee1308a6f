import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { storable, storableJson } from './storable.ts';

describe('what is written into the database', () => {
  it('holds no NUL and no half character, in keys and values', () => {
    expect(storable('a\u0000b\ud800')).toBe('a\u2400b\ufffd');
    expect(JSON.parse(storableJson({ 'k\u0000': ['\udc00'] }))).toEqual({ 'k\u2400': ['\ufffd'] });
  });

  it('is JSON that says the same otherwise', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(storableJson(value)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
      }),
    );
    expect(storableJson({ a: [1, null, true, '档案'] })).toBe('{"a":[1,null,true,"档案"]}');
  });
});
