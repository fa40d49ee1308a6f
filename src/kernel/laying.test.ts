import { posix } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOut } from './laying.ts';

const sent = (...paths: string[]) =>
  paths.map((p) => ({ name: p.slice(p.lastIndexOf('/') + 1), relativePath: p.includes('/') ? p : null }));

describe('what was sent is laid out', () => {
  it('one file stays one file under its own name', () => {
    expect(layOut(sent('移交包.zip'))).toEqual({
      form: 'file',
      name: '移交包.zip',
      root: '移交包.zip',
      paths: ['移交包.zip'],
    });
  });

  it('a folder keeps its relative paths and is judged from its top', () => {
    const laid = layOut(sent('bag/bagit.txt', 'bag/data/a b.txt'));
    expect(laid).toMatchObject({ form: 'folder', name: 'bag', root: 'bag' });
    expect(laid.paths).toEqual(['bag/bagit.txt', 'bag/data/a b.txt']);
  });

  it('several without a common folder are judged together', () => {
    expect(layOut(sent('a.txt', 'b/c.txt'))).toMatchObject({ form: 'folder', root: '' });
  });

  it.each([
    '../a',
    'a/../../b',
    '/etc/passwd',
    'a//b',
    './a',
    'a\\b',
    'a\u0000b',
    'a/\n',
    '',
    'x'.repeat(256),
  ])('refuses the path %j', (path) => {
    expect(() => layOut([{ name: 'n', relativePath: path }])).toThrow(
      expect.objectContaining({ code: 'upload.badPath' }),
    );
  });

  it('refuses the same path twice, and a file where a folder is', () => {
    for (const paths of [
      ['a/b', 'a/b'],
      ['a/b', 'a/b/c'],
    ])
      expect(() => layOut(sent(...paths))).toThrow(expect.objectContaining({ code: 'upload.samePath' }));
  });

  it('never leaves the folder, whatever a sender says', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 5 }), (paths) => {
        try {
          const laid = layOut(paths.map((p) => ({ name: p, relativePath: null })));
          for (const path of laid.paths) expect(posix.join('/in', path).startsWith('/in/')).toBe(true);
        } catch (e) {
          expect(e).toMatchObject({ code: expect.stringMatching(/^upload\./) });
        }
      }),
      { numRuns: 40 },
    );
  });
});
