import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytesSource, createIdentifier, fetchRelease, keptRelease } from '#formats/pronom';

const signatures = (word: string, version: number) => `<?xml version="1.0"?>
<FFSignatureFile Version="${version}" xmlns="x"><InternalSignatureCollection><InternalSignature ID="1">
<ByteSequence Reference="BOFoffset"><SubSequence Position="1" SubSeqMinOffset="0" SubSeqMaxOffset="4">
<Sequence>${Buffer.from(word).toString('hex')}</Sequence><LeftFragment MinOffset="1" MaxOffset="2" Position="1">2A</LeftFragment>
<DefaultShift>3</DefaultShift></SubSequence></ByteSequence></InternalSignature></InternalSignatureCollection>
<FileFormatCollection><FileFormat ID="7" Name="Invented" PUID="fmt/9999" Version="${version}"><InternalSignatureID>1</InternalSignatureID>
<Extension>inv</Extension></FileFormat></FileFormatCollection></FFSignatureFile>`;
const containers = `<ContainerSignatureMapping signatureVersion="3"><ContainerSignatures>
<ContainerSignature Id="1" ContainerType="ZIP"><Files><File><Path>a</Path></File></Files></ContainerSignature></ContainerSignatures>
<FileFormatMappings><FileFormatMapping signatureId="1" Puid="fmt/9999"/></FileFormatMappings></ContainerSignatureMapping>`;

let folder = '';
let server: Server;
let url = '';
let pages: Record<string, string> = {};
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lantai-release-'));
  server = createServer((request, response) => {
    const page = pages[request.url ?? ''];
    response.statusCode = page === undefined ? 404 : 200;
    response.end(page ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/list`;
  pages = {
    '/list':
      '<a href="/DROID_SignatureFile_V9.xml">9</a> <a href="DROID_SignatureFile_V10.xml">10</a><a href="/container-signature-20990101.xml">c</a>',
    '/DROID_SignatureFile_V9.xml': signatures('old', 9),
    '/DROID_SignatureFile_V10.xml': signatures('new', 10),
    '/container-signature-20990101.xml': containers,
  };
});
afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('fetching signatures', () => {
  it('takes the newest release of the page, which is used from then on', async () => {
    expect(await keptRelease(folder)).toBeUndefined();
    expect(await fetchRelease(folder, url)).toMatchObject({ version: '10' });
    const identifier = await createIdentifier(await keptRelease(folder));
    expect(identifier.source).toBe('PRONOM 10, containers 3');
    expect(await identifier.identify(bytesSource('x', Buffer.from('..*.new')))).toEqual([
      { puid: 'fmt/9999', name: 'Invented', version: '10', mime: '', basis: 'byte match at 2, 5' },
    ]);
    expect(await identifier.identify(bytesSource('x.inv', Buffer.from([0])))).toMatchObject([
      { basis: 'extension only' },
    ]);
  });

  it('keeps what it had when the new one can not be used', async () => {
    await fetchRelease(folder, url);
    pages['/DROID_SignatureFile_V10.xml'] = '<FFSignatureFile Version="10">';
    await expect(fetchRelease(folder, url)).rejects.toMatchObject({ code: 'pronom.signatures' });
    pages['/list'] = 'nothing here';
    await expect(fetchRelease(folder, url)).rejects.toMatchObject({ code: 'pronom.noRelease' });
    delete pages['/list'];
    await expect(fetchRelease(folder, url)).rejects.toMatchObject({ code: 'pronom.noRelease' });
    expect((await createIdentifier(await keptRelease(folder))).source).toBe('PRONOM 10, containers 3');
  });
});

describe('a signature file', () => {
  it.each([
    '',
    'no XML',
    '<a/>',
    '<!DOCTYPE a [<!ENTITY b "c">]><FFSignatureFile/>',
    `<FFSignatureFile>${'<a>'.repeat(5000)}`,
  ])('that can not be used is refused: %.30s', async (text) => {
    const { readSignatureFile } = await import('#formats/pronom');
    expect(() => readSignatureFile(Buffer.from(text), 'x')).toThrow(
      expect.objectContaining({ code: 'pronom.signatures' }),
    );
  });

  it('loses only the signatures it does not understand', async () => {
    const { readSignatureFile } = await import('#formats/pronom');
    const text = signatures('new', 1).replace(
      '</InternalSignatureCollection>',
      '<InternalSignature ID="2"><ByteSequence Reference="Elsewhere" Sequence="4142"/></InternalSignature><InternalSignature ID="3"><ByteSequence Reference="EOFoffset" Sequence="\'end\' {0-2}"/></InternalSignature></InternalSignatureCollection>',
    );
    const file = readSignatureFile(Buffer.from(text), 'x');
    expect(file.signatures.map((s) => s.id)).toEqual(['1', '3']);
    expect(file.problems).toEqual(['Signature 2 is left out: its reference Elsewhere is not known.']);
  });
});
