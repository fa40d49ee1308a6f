import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type PremisFile, premisXml } from '#formats/premis';
import type { ConsignedFile, Consignment } from '../../consignment.ts';
import { CONTENT, ORIGINALS } from './layout.ts';

/** Files in one document: none grows with the package. */
const PART = 1_000;

const local = (value: string) => ({ type: 'local', value });

/** PREMIS of a package: every file of the originals as an object, and that the package was made. Documents wait on the disk. */
export function createPreservation(consignment: Consignment, folder: string, made: Date) {
  const paths: string[] = [];
  const entity = local(consignment.title);
  const representation = local(`${consignment.title} ${ORIGINALS}`);
  const software = local('Lantai');
  let waiting: PremisFile[] = [];
  const flush = async () => {
    const path = join(folder, `premis-${String(paths.length + 1).padStart(5, '0')}.xml`);
    const isFirst = paths.length === 0;
    const whole = [
      { category: 'intellectualEntity', identifiers: [entity], name: consignment.title } as const,
      { category: 'representation', identifiers: [representation], represents: entity } as const,
    ];
    const event = {
      identifier: local('packaging'),
      type: 'information package creation',
      at: made,
      agents: [{ identifier: software, role: 'executing program' }],
      objects: [entity],
    };
    const document = premisXml({
      objects: [...(isFirst ? whole : []), ...waiting],
      ...(isFirst
        ? { events: [event], agents: [{ identifier: software, name: 'Lantai', type: 'software' as const }] }
        : {}),
    });
    await pipeline(Readable.from(document), createWriteStream(path));
    paths.push(path);
    waiting = [];
  };
  return {
    async add(path: string, file: ConsignedFile): Promise<void> {
      waiting.push({
        category: 'file',
        identifiers: [local(path)],
        size: file.bytes,
        originalName: file.name,
        fixity: file.sha512 === null ? [] : [{ algorithm: 'SHA-512', digest: file.sha512 }],
        format: { name: file.mediaType ?? 'application/octet-stream' },
        location: `${CONTENT}/${path}`,
        partOf: representation,
      });
      if (waiting.length >= PART) await flush();
    },
    /** Where the documents lie. */
    async done(): Promise<readonly string[]> {
      if (waiting.length > 0 || paths.length === 0) await flush();
      return paths;
    },
  };
}
