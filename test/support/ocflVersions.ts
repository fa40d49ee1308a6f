import type { NewVersion } from '#formats/ocfl';

/** A version of three small files, of which one says which it is. */
export function oneOf(objectId: string, count: string): { objectId: string; next: NewVersion } {
  return {
    objectId,
    next: {
      files: [
        { logicalPath: 'count.txt', source: { bytes: Buffer.from(count) } },
        { logicalPath: 'pages/1.bin', source: { bytes: Buffer.alloc(20_000, `${objectId} ${count}`) } },
        { logicalPath: 'pages/2.bin', source: { bytes: Buffer.alloc(500, count) } },
      ],
      message: count,
      user: { name: 'Fault test', address: 'urn:test:faults' },
      created: new Date(),
    },
  };
}
