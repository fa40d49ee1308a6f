import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOfExact, exactName, readFileName, unmangledNames } from './fileNames.ts';

describe('names of files', () => {
  it('keeps every byte of any name', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect([...bytesOfExact(exactName(bytes))]).toEqual([...bytes]);
      }),
    );
  });
  it('shows UTF-8 and GBK names, and something of any other', () => {
    expect(readFileName(Buffer.from('档案 1.jpg'))).toEqual({
      text: '档案 1.jpg',
      encoding: 'utf-8',
      exact: '%E6%A1%A3%E6%A1%88%201.jpg',
    });
    expect(readFileName(Buffer.from([0xb5, 0xb5, 0xb0, 0xb8]))).toMatchObject({
      text: '档案',
      encoding: 'gb18030',
      exact: '%B5%B5%B0%B8',
    });
    expect(readFileName(Buffer.from([0xff, 0x41]))).toMatchObject({ encoding: 'unknown', exact: '%FFA' });
  });
  it('guesses what a misread Chinese name was', () => {
    expect(unmangledNames('╡╡░╕')).toContain('档案');
    expect(unmangledNames('µµ°¸')).toContain('档案');
    for (const sound of ['档案', 'J019-001.jpg']) expect(unmangledNames(sound)).toEqual([]);
  });
});
