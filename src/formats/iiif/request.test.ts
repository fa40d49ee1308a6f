import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '#kernel/errors';
import { parseImageRequest } from './request.ts';

describe('reading an image request', () => {
  it('reads every form that level 2 requires', () => {
    for (const path of [
      'full/max/0/default.jpg',
      'square/^max/90/default.png',
      '0,0,512,512/512,/180/default.jpg',
      'pct:10,10.5,20,20/,200/270/gray.jpg',
      'full/pct:33.3/!0/bitonal.png',
      'full/^pct:150/360/color.jpg',
      'full/!200,300/!90.0/default.webp',
      'full/^!200,300/0/default.jpg',
    ])
      expect(() => parseImageRequest(path)).not.toThrow();
  });

  it('refuses what breaks the rules, naming the part', () => {
    const wrong: [string, string][] = [
      ['ful/max/0/default.jpg', 'region'],
      ['0,0,0,10/max/0/default.jpg', 'region'],
      ['-1,0,5,10/max/0/default.jpg', 'region'],
      ['1.5,0,5,10/max/0/default.jpg', 'region'],
      ['pct:100,0,5,10/max/0/default.jpg', 'region'],
      ['full/full/0/default.jpg', 'size'],
      ['full/,/0/default.jpg', 'size'],
      ['full/0,/0/default.jpg', 'size'],
      ['full/!200,/0/default.jpg', 'size'],
      ['full/pct:0/0/default.jpg', 'size'],
      ['full/pct:101/0/default.jpg', 'size'],
      ['full/!^200,200/0/default.jpg', 'size'],
      ['full/max/361/default.jpg', 'rotation'],
      ['full/max/-90/default.jpg', 'rotation'],
      ['full/max/45/default.jpg', 'rotation'],
      ['full/max/!/default.jpg', 'rotation'],
      ['full/max/0/native.jpg', 'quality'],
      ['full/max/0/default.exe', 'format'],
      ['full/max/0/default', 'quality'],
      ['full/max/0', 'region'],
      ['full/max/0/default.jpg/more', 'region'],
    ];
    for (const [path, part] of wrong) {
      expect(() => parseImageRequest(path), path).toThrow(Refusal);
      try {
        parseImageRequest(path);
      } catch (e) {
        expect(e, path).toMatchObject({ code: 'iiif.badRequest', detail: { part } });
      }
    }
  });

  it('answers any text with a request or a refusal, never with a fault', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        try {
          parseImageRequest(text);
        } catch (e) {
          expect(e).toBeInstanceOf(Refusal);
        }
      }),
    );
  });
});
