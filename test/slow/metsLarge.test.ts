import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { METS, validateMets } from '#formats/mets';

const FILES = 200_000;

function* document(look: () => void): Generator<Buffer> {
  yield Buffer.from(
    `<mets xmlns="${METS}" xmlns:xlink="http://www.w3.org/1999/xlink"><fileSec><fileGrp ID="g">`,
  );
  for (let n = 0; n < FILES; n++) {
    // A timer would not get its turn between pieces that are there already.
    if (n % 1000 === 0) look();
    yield Buffer.from(
      `<file ID="file-${n}" SIZE="1" CHECKSUM="${'0'.repeat(64)}" CHECKSUMTYPE="SHA-256"><FLocat LOCTYPE="URL" xlink:href="data/${n}.txt"/></file>\n`,
    );
  }
  yield Buffer.from('</fileGrp></fileSec><structMap><div><fptr FILEID="g"/></div></structMap></mets>');
}

describe('a METS document of two hundred thousand files', () => {
  it('is judged in memory that does not grow with it', { timeout: 10 * 60_000 }, async () => {
    const before = process.memoryUsage().rss;
    let peak = before;
    const look = () => {
      peak = Math.max(peak, process.memoryUsage().rss);
    };
    const { counts, findings } = await validateMets(Readable.from(document(look)), 'METS.xml');
    process.stdout.write(`METS of ${FILES} files: ${(peak - before) >> 20} MB more than before\n`);
    expect(findings).toEqual([]);
    expect(counts.files).toBe(FILES);
    expect(peak - before).toBeLessThan(256 << 20);
  });
});
