import { describe, expect, it } from 'vitest';
import { sureness, twice } from '../imports/sureness.ts';
import { isScan } from './scan-files.ts';

describe('files of a dropped folder', () => {
  it('takes page images and documents', () => {
    expect(['J019-WS·2003·D30-0001/001.JPG', 'a.tif', 'b.jp2', 'c.pdf', 'd.ofd', 'e.png'].every(isScan)).toBe(
      true,
    );
  });
  it('leaves what systems put beside them', () => {
    expect(['Thumbs.db', '.DS_Store', '._001.jpg', '~$x.pdf', 'readme.txt', 'x.exe'].some(isScan)).toBe(
      false,
    );
  });
});

describe('recognised columns', () => {
  it('are sure, doubtful or left out', () => {
    expect(sureness({ field: 'title', confidence: 1 })).toBe('sure');
    expect(sureness({ field: 'title', confidence: 0.5 })).toBe('doubtful');
    expect(sureness({ field: null, confidence: 0.9 })).toBe('none');
  });
  it('are said to be chosen twice when they are', () => {
    expect([...twice([{ field: 'title' }, { field: null }, { field: null }, { field: 'title' }])]).toEqual([
      'title',
    ]);
  });
});
