import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type EepSigner, eepManifest, fileSource, manifestAlgorithm, signEep, writeEep } from '#formats/eep';
import { createTreeWriter, type NewFile } from '#formats/tree';
import { Refusal } from '#kernel/errors';
import type { ConsignedFile, ConsignedFonds, ConsignedUnit, Consignment } from '../../consignment.ts';
import { createLineParts } from '../../lines.ts';
import { layoutBelow } from '../../own/format.ts';
import { createGathering, fileOnDisk, type Gathering } from '../../own/gathering.ts';
import type { Told, WriteOrder } from '../kind.ts';
import { createTold, tellEntry } from '../told.ts';
import { digesting, digestList, manifestLines } from './list.ts';
import { type RecordOrder, recordOf, yearOf } from './record.ts';

/** Beside the EEPs. */
export const LAYOUT = layoutBelow('lantai');

/** The number-th file in an EEP, as the list of files names it. */
export const contentPath = (eep: string, number: number): string => `${eep}/${number}`;

/**
 * Writes an EEP for each entry with content, signed with the archive's key, and the complete description beside them, with the
 * digests of all files in a list that is signed.
 *
 * @throws Refusal `eep.unwritable` where no entry has content
 */
export async function writeConsignedEeps(consignment: Consignment, order: WriteOrder): Promise<Told> {
  const { scratch, date } = order;
  await using gathering = await createGathering(consignment, { layout: LAYOUT, kind: 'eep', scratch, date });
  const fonds = new Map<string, ConsignedFonds>();
  for await (const f of consignment.fonds()) fonds.set(f.number, f);
  const told = createTold();
  const signer = await order.signer();
  const lines = createLineParts(gathering.folder, 'digests');
  const writer = await createTreeWriter(order.target, { wrapper: order.wrapper, modified: date });
  const algorithm = manifestAlgorithm(signer);
  const root = order.wrapper === 'folder' ? '' : `${order.name}/`;
  const add = digesting(writer, root, lines, algorithm);
  let records = 0;
  try {
    for await (const unit of consignment.units()) {
      const eep = `${await gathering.unit(unit)}.xml`;
      const files: ConsignedFile[] = [];
      for await (const file of unit.files()) {
        files.push(file);
        await gathering.file(unit, contentPath(eep, files.length), file);
      }
      tellEntry(told, unit, files.length > 0);
      if (files.length > 0) {
        tellReplaced(told, unit);
        const record = { consignment, unit, fonds: fonds.get(unit.fonds), files, at: date.toISOString() };
        await add(await signed(gathering, eep, record, signer));
        records++;
      }
      await gathering.documents(unit);
    }
    if (records === 0)
      throw new Refusal(
        'eep.unwritable',
        'No entry has content that an EEP could hold: nothing was written.',
      );
    for await (const file of gathering.sidecar()) await add(file);
    await add(await digestList(gathering.folder, await lines.done()));
    const all = await lines.done();
    const manifest = eepManifest(() => manifestLines(gathering.folder, all), {
      algorithm,
      signers: [signer],
      signedAt: date.toISOString(),
    });
    for await (const file of manifest) await writer.add({ ...file, path: `${root}${file.path}` });
    await order.whole();
  } catch (e) {
    await writer.discard();
    throw e;
  }
  await writer.finish();
  return told.all;
}

function tellReplaced(told: ReturnType<typeof createTold>, { row }: ConsignedUnit): void {
  if (row.reference_code === null || row.reference_code === undefined) told.add('codes');
  if (row.retention === null || row.retention === undefined) told.add('retention');
  if (yearOf(row) === null) told.add('dates');
}

/** An EEP, which is signed over bytes that lie on the disk. */
async function signed(
  { folder }: Gathering,
  path: string,
  record: RecordOrder,
  signer: EepSigner,
): Promise<NewFile> {
  const [plain, done] = [join(folder, 'plain.xml'), join(folder, 'signed.xml')];
  await pipeline(Readable.from(writeEep(recordOf(record))), createWriteStream(plain));
  await pipeline(Readable.from(signEep(fileSource(plain), [signer], record.at)), createWriteStream(done));
  await rm(plain);
  return fileOnDisk(path, done);
}
