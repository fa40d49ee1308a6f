import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesSource, createIdentifier } from '#formats/pronom';
import { hold } from '../source.ts';
import { oleOf, zipOf } from '../testing.ts';
import { openOle } from './ole2.ts';
import { listZip, readZipEntry } from './zip.ts';

const held = (bytes: Buffer) => hold(bytesSource('x', bytes), 1024);

describe('a ZIP', () => {
  it('gives the beginning of its files, and no more, whatever they unpack to', async () => {
    const bomb = 'x'.repeat(60_000_000);
    const source = await held(zipOf({ a: 'a', bomb }, deflateRawSync));
    const entries = await listZip(source, new Set(['bomb', 'absent']));
    expect([...entries!.keys()]).toEqual(['bomb']);
    expect((await readZipEntry(source, entries!.get('bomb')!, 100_000))?.length).toBe(100_000);
  });

  it('is found behind a program, and with a comment', async () => {
    const zip = zipOf({ a: 'content' });
    zip.writeUInt16LE(5, zip.length - 2);
    const source = await held(Buffer.concat([Buffer.alloc(5000, 1), zip, Buffer.from('hello')]));
    const entries = await listZip(source, new Set(['a']));
    expect((await readZipEntry(source, entries!.get('a')!, 100))?.toString()).toBe('content');
  });
});

describe('a compound file', () => {
  it('gives its streams by their paths', async () => {
    const file = await openOle(await held(oleOf({ '\u0001CompObj': 'small', Big: 'y'.repeat(9000) })));
    expect([...file!.entries.keys()].sort()).toEqual(['Big', 'CompObj']);
    expect((await file!.read(file!.entries.get('Big')!, 5000)).toString()).toBe('y'.repeat(5000));
    expect((await file!.read(file!.entries.get('CompObj')!, 5000)).toString()).toBe('small');
  });

  it('tells old office files', async () => {
    const identifier = await createIdentifier();
    const doc = oleOf({ WordDocument: `\u00ec\u00a5\u00c1\0${'\0'.repeat(5000)}` });
    expect((await identifier.identify(bytesSource('x', doc))).map((m) => m.puid)).toEqual(['fmt/40']);
  });
});

describe('damaged containers', () => {
  const docs = {
    zip: zipOf({ 'OFD.xml': '<a/>', '[Content_Types].xml': 'x'.repeat(3000) }, deflateRawSync),
    ole: oleOf({ WordDocument: 'w'.repeat(6000), small: 's' }),
  };
  it('end, and say something or nothing, wherever they are cut or flipped', async () => {
    const identifier = await createIdentifier({ maxScan: 1024 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('zip', 'ole'),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 12 }),
        fc.option(fc.nat()),
        async (kind, flips, cut) => {
          const bytes = Buffer.from(docs[kind as 'zip' | 'ole']);
          for (const [at, value] of flips) bytes[at % bytes.length] = value;
          const given = cut === null ? bytes : bytes.subarray(0, cut % bytes.length);
          expect(Array.isArray(await identifier.identify(bytesSource('x', given)))).toBe(true);
        },
      ),
      { numRuns: 1500 },
    );
  });
});
