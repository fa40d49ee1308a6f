import type { NewFile } from '#formats/ocfl';
import type { Database } from '#kernel/db';
import type { IncomingFile, Preservation } from '#modules/preservation';
import { enterFiles } from '../../src/modules/preservation/commands/enterFiles.ts';
import { ownerOf } from '../../src/modules/preservation/commands/hold.ts';
import { type FileRecord, recordOf } from '../../src/modules/preservation/package/records.ts';

/** When objects of the old layout were written. */
export const OLD = new Date('2025-05-06T07:08:09Z');

/** Writes and enters an object as it was before the package format: one list of files, one description, and no more. */
export async function oldObject(
  o: { db: Database; preservation: Preservation },
  unit: { id: string; archiveId: string },
  incoming: readonly IncomingFile[],
): Promise<void> {
  const files: NewFile[] = [];
  const records: FileRecord[] = [];
  for (const { technical: _, ...file } of incoming) {
    const record = recordOf(file, records.length + 1, OLD);
    records.push(record);
    files.push({
      logicalPath: record.path,
      source: file.content ? { bytes: file.content } : { path: file.path },
    });
  }
  const list = records.map(({ ordinal: _o, heldAt: _h, ...old }) => old);
  const json = (value: unknown) => ({ bytes: Buffer.from(`${JSON.stringify(value, null, 2)}\n`) });
  const owner = ownerOf(unit);
  const [outcome] = await o.preservation.writing.put([
    {
      ...owner,
      next: {
        files: [
          ...files,
          { logicalPath: 'metadata/files.json', source: json({ files: list }) },
          { logicalPath: 'metadata/description.json', source: json({ title: '题名' }) },
        ],
        message: 'content taken in',
        user: { name: 'test', address: 'urn:lantai:system' },
        created: OLD,
      },
    },
  ]);
  if (!outcome || 'error' in outcome) throw outcome?.error;
  const { result } = outcome;
  await o.db.system(async (tx) => {
    const entered = (async function* () {
      yield* records;
    })();
    await enterFiles(tx, [{ owner, records: entered, pagesBefore: 0, placeOf: () => null }]);
    await o.preservation.writing.enter(tx, owner, result);
  });
}
