import {
  HANDOVER_2012,
  HANDOVER_2022,
  type HandoverEntryInput,
  type HandoverFileInput,
  type HandoverInput,
  type HandoverItemInput,
  type HandoverProfile,
  handoverFiles,
  handoverFolder,
} from '#formats/handover';
import { createPathTable, createTreeWriter, type NewFile, type PathTable } from '#formats/tree';
import type { ConsignedFile, ConsignedUnit, Consignment } from '../../consignment.ts';
import { createLineParts, linesOnDisk } from '../../lines.ts';
import { textColumn } from '../../own/columns.ts';
import { layoutBelow } from '../../own/format.ts';
import { createGathering, type Gathering } from '../../own/gathering.ts';
import { ACCESS_WORDS, classificationWord, dateWord, describedElements, retentionWord } from '../elements.ts';
import type { HandoverLayout, Told, WriteOrder } from '../kind.ts';
import { createTold, tellEntry } from '../told.ts';
import { createShelves } from './shelves.ts';

/** Other material, as the layout calls it. */
const OTHERS = HANDOVER_2022.others.folder;
export const LAYOUT = layoutBelow(`${OTHERS}/lantai`);
/** Files that the layout would have for damaged, because nothing is in them. */
const EMPTY = `${OTHERS}/lantai/empty`;

/** What can be a folder's name on any system; another code is replaced by the entry's id. */
const PLAIN_CODE = /^(?!\.)[\p{L}\p{N}·.\-_()（）〔〕[\]]{1,60}$/u;

interface Writing {
  consignment: Consignment;
  gathering: Gathering;
  profile: HandoverProfile;
  told: ReturnType<typeof createTold>;
  empty: ReturnType<typeof createLineParts>;
  codes: PathTable;
}

const PROFILES: Readonly<Record<HandoverLayout, HandoverProfile>> = {
  2012: HANDOVER_2012,
  2022: HANDOVER_2022,
};

/**
 * Writes a handover folder of DA/T 93-2022 or of the annex of 2012: an item for each entry with content, in a folder called
 * after its reference code, within that of its volume where it has one, and the complete description below 其他.
 */
export async function writeConsignedHandover(consignment: Consignment, order: WriteOrder): Promise<Told> {
  const { scratch, date } = order;
  await using gathering = await createGathering(consignment, {
    layout: LAYOUT,
    kind: 'handover',
    scratch,
    date,
  });
  const profile = PROFILES[order.layout ?? '2022'];
  const writing: Writing = {
    consignment,
    gathering,
    profile,
    told: createTold(),
    codes: createPathTable(),
    empty: createLineParts(gathering.folder, 'empty'),
  };
  const writer = await createTreeWriter(order.target, { wrapper: order.wrapper, modified: date });
  const root = order.wrapper === 'folder' ? '' : `${order.name}/`;
  try {
    const files = handoverFiles({
      profile,
      items: () => entries(writing),
      others: () => others(writing),
      scratch: gathering.folder,
      ...papersOf(consignment, order, profile),
    });
    for await (const file of files) await writer.add({ ...file, path: `${root}${file.path}` });
    await order.whole();
  } catch (e) {
    await writer.discard();
    throw e;
  }
  await writer.finish();
  return writing.told.all;
}

/** What stands in explanatory file and register. */
function papersOf(
  { archive, title }: Consignment,
  order: WriteOrder,
  profile: HandoverProfile,
): Pick<HandoverInput, 'note' | 'register'> {
  const name = archive?.name ?? '';
  return {
    note: {
      移交单位: name,
      内容描述: title,
      // Each carrier has a number in the annex of 2012: what leaves is one.
      ...(profile.id === '2012' ? { 载体编号: order.name, 保管单位: name } : {}),
      制作单位: name,
      检查单位: '未检查',
      软硬件环境: '文件各按其格式打开；说明与目录为UTF-8文本和XML',
      ...order.papers?.note,
    },
    register: {
      交接工作名称: `${name} ${title}`,
      内容描述: title,
      载体起止顺序号: '1至1',
      '移交载体类型、规格': '在线',
      载体外观检验: '不适用',
      // Nobody looked: whoever receives it does.
      准确性检验: '未检验',
      完整性检验: '未检验',
      可用性检验: '未检验',
      安全性检验: '未检验',
      ...order.papers?.register,
    },
  };
}

async function* entries(writing: Writing): AsyncGenerator<HandoverEntryInput> {
  const { consignment, gathering, told, profile } = writing;
  const shelves = createShelves(() => told.add('entries'));
  for await (const unit of consignment.units()) {
    const volume = shelves.enter(unit);
    const place = await gathering.unit(unit);
    const files: ConsignedFile[] = [];
    for await (const file of unit.files()) files.push(file);
    const hasRecord = files.some((f) => f.bytes > 0);
    if (hasRecord && volume && !volume.placed) {
      const { folder, values, metadata } = itemOf(volume.unit, codeOf(writing, volume.unit, true));
      volume.placed = { code: values.档号 ?? '', folder: handoverFolder({ folder, values }, profile) };
      tellReplaced(writing, volume.unit, { folder, values });
      yield { level: 'volume', folder, values: filled(values), metadata: metadata ?? {} };
    }
    const item = itemOf(unit, codeOf(writing, unit, hasRecord));
    const within = volume?.placed;
    const lies = within ? { ...item, folder: '', volume: within.code } : item;
    const folder = handoverFolder(lies, profile, within?.folder);
    const given: HandoverFileInput[] = [];
    for (const [i, file] of files.entries()) {
      const name = nameOf(i + 1, file.ending);
      const path = file.bytes === 0 ? `${EMPTY}/${place}/${name}` : `${folder}/${name}`;
      await gathering.file(unit, path, file);
      if (file.bytes > 0)
        given.push({
          name,
          bytes: file.bytes,
          open: async () => (await file.open()) as AsyncIterable<Buffer>,
        });
      else await writing.empty.add({ path: path.slice(OTHERS.length + 1) });
    }
    tellEntry(told, unit, shelves.mayBeVolume(unit) ? 'later' : hasRecord);
    told.add('names', files.length);
    if (hasRecord) {
      tellReplaced(writing, unit, item);
      yield { ...lies, files: given };
    }
    await gathering.documents(unit);
  }
  shelves.leaveAll();
}

/** Columns of a volume that say nothing are left out. */
const filled = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));

/**
 * `f0001.tif`. No reference code looks so, by which files are told from folders of other items; XML in an item's folder is its
 * metadata, so that content that is XML goes by another ending.
 */
const nameOf = (ordinal: number, ending: string): string =>
  `f${String(ordinal).padStart(4, '0')}${ending}${/\.xml$/i.test(ending) ? '.txt' : ''}`;

/** The entry's reference code, where it can be the name of a folder and no other entry's is the same but for letter case. */
function codeOf({ codes }: Writing, { key, row }: ConsignedUnit, hasRecord: boolean): string {
  const code = textColumn(row, 'reference_code') ?? '';
  if (!hasRecord || !PLAIN_CODE.test(code) || codes.findAlike(code) >= 0) return key;
  codes.add(code);
  return code;
}

function tellReplaced(
  { told }: Writing,
  { row }: ConsignedUnit,
  { values }: Omit<HandoverItemInput, 'files'>,
) {
  if (values.档号 !== row.reference_code) told.add('codes');
  if (retentionWord(row) === null) told.add('retention');
}

function itemOf(unit: ConsignedUnit, code: string): Omit<HandoverItemInput, 'files'> {
  const { row, fonds } = unit;
  const text = (column: string) => textColumn(row, column);
  const year = typeof row.year === 'number' ? String(row.year) : null;
  const more: Record<string, string | null> = {
    全宗号: fonds,
    年度: year,
    文件编号: text('doc_no'),
    控制标识: ACCESS_WORDS[String(row.access_status)] ?? null,
    ...describedElements(row),
  };
  const category = text('category');
  return {
    folder: [fonds, category !== null && /^[A-Z]{1,6}$/.test(category) ? category : null, year]
      .filter((part) => part !== null)
      .join('/'),
    values: {
      档号: code,
      责任者: text('creator') ?? '',
      题名: text('title') ?? code,
      日期: dateWord(row),
      保管期限: retentionWord(row) ?? '未定',
      密级: classificationWord(row),
      ...(typeof row.pages === 'number' ? { 页数: String(row.pages) } : {}),
    },
    metadata: Object.fromEntries(Object.entries(more).flatMap(([k, v]) => (v === null ? [] : [[k, v]]))),
  };
}

async function* others({ gathering, empty }: Writing): AsyncGenerator<NewFile & { bytes: number }> {
  for await (const file of gathering.sidecar())
    yield { ...file, path: file.path.slice(OTHERS.length + 1), bytes: file.bytes ?? 0 };
  for await (const { path } of linesOnDisk(gathering.folder, await empty.done()))
    yield { path: String(path), bytes: 0, content: '' };
}
